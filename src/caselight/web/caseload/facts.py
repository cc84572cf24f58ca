"""What is known of one case of the list, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caselight.method.framework.definition import Framework
from caselight.method.inspection.package import CaseloadCase
from caselight.procedures.case_lists.cells import fact_text
from caselight.procedures.case_lists.targets import facts_supplied
from caselight.store.accounts.people import names_of
from caselight.store.accounts.permissions import Permission
from caselight.store.caseloads.corrections import WHY, Correction, corrections_of
from caselight.store.caseloads.queries import caseload_of, subjects_of
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.access import may, not_found
from caselight.store.samples.queries import sample_of
from caselight.web.caseload.listing import said, short_key
from caselight.web.design.tables import Column, Table
from caselight.web.design.visits import InspectionVisit


@dataclass(frozen=True)
class CaseFacts:
    """A case: its name on screen, its facts, whether it is eligible, its corrections, whether they are still taken."""

    case: CaseloadCase
    name: str
    framework: Framework
    rows: list[tuple[str, str]]
    corrections: Table
    drawn: bool

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The facts that may be corrected."""
        language = self.framework.languages[0]
        return [(fact.id, fact.label.in_(language)) for fact in facts_supplied(self.framework)]

    @property
    def hints(self) -> Mapping[str, str]:
        """What each fact may be."""
        return {fact.id: ", ".join(fact.values() or ()) for fact in facts_supplied(self.framework)}


def case_facts(visit: InspectionVisit, key: str) -> CaseFacts:
    """One case. Raises ``access.not-found`` where there is none, or the visitor may not know of it."""
    framework = framework_of(visit.inspection.framework)
    case = next((one for one in caseload_of(visit.key, framework) if one.key == key), None)
    if case is None or not may(visit.access, Permission.CASELOAD_READ, key):
        not_found()
    labels = {one.key: one.label for one in subjects_of(visit.key)}
    name = labels.get(key) or f"Case {short_key(key)}"
    language = framework.languages[0]
    rows = [
        (fact.label.in_(language), said(fact, case.facts.get(fact.id), language) or "Not known")
        for fact in facts_supplied(framework)
    ]
    return CaseFacts(case, name, framework, rows, _corrections(visit.key, key, framework), bool(sample_of(visit.key)))


def correction_of(key: str, typed: Mapping[str, Any], framework: Framework) -> Correction:
    """What was typed, the value as the framework writes it where it can be read."""
    fact = framework.fact_by_id.get(typed["fact"])
    value = typed["value"].strip()
    read = fact_text(fact, value, {}, "dmy")[0] if fact else ""
    return Correction(key, typed["fact"], read or value, typed["why"], typed["note"])


def _corrections(inspection: str, key: str, framework: Framework) -> Table:
    columns = [Column("fact", "Fact"), Column("before", "Supplied"), Column("value", "Corrected to"),
               Column("why", "Why"), Column("note", "Note"), Column("by", "By"), Column("at", "When", "date")]  # fmt: skip
    found, language = corrections_of(inspection, key), framework.languages[0]
    names = names_of(one.by for one in found)
    rows = []
    for one in found:
        fact = framework.fact_by_id[one.fact]
        rows.append({
            "fact": fact.label.in_(language), "before": said(fact, one.before, language),
            "value": said(fact, one.value, language), "why": WHY.get(one.why, one.why),
            "note": "(destroyed)" if one.note is None else one.note, "by": names.get(one.by, one.by), "at": one.at,
        })  # fmt: skip
    return Table("Corrections", columns, rows, name="corrections", tools=False)
