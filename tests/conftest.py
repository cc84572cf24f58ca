"""What every test shares: no network, and an honest account of what was not run.

A test may use sockets only when it is marked `browser` or `server`, and then only to reach pages of this machine.
A test that needs a program of the machine asks for it by name: `chromium = needs("chromium")`.
"""

import shutil
import socket
from collections.abc import Callable, Iterator
from unittest.mock import patch

import pytest
from hypothesis import settings
from tests.journeys.browser import chromium, page_as, site
from tests.missing import missing

__all__ = ["chromium", "page_as", "site"]  # one browser for all tests of a process: a second could not start beside it

# How long one example takes says how busy the machine is, and nothing about what is tested.
settings.register_profile("caselight", deadline=None)
settings.load_profile("caselight")

PROGRAMS = {
    "chromium": "Chromium is not installed, so pages were not opened in a browser.",
    "soffice": "LibreOffice is not installed, so documents were not opened in an office program.",
    "pdftoppm": "Poppler is not installed, so PDF pages were not drawn.",
    "pdftotext": "Poppler is not installed, so the text of PDF files was not read back.",
    "java": "Java is not installed, so the kernel of reoffending was not run on a cluster.",
    "gcc": "The compiler gcc is not installed, so the recorder of writes was not built.",
}


def path_of(program: str) -> str:
    """The program's path; without it the test is skipped on a laptop and fails in continuous integration."""
    path = shutil.which(program)
    if path is None:
        missing(PROGRAMS[program])
    return path


@pytest.fixture(scope="session")
def needs() -> Callable[[str], str]:
    """`needs("chromium")` gives the path of a program of the machine, or skips the test and says why."""
    return path_of


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Before the test database is made: its tables that are only ever added to may be emptied between tests."""
    from tests.triggers import let_tests_empty_the_database

    let_tests_empty_the_database()


@pytest.fixture(autouse=True, scope="session")
def _emptied_and_no_more() -> Iterator[None]:
    """After a test whose commits matter the tables are emptied, and nothing is written into them.

    Django would write its own content types and permissions anew each time, which nothing of ours reads.
    """
    with patch("django.core.management.commands.flush.emit_post_migrate_signal"):
        yield


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuses every connection that could leave the process, except in tests marked `browser` or `server`."""
    if request.node.get_closest_marker("browser") or request.node.get_closest_marker("server"):
        return
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _only_local(getattr(socket.socket, name)))


def _only_local(connect: Callable[..., object]) -> Callable[..., object]:
    def guarded(self: socket.socket, address: object) -> object:
        if self.family != getattr(socket, "AF_UNIX", None):
            raise OSError(f"This test must not use the network, but it tried to reach {address}.")
        return connect(self, address)

    return guarded


def pytest_unconfigure() -> None:
    """Remove what the tests of this process wrote: it may lie in memory."""
    from django.conf import settings as of_django

    shutil.rmtree(of_django.DATA, ignore_errors=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Lists what was skipped and why, so that a green run never claims more than it did."""
    tests_by_reason: dict[str, list[str]] = {}
    for report in terminalreporter.stats.get("skipped", []):
        # A skip's long form is (file, line, reason).
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        tests_by_reason.setdefault(reason.removeprefix("Skipped: "), []).append(report.nodeid)
    if not tests_by_reason:
        return
    terminalreporter.section("not run")
    for reason, tests in sorted(tests_by_reason.items()):
        terminalreporter.write_line(reason)
        for test in sorted(tests):
            terminalreporter.write_line(f"  {test}")
