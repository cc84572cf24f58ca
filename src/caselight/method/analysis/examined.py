"""Who and what is counted in an inspection: the sheets of the examined cases, of case managers, of the service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from caselight.method.analysis.caseload_bases import CaseloadBases
from caselight.method.answers.events import heads
from caselight.method.answers.sheet import Sheet, sheets
from caselight.method.caseload.case import Subject
from caselight.method.framework.questions import Question
from caselight.method.inspection.package import Package
from caselight.method.inspection.samples import drawn_for, not_asked


@dataclass(frozen=True)
class Examined:
    """The sheets of an inspection: one for each examined case and each case manager, settled on first use."""

    package: Package
    language: str

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Who is counted: where a sample was drawn, of its kind only those that it says were examined."""
        package = self.package
        kind = package.framework.subjects[0].id
        examined = {row.case_key for row in package.sample if row.examined}
        return tuple(s for s in package.subjects if not package.sample or s.kind != kind or s.key in examined)

    @cached_property
    def sheets(self) -> Mapping[str, tuple[Sheet, ...]]:
        """The sheets by kind of subject."""
        package = self.package
        all_sheets = sheets(
            package.framework,
            self.subjects,
            heads(package.counted),
            screening=package.inspection.framework.screening,
            holidays=package.holidays,
            outside=not_asked(package),
        )
        kinds = [subject.id for subject in package.framework.subjects]
        return {kind: tuple(sheet for sheet in all_sheets if sheet.subject.kind == kind) for kind in kinds}

    def group(self, question: Question) -> tuple[Sheet, ...]:
        """The sheets that a question is counted over: of its kind, and of the cases that were drawn for its form."""
        framework = self.package.framework
        sheets = self.sheets[framework.subject_of(question)]
        keys = self._drawn_for.get(question.tool)
        return sheets if keys is None else tuple(s for s in sheets if (s.parent or s).subject.key in keys)

    @cached_property
    def _drawn_for(self) -> Mapping[str, frozenset[str]]:
        return drawn_for(self.package)

    @cached_property
    def everyone(self) -> tuple[Sheet, ...]:
        """All sheets, cases first as the framework lists its subjects."""
        return tuple(sheet for group in self.sheets.values() for sheet in group)

    @cached_property
    def bases(self) -> CaseloadBases:
        """How many cases of the caseload each question is relevant to, where that can be known."""
        return CaseloadBases(self.package, self.subjects)
