"""Takes pictures of a served site: each page in a browser of its own width, still, and small enough to be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.cast import PASSWORD
from tests.evidence.promise import SQLITE
from tests.evidence.server import serving
from tests.journeys.browser import FLAGS, PATIENCE, Site
from tests.pictures.catalogue import STAGES, Shot

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTHS = (1280, 320)
HEIGHT = 800
COLOURS = 48  # text on white needs few
WORK = "tests.pictures.furniture"


@contextmanager
def furnished(folder: Path) -> Iterator[Site]:
    """The product with the cast in it, whose clock stands."""
    with serving(SQLITE, folder, env={"DJANGO_SETTINGS_MODULE": "tests.pictures.settings"}) as server:
        site = Site(server, folder, {})
        site.do(f"{WORK}:begin")
        site.sessions = site.do(f"{WORK}:signed_in")
        yield site


class Camera:
    """A browser before a site, which brings the site from stage to stage as the pictures ask for it."""

    def __init__(self, site: Site, browser: Browser) -> None:
        self.site, self.browser = site, browser
        self.stage, self.found = STAGES[0], dict[Shot, str]()

    def take(self, shots: Iterable[Shot], folder: Path, *, widths: tuple[int, ...] = WIDTHS) -> list[str]:
        """Take all pictures into a folder; what was not as it should be."""
        return [
            said
            for shot in shots
            for width in widths
            for said in self.one(shot, folder / f"{shot.called}-{width}.png", width)
        ]

    def one(self, shot: Shot, file: Path, width: int, height: int = 0) -> list[str]:
        """Take one picture, of the whole page or of a window's height; what was not as it should be."""
        self._reach(shot)
        with self.page(shot.who, width, height or HEIGHT) as page:
            said = [f"{file.stem}: {one}" for one in self._open(page, shot, width)]
            small(page.screenshot(full_page=not height), file)
        return said

    def _reach(self, shot: Shot) -> None:
        while STAGES.index(self.stage) < STAGES.index(shot.stage):
            self.stage = STAGES[STAGES.index(self.stage) + 1]
            self.site.do(f"{WORK}:{self.stage}")
        if shot.state:
            self.site.do(f"{WORK}:state", key=shot.place, to=shot.state)

    @contextmanager
    def page(self, who: str, width: int, height: int = HEIGHT) -> Iterator[Page]:
        """A page of somebody's, in which nothing moves."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        if who:
            context.add_cookies([{"name": "sessionid", "value": self.site.sessions[who], "url": self.site.url}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        yield page
        context.close()

    def address(self, shot: Shot) -> str:
        """Where a page is."""
        if shot not in self.found:
            told: Any = {"name": shot.page, "person": shot.who, "place": shot.place, "given": dict(shot.given)}
            self.found[shot] = f"{self.site.url}{self.site.do(f'{WORK}:address', **told)}{shot.query}"
        return self.found[shot]

    def _open(self, page: Page, shot: Shot, width: int) -> Iterator[str]:
        where = self.address(shot)
        if shot.page == "mfa_activate_totp":
            self.site.do("tests.evidence.work.sessions:without_factor", who=shot.who)
        if shot.page == "mfa_authenticate":  # which is there for whoever has given a password
            page.goto(f"{self.site.url}/accounts/login/")
            page.locator("[name=login]").fill("i1@example.org")
            page.locator("[name=password]").fill(PASSWORD)
            with page.expect_navigation():
                page.locator("[name=password]").press("Enter")
        answer = page.goto(where)
        page.wait_for_load_state("networkidle")
        if shot.click:
            page.locator(shot.click).first.click()
            page.wait_for_load_state("networkidle")
            page.evaluate("scrollTo(0, 0)")
        if answer is None or not answer.ok:
            yield f"answered {answer and answer.status}"
        if page.url.split("#")[0] != where:
            yield f"led on to {page.url.removeprefix(self.site.url)}"
        across = page.evaluate("document.documentElement.scrollWidth")
        if across > width:
            yield f"is {across} px wide"


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's own browser, without a window."""
    import shutil

    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium")
    if found is None:
        raise SystemExit("Pictures need Chromium, which is not on this machine.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


def small(picture: bytes, file: Path) -> None:
    """Keep a picture with few colours."""
    from PIL import Image

    Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS).save(file, optimize=True)
