"""The keyring: keys outside the database that can be destroyed for good."""

import errno
import os
import stat
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from caselight.method.faults import Faults
from caselight.store.identities import keyring as module
from caselight.store.identities.keyring import Keyring, keyring
from caselight.store.identities.sealing import about, open_, seal

CONTEXT = about("west", "note", "op-1")


@pytest.fixture(autouse=True)
def keys(settings, tmp_path: Path) -> Path:
    settings.KEYS = tmp_path / "keys"
    return settings.KEYS


def test_what_is_sealed_opens_with_its_key_and_in_its_place_only() -> None:
    one, other = keyring().make(2)
    sealed = seal(one, b"words", CONTEXT)
    assert open_(one, sealed, CONTEXT) == b"words"
    for key_id, place in ((other, CONTEXT), (one, about("west", "note", "op-2"))):
        with pytest.raises(Faults, match=r"identity\.sealed-text-damaged"):
            open_(key_id, sealed, place)


def test_no_two_places_have_the_same_associated_bytes() -> None:
    assert about("a", "b,c", "d") != about("a,b", "c", "d")


def test_every_changed_byte_is_found() -> None:
    (key_id,) = keyring().make(1)
    sealed = seal(key_id, b"words", CONTEXT)
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(Faults, match=r"identity\.sealed-text-damaged"):
            open_(key_id, changed, CONTEXT)


def test_a_destroyed_key_opens_nothing_and_seals_nothing() -> None:
    (key_id,) = keyring().make(1)
    sealed = seal(key_id, b"words", CONTEXT)
    keyring().destroy([key_id])
    assert open_(key_id, sealed, CONTEXT) is None
    assert not keyring().exists(key_id)
    with pytest.raises(Faults, match=r"identity\.key-destroyed"):
        seal(key_id, b"more", CONTEXT)


def test_a_key_destroyed_by_another_process_is_forgotten_here_at_once(keys: Path) -> None:
    (key_id,) = keyring().make(1)
    sealed = seal(key_id, b"words", CONTEXT)
    other = Keyring(keys)
    other.destroy([key_id])
    other.close()
    assert open_(key_id, sealed, CONTEXT) is None


def test_the_wrapped_key_is_overwritten_in_the_file(keys: Path) -> None:
    key_id, kept = keyring().make(2)
    wrapped = {one: _wrapped(keys, one) for one in (key_id, kept)}
    keyring().destroy([key_id])
    found = b"".join(path.read_bytes() for path in keys.iterdir() if path.name.startswith("keyring"))
    assert wrapped[key_id] not in found
    assert wrapped[kept] in found


def test_an_old_keyring_put_back_does_not_bring_a_destroyed_key_back(keys: Path, tmp_path: Path) -> None:
    (key_id,) = keyring().make(1)
    sealed = seal(key_id, b"words", CONTEXT)
    keyring().copy(tmp_path / "old.sqlite3")
    keyring().destroy([key_id])
    keyring().close()
    (tmp_path / "old.sqlite3").replace(keys / "keyring.sqlite3")
    assert open_(key_id, sealed, CONTEXT) is None
    assert keyring().settle() == 1
    assert keyring().ids() == []
    assert keyring().settle() == 0


def test_a_kill_between_ledger_and_keyring_leaves_the_key_destroyed(monkeypatch) -> None:
    (key_id,) = keyring().make(1)
    sealed = seal(key_id, b"words", CONTEXT)
    monkeypatch.setattr(Keyring, "_remove", lambda *_: pytest.fail("killed here"))
    with pytest.raises(pytest.fail.Exception):
        keyring().destroy([key_id])
    assert open_(key_id, sealed, CONTEXT) is None


def test_a_half_written_line_of_the_ledger_swallows_no_other(keys: Path) -> None:
    one, other = keyring().make(2)
    keyring().destroy([one])
    with (keys / "destroyed.jsonl").open("ab") as stream:
        stream.write(b'{"destr')
    keyring().destroy([other])
    assert Keyring(keys).ledger.ids() == {one, other}


def test_a_disk_that_takes_a_line_in_pieces_gets_all_of_it_before_the_key_goes(keys: Path, monkeypatch) -> None:
    (key_id,) = keyring().make(1)
    truly = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: truly(handle, bytes(data)[:5]))
    keyring().destroy([key_id])
    monkeypatch.undo()
    assert Keyring(keys).ledger.ids() == {key_id}


def test_a_disk_that_is_full_in_the_middle_of_a_line_keeps_the_key(keys: Path, monkeypatch) -> None:
    (key_id,) = keyring().make(1)
    truly, wrote = os.write, []

    def full(handle: int, data: bytes) -> int:
        if wrote:
            raise OSError(errno.ENOSPC, "No space left on device")
        wrote.append(truly(handle, bytes(data)[:5]))
        return wrote[0]

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="No space"):
        keyring().destroy([key_id])
    monkeypatch.undo()
    assert keyring().exists(key_id)
    keyring().destroy([key_id])
    assert Keyring(keys).ledger.ids() == {key_id}


def test_a_key_that_is_neither_there_nor_destroyed_is_a_fault_and_not_silence() -> None:
    with pytest.raises(Faults, match=r"identity\.key-lost"):
        open_("0" * 32, b"", CONTEXT)


def test_a_new_vault_key_is_never_made_over_keys_that_it_could_not_open(keys: Path) -> None:
    keyring().make(1)
    keyring().close()
    (keys / "vault.key").unlink()
    with pytest.raises(Faults, match=r"identity\.vault-key-missing"):
        keyring().make(1)


def test_the_vault_key_of_another_keyring_is_refused(keys: Path) -> None:
    (key_id,) = keyring().make(1)
    (keys / "vault.key").write_text("ab" * 32 + "\n")
    with pytest.raises(Faults, match=r"identity\.wrong-vault-key"):
        keyring().exists(key_id)


def test_the_files_are_for_the_servers_account_alone(keys: Path) -> None:
    (key_id,) = keyring().make(1)
    keyring().destroy([key_id])
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()} == {0o600}


def test_no_more_keys_stay_in_memory_than_the_bound(monkeypatch) -> None:
    monkeypatch.setattr(module, "REMEMBERED", 3)
    for key_id in keyring().make(5):
        assert keyring().exists(key_id)
    assert len(keyring()._keys) == 3


def test_a_forked_process_opens_the_file_anew() -> None:
    (key_id,) = keyring().make(1)
    connection = keyring()._connection
    child = os.fork()
    if child == 0:
        os._exit(0 if keyring().exists(key_id) and keyring()._connection is not connection else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_key_is_unwrapped_once_however_many_notes_it_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    unwrapped: list[str] = []
    truly = Keyring._unwrapped

    def unwrap(self: Keyring, key_id: str) -> object:
        unwrapped.append(key_id)
        return truly(self, key_id)

    monkeypatch.setattr(Keyring, "_unwrapped", unwrap)
    ids = keyring().make(3)
    keyring().close()
    for key_id in ids * 100:
        seal(key_id, b"words", CONTEXT)
    assert sorted(unwrapped) == sorted(ids)


def _wrapped(keys: Path, key_id: str) -> bytes:
    connection = sqlite.connect(str(keys / "keyring.sqlite3"))
    try:
        return bytes(connection.execute("SELECT wrapped FROM child_key WHERE id = ?", (key_id,)).fetchone()[0])
    finally:
        connection.close()
