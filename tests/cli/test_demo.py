"""``caselight demo`` as it is typed: made, served to this machine, ended in order, gone on with; refused where it must be."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pysqlite3.dbapi2 as sqlite3
import pytest
from tests.factories.demonstration import COMMAND, PATIENCE_SECONDS, ROOT, Served, environment

from caselight.cli.serve import refuse_elsewhere
from caselight.method.faults import Faults
from caselight.procedures.demonstration_folder import MARK, until

pytestmark = pytest.mark.server


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself; no traceback, whatever happens."""
    done = subprocess.run(
        [*COMMAND, *arguments], capture_output=True, text=True, check=False, env=environment(**more), cwd=ROOT,
        timeout=300,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration, made once. A test that breaks it takes a copy."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    done = run("demo", "--data", str(folder), "--no-serve")
    assert done.returncode == 0, done.stderr
    assert "Making the demonstration" in done.stdout
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """A demonstration that a test may break."""
    return Path(shutil.copytree(made, tmp_path / "copy"))


@pytest.fixture
def served(made: Path) -> Iterator[Served]:
    """The demonstration, served."""
    one = Served(made, CASELIGHT_DATABASE="postgresql://nobody@192.0.2.1/team", CASELIGHT_HOSTS="*")
    yield one
    if one.process.poll() is None:
        one.end(signal.SIGKILL)


def status(url: str) -> int:
    """How an address answers."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - our own server
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_it_is_served_to_this_machine_alone_gone_on_with_and_ended_by_ctrl_c(served: Served) -> None:
    assert "as you left it" in served.said
    assert served.url.startswith("http://127.0.0.1:")
    assert status(served.url) == status(f"{served.url}demonstration/") == 200
    port = int(served.url.rstrip("/").rpartition(":")[2])
    assert listening(port) == {"0100007F"}, "something beyond loopback can reach it"
    assert served.end(signal.SIGINT) == 0
    assert "Traceback" not in served.said
    assert "error" not in served.said.lower()


def listening(port: int) -> set[str]:
    """The addresses at which anything listens on a port, as Linux writes them."""
    found = set()
    for name in ("tcp", "tcp6"):
        table = Path("/proc/net") / name
        rows = [line.split() for line in table.read_text("ascii").splitlines()[1:]] if table.is_file() else []
        found |= {row[1].split(":")[0] for row in rows if row[3] == "0A" and int(row[1].split(":")[1], 16) == port}
    return found or {"0100007F"}  # another system: nothing can be said


def test_a_second_one_from_the_same_folder_is_refused_and_one_from_another_finds_a_port(
    served: Served, made: Path, copy: Path
) -> None:
    again = run("demo", "--data", str(made))
    assert (again.returncode, "demo.running" in again.stderr) == (1, True)
    port = served.url.rstrip("/").rpartition(":")[2]
    taken = run("demo", "--data", str(copy), "--port", port)
    assert (taken.returncode, "demo.port-taken" in taken.stderr) == (1, True)
    other = Served(copy)
    try:
        assert other.url != served.url
        assert status(other.url) == 200
    finally:
        assert other.end(signal.SIGTERM) == 0


def test_a_damaged_one_waits_for_a_word_and_one_that_was_cut_off_in_the_making_does_not(copy: Path) -> None:
    for name in ("store.sqlite3-wal", "store.sqlite3-shm"):
        (copy / name).unlink(missing_ok=True)
    (copy / "store.sqlite3").write_bytes(b"this is no database " * 500)
    broken = run("demo", "--data", str(copy), "--no-serve")
    assert (broken.returncode, "demo.broken" in broken.stderr, "--again" in broken.stderr) == (1, True, True)
    half = subprocess.Popen(
        [*COMMAND, "demo", "--data", str(copy), "--no-serve", "--again"], env=environment(), cwd=ROOT
    )
    end = time.monotonic() + PATIENCE_SECONDS
    while until(copy) is not None and time.monotonic() < end:
        time.sleep(0.02)
    half.kill()
    half.wait()
    anew = run("demo", "--data", str(copy), "--no-serve")
    assert (anew.returncode, "Making the demonstration" in anew.stdout) == (0, True)


@pytest.mark.parametrize("gone", ["keys/audit.key", "store.sqlite3"])
def test_one_in_which_something_is_missing_says_what_to_do(copy: Path, gone: str) -> None:
    for one in copy.glob(f"{gone}*"):
        one.unlink()
    broken = run("demo", "--data", str(copy), "--no-serve")
    assert (broken.returncode, "demo.broken" in broken.stderr, "--again" in broken.stderr) == (1, True, True)


def test_what_was_done_in_it_is_there_again_and_an_old_one_is_kept_until_somebody_asks(copy: Path) -> None:
    with sqlite3.connect(copy / "store.sqlite3") as database:
        database.execute("UPDATE accounts_user SET name = 'Somebody Renamed' WHERE email LIKE 'lead@%'")
    mark = (copy / MARK).read_text("utf-8")
    day = mark.partition('"until": "')[2][:10]
    (copy / MARK).write_text(mark.replace(day, "2020-01-02"), "utf-8")
    done = run("demo", "--data", str(copy), "--no-serve")
    assert (done.returncode, "ended on 2 January 2020" in done.stdout, "--again" in done.stdout) == (0, True, True)
    told = run("demo", "--data", str(copy), "--no-serve", "--json")
    assert (json.loads(told.stdout), "ended on 2 January 2020" in told.stderr) == ({"data": str(copy)}, True)
    with sqlite3.connect(copy / "store.sqlite3") as database:
        rows = database.execute("SELECT count(*) FROM accounts_user WHERE name = 'Somebody Renamed'").fetchone()
    assert rows == (1,)


def test_a_folder_of_anything_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.md").write_text("mine", "utf-8")
    refused = run("demo", "--data", str(tmp_path), "--no-serve")
    assert (refused.returncode, "demo.other-folder" in refused.stderr) == (1, True)
    assert [one.name for one in tmp_path.iterdir()] == ["letter.md"]


SETTINGS = "caselight.config.demonstration"


def test_its_settings_refuse_a_folder_that_is_no_demonstrations(tmp_path: Path) -> None:
    refused = run("serve", "--port", "0", CASELIGHT_DATA=str(tmp_path), DJANGO_SETTINGS_MODULE=SETTINGS)
    assert refused.returncode == 1
    assert "is no demonstration" in refused.stderr


def test_its_settings_refuse_a_database_of_elsewhere(made: Path, tmp_path: Path) -> None:
    elsewhere = f"sqlite:///{tmp_path / 'team.sqlite3'}"
    refused = run("doctor", CASELIGHT_DATA=str(made), CASELIGHT_DATABASE=elsewhere, DJANGO_SETTINGS_MODULE=SETTINGS)
    assert refused.returncode == 1
    assert "in its own folder" in refused.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "[::]", "192.0.2.7", "localhost.example.org", ""])  # noqa: S104 - refused
def test_every_address_is_refused_but_those_of_this_machine(host: str) -> None:
    refuse_elsewhere(["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
    with pytest.raises(Faults) as refused:
        refuse_elsewhere(["127.0.0.1:8000", f"{host}:8000"])
    assert [one.code for one in refused.value.faults] == ["demo.elsewhere"]


def test_served_as_if_it_were_a_teams_it_refuses_to_be_open(made: Path) -> None:
    of = {"CASELIGHT_DATA": str(made), "DJANGO_SETTINGS_MODULE": SETTINGS}
    refused = run("serve", "--host", "0.0.0.0", "--port", str(free_port()), **of)  # noqa: S104 - refused
    assert (refused.returncode, "demo.elsewhere" in refused.stderr) == (1, True)


def test_it_is_not_served_to_a_team(made: Path) -> None:
    refused = run("serve", "--port", str(free_port()), CASELIGHT_DATA=str(made))
    assert (refused.returncode, "demo.for-a-team" in refused.stderr) == (1, True)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
