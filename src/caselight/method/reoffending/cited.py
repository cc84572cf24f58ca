"""A published cell under the key by which a letter names it, and the note that a letter prints to it.

What a letter prints is the binary rate, in per cent: what it means depends on the measure, so the note comes from the
measure (``data/footnotes.json``), in the letter's language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from caselight.method.faults import Fault, quoted
from caselight.method.reoffending.beside import difference, year_before
from caselight.method.reoffending.published import Published

WORSE = {"worse": "higher", "better": "lower"}  # a higher rate of reoffending is worse
DIRECTIONS = ("worse", "better", "higher", "lower", "same")


@dataclass(frozen=True, slots=True)
class Comparator:
    """A figure that a letter may quote: a key, the noun phrase for it, and the published cell.

    ``direction`` is set where the source compares ``about`` (keys) with the year before in words, without numbers.
    ``note`` takes the place of the measure's note where the source says something special.
    """

    key: str
    label: str
    cell: Published
    direction: str = ""
    about: tuple[str, ...] = ()
    note: str = ""

    @property
    def value(self) -> Decimal | None:
        """The rate to print; None for a comparison in words, and where no rate may be quoted."""
        return None if self.direction else self.cell.quoted()

    def footnote(self, language: str) -> str:
        """The note to this figure; in English where the language has none."""
        if self.note:
            return self.note
        words = _footnotes()
        text = words.get(language, words["en"]).get(self.cell.measure) or words["en"].get(
            self.cell.measure, words["en"]["other"]
        )
        return text.format(
            measure=self.cell.measure,
            cohort=self.cell.cohort.name,
            publisher=self.cell.provenance.publisher,
            published=self.cell.provenance.published,
        )


@cache
def _footnotes() -> Mapping[str, Mapping[str, str]]:
    """The notes by language and measure."""
    text = files("caselight.method.reoffending").joinpath("data/footnotes.json").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = json.loads(text)
    return found


def cited_faults(comparators: Sequence[Comparator]) -> Iterator[Fault]:
    """What is wrong with figures to be quoted: no rate to quote, a direction that is none, or that the figures deny."""
    by_key = {one.key: one for one in comparators}
    for index, one in enumerate(comparators):
        if not one.direction and one.value is None:
            says = f"{quoted(one.key)} has no rate that may be quoted: none was published, or it is of too few entries."
            yield Fault(
                "reoffending.nothing-to-quote",
                ("comparators", index, "binary"),
                says,
                "Leave it out, or give the published rate.",
            )
        if one.direction:
            yield from _direction(index, one, by_key)


def _direction(index: int, one: Comparator, by_key: Mapping[str, Comparator]) -> Iterator[Fault]:
    where = ("comparators", index, "direction")
    if one.direction not in DIRECTIONS:
        says = f"{quoted(one.direction)} is no direction that a source can state."
        yield Fault("package.unknown-direction", where, says, f"Write one of {', '.join(DIRECTIONS)}.")
        return
    for key in one.about:
        if key not in by_key:
            says = f"{quoted(one.key)} is about {quoted(key)}, which is no comparator."
            yield Fault(
                "reoffending.unknown-comparator", ("comparators", index, "about"), says, "Name keys of this table."
            )
    told = WORSE.get(one.direction, one.direction)
    for key, found in directions(one.about, by_key):
        if found != told:
            says = f"{quoted(one.key)} says {quoted(one.direction)}; the rates of {quoted(key)} and of the year before say {found}."
            yield Fault(
                "reoffending.direction-denied", where, says, "Compare both with the release, and correct one of them."
            )


def directions(keys: Iterable[str], by_key: Mapping[str, Comparator]) -> Iterator[tuple[str, str]]:
    """For each figure whose year before is among the comparators too: how it compares with that."""
    cells = [one.cell for one in by_key.values() if not one.direction]
    for key in keys:
        if key in by_key:
            before = year_before(by_key[key].cell, cells)
            found = difference(by_key[key].cell, before) if before is not None else None
            if found is not None:
                yield key, found.direction
