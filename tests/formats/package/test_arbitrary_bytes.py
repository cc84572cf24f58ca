"""Whatever the bytes, reading gives faults and nothing else, and memory does not follow the file."""

import shutil
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.factories import minimal
from tests.factories.folders import COLUMNS, INSPECTION, TABLES, answers, event, inspection_folder

from caselight.formats.package import layout, reading
from caselight.formats.package.archive import pack, unpack
from caselight.formats.package.reading import package_faults, read_package
from caselight.formats.package.seal import seal
from caselight.method.faults import Faults

QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
HEADERS = {table.file: ",".join((*table.columns, *table.carried)) for table in layout.TABLES}
FILES = [*HEADERS, *layout.CARRIED, "inspection.yaml", "letter.md", "datapackage.json", "framework/framework.yaml"]
PIECES = [
    *COLUMNS.split(","),
    *INSPECTION.split(),
    *TABLES["subjects.csv"].split(","),
    '"',
    "\n",
    "\r",
    ",",
    "|",
    "\ufeff",
]
PIECES += ["[" * 3000, "9" * 5000, '{"resources": [{"path": 1}]}', "-", "\0", "=", "'", "é", "9999-99-99", "{", "yes"]


@st.composite
def nearly(draw: st.DrawFn) -> bytes:
    """Bytes, or text that is nearly what belongs into a file."""
    if draw(st.booleans()):
        return draw(st.binary(max_size=60))
    return draw(st.text() | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)).encode("utf-8", "replace")


@pytest.mark.parametrize("file", FILES)
def test_no_bytes_of_a_file_raise_anything_but_faults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    inspection_folder(tmp_path)
    if not file.startswith("framework"):  # reading it again for every example would take most of the time
        monkeypatch.setattr(reading, "framework_faults", lambda *_, **__: (minimal(), []))

    @QUICK
    @given(data=nearly(), header=st.booleans())
    @example(data=b"", header=False)
    @example(data=b'"', header=True)
    @example(data=b"\r\r\n\n", header=True)
    def run(data: bytes, header: bool) -> None:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_bytes(HEADERS.get(file, "").encode() + b"\n" + data if header else data)
        _, faults = package_faults(tmp_path, private=True)
        assert all(str(fault.place) != "None" for fault in faults)

    run()


@QUICK
@given(data=st.binary(max_size=200), end=st.booleans())
def test_no_bytes_of_a_zip_raise_anything_but_faults(tmp_path: Path, data: bytes, end: bool) -> None:
    source = tmp_path / "some.zip"
    source.write_bytes(data + (b"PK\x05\x06" + data[:18] if end else b""))
    with pytest.raises(Faults):
        unpack(source, tmp_path / "folder")
    assert not (tmp_path / "folder").exists()


@QUICK
@given(data=st.data())
def test_no_damage_to_a_zip_goes_unseen_or_raises_anything_but_faults(tmp_path: Path, data: st.DataObject) -> None:
    folder = tmp_path / "folder"
    if not folder.exists():
        pack(inspection_folder(folder), tmp_path / "good.zip")
        unpack(tmp_path / "good.zip", tmp_path / "good")
    good = (tmp_path / "good.zip").read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    (tmp_path / "bad.zip").write_bytes(good[:at] + bytes([good[at] ^ data.draw(st.integers(1, 255))]) + good[at + 1 :])
    target = tmp_path / f"out-{at}"
    try:
        unpack(tmp_path / "bad.zip", target)
    except Faults:
        assert not target.exists()
    else:  # a byte that says nothing about the content, such as a time
        for path in (tmp_path / "good").rglob("*.*"):
            assert (target / path.relative_to(tmp_path / "good")).read_bytes() == path.read_bytes()
        shutil.rmtree(target)


def test_bytes_that_are_no_seal_are_a_fault(tmp_path: Path) -> None:
    seal(inspection_folder(tmp_path))
    (tmp_path / "datapackage.json").write_bytes(b'{"resources": [{"path": "a", "bytes": true, "hash": "sha256:"}]}')
    assert [fault.code for fault in package_faults(tmp_path)[1]] == ["package.bad-seal"]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (answers([event(1, note="x" * 50_000_000)]), "package.field-too-large", "answers.csv:2"),
        (answers([event(1, note="x\n" * 1_000_000)]), "package.field-too-large", "answers.csv:2"),
        (COLUMNS + "\n" + ("x" * 900_000 + ",") * 21 + "x\n", "package.field-too-large", "answers.csv:2"),
    ],
    ids=["50 MB in a line", "2 MB in many lines", "19 MB in a row"],
)
def test_a_huge_field_is_refused_without_filling_the_memory(tmp_path: Path, text: str, code: str, place: str) -> None:
    folder = inspection_folder(tmp_path, {"answers.csv": text})
    del text
    tracemalloc.start()
    faults = package_faults(folder)[1]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(fault.code, str(fault.place)) for fault in faults] == [(code, place)]
    assert peak < 40_000_000


def test_a_cell_of_a_million_characters_is_read(tmp_path: Path) -> None:
    package = read_package(inspection_folder(tmp_path, {"answers.csv": answers([event(1, note="é" * 1_000_000)])}))
    assert len(package.events[0].note) == 1_000_000


def test_a_file_beyond_the_largest_size_is_refused_unread(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path)
    with (folder / "answers.csv").open("wb") as stream:
        stream.truncate(layout.LARGEST_TABLE + 1)  # no disk is used
    assert ("file.too-large", "answers.csv") in [(f.code, str(f.place)) for f in package_faults(folder)[1]]
