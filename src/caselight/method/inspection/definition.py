"""``inspection.yaml`` as frozen data: the service, the dates, the team, the framework it is pinned to, house style.

Dates are calendar dates without a zone; ``time_zone`` is for display only (architecture.md, decision 14). One
inspection has exactly one service; a service has one or more areas.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from caselight.method.framework.parts import Ident, Many, Text
from caselight.method.framework.rules import Model

Day = Annotated[date, Field(strict=False)]
PersonKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$")]  # that of an account may begin with a digit


class Area(Model):
    """An area of the service: its name, its GSS code, and from when to when it belongs to the service."""

    name: str
    code: str = ""
    valid_from: Day | None = None
    valid_to: Day | None = None


class Service(Model):
    """The inspected body. ``name`` is printed in full once, ``short`` afterwards; ``noun`` is YOS, YOT or YJS."""

    name: str
    short: str
    noun: str = ""
    areas: Many[Area] = Field(min_length=1)


class Dates(Model):
    """The dates of an inspection. Announcement before fieldwork, fieldwork before publication."""

    announced: Day
    fieldwork_from: Day
    fieldwork_to: Day
    published: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Dates:
        if self.fieldwork_to < self.fieldwork_from:
            raise ValueError("fieldwork ends before it begins")
        if self.announced > self.fieldwork_from:
            raise ValueError("the announcement is after the fieldwork begins")
        if self.published is not None and self.published < self.fieldwork_to:
            raise ValueError("publication is before the end of the fieldwork")
        return self


class Pinned(Model):
    """The framework that the inspection is pinned to, and which screening of its question bank is asked."""

    id: Ident
    version: str
    screening: Ident


class Member(Model):
    """Somebody of the team: a key (used as ``actor`` in events), a role and, where it may be printed, a name."""

    key: PersonKey
    role: Literal["lead_inspector", "inspector", "assistant_inspector", "local_assessor", "quality_lead", "publisher"]
    name: str = ""


class HouseStyle(Model):
    """How numbers are printed: counts up to ``words_up_to`` in words or all in digits; ratios are always digits."""

    numbers: Literal["words", "digits"] = "words"
    words_up_to: int = Field(9, ge=0, le=20)


class Design(Model):
    """How the sample is drawn: size, seed, strata (facts) and the number of reserves."""

    size: int = Field(ge=1)
    seed: str = Field(min_length=1)
    strata: Many[Ident] = ()
    reserves: int = Field(0, ge=0)


class Chosen(Model):
    """A design of the framework that this inspection draws by: its seed, and a size of its own with the reason for it.

    Designs with the same seed share as many cases as their populations allow.
    """

    design: Ident
    seed: str = Field(min_length=1)
    size: int | None = Field(None, ge=1)
    because: str = ""
    reserves: int | None = Field(None, ge=0)

    @model_validator(mode="after")
    def _with_a_reason(self) -> Chosen:
        if self.size is not None and not self.because.strip():
            raise ValueError("a size of its own needs because, the reason for it")
        return self


class Line(Model):
    """A labelled line at the head of the letter: ``label`` is a key of the framework's letter labels."""

    label: Ident
    text: str


class Recipients(Model):
    """A line of the copy list: ``role`` is a key of the framework's copy roles; ``area`` where a role repeats."""

    role: Ident
    area: str = ""
    names: Many[str] = ()


class Decision(Model):
    """A recorded decision to print a small number about children in the letter, by a named person, with a reason."""

    figure: str
    by: str = Field(min_length=1)
    on: Day
    reason: str = Field(min_length=1)


class AcceptedWord(Model):
    """A word that looks like a known name and may stand in the letter, accepted once, with a reason."""

    word: str
    by: str = Field(min_length=1)
    reason: str = Field(min_length=1)


class Migration(Model):
    """The inspection was moved from one framework to another by a named person, with a reason.

    The framework that it was pinned to before; answers recorded with that version are kept and count no more. Which
    answer of now was taken over from which is in ``migrated.csv``.
    """

    id: Ident
    version: str
    by: str = Field(min_length=1)
    on: Day
    reason: str = Field(min_length=1)


class Inspection(Model):
    """One inspection or local audit."""

    schema_: Literal["caselight.inspection/1"] = Field(alias="schema")
    id: Ident
    title: str
    kind: Literal["external", "local_audit"] = "external"
    service: Service
    dates: Dates
    time_zone: str = "Europe/London"
    languages: Many[str] = Field(min_length=1)
    framework: Pinned
    team: Many[Member] = ()
    house_style: HouseStyle = HouseStyle()
    sample: Design | None = None
    samples: Many[Chosen] = ()
    header: Many[Line] = ()
    distribution: Many[Recipients] = ()
    banner: Text | None = None
    decisions: Many[Decision] = ()
    accepted_words: Many[AcceptedWord] = ()
    migrations: Many[Migration] = ()
