"""The product in a real browser: served on this machine as a team has it, seen through Debian's Chromium.

    pytestmark = pytest.mark.browser

    def test_a_lead_sees_the_sample(site, page_as):
        page = page_as("lead")
        page.goto(site.url + "/inspections/testshire/sample/")
        assert axe(page) == []

``site`` is served once for a module, with the seeded cast, from an SQLite file; a module that overrides it with
``served(POSTGRESQL, …)`` has it on PostgreSQL. A page that ``page_as`` opened fails its test where the
console held an error, the browser refused something or asked for anything that is not of this machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest
from tests.evidence.django_run import in_django
from tests.evidence.promise import POSTGRESQL, SQLITE, Run
from tests.evidence.server import Server, serving
from tests.missing import missing
from tests.postgres import programs

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PATIENCE = 30_000  # milliseconds: two browsers and their servers share two processors
WIDTHS = (1280, 768, 320)  # the last is also 400% zoom of the first
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
         "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}  # fmt: skip
AtPage = Callable[..., "Page"]


@dataclass
class Site:
    """A served Caselight: its address, the sessions of its people, and its database for whatever must be there first."""

    server: Server
    folder: Path
    sessions: dict[str, str]
    database: str = SQLITE

    @property
    def url(self) -> str:
        """The address it is served at, without a slash at its end."""
        return self.server.url

    def do(self, function: str, /, **arguments: Any) -> Any:
        """What ``module:function`` returns, run in the site's own database while it is served."""
        run = Run(0, 0, self.database, self.folder)
        return in_django(run, function, database=self.server.address, migrate=False, **arguments)


@dataclass
class Watched:
    """What the browser complained of while a page was looked at; ``allowed`` are beginnings of what may be said."""

    allowed: tuple[str, ...]
    home: str
    said: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Look at everything in a context from now on."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.said.append(f"script: {error.error}"))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(self.allowed):
            self.said.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if request.url.startswith(("data:", "blob:", "about:")):
            return
        if not request.url.startswith(self.home):
            self.said.append(f"asked for {request.url}")
        elif request.url == f"{self.home}/design/csp":
            self.said.append(f"the browser refused something: {request.post_data}")


@pytest.fixture(scope="session")
def chromium(needs: Callable[[str], str]) -> Iterator[Browser]:
    """The machine's Chromium, once for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs("chromium"), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Caselight, served with the seeded cast, for the tests of one module."""
    with served(SQLITE, tmp_path_factory.mktemp("site")) as made:
        yield made


@contextmanager
def served(database: str, folder: Path) -> Iterator[Site]:
    """Caselight, served from ``database`` with the seeded cast, all of whom are signed in.

    Without PostgreSQL's programs a test that needs them is skipped on a laptop, and fails in continuous integration.
    """
    if database == POSTGRESQL and programs() is None:
        missing("PostgreSQL is not installed, so pages were not served from it.")
    with serving(database, folder) as server:
        made = Site(server, folder, {}, database)
        made.sessions = made.do("tests.evidence.work.sessions:sessions")
        yield made


@pytest.fixture
def page_as(chromium: Browser, site: Site) -> Iterator[AtPage]:
    """``page_as("lead")`` is a page of a browser that this person is signed in at; ``page_as("")`` of nobody's.

    ``allow`` names beginnings of what the console may say (``"Failed to load resource"`` where an error is asked for);
    ``width``, ``scripts=False`` and further options go to the browser.
    """
    opened: list[tuple[BrowserContext, Watched]] = []

    def open_page(
        who: str, *, allow: tuple[str, ...] = (), width: int = 1280, scripts: bool = True, **options: Any
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts, reduced_motion="reduce", **options
        )
        if who:
            context.add_cookies([{"name": "sessionid", "value": site.sessions[who], "url": site.url}])
        watched = Watched(allow, site.url)
        watched.watch(context)
        opened.append((context, watched))
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield open_page
    for context, _ in opened:
        context.close()
    said = [one for _, watched in opened for one in watched.said]
    assert not said, said


def axe(page: Page, *, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """What axe finds in the page as it stands, and whether it scrolls sideways, at each width."""
    from axe_playwright_python.sync_playwright import Axe

    before, found = page.viewport_size, []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        for fault in Axe().run(page, options=RULES).response["violations"]:
            found += [f"{width} px, {fault['id']}: {node['html'][:200]}" for node in fault["nodes"]]
        across = page.evaluate("document.documentElement.scrollWidth")
        if across > width:
            found.append(f"{width} px: the page is {across} px wide")
    if before is not None:
        page.set_viewport_size(before)
    return found


def comes_true(page: Page, expression: str, *, after: Callable[[], None] = lambda: None) -> None:
    """Until it is so, trying again. (The wait of Playwright evaluates text in the page, which our policy refuses.)"""
    until = monotonic() + PATIENCE / 1000
    after()
    while not page.evaluate(expression):
        assert monotonic() < until, expression
        page.wait_for_timeout(200)
        after()
