"""Adding to the audit: what a row is, and what is refused."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import transaction

from caselight.method.faults import Faults
from caselight.store.audit import keys
from caselight.store.audit.actions import record, record_many
from caselight.store.audit.acts import Act
from caselight.store.audit.models import AuditRow, Tip

AT = datetime(2026, 3, 2, 9, 30, 0, 250_000, tzinfo=UTC)
HERE = {"chain": "inspection:north", "by": "a-lead", "act": Act.ANSWER_RECORDED, "at": AT}


@pytest.mark.django_db
def test_a_row_is_its_canonical_text_hashed_with_the_hash_before_it():
    first = record(**HERE, of=("answer", "op-1"), detail={"b": [1, None], "a": "é"})
    second = record(**HERE, of=("answer", "op-2"), detail={})
    rows = list(AuditRow.objects.order_by("n"))
    assert rows[0].row == (
        '{"act":"answer.recorded","at":"2026-03-02T09:30:00.250Z","by":"a-lead","chain":"inspection:north",'
        '"detail":{"a":"é","b":[1,null]},"n":1,"object":["answer","op-1"],"schema":1}'
    )
    assert first.hash == rows[0].hash == hashlib.sha256(("0" * 64 + rows[0].row).encode()).hexdigest()
    assert second.hash == hashlib.sha256((first.hash + rows[1].row).encode()).hexdigest()
    assert (rows[1].prev, rows[1].n, second.n) == (first.hash, 2, 2)
    assert rows[0].seal == keys.seal(first.hash)
    assert Tip.objects.get().hash == second.hash


@pytest.mark.django_db
def test_many_rows_make_the_chain_that_one_at_a_time_would_make():
    wanted = [(("answer", f"op-{i}"), {"i": i, "odd": '\\N \t "é\n'}) for i in range(20)]
    together = record_many(**HERE, rows=wanted)
    alone = [record(**{**HERE, "chain": "inspection:south"}, of=of, detail=detail) for of, detail in wanted]
    assert [link.n for link in together] == [link.n for link in alone] == list(range(1, 21))
    texts = AuditRow.objects.order_by("chain", "n").values_list("row", flat=True)
    assert [json.loads(text)["detail"] for text in texts] == [detail for _, detail in wanted] * 2


@pytest.mark.django_db
def test_nothing_to_record_writes_nothing():
    assert record_many(**HERE, rows=[]) == []
    assert not Tip.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_row_outside_a_transaction_is_a_mistake_of_the_caller():
    with pytest.raises(RuntimeError, match="inside atomic"):
        record(**HERE, of=("answer", "op-1"), detail={})


@pytest.mark.django_db(transaction=True)
def test_a_row_goes_with_the_change_that_is_undone():
    with transaction.atomic():
        record(**HERE, of=("answer", "op-1"), detail={})
        transaction.set_rollback(True)
    assert not AuditRow.objects.exists()
    assert not Tip.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [
        {"by": ""},
        {"by": "a" * 101},
        {"chain": "in\nspection"},
        {"of": ("answer", "op\0")},
        {"of": ("answer", "\ud800")},
    ],
    ids=["nobody", "too long", "line break", "NUL", "half a character"],
)
def test_text_that_no_row_can_hold_is_refused(changed):
    with pytest.raises(Faults, match=r"audit\.not-text"):
        record(**{**HERE, "of": ("answer", "op-1"), "detail": {}, **changed})


@pytest.mark.django_db
def test_half_a_character_in_a_detail_is_refused():
    with pytest.raises(Faults, match=r"audit\.not-text"):
        record(**HERE, of=("answer", "op-1"), detail={"a": "\ud800"})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "strange", [1.5, {"a": {1: 2}}, [b"x"], {"a": AT}], ids=["fraction", "key", "bytes", "instant"]
)
def test_a_detail_that_languages_write_differently_is_a_mistake_of_the_caller(strange):
    with pytest.raises(TypeError):
        record(**HERE, of=("answer", "op-1"), detail={"a": strange})


@pytest.mark.django_db
def test_an_instant_is_written_in_utc_and_needs_a_zone():
    record(**{**HERE, "at": AT.astimezone(timezone(timedelta(hours=5)))}, of=("answer", "1"), detail={})
    assert AuditRow.objects.get().at == "2026-03-02T09:30:00.250Z"
    with pytest.raises(ValueError, match="time zone"):
        record(**{**HERE, "at": AT.replace(tzinfo=None)}, of=("answer", "2"), detail={})


def test_every_act_says_what_it_is_in_a_sentence():
    assert [act for act in Act if not (act.says.endswith(".") and act.says[0].isupper())] == []
    assert [act for act in Act if str(act) != act.value or "." not in act.value] == []
