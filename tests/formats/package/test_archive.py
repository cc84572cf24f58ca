"""A zip of a package: the same bytes every time, names only when asked for, and nothing of a bad one lands anywhere."""

import io
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.factories.folders import inspection_folder

from caselight.formats.package import archive
from caselight.formats.package.archive import pack, unpack
from caselight.formats.package.reading import read_package
from caselight.formats.package.seal import seal
from caselight.method.faults import Faults

PRIVATE = {"private/identities.csv": "subject_key,name,nicknames,date_of_birth,local_id\nk1,Ann Ock,,,\n"}


def names(source: Path) -> list[str]:
    with zipfile.ZipFile(source) as packed:
        return packed.namelist()


def refused(source: Path, folder: Path) -> list[str]:
    with pytest.raises(Faults) as raised:
        unpack(source, folder)
    assert not folder.exists()
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".")] == []
    return [fault.code for fault in raised.value]


def test_what_was_packed_comes_out_sealed_and_the_same(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path / "a", PRIVATE | {"notes/minutes.txt": "kept", ".git/config": "x"})
    pack(folder, tmp_path / "a.zip")
    unpack(tmp_path / "a.zip", tmp_path / "b")
    assert read_package(tmp_path / "b") == read_package(folder)
    assert (tmp_path / "b/notes/minutes.txt").read_text() == "kept"
    assert not (tmp_path / "b/.git").exists()
    assert names(tmp_path / "a.zip")[-1] == "datapackage.json"
    assert not (folder / "datapackage.json").exists()


def test_names_are_packed_only_when_asked_for(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path / "a", PRIVATE)
    seal(folder, with_private=True)
    pack(folder, tmp_path / "a.zip")
    assert [name for name in names(tmp_path / "a.zip") if "private" in name] == []
    assert b"identities" not in zipfile.ZipFile(tmp_path / "a.zip").read("datapackage.json")
    pack(folder, tmp_path / "b.zip", with_private=True)
    unpack(tmp_path / "b.zip", tmp_path / "b")
    assert read_package(tmp_path / "b", private=True).identities[0].name == "Ann Ock"


def test_the_same_files_give_the_same_zip_on_another_day_in_another_place(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path / "a")
    pack(folder, tmp_path / "a.zip")
    os.utime(folder / "letter.md", (1, 1))
    code = "import sys; from pathlib import Path; from caselight.formats.package.archive import pack; pack(*map(Path, sys.argv[1:]))"
    environment = os.environ | {"TZ": "Pacific/Apia", "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, str(folder), str(tmp_path / "b.zip")], check=True, env=environment)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def zip_of(entries: list[tuple[zipfile.ZipInfo | str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry, data in entries:
            packed.writestr(entry, data)
    return buffer.getvalue()


def link() -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("link")
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def encrypted() -> bytes:
    data = bytearray(zip_of([("a", b"x")]))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def method() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as packed:
        packed.writestr("a", b"x")
    return buffer.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: zip_of([("../a", b"")]), "zip.path-escape"),
        (lambda: zip_of([("a/../../b", b"")]), "zip.path-escape"),
        (lambda: zip_of([("/etc/a", b"")]), "zip.path-escape"),
        (lambda: zip_of([("a//b", b"")]), "zip.path-escape"),
        (lambda: zip_of([("C:a", b"")]), "zip.bad-name"),
        (lambda: zip_of([("..\\a", b"")]), "zip.bad-name"),
        (lambda: zip_of([("a\x01b", b"")]), "zip.bad-name"),
        (lambda: zip_of([("a" * 300, b"")]), "zip.long-name"),
        (lambda: zip_of([(link(), b"/etc/passwd")]), "zip.link"),
        (lambda: zip_of([("a", b""), ("a", b"")]), "zip.duplicate-name"),
        (lambda: zip_of([("a", b""), ("A", b"")]), "zip.duplicate-name"),
        (lambda: zip_of([("a", b""), ("a/b", b"")]), "zip.duplicate-name"),
        (lambda: zip_of([("a/b", b""), ("a", b"")]), "zip.duplicate-name"),
        (encrypted, "zip.encrypted"),
        (method, "zip.method"),
        (lambda: zip_of([("a", b"x")]), "zip.not-sealed"),
        (lambda: zip_of([(str(number), b"") for number in range(2001)]), "zip.too-many-files"),
        (lambda: zip_of([("a", bytes(50_000_000))]), "zip.too-large"),
        (lambda: b"no zip", "zip.broken"),
        (lambda: zip_of([("a", b"x")])[:-30], "zip.broken"),
    ],
)
def test_a_bad_zip_is_refused_and_nothing_of_it_lands(tmp_path: Path, made: Callable[[], bytes], code: str) -> None:
    (tmp_path / "bad.zip").write_bytes(made())
    assert refused(tmp_path / "bad.zip", tmp_path / "folder") == [code]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.zip"]


def test_a_table_of_contents_that_would_fill_the_memory_is_not_read(tmp_path: Path) -> None:
    data = bytearray(zip_of([("a", b"x")]))
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = (900_000_000).to_bytes(4, "little")
    (tmp_path / "bad.zip").write_bytes(data)
    assert refused(tmp_path / "bad.zip", tmp_path / "folder") == ["zip.too-many-files"]


def test_sizes_in_headers_are_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(zip_of([("a", bytes(5_000_000))]))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = data[22:26] = (10).to_bytes(4, "little")
    (tmp_path / "bad.zip").write_bytes(data)
    assert refused(tmp_path / "bad.zip", tmp_path / "folder")[0] in ("zip.checksum", "zip.too-large", "zip.broken")
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000)
    (tmp_path / "big.zip").write_bytes(zip_of([("a", bytes(5_000))]))
    assert refused(tmp_path / "big.zip", tmp_path / "folder") == ["zip.too-large"]


def repacked(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    with zipfile.ZipFile(source) as packed:
        content = {name: packed.read(name) for name in packed.namelist()}
    change(content)
    target.write_bytes(zip_of(list(content.items())))


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update({"letter.md": b"# Another\n"}),
        lambda content: content.pop("letter.md"),
        lambda content: content.update({"more.txt": b"x"}),
    ],
    ids=["changed", "removed", "added"],
)
def test_a_file_that_does_not_fit_the_seal_is_an_error_in_a_zip(
    tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    pack(inspection_folder(tmp_path / "a"), tmp_path / "a.zip")
    repacked(tmp_path / "a.zip", tmp_path / "b.zip", change)
    assert refused(tmp_path / "b.zip", tmp_path / "folder") == ["zip.checksum"]


def test_a_damaged_file_is_a_wrong_checksum(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr("letter.md", b"a letter in plain words")
    (tmp_path / "a.zip").write_bytes(buffer.getvalue().replace(b"plain", b"other"))
    assert refused(tmp_path / "a.zip", tmp_path / "folder") == ["zip.checksum"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    pack(inspection_folder(tmp_path / "a"), tmp_path / "a.zip")
    (tmp_path / "b").mkdir()
    unpack(tmp_path / "a.zip", tmp_path / "b")
    with pytest.raises(Faults, match=r"zip\.folder-not-empty"):
        unpack(tmp_path / "a.zip", tmp_path / "b")


def test_a_package_that_shrinks_like_an_attack_can_still_be_unpacked(tmp_path: Path) -> None:
    pack(inspection_folder(tmp_path / "a", {"log.txt": b"0" * 3_000_000}), tmp_path / "a.zip")
    unpack(tmp_path / "a.zip", tmp_path / "b")
    assert (tmp_path / "b/log.txt").stat().st_size == 3_000_000


def test_a_package_that_could_not_be_unpacked_is_not_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = inspection_folder(tmp_path / "a", {"a:b.txt": "x"})
    with pytest.raises(Faults, match=r"zip\.bad-name"):
        pack(folder, tmp_path / "a.zip")
    (folder / "a:b.txt").unlink()
    monkeypatch.setattr(archive, "MOST_FILES", 9)
    with pytest.raises(Faults, match=r"zip\.too-large"):
        pack(folder, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()
