"""The choices of a measure, each with a name. The defaults are those of England and Wales (reoffending.md, section 2.3).

Where a published definition leaves something open, the choice is an option here and its provenance stands in the file
of the measure; nothing is decided inside the computation.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from hashlib import sha256
from json import dumps
from typing import Any

from caselight.method.faults import Fault, Faults, refuse
from caselight.method.reoffending.events import PROVEN, Kind
from caselight.method.reoffending.months import MonthAdd


class Clock(StrEnum):
    """Which day of an offence has to lie in the follow-up."""

    OFFENCE = "offence"  # the day it was committed; what was committed before the index never counts
    PROVEN = "proven"  # the day it was proven; pseudo-reconvictions count


class Counted(StrEnum):
    """What is counted as one: each offence, or each disposal occasion with any."""

    OFFENCES = "offences"
    OCCASIONS = "occasions"


class Missing(StrEnum):
    """What becomes of an offence whose day is not known."""

    ENTRY_ONLY = "entry_only"
    DROP = "drop"
    PROVEN_DATE = "proven_date"


class TieBreak(StrEnum):
    """Which of several occasions on one day is the index."""

    HEAVIEST = "heaviest"  # the heaviest disposal, then the lowest occasion id
    OCCASION = "occasion"  # the lowest occasion id


class AgeAt(StrEnum):
    """On which day age is counted."""

    INDEX = "index"
    WINDOW_START = "window_start"


class AreaAt(StrEnum):
    """Where an entry is counted: always as it stood at the index."""

    HOME_ELSE_POLICE = "home_else_police"
    HOME = "home"
    POLICE = "police"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Everything that can be decided about a measure. A value; its ``fingerprint`` names it in results.

    >>> Options(follow_months=24).changed
    {'follow_months': 24}
    """

    follow_months: int = 12
    wait_months: int = 6
    follow_end_day: bool = True  # the day reached by adding the months counts
    index_day_counts: bool = False
    month_add: MonthAdd = MonthAdd.CLAMP
    clock: Clock = Clock.OFFENCE
    counted: Counted = Counted.OFFENCES
    kinds: tuple[Kind, ...] = PROVEN  # of disposals that make entries, reoffences and previous offences
    tie_break: TieBreak = TieBreak.HEAVIEST
    breach_counts: bool = False
    breach_makes_entry: bool = True
    recall_release_is_index: bool = False
    tic_counts: bool = False
    drug_test_is_entry: bool = False
    missing_offence_date: Missing = Missing.ENTRY_ONLY
    age_at: AgeAt = AgeAt.INDEX
    age_bands: tuple[int, ...] = (10, 12, 15, 18, 21, 25, 30, 35, 40, 45, 50)  # the lowest age of each
    previous_bands: tuple[int, ...] = (0, 1, 3, 7, 11)
    area_at: AreaAt = AreaAt.HOME_ELSE_POLICE
    serious: tuple[int, ...] = ()  # severities on the serious list; none is shipped

    def __post_init__(self) -> None:
        refuse(self._faults())

    def _faults(self) -> list[Fault]:
        named = {one.name: (getattr(self, one.name), one.default) for one in fields(self)}
        wrong = [
            f"{name} is {value!r}, which is no {type(usual).__name__}."  # a word alone would be passed over in silence
            for name, (value, usual) in named.items()
            if type(value) is not type(usual)
        ]
        if wrong:
            return _refused(wrong)
        if not 1 <= self.follow_months <= 120 or not 0 <= self.wait_months <= 120:
            wrong.append("The follow-up is 1 to 120 months and the wait 0 to 120.")
        if not self.kinds or not set(self.kinds) <= set(PROVEN):
            wrong.append(f"The kinds of disposal are one or more of {', '.join(PROVEN)}.")
        if not set(self.serious) <= set(range(63)):
            wrong.append("Severities on the serious list are 0 to 62.")
        for name in ("age_bands", "previous_bands"):
            bands = getattr(self, name)
            if not bands or bands[0] < 0 or list(bands) != sorted(set(bands)):
                wrong.append(f"{name} are the lowest numbers of the bands, each higher than the one before.")
        if self.previous_bands and self.previous_bands[0] != 0:
            wrong.append("The first of previous_bands is 0.")
        return _refused(wrong)

    @property
    def changed(self) -> dict[str, object]:
        """The options that are not the default."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name)) != one.default}

    @property
    def fingerprint(self) -> str:
        """A short name of this set of options: equal options, equal name, in every version that knows the same ones."""
        return sha256(dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]


def _refused(wrong: list[str]) -> list[Fault]:
    cure = "Correct the options of the measure."
    return [Fault("reoffending.bad-options", ("options",), says, cure) for says in wrong]


def read_option(name: str, written: str) -> Any:
    """The value of an option as somebody writes it: ``yes``, ``13``, ``carry``, ``0,1,3``. Raises ``reoffending.bad-options``.

    >>> read_option("breach_counts", "yes"), read_option("month_add", "carry").value, read_option("serious", "3,4")
    (True, 'carry', (3, 4))
    """
    usual = {one.name: one.default for one in fields(Options)}
    if name not in usual:
        raise Faults(_refused([f"There is no option {name[:40]!r}; there are {', '.join(usual)}."]))
    try:
        return _value(usual[name], written.strip(), kinds=name == "kinds")
    except (KeyError, ValueError):
        raise Faults(_refused([f"{written[:40]!r} is no value of {name}; it is {_choices(usual[name])}."])) from None


def _value(usual: Any, written: str, *, kinds: bool) -> Any:
    if isinstance(usual, bool):
        return {"yes": True, "no": False}[written]
    if isinstance(usual, tuple):
        return tuple(Kind(part.strip()) if kinds else int(part) for part in written.split(",") if part.strip())
    return type(usual)(written)


def _choices(usual: Any) -> str:
    if isinstance(usual, bool):
        return "yes or no"
    if isinstance(usual, tuple):
        return "a list, such as 0,1,3 or caution,custody"
    return ", ".join(map(str, type(usual))) if isinstance(usual, StrEnum) else "a whole number"


def band(value: int | None, bands: tuple[int, ...]) -> int:
    """The place of the band that a number falls into, or -1 below all of them or where it is not known.

    >>> [band(value, (0, 1, 3, 7, 11)) for value in (0, 2, 3, 12, None)]
    [0, 1, 2, 4, -1]
    """
    return -1 if value is None else sum(value >= low for low in bands) - 1


def band_label(place: int, bands: tuple[int, ...]) -> str:
    """How a band is written: ``10-11``, ``50+``, and ``not known`` for -1.

    >>> [band_label(place, (0, 1, 3, 7, 11)) for place in (0, 1, 4, -1)]
    ['0', '1-2', '11+', 'not known']
    """
    if place < 0:
        return "not known"
    if place == len(bands) - 1:
        return f"{bands[place]}+"
    low, high = bands[place], bands[place + 1] - 1
    return str(low) if low == high else f"{low}-{high}"
