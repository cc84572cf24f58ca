"""Facts of the caseload that proved wrong: corrected with a coded reason, while what the service supplied is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from caselight.method.answers.fact_values import fact_value
from caselight.method.faults import Fault, stop
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Fact
from caselight.store.audit.actions import Plain, record
from caselight.store.audit.acts import Act
from caselight.store.caseloads.models import CaseloadCase, FactCorrection
from caselight.store.frameworks.queries import framework_of
from caselight.store.identities import sealing
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import Inspection
from caselight.store.inspections.queries import found

WHY: Mapping[str, str] = {
    "mistyped": "It was mistyped",
    "outdated": "It has changed since, or was out of date",
    "wrong-case": "It belongs to another case",
    "misread": "The file was read wrongly",
    "agreed": "The service and we agreed on another value",
}
LONGEST = 2_000  # characters of a note or of a written value


@dataclass(frozen=True, slots=True)
class Correction:
    """What is right: the text of the value as the framework types it (empty: not known), why, and a note.

    ``eligible`` and ``verdict`` are the judgement on the case with the new value.
    """

    case_key: str
    fact: str
    value: str
    why: str
    note: str = ""
    eligible: bool = True
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as it was made; texts are None where a purge destroyed them."""

    case_key: str
    fact: str
    before: str | None
    value: str | None
    why: str
    note: str | None
    by: str
    at: datetime


@transaction.atomic
def correct_fact(*, by: str, inspection: str, correction: Correction, at: datetime) -> None:
    """Correct a fact of a case; both values are kept, words are sealed under the key of the case.

    Raises ``caseload.no-such-fact``, ``caseload.fact-value``, ``caseload.same-value`` and ``caseload.unknown-reason``.
    """
    row = found(inspection, locked=True)
    case = CaseloadCase.objects.filter(inspection=row, key=correction.case_key).first()
    framework = framework_of(row.framework_id)
    fact = _fact(framework, correction.fact)
    if case is None or fact is None:
        stop(Fault("caseload.no-such-fact", ("fact",), "The case list has no such case or fact.", "Check the address."))
    before = facts_now(row, {case.key: case.facts})[case.key].get(fact.id, "")
    _refuse(correction, fact, before)
    written = fact.type == "text"
    words = [correction.note.strip(), before if written else "", correction.value if written else ""]
    key_id = sealing.key_for(inspection, case.key)
    made = FactCorrection(
        inspection=row, case_key=case.key, fact=fact.id, reason=correction.why, eligible=correction.eligible,
        verdict=correction.verdict, before="" if written else before, value="" if written else correction.value,
        key_id=key_id, by=by, at=at,
        sealed=sealing.seal(key_id, json.dumps([written, *words]).encode(), _about(inspection, case.key, fact.id)),
    )  # fmt: skip
    made.save()
    detail: dict[str, Plain] = {"fact": fact.id, "reason": correction.why, "correction": made.pk}
    record(chain=chain(inspection), by=by, act=Act.FACT_CORRECTED, of=("case", case.key), detail=detail, at=at)


def corrections_of(inspection: str, case_key: str) -> tuple[Corrected, ...]:
    """The corrections of one case, the oldest first."""
    rows = FactCorrection.objects.filter(inspection__key=inspection, case_key=case_key).order_by("pk")
    return tuple(_opened(inspection, row) for row in rows)


def facts_now(row: Inspection, supplied: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """The facts of cases as texts with every correction in the place of what was supplied."""
    now = {key: dict(facts) for key, facts in supplied.items()}
    for one in FactCorrection.objects.filter(inspection=row).order_by("pk"):
        if one.case_key in now:
            value = _opened(row.key, one).value
            now[one.case_key].pop(one.fact, None)
            now[one.case_key] |= {one.fact: value} if value else {}
    return now


def verdicts(row: Inspection) -> dict[str, tuple[bool, str]]:
    """Whether the cases of which a fact was corrected are eligible since, and why not."""
    rows = FactCorrection.objects.filter(inspection=row).order_by("pk")
    return {key: (ok, why) for key, ok, why in rows.values_list("case_key", "eligible", "verdict")}


def _fact(framework: Framework, name: str) -> Fact | None:
    fact = framework.fact_by_id.get(name)
    return fact if fact is not None and fact.subject == framework.subjects[0].id else None


def _refuse(correction: Correction, fact: Fact, before: str) -> None:
    _, wrong = fact_value(fact, correction.value)
    if wrong or max(len(correction.value), len(correction.note)) > LONGEST or "\0" in correction.value:
        cure = "Enter a value that the fact can have."
        stop(Fault("caseload.fact-value", ("value",), wrong or "The text is too long.", cure))
    if correction.value == before:
        says = "The fact has this value already."
        stop(Fault("caseload.same-value", ("value",), says, "Enter what is right, or leave it as it is."))
    if correction.why not in WHY:
        stop(
            Fault(
                "caseload.unknown-reason", ("why",), "This is no reason that is listed.", "Select one of the reasons."
            )
        )


def _opened(inspection: str, row: FactCorrection) -> Corrected:
    plain = sealing.open_(row.key_id, bytes(row.sealed), _about(inspection, row.case_key, row.fact))
    if plain is None:
        return Corrected(
            row.case_key, row.fact, row.before or None, row.value or None, row.reason, None, row.by, row.at
        )
    written, note, before, value = json.loads(plain)
    if not written:
        before, value = row.before, row.value
    return Corrected(row.case_key, row.fact, before, value, row.reason, note, row.by, row.at)


def _about(inspection: str, case_key: str, fact: str) -> bytes:
    return sealing.about(inspection, f"correction:{fact}", case_key)
