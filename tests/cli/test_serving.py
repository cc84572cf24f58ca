"""``set-up``, ``serve`` and ``doctor`` as they are typed, each in a process and a folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pysqlite3.dbapi2 as sqlite3
import pytest
from tests.evidence.databases import environment
from tests.evidence.server import Server

ROOT = Path(__file__).parents[2]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command on a data folder; no traceback, whatever happens."""
    command = [sys.executable, "-m", "caselight.cli.main", *arguments]
    env = {**os.environ, **environment(folder, "")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env, cwd=ROOT, timeout=300)
    assert "Traceback" not in done.stderr
    return done


def test_serve_refuses_a_place_that_was_never_set_up_and_a_half_changed_one(tmp_path: Path) -> None:
    refused = run(tmp_path, "serve", "--port", "0", "--json")
    assert (refused.returncode, "store.not-upgraded" in refused.stdout) == (1, True)
    assert run(tmp_path, "set-up").returncode == 0
    with sqlite3.connect(tmp_path / "store.sqlite3") as database:
        database.execute("ALTER TABLE samples_allocation RENAME COLUMN case_key TO other")
    refused = run(tmp_path, "serve", "--port", "0")
    assert (refused.returncode, "store.half-upgraded" in refused.stderr) == (1, True)


def test_set_up_makes_one_administrator_and_changes_nothing_when_run_again(tmp_path: Path) -> None:
    first = json.loads(run(tmp_path, "set-up", "--administrator", "a@example.org", "--json").stdout)
    assert first["migrations"] > 10
    assert first["link"].startswith("/accounts/password/reset/key/")
    again = run(tmp_path, "set-up", "--administrator", "b@example.org", "--json")
    assert (again.returncode, "store.has-administrator" in again.stdout) == (1, True)
    assert json.loads(run(tmp_path, "set-up", "--json").stdout)["migrations"] == 0
    found = json.loads(run(tmp_path, "doctor", "--json").stdout)["faults"]
    assert [fault["code"] for fault in found if fault["severity"] == "error"] == []
    assert (tmp_path / "keys").stat().st_mode & 0o077 == 0


def test_where_nothing_was_said_about_rights_nobody_else_may_open_anything(tmp_path: Path) -> None:
    data = tmp_path / "data"  # not there yet
    before = os.umask(0o022)
    try:
        assert run(data, "set-up", "--administrator", "a@example.org").returncode == 0
        with sqlite3.connect(data / "store.sqlite3") as database:
            database.execute("SELECT count(*) FROM django_migrations")
            there = [data, *data.rglob("*")]
            open_to_others = [path.name for path in there if path.stat().st_mode & 0o077]
    finally:
        os.umask(before)
    assert {"data", "store.sqlite3", "store.sqlite3-wal", "store.sqlite3-shm"} <= {path.name for path in there}
    assert [name for name in open_to_others if name != "receipts.pub"] == []


@pytest.mark.server
def test_it_serves_writes_heads_and_ends_in_order(tmp_path: Path) -> None:
    assert run(tmp_path, "set-up", "--administrator", "a@example.org").returncode == 0
    server = Server(tmp_path, "")
    server.start()
    try:
        assert server.answers()
        assert len(server.worker_pids) == 1
    finally:
        server.stop()
    assert [path.name for path in (tmp_path / "heads").iterdir()], "no head was written at the start"
    assert "error" not in {json.loads(line)["level"] for line in server.log.splitlines()}


def test_a_process_that_serves_looks_for_circular_garbage_often_although_commands_do_not(tmp_path: Path) -> None:
    # Django's requests refer to themselves: with a command's patience each would stay, with the message that came in.
    work = (
        "import gc, weakref; gc.set_threshold(100_000, 20, 20)\n"
        "from caselight.cli.opening import open_store; open_store()\n"
        "from caselight.cli.serve import collect_often; collect_often()\n"
        "class Request: pass\n"
        "request = Request(); request.itself = request; seen = weakref.ref(request)\n"
        "kept = [[] for _ in range(1_000_000)]; del request, kept  # it has grown old when it is let go\n"
        "kept = [[] for _ in range(600_000)]\n"
        "print(seen() is None, gc.isenabled())"
    )
    env = {**os.environ, **environment(tmp_path, "")}
    done = subprocess.run([sys.executable, "-c", work], capture_output=True, text=True, check=False, env=env, cwd=ROOT)
    assert done.stdout.split() == ["True", "True"], done.stderr
