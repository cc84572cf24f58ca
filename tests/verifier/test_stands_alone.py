"""The verifier is one file that runs where neither Caselight nor Django is."""

from __future__ import annotations

import ast
import json
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from tests.factories.audits import AUDIT_KEY, Audit, public, write

from caselight import verifier

FILE = Path(verifier.__file__)
RUN = """
import runpy, sys
sys.path.append({site!r})
sys.argv = ["verifier.py", *{arguments!r}]
try:
    runpy.run_path({file!r}, run_name="__main__")
finally:
    foreign = {{name.partition(".")[0] for name in sys.modules}} & {{"caselight", "django", "pysqlite3", "pydantic"}}
    assert not foreign, foreign
"""


@pytest.fixture
def alone(tmp_path):
    """Run a copy of the file with an interpreter that knows the standard library and cryptography, and nothing else."""
    site, installed = tmp_path / "site", Path(sysconfig.get_paths()["platlib"])
    site.mkdir()
    for path in [*installed.glob("cryptography"), *installed.glob("cffi"), *installed.glob("_cffi_backend*")]:
        (site / path.name).symlink_to(path)
    copy = shutil.copy(FILE, tmp_path / "verifier.py")

    def _run(*arguments):
        code = RUN.format(site=str(site), file=str(copy), arguments=[str(one) for one in arguments])
        command = [sys.executable, "-I", "-S", "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr

    return _run


@pytest.fixture
def audit():
    made = Audit()
    for i in range(1, 6):
        made.answer(i)
    return made


def test_it_imports_the_standard_library_and_cryptography_only():
    names = set()
    for node in ast.walk(ast.parse(FILE.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(str(node.module).partition(".")[0])
    assert names - sys.stdlib_module_names == {"cryptography"}


def test_it_runs_alone_and_says_that_everything_agrees(alone, audit, tmp_path):
    export = audit.written(tmp_path / "export")
    heads = write(tmp_path / "heads.jsonl", [audit.head("inspection:north")])
    receipts = write(tmp_path / "receipts.jsonl", [audit.receipt(2)])
    (tmp_path / "receipts.pub").write_text(public() + "\n", "utf-8")
    (tmp_path / "audit.key").write_text(AUDIT_KEY.hex() + "\n", "utf-8")
    status, out, _ = alone(
        export, "--heads", heads, "--key", tmp_path / "receipts.pub", "--receipts", receipts,
        "--audit-key", tmp_path / "audit.key",
    )  # fmt: skip
    assert (status, out) == (0, "1 chains, 5 rows, 1 heads, 5 answers, 1 receipts. Everything agrees.\n")


def test_it_ends_with_1_and_names_the_row(alone, audit, tmp_path):
    audit.rows["inspection:north"].pop(2)
    status, out, _ = alone(audit.written(tmp_path / "export"))
    assert status == 1
    assert "inspection:north, row 3: after row 2 comes row 4" in out


def test_it_answers_a_program_in_json(alone, audit, tmp_path):
    audit.rows["inspection:north"].pop(2)
    status, out, _ = alone(audit.written(tmp_path / "export"), "--json")
    said = json.loads(out)
    assert (status, said["agrees"], said["findings"][0]["n"]) == (1, False, 3)


@pytest.mark.parametrize("wrong", ["nothing here", "an empty folder", "some text", "missing heads", "a bad key"])
def test_it_ends_with_2_where_nothing_could_be_checked(alone, audit, tmp_path, wrong):
    good = audit.written(tmp_path / "export")
    (tmp_path / "empty").mkdir()
    (tmp_path / "text").write_text("text", "utf-8")
    arguments = {
        "nothing here": [tmp_path / "nowhere"],
        "an empty folder": [tmp_path / "empty"],
        "some text": [tmp_path / "text"],
        "missing heads": [good, "--heads", tmp_path / "nowhere"],
        "a bad key": [good, "--key", tmp_path / "text"],
    }
    status, out, err = alone(*arguments[wrong])
    assert (status, out) == (2, "")
    assert err.startswith("Nothing was checked: ")


def test_it_asks_for_something_to_check(alone):
    status, _, err = alone()
    assert status == 2
    assert "name an export, or receipts" in err


def test_it_reads_a_database_file_and_changes_nothing_in_it(alone, audit, tmp_path):
    file = tmp_path / "store.sqlite3"
    with sqlite3.connect(file) as database:
        database.executescript(TABLES)
        for row in audit.rows["inspection:north"]:
            database.execute(f"INSERT INTO audit_auditrow ({','.join(row)}) VALUES ({_marks(row)})", [*row.values()])  # noqa: S608
        tip = audit.rows["inspection:north"][-1]
        database.execute("INSERT INTO audit_tip VALUES (?, ?, ?)", (tip["chain"], tip["n"], tip["hash"]))
        for event in audit.events:
            lists = {name: "|".join(event[name]) for name in ("reasons", "themes", "base_op_ids")}
            row = {**event, **lists, "sealed": b"", "inspection_id": 1}
            for name in ("inspection", "note", "resolves_reason", "sealed_sha256"):
                del row[name]
            names = ",".join(f'"{name}"' for name in row)
            database.execute(f"INSERT INTO assessments_answerevent ({names}) VALUES ({_marks(row)})", [*row.values()])  # noqa: S608
    database.close()
    before = file.read_bytes()
    status, out, _ = alone(file)
    assert (status, out.splitlines()[-1]) == (0, "1 chains, 5 rows, 0 heads, 5 answers, 0 receipts. Everything agrees.")
    assert file.read_bytes() == before
    with sqlite3.connect(file) as database:
        database.execute("UPDATE assessments_answerevent SET value = 'no' WHERE op_id = 'op-3'")
    database.close()
    status, out, _ = alone(file)
    assert status == 1
    assert "row 3: the answer op-3 is not as it was recorded (content)" in out


def _marks(row):
    return ",".join("?" * len(row))


TABLES = """
CREATE TABLE audit_auditrow (id INTEGER PRIMARY KEY, chain, n, at, by, act, object_kind, object_key, row, prev, hash, seal);
CREATE TABLE audit_tip (chain, n, hash);
CREATE TABLE audit_head (id INTEGER PRIMARY KEY, chain, n, hash, at, signature, key_id);
CREATE TABLE inspections_inspection (id INTEGER PRIMARY KEY, key);
INSERT INTO inspections_inspection VALUES (1, 'north');
CREATE TABLE assessments_answerevent (id INTEGER PRIMARY KEY, inspection_id, op_id, tool, subject_kind, subject_key, "table",
  row_key, question_id, "pass", value, reasons, themes, notable, withdrawn, actor, device, base_op_ids, client_time,
  server_time, framework_version, payload_sha256, sealed, chain_n, chain_hash);
CREATE TABLE assessments_locator (id INTEGER PRIMARY KEY, inspection_id, position, op_id, sealed, key_id);
CREATE TABLE assessments_excerpt (id INTEGER PRIMARY KEY, inspection_id, position, key, op_id, sealed, key_id);
"""
