"""Everything recorded in an inspection, as one value: what the files of an inspection package say.

Read and written by :mod:`caselight.formats.package`; nothing here knows a file. Columns that
Caselight does not know are kept beside the rows (``Package.extra``), so that they survive a round trip.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.caseload.case import FactValue, Subject
from caselight.method.framework.definition import Framework
from caselight.method.inspection.definition import Inspection
from caselight.method.reoffending.cited import Comparator


@dataclass(frozen=True, slots=True)
class CaseloadCase:
    """One row of ``caseload.csv``: a case as the service supplied it, and why it is not eligible, if so."""

    key: str
    eligible: bool
    reason: str
    facts: Mapping[str, FactValue]
    managed_by: str = ""


@dataclass(frozen=True, slots=True)
class SampledCase:
    """One row of ``sample.csv``. ``status`` is ``drawn``, ``reserve``, ``removed`` or ``replacement``.

    ``order`` is the place in the draw within its stratum, from 1. ``replaced_by`` is the key of the reserve that took
    the place of a removed case; ``removed_reason`` one of the framework's coded reasons. ``design`` is the named design
    it was drawn by (empty: the one written in ``inspection.yaml``); ``assessed_twice`` asks for a second assessment.
    """

    case_key: str
    order: int
    stratum: str
    status: str
    removed_reason: str = ""
    replaced_by: str = ""
    note: str = ""
    design: str = ""
    assessed_twice: bool = False

    @property
    def examined(self) -> bool:
        """Whether the case is in the sample that was examined."""
        return self.status in ("drawn", "replacement")


@dataclass(frozen=True, slots=True)
class SizeChange:
    """One row of ``sampling.csv``: from here on a size was ``size``, and why. ``step`` counts from 1 in each design.

    ``part`` is empty for the whole, else the stratum or what is inside it; reasons of the population stand first.
    """

    design: str
    step: int
    part: str
    reason: str
    size: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class External:
    """One row of ``external.csv``: a published statistic, or a comparison that a source states without numbers.

    ``kind`` is ``external`` (with ``value``, in percent) or ``stated_direction`` (with ``direction``, as the source
    puts it: ``worse``, ``better``, ``higher``, ``lower``, ``same``; and ``about``, the keys it speaks of).
    """

    key: str
    kind: str
    label: str
    value: Decimal | None
    measure: str
    area: str
    cohort: str
    published: str
    source: str
    footnote: str = ""
    direction: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """One row of ``actions.csv``: what somebody will do because of an answer, who, and by when.

    ``status`` is ``open``, ``done`` or ``dropped``. Without a question it is about the subject as a whole, without a
    subject about the service.
    """

    id: str
    subject_kind: str
    subject_key: str
    question_id: str
    text: str
    owner: str
    due: date | None
    status: str = "open"


@dataclass(frozen=True, slots=True)
class Accepted:
    """One row of ``accepted.csv``: a claim as somebody accepted it, with the values and the snapshot behind it."""

    claim: str
    sentence: str
    keys: tuple[str, ...]
    values: tuple[str, ...]
    snapshot: str
    accepted_by: str
    accepted_on: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Identity:
    """One row of ``private/identities.csv``: who a key is. Never leaves the private folder."""

    subject_key: str
    name: str
    nicknames: tuple[str, ...] = ()
    date_of_birth: date | None = None
    local_id: str = ""


@dataclass(frozen=True, slots=True)
class Migrated:
    """One row of ``migrated.csv``: an answer taken over from one that was recorded with an earlier framework."""

    op_id: str
    migrated_from: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table that Caselight carries and does not interpret: the timetable."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Package:
    """A whole inspection. ``letters`` holds the letter source per language code.

    ``extra`` holds, per file, the columns that Caselight does not know, after the columns that tell the row.
    """

    inspection: Inspection
    framework: Framework
    subjects: tuple[Subject, ...] = ()
    caseload: tuple[CaseloadCase, ...] = ()
    sample: tuple[SampledCase, ...] = ()
    sampling: tuple[SizeChange, ...] = ()
    events: tuple[AnswerEvent, ...] = ()
    locators: tuple[Locator, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    external: tuple[External, ...] = ()
    comparators: tuple[Comparator, ...] = ()
    actions: tuple[Action, ...] = ()
    holidays: Mapping[int, tuple[date, ...]] = field(default_factory=dict)
    accepted: tuple[Accepted, ...] = ()
    identities: tuple[Identity, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    migrated: tuple[Migrated, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
    extra: Mapping[str, Table] = field(default_factory=dict)

    @property
    def counted(self) -> tuple[AnswerEvent, ...]:
        """The events that can count: not those of a framework that the inspection was migrated from."""
        former = {migration.version for migration in self.inspection.migrations}
        return tuple(event for event in self.events if event.framework_version not in former) if former else self.events
