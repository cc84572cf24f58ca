"""A list that is prepared: sealed, one at a time, gone with its key when it is left or a day old."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.store import AT, seeded

from caselight.method.faults import Faults
from caselight.store.audit.models import AuditRow
from caselight.store.caseloads.drafts import draft_of, drop_draft, drop_old_drafts, keep_draft
from caselight.store.caseloads.models import ListDraft
from caselight.store.identities.keyring import keyring
from caselight.store.identities.queries import lost_keys, resurrected

pytestmark = pytest.mark.django_db(transaction=True)
KEY, WORDS = "testshire", b"Zane Quill, 5 January 1999"


def kept(content: bytes = WORDS, version: int = 0) -> int:
    return keep_draft(by="lead", inspection=KEY, content=content, version=version, at=AT)


def test_what_is_kept_is_sealed_and_comes_back() -> None:
    seeded()
    kept()
    found = draft_of(KEY)
    assert found is not None
    assert (found.content, found.version, found.by) == (WORDS, 1, "lead")
    assert b"Quill" not in bytes(ListDraft.objects.get().sealed)
    assert "Quill" not in repr([*AuditRow.objects.values()])


def test_whoever_saw_an_older_version_is_refused() -> None:
    seeded()
    kept()
    kept(b"more", 1)
    with pytest.raises(Faults, match="changed in another window"):
        kept(b"other", 1)


def test_its_key_is_destroyed_with_it_and_nothing_is_missed() -> None:
    seeded()
    kept()
    key_id = ListDraft.objects.get().key_id
    assert keyring().exists(key_id)
    drop_draft(by="lead", inspection=KEY, at=AT)
    assert not keyring().exists(key_id)
    assert draft_of(KEY) is None
    assert (lost_keys(), resurrected()) == ([], [])


def test_a_new_file_takes_the_place_of_the_old_one_under_another_key() -> None:
    seeded()
    kept()
    before = ListDraft.objects.get().key_id
    kept(b"another file")
    assert ListDraft.objects.get().key_id != before
    assert not keyring().exists(before)


def test_after_a_day_it_is_gone() -> None:
    seeded()
    kept()
    assert drop_old_drafts(at=AT + timedelta(hours=23)) == 0
    assert drop_old_drafts(at=AT + timedelta(hours=25)) == 1
    assert draft_of(KEY) is None
