"""The caseload and the subjects of an inspection, as values in the order of the folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caselight.method.answers.fact_values import fact_value
from caselight.method.caseload.case import FactValue, Subject
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Fact
from caselight.method.inspection.package import CaseloadCase
from caselight.store.caseloads import models
from caselight.store.caseloads.corrections import facts_now, verdicts
from caselight.store.inspections.models import Inspection

Row = tuple[str, bool, str, dict[str, str], str]


def subjects_of(inspection: str) -> tuple[Subject, ...]:
    """The subjects by kind and key, without facts: those follow from the caseload and the events."""
    rows = models.Subject.objects.filter(inspection__key=inspection)
    found = rows.order_by("position").values_list("kind", "key", "label", "managed_by")
    return tuple(
        sorted((Subject(*row[:3], managed_by=row[3]) for row in found), key=lambda subject: (subject.kind, subject.key))
    )


def caseload_of(inspection: str, framework: Framework) -> tuple[CaseloadCase, ...]:
    """The caseload by case key, its facts typed by the framework and as they were corrected."""
    facts = _of_cases(framework)
    rows = models.CaseloadCase.objects.filter(inspection__key=inspection)
    found = list(rows.values_list("key", "eligible", "reason", "facts", "managed_by"))
    corrected = models.FactCorrection.objects.filter(inspection__key=inspection).exists()
    if corrected:
        found = _corrected(inspection, found)
    cases = (CaseloadCase(key, ok, reason, _typed(texts, facts), by) for key, ok, reason, texts, by in found)
    return tuple(sorted(cases, key=lambda case: case.key))


def _corrected(inspection: str, rows: Sequence[Row]) -> list[Row]:
    """The rows with what was corrected since they were supplied."""
    row = Inspection.objects.get(key=inspection)
    now, judged = facts_now(row, {key: texts for key, _, _, texts, _ in rows}), verdicts(row)
    return [(key, *judged.get(key, (ok, reason)), now[key], by) for key, ok, reason, _, by in rows]


def has_caseload(inspection: str) -> bool:
    """Whether a case list was taken in."""
    return models.CaseloadCase.objects.filter(inspection__key=inspection).exists()


def typed_facts(texts: Mapping[str, str], framework: Framework) -> dict[str, FactValue]:
    """The facts of one row of the caseload, typed by the framework."""
    return _typed(texts, _of_cases(framework))


def _of_cases(framework: Framework) -> dict[str, Fact]:
    return {fact.id: fact for fact in framework.facts if fact.subject == framework.subjects[0].id}


def _typed(texts: Mapping[str, str], facts: Mapping[str, Fact]) -> dict[str, FactValue]:
    """The facts in the order of the framework, which is that of the columns."""
    return {name: fact_value(fact, texts[name])[0] for name, fact in facts.items() if name in texts}
