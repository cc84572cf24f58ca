"""Each saved letter is kept, an acceptance takes the place of the one before, figures from elsewhere keep their digits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.factories.moving import AT
from tests.factories.store import seeded

from caselight.method.faults import Faults
from caselight.method.inspection.package import Accepted, External
from caselight.store.audit.models import AuditRow
from caselight.store.reports.actions import accept_claims, keep_external, save_letter
from caselight.store.reports.models import LetterVersion
from caselight.store.reports.queries import accepted_of, external_of, letters_of

pytestmark = pytest.mark.django_db
CLAIM = Accepted("1.1", "Most plans were good.", ("P1",), ("12 of 14",), "f" * 64, "lead", "2026-02-01")
FIGURE = External("rate", "external", "Rate", Decimal("43.60"), "M1", "Testshire", "2025", "2026-01", "Statistics")


def test_a_saved_letter_is_the_letter_and_the_one_before_is_kept() -> None:
    seeded()
    numbers = [save_letter(by="lead", inspection="testshire", language="en", text=text, at=AT) for text in "abbc"]
    assert numbers == [1, 2, 2, 3]
    assert letters_of("testshire") == {"en": "c"}
    assert list(LetterVersion.objects.order_by("n").values_list("text", flat=True)) == ["a", "b", "c"]
    assert AuditRow.objects.filter(act="letter.saved").count() == 3


def test_a_claim_accepted_again_stands_once_with_its_newest_snapshot() -> None:
    seeded()
    newer = replace(CLAIM, snapshot="e" * 64)
    for claim in (CLAIM, newer, replace(CLAIM, language="cy")):
        accept_claims(by="lead", inspection="testshire", accepted=[claim], at=AT)
    assert accepted_of("testshire") == (replace(CLAIM, language="cy"), newer)
    assert AuditRow.objects.filter(act="claim.accepted").count() == 3


def test_a_figure_from_elsewhere_comes_back_with_all_its_digits_and_its_key_once() -> None:
    seeded()
    keep_external(by="lead", inspection="testshire", external=[FIGURE], at=AT)
    assert str(external_of("testshire")[0].value) == "43.60"
    assert external_of("testshire") == (FIGURE,)
    with pytest.raises(Faults) as refused:
        keep_external(by="lead", inspection="testshire", external=[FIGURE], at=AT)
    assert [fault.code for fault in refused.value] == ["store.external-exists"]
