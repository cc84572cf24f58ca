"""The keys: made once and together, whole, for their owner alone; never replaced once something was recorded."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from caselight.method.faults import Faults
from caselight.store.audit import keys
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path, settings):
    settings.KEYS = tmp_path / "keys"
    return settings.KEYS


def test_a_signature_is_checked_with_the_public_key_beside_the_private_one(folder):
    signature, key_id = keys.sign(b"words")
    public = (folder / "receipts.pub").read_text("utf-8").strip()
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), b"words")
    assert public == keys.public_key()
    assert key_id == keys.key_id(public)


def test_private_keys_are_for_their_owner_alone(folder):
    keys.sign(b"x")
    keys.seal("x")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {p.name: stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir() if p.suffix == ".key"} == {
        "receipts.key": 0o600,
        "audit.key": 0o600,
        "blocking.key": 0o600,
    }


def test_many_who_need_a_key_at_once_get_the_same(folder):
    with patch.object(keys, "used", return_value=False), ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: keys.kept("audit.key"), range(40)))
    assert len(found) == 1
    assert {path.name for path in folder.iterdir()} == {*keys.SECRET, "receipts.pub"}


def test_a_key_that_another_makes_at_the_same_moment_is_not_missing(folder):
    def meanwhile():
        with patch.object(keys, "used", return_value=False):
            keys.make()
        return True  # and the first row stands

    with patch.object(keys, "used", side_effect=meanwhile):
        assert len(keys.kept("audit.key")) == 32


def test_a_damaged_key_is_refused_and_not_replaced(folder):
    folder.mkdir()
    (folder / "audit.key").write_text("", "utf-8")
    with pytest.raises(Faults, match=r"audit\.key-damaged"):
        keys.seal("x")
    assert (folder / "audit.key").read_text("utf-8") == ""


def recorded():
    record(chain="system", by="x", act=Act.BACKUP_TAKEN, of=("backup", "b"), detail={}, at=AT)
    keys._receipts.cache_clear()  # as in the next process
    keys._audit.cache_clear()


@pytest.mark.parametrize("name", ["audit.key", "receipts.key", "blocking.key"])
def test_a_key_that_was_lost_is_refused_and_not_made_anew(folder, name):
    recorded()
    (folder / name).unlink()
    for use in (lambda: keys.kept(name), keys.make):
        with pytest.raises(Faults, match=r"audit\.key-missing"):
            use()
    assert not (folder / name).exists()
    assert [(fault.code, fault.where) for fault in keys.wrong()] == [("audit.key-missing", (name,))]


def test_a_signing_key_that_the_public_key_beside_it_does_not_fit_signs_nothing(folder):
    recorded()
    (folder / "receipts.key").write_text("ab" * 32 + "\n", "utf-8")
    with pytest.raises(Faults, match=r"audit\.key-apart"):
        keys.sign(b"x")
    assert [fault.code for fault in keys.wrong()] == ["audit.key-apart"]


def test_whole_keys_have_nothing_wrong_and_before_anything_was_recorded_none_is_missed(folder):
    assert keys.wrong() == []
    recorded()
    assert keys.wrong() == []


def test_every_damaged_key_is_named(folder):
    recorded()
    for name in keys.SECRET:
        (folder / name).write_text("no key", "utf-8")
    assert [fault.where for fault in keys.wrong()] == [(name,) for name in keys.SECRET]
