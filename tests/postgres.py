"""A PostgreSQL of the tests' own: made in a temporary folder, on a socket there and a free port, and ended by its own id.

    python -m tests.postgres [--durable] -- COMMAND …     runs the command with CASELIGHT_TEST_DATABASE set

A server that was not started here is never spoken to: clients come in by the socket alone, which lies in a folder that
nobody else may enter and is named after the port. If our server did not start, :class:`NotStarted` says so and nothing
is run.
PostgreSQL refuses to run as root, so root hands it to the user ``postgres``, or ``nobody``.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROLE = "caselight_owner"  # made by initdb, and so a superuser
LONGEST_SOCKET = 90  # a system's limit is about 104 bytes, and the name of the socket itself is still to come
LIVELY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # for tests that are not about a crash


class NotStarted(RuntimeError):  # noqa: N818 - a state, and said as one
    """PostgreSQL is not on this machine, or did not start; what it said last is in the message."""


def programs() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, of the newest version there is; ``None`` where there is none."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3].partition(".")[0])
    )
    on_path = shutil.which("initdb")
    candidates = [*reversed(found), *([Path(on_path).resolve()] if on_path else [])]
    return next((path.parent for path in candidates if (path.parent / "postgres").exists()), None)


class Cluster:
    """One server and its files, which outlive a killed server so that it can be started again."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        """In ``folder``, which may exist; ``durable`` leaves every safeguard against a crash on."""
        found = programs()
        if found is None:
            raise NotStarted("PostgreSQL's server programs (initdb, postgres) are not on this machine.")
        self.programs, self.durable = found, durable
        self.home = folder / "postgresql"
        if len(str(self.home)) > LONGEST_SOCKET:
            raise NotStarted(f"The path {self.home} is too long for a socket.")
        self.user = _unprivileged()
        self.port = _free_port()  # names the socket
        self.process: subprocess.Popen[bytes] | None = None
        self._create()

    def _create(self) -> None:
        self.home.mkdir(parents=True, mode=0o700)
        if self.user:
            _let_pass(self.home.parent)
            os.chown(self.home, self.user.pw_uid, self.user.pw_gid)
        made = subprocess.run(
            [
                self.programs / "initdb", "--pgdata", self.home / "data", "--username", ROLE, "--auth-local=trust",
                "--auth-host=reject", "--data-checksums", "--encoding=UTF8", "--locale=C", "--no-sync",
            ],
            capture_output=True, text=True, check=False, **self._as_user(),
        )  # fmt: skip
        if made.returncode:
            raise NotStarted(f"initdb failed:\n{made.stderr}")

    def _as_user(self) -> dict[str, object]:
        """How a program of the server is run: in its own folder and, where we are root, as another user."""
        plain: dict[str, object] = {"cwd": self.home, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"}}
        if self.user:
            plain |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        return plain

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self.process is not None
        return self.process.pid

    def start(self, *settings: str) -> None:
        """Start the server, with ``settings`` such as ``fsync=off``, and wait until it answers (at most a minute)."""
        chosen = [
            f"port={self.port}", "listen_addresses=", f"unix_socket_directories={self.home}",
            "unix_socket_permissions=0700", "max_connections=60", "shared_buffers=64MB", "jit=off",
            *(() if self.durable else LIVELY), *settings,
        ]  # fmt: skip
        with (self.home / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.home / "data", *(part for one in chosen for part in ("-c", one))],
                stdout=log, stderr=log, start_new_session=True, **self._as_user(),  # type: ignore[call-overload]
            )  # fmt: skip
        self._wait()

    def restart(self) -> None:
        """Start again after a crash, as soon as the processes that outlived the postmaster let go of its memory."""
        end = time.monotonic() + 60
        while True:
            try:
                return self.start()
            except NotStarted:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def _wait(self) -> None:
        import psycopg

        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.process is None or self.process.poll() is not None:
                break
            try:
                psycopg.connect(self._conninfo("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        self.kill()
        raise NotStarted(f"PostgreSQL did not start. It said:\n{self.log()[-2000:]}")

    def _conninfo(self, database: str) -> str:
        return f"host={self.home} port={self.port} user={ROLE} dbname={database}"

    def new_database(self, like: str = "") -> str:
        """The address of a new database with a name that nothing else has: empty, or a copy of another one."""
        import psycopg

        name = f"caselight_{secrets.token_hex(6)}"
        with psycopg.connect(self._conninfo("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {like.rpartition('/')[2]}" if like else ""))
        return self.address(name)

    def drop(self, address: str) -> None:
        """Remove a database that :meth:`new_database` made, and end whoever is still connected to it."""
        import psycopg

        with psycopg.connect(self._conninfo("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {address.rpartition('/')[2]} WITH (FORCE)")

    def address(self, database: str) -> str:
        """What CASELIGHT_DATABASE takes; the same after every start."""
        return f"postgresql://{ROLE}@{quote(str(self.home), safe='')}:{self.port}/{database}"

    def log(self) -> str:
        """All the server has said."""
        return (self.home / "log").read_text("utf-8", "replace")

    def kill(self) -> None:
        """End the postmaster as a crash would; its children notice and go."""
        self._end(signal.SIGKILL)

    def halt(self) -> None:
        """PostgreSQL's "immediate" stop: everything at once, and recovery at the next start."""
        self._end(signal.SIGQUIT)

    def stop(self) -> None:
        """End the server in order, or by force after twenty seconds."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None


@contextmanager
def running(folder: Path | None = None, *, durable: bool = False) -> Iterator[Cluster]:
    """A started cluster in ``folder`` (default: a temporary one); stopped, and its files removed, at the end."""
    own = folder or Path(tempfile.mkdtemp(prefix="caselight-pg-"))
    cluster = None
    try:
        cluster = Cluster(own, durable=durable)
        cluster.start()
        yield cluster
    finally:
        if cluster is not None:
            cluster.halt()
        shutil.rmtree(own / "postgresql", ignore_errors=True)
        if folder is None:
            shutil.rmtree(own, ignore_errors=True)


@contextmanager
def cluster(folder: Path | None = None, *, durable: bool = False) -> Iterator[str]:
    """The address of a new, empty database on a server of its own, which ends with the block."""
    with running(folder, durable=durable) as server:
        yield server.new_database()


def _unprivileged() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NotStarted("PostgreSQL refuses to run as root, and this machine has no user postgres or nobody.")


def _let_pass(folder: Path) -> None:
    """Let the server's user through the temporary folders above its own, which stay closed to reading."""
    temporary = Path(tempfile.gettempdir()).resolve()
    for above in (folder.resolve(), *folder.resolve().parents):
        if above == temporary or temporary not in above.parents:
            return
        above.chmod(above.stat().st_mode | 0o011)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(arguments: list[str]) -> int:
    """Run a command beside a server of its own; its exit status, or 1 where PostgreSQL did not start."""
    durable = arguments[:1] == ["--durable"]
    command = arguments[durable:]
    command = command[command[:1] == ["--"] :]
    try:
        with cluster(durable=durable) as address:
            environment = {**os.environ, "CASELIGHT_TEST_DATABASE": address}
            return subprocess.run(command, env=environment, check=False).returncode
    except NotStarted as reason:
        print(f"{reason}\nNothing was run.", file=sys.stderr)  # noqa: T201
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
