"""Encrypted files of several members: what goes in comes out, and what was touched is refused whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caselight.method.faults import Faults
from caselight.procedures.backup import sealing
from caselight.procedures.backup.sealing import new_pair, open_sealed, write_sealed, write_secret


@pytest.fixture(scope="module")
def pair() -> tuple[str, str]:
    return new_pair()


@pytest.fixture
def sealed(tmp_path: Path, pair: tuple[str, str]) -> Path:
    member = tmp_path / "member"
    member.write_bytes(b"what was recorded" * 1000)
    write_sealed(tmp_path / "backup.age", {"folder/member": member}, {"made_at": "today"}, pair[1])
    return tmp_path / "backup.age"


def code(refused: pytest.ExceptionInfo[Faults]) -> str:
    return refused.value.faults[0].code


def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "opened"
    folder.mkdir()
    return folder


def test_what_was_sealed_comes_out_again(sealed: Path, tmp_path: Path, pair: tuple[str, str]) -> None:
    folder = empty(tmp_path)
    manifest = open_sealed(sealed, folder, f"# a remark\n{pair[0]}\n")
    assert manifest["made_at"] == "today"
    assert (folder / "folder" / "member").read_bytes() == b"what was recorded" * 1000


def test_nothing_plain_is_left_beside_it(sealed: Path) -> None:
    assert sorted(path.name for path in sealed.parent.iterdir()) == ["backup.age", "member"]
    assert b"recorded" not in sealed.read_bytes()
    assert sealed.stat().st_mode & 0o077 == 0


def test_another_key_opens_nothing(sealed: Path, tmp_path: Path) -> None:
    with pytest.raises(Faults) as refused:
        open_sealed(sealed, empty(tmp_path), new_pair()[0])
    assert code(refused) == "backup.wrong-key"


def test_text_that_is_no_key_is_said_to_be_none(sealed: Path, tmp_path: Path) -> None:
    with pytest.raises(Faults) as refused:
        open_sealed(sealed, empty(tmp_path), "open sesame")
    assert code(refused) == "backup.no-key"
    with pytest.raises(Faults) as refused:
        write_sealed(tmp_path / "other.age", {}, {}, "somebody")
    assert code(refused) == "backup.no-recipient"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_byte_or_a_cut_is_refused(
    sealed: Path, pair: tuple[str, str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = sealed.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.booleans())
    changed = whole[:at] if cut else whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    folder = tmp_path_factory.mktemp("changed")
    (folder / "backup.age").write_bytes(changed)
    with pytest.raises(Faults) as refused:
        open_sealed(folder / "backup.age", empty(folder), pair[0])
    assert code(refused) in ("backup.damaged", "backup.wrong-key")


def test_members_that_the_manifest_does_not_name_are_refused(
    sealed: Path, tmp_path: Path, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "sha256", lambda path: "0" * 64)
    with pytest.raises(Faults) as refused:
        open_sealed(sealed, empty(tmp_path), pair[0])
    assert code(refused) == "backup.damaged"


def test_a_form_of_another_version_is_refused(
    tmp_path: Path, pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sealing, "SCHEMA", "caselight.backup/9")
        write_sealed(tmp_path / "backup.age", {}, {}, pair[1])
    with pytest.raises(Faults) as refused:
        open_sealed(tmp_path / "backup.age", empty(tmp_path), pair[0])
    assert code(refused) == "backup.unknown-form"


def test_a_key_file_is_never_written_over(tmp_path: Path) -> None:
    write_secret(tmp_path / "key", *new_pair())
    before = (tmp_path / "key").read_bytes()
    with pytest.raises(Faults) as refused:
        write_secret(tmp_path / "key", *new_pair())
    assert code(refused) == "backup.key-exists"
    assert (tmp_path / "key").read_bytes() == before
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
