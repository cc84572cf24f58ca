"""The keys: made once, whole, for their owner alone; never replaced."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from caselight.method.faults import Faults
from caselight.store.audit import keys


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
    }


def test_many_who_need_a_key_at_once_get_the_same(folder):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: keys.kept("audit.key"), range(40)))
    assert len(found) == 1
    assert [path.name for path in folder.iterdir()] == ["audit.key"]


def test_a_damaged_key_is_refused_and_not_replaced(folder):
    folder.mkdir()
    (folder / "audit.key").write_text("", "utf-8")
    with pytest.raises(Faults, match=r"audit\.key-damaged"):
        keys.seal("x")
    assert (folder / "audit.key").read_text("utf-8") == ""
