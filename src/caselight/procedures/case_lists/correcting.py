"""A fact of the case list is corrected before the draw, and the case is judged again with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from caselight.method.answers.fact_values import fact_value
from caselight.method.caseload.eligibility import judge, window
from caselight.procedures.case_lists.accepting import refuse_drawn
from caselight.procedures.case_lists.checking import BECAUSE
from caselight.store.caseloads.corrections import Correction, correct_fact
from caselight.store.caseloads.queries import caseload_of
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.queries import inspection_of

BY_HAND = frozenset(["closed", "duplicate", "no-case", "not-known", "not-ours"])


def correct(inspection: str, correction: Correction, *, by: str, at: datetime) -> None:
    """Correct a fact, and judge anew whether the case is eligible; whoever was left out by a person stays so.

    Raises ``caseload.sample-drawn`` and what :func:`correct_fact` raises.
    """
    refuse_drawn(inspection)
    kept = inspection_of(inspection)
    framework, dates = framework_of(kept.framework), kept.definition.dates
    case = next((one for one in caseload_of(inspection, framework) if one.key == correction.case_key), None)
    fact = framework.fact_by_id.get(correction.fact)
    if case is not None and fact is not None:
        facts = {**case.facts, fact.id: fact_value(fact, correction.value)[0]}
        eligible, verdict = case.eligible, case.reason
        if framework.eligibility and not _by_hand(case.reason):
            span = window(framework.eligibility, dates.announced, dates.fieldwork_from)
            found = judge(facts, span, framework.eligibility)
            eligible, verdict = found.eligible, found.reason
        correction = replace(correction, eligible=eligible, verdict=verdict)
    correct_fact(by=by, inspection=inspection, correction=correction, at=at)


def _by_hand(reason: str) -> bool:
    return reason.startswith("Closed on ") or reason.rstrip(".") in {BECAUSE[code] for code in BY_HAND}
