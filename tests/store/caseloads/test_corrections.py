"""A fact is corrected with a coded reason; what was supplied stays, words are sealed and go with the key of the case."""

from __future__ import annotations

import pytest
from tests.factories.store import AT, seeded

from caselight.method.faults import Faults
from caselight.store.audit.models import AuditRow
from caselight.store.caseloads.corrections import Correction, correct_fact, corrections_of
from caselight.store.caseloads.models import CaseloadCase, FactCorrection
from caselight.store.caseloads.queries import caseload_of
from caselight.store.frameworks.queries import framework_of
from caselight.store.identities.keyring import keyring

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "testshire"


def corrected(value: str = "no", why: str = "mistyped", fact: str = "psr", note: str = "Quill rang") -> None:
    correction = Correction("C1", fact, value, why, note)
    correct_fact(by="lead", inspection=KEY, correction=correction, at=AT)


def test_both_values_are_kept_and_the_case_list_says_the_new_one() -> None:
    made = seeded()
    corrected()
    (one,) = corrections_of(KEY, "C1")
    assert (one.before, one.value, one.why, one.note) == ("yes", "no", "mistyped", "Quill rang")
    assert CaseloadCase.objects.get(inspection=made.inspection, key="C1").facts == {"psr": "yes"}
    cases = {case.key: case for case in caseload_of(KEY, framework_of(made.inspection.framework_id))}
    assert (cases["C1"].facts["psr"], cases["C2"].facts["psr"]) == ("no", "yes")


def test_the_note_is_sealed_and_gone_with_the_key_of_the_case() -> None:
    seeded()
    corrected()
    row = FactCorrection.objects.get()
    assert b"Quill" not in bytes(row.sealed)
    assert "Quill" not in repr([*AuditRow.objects.values()])
    keyring().destroy([row.key_id])
    (one,) = corrections_of(KEY, "C1")
    assert (one.note, one.value) == (None, "no")


@pytest.mark.parametrize(
    ("value", "why", "fact", "code"),
    [
        ("perhaps", "mistyped", "psr", "caseload.fact-value"),
        ("yes", "mistyped", "psr", "caseload.same-value"),
        ("no", "whim", "psr", "caseload.unknown-reason"),
        ("no", "mistyped", "height", "caseload.no-such-fact"),
    ],
)
def test_what_cannot_be_is_refused(value: str, why: str, fact: str, code: str) -> None:
    seeded()
    with pytest.raises(Faults) as refused:
        corrected(value, why, fact)
    assert [one.code for one in refused.value.faults] == [code]
    assert not FactCorrection.objects.exists()
