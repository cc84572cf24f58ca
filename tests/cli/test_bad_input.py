"""Every kind of bad input gives its coded fault with the place, and leaves the input as it was."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from tests.factories.inspections import made

from caselight.cli.main import main

Spoiler = tuple[str, str, str, str]


def replaced(file, old, new):
    """Put other words into a file."""

    def spoil(folder: Path):
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return spoil


def appended(file, data):
    """Put bytes behind a file."""

    def spoil(folder: Path):
        path = folder / file
        path.write_bytes(path.read_bytes() + data)

    return spoil


def event(folder: Path, question: str, **changes: str) -> str:
    """A new row for ``answers.csv``, made from the first answer to a question."""
    head, *rows = (folder / "answers.csv").read_text("utf-8").splitlines()
    columns = head.split(",")
    row = dict(zip(columns, next(row for row in rows if f",{question}," in row).split(","), strict=True))
    row |= {"op_id": "0190a0a0-0000-7000-8000-000000000001", "payload_sha256": ""} | changes
    return ",".join(row[name] for name in columns) + "\n"


def another(question, **changes):
    """Add an event to the answers."""

    def spoil(folder: Path):
        appended("answers.csv", event(folder, question, **changes).encode())(folder)

    return spoil


def same_id_other_content(folder: Path):
    first = (folder / "answers.csv").read_text("utf-8").splitlines()[1].split(",")[0]
    another("W1", op_id=first, value="yes", reasons="", note="something else")(folder)


BAD = {
    "malformed YAML": (replaced("inspection.yaml", "dates:", "dates: ["), "yaml.syntax", "inspection.yaml"),
    "duplicate YAML key": (appended("inspection.yaml", b"title: again\n"), "yaml.key-twice", "inspection.yaml"),
    "unknown YAML key": (appended("inspection.yaml", b"colour: red\n"), "yaml.unknown-key", "inspection.yaml"),
    "dates that cannot be": (
        replaced("inspection.yaml", "2026-01-19", "2026-02-30"),
        "yaml.not-a-date",
        "inspection.yaml",
    ),
    "ragged CSV": (appended("answers.csv", b"a,b,c\n"), "package.ragged-row", "answers.csv"),
    "missing column": (replaced("answers.csv", "op_id,", "id,"), "package.missing-column", "answers.csv"),
    "wrong encoding": (appended("subjects.csv", "case,x,Zoë,".encode("latin-1")), "file.not-utf8", "subjects.csv"),
    "wrong encoding of the letter": (appended("letter.md", "é".encode("latin-1")), "file.not-utf8", "letter.md"),
    "NUL": (appended("subjects.csv", b"case,\0,x,\n"), "file.nul", "subjects.csv"),
    "50 MB field": (
        lambda folder: appended("answers.csv", event(folder, "W1", note="x" * 50_000_000).encode())(folder),
        "package.field-too-large",
        "answers.csv",
    ),
    "unknown question": (another("W1", question_id="W11"), "package.unknown-question", "answers.csv"),
    "unknown option": (another("W1", value="maybe"), "package.not-an-option", "answers.csv"),
    "unknown subject": (another("W1", subject_key="c99"), "package.unknown-subject", "answers.csv"),
    "insufficient without a reason": (another("W1", value="no", reasons=""), "package.no-reason", "answers.csv"),
    "answer to a question that does not apply": (
        another("W2", subject_key="c6"),
        "answers.not-applicable",
        "answers.csv",
    ),
    "same id, other content": (same_id_other_content, "package.event-altered", "answers.csv"),
    "resolution that names no heads": (
        another("W1", resolves_reason="we agreed"),
        "package.resolution-without-heads",
        "answers.csv",
    ),
    "wrong digest": (another("W1", payload_sha256="0" * 64), "package.payload-changed", "answers.csv"),
    "impossible timestamp": (another("W1", client_time="2026-13-40T99:00:00Z"), "package.bad-instant", "answers.csv"),
    "formula in a cell": (another("W1", note="=1+1"), "package.formula-cell", "answers.csv"),
    "label that is a name": (
        replaced("subjects.csv", "Case c3", "Ada Lovelace"),
        "package.name-as-label",
        "subjects.csv",
    ),
    "broken letter": (appended("letter.md", b"\n{W1: of\n"), "letter.notation", "letter.md"),
    "HTML in the letter": (appended("letter.md", b"\n<b>bold</b>\n"), "letter.raw-html", "letter.md"),
    "framework with an unknown scale": (
        replaced("framework/themes/1-work.yaml", "scale: sufficiency", "scale: sufficient"),
        "framework.unknown-id",
        "themes/1-work.yaml",
    ),
}


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return made(tmp_path_factory.mktemp("bad") / "inspection")


def check(folder, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["caselight", "check", str(folder), "--json"])
    with pytest.raises(SystemExit):
        main()
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    return json.loads(printed.out)["faults"]


def contents(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_gives_its_fault_with_the_place_and_is_left_as_it_was(kind, good, tmp_path, monkeypatch, capsys):
    spoil, code, file = BAD[kind]
    folder = shutil.copytree(good, tmp_path / "inspection")
    spoil(folder)
    before = contents(folder)
    faults = check(folder, monkeypatch, capsys)
    found = [fault for fault in faults if fault["code"] == code]
    assert found, sorted({fault["code"] for fault in faults})
    assert found[0]["file"].endswith(file)
    assert found[0]["line"] or found[0]["column"]
    assert found[0]["says"].endswith(".") or found[0]["says"].endswith("”")
    assert contents(folder) == before


def packed(good, tmp_path):
    from caselight.formats.package.archive import pack

    pack(good, tmp_path / "i.zip")
    return tmp_path / "i.zip"


def rewritten(archive, name, data):
    """The same zip with one more or one other member."""
    changed = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, data)
    return changed


ZIPS = {
    "wrong checksum": ("letter.md", b"another letter", "zip.checksum"),
    "path that escapes": ("../outside.txt", b"x", "zip.path-escape"),
    "absolute path": ("/outside.txt", b"x", "zip.path-escape"),
    "unpacks to far more than it holds": ("big.csv", bytes(300_000_000), "zip.too-large"),
}


@pytest.mark.parametrize("kind", ZIPS)
def test_bad_zip_is_refused_and_nothing_is_unpacked(kind, good, tmp_path, monkeypatch, capsys):
    name, data, code = ZIPS[kind]
    archive = rewritten(packed(good, tmp_path), name, data)
    assert code in {fault["code"] for fault in check(archive, monkeypatch, capsys)}
    assert not (tmp_path / "outside.txt").exists()
