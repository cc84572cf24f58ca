"""Bounded reading, and writing that leaves the old or the new and never half."""

from pathlib import Path

import pytest

from caselight.formats.files import new_file, read_bytes, read_text, whole_file, whole_folder, write_whole
from caselight.method.faults import Faults


def code(raised: pytest.ExceptionInfo[Faults]) -> tuple[str, str]:
    (fault,) = raised.value.faults
    return fault.code, str(fault.place)


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"a\r\nb", "a\r\nb"), ("\ufeffé".encode(), "é"), (b"", "")],
    ids=["line ends stay", "byte order mark goes", "nothing"],
)
def test_text_is_utf8(tmp_path: Path, data: bytes, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert read_text(tmp_path / "a.txt", "a.txt") == text


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"a\nb\xff", ("file.not-utf8", "a.txt:2")), (b"a\n\nb\0", ("file.nul", "a.txt:3"))],
)
def test_what_is_no_text_is_a_fault_with_its_line(tmp_path: Path, data: bytes, expected: tuple[str, str]) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(Faults) as raised:
        read_text(tmp_path / "a.txt", "a.txt")
    assert code(raised) == expected


def test_a_missing_file_a_folder_and_too_large_a_file_are_faults(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"12345")
    (tmp_path / "folder").mkdir()
    for name, expected in (("none", "missing"), ("folder", "not-a-file"), ("large", "too-large"), ("a\0b", "missing")):
        with pytest.raises(Faults) as raised:
            read_bytes(tmp_path / name, name, 4)
        assert code(raised) == (f"file.{expected}", name)


def test_a_file_that_may_not_be_read_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a").write_bytes(b"a")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Faults) as raised:
        read_bytes(tmp_path / "a", "a")
    assert code(raised) == ("file.unreadable", "a")


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "new/a.txt"
    write_whole(target, b"first")
    with pytest.raises(TypeError), whole_file(target) as stream:
        stream.writelines([b"half", None])  # type: ignore[list-item]
    assert target.read_bytes() == b"first"
    with target.open("rb") as reader:  # somebody who is reading it meanwhile
        write_whole(target, b"second")
        assert reader.read() == b"first"
    assert [(path.name, path.read_bytes()) for path in target.parent.iterdir()] == [("a.txt", b"second")]


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out/a"
    for text in ("first", "second"):
        with whole_folder(target) as beside, new_file(beside / f"{text}.txt") as stream:
            stream.write(text.encode())
    with pytest.raises(TypeError), whole_folder(target) as beside, new_file(beside / "half.txt") as stream:
        stream.writelines([b"half", None])  # type: ignore[list-item]
    assert [path.name for path in target.parent.rglob("*")] == ["a", "second.txt"]


def test_a_place_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Faults) as raised:
        write_whole(tmp_path / "file/a", b"")
    assert code(raised) == ("file.unwritable", "a")
    with pytest.raises(Faults), whole_folder(tmp_path / "file/a"):
        pass
    assert (tmp_path / "file").read_text() == "in the way"
