"""Pages that were laid aside, opened in Chromium with its content security policy off: what ran, and what it asked for.

Nothing is served: every request is answered from what was laid aside and from the folders of static files.
"""

from __future__ import annotations

import mimetypes
import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.evidence.work.vectors import RAN

HOME = "http://caselight.test"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
SETTLED = 60  # milliseconds, for what runs a moment later
CLICK = """() => { for (const one of document.querySelectorAll('summary, a[href^="javascript"]')) one.click() }"""


def ran(pages: Mapping[str, Any], roots: Sequence[str], *, seconds: float, most: int | None = None) -> list[str]:
    """Open each page (so many of them, spread over all); what ran, what left this machine, and what was not opened."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        return ["No browser is installed, so no page was opened in one."]
    chosen = sorted(pages)[:: max(1, len(pages) // most)][:most] if most else sorted(pages)
    end, said = time.monotonic() + seconds, list[str]()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        context = browser.new_context(bypass_csp=True)
        now = ""

        def heard(text: str) -> None:
            if RAN in text:
                said.append(f"It ran in {now}.")

        context.on("console", lambda message: heard(message.text))
        context.on("dialog", lambda dialog: (said.append(f"A dialog opened in {now}."), dialog.dismiss()))
        context.route("**/*", lambda route: _answer(route, pages, roots))
        context.on("request", lambda one: None if one.url.startswith((HOME, "data:", "blob:")) else said.append(
            f"{now} asked for {one.url[:80]}"))  # fmt: skip
        page = context.new_page()
        for now in chosen:
            if time.monotonic() > end:
                said.append(f"Time ended before {now}.")
                break
            page.goto(HOME + now, wait_until="load", timeout=60_000)
            page.evaluate(CLICK)
            page.wait_for_timeout(SETTLED)
        browser.close()
    return said


def _answer(route: Any, pages: Mapping[str, Any], roots: Sequence[str]) -> None:
    path = route.request.url.removeprefix(HOME).partition("#")[0]
    if path in pages:
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=pages[path]["body"])
        return
    name = path.partition("?")[0].removeprefix("/static/")
    file = next(
        (there for root in roots if path.startswith("/static/") and (there := Path(root) / name).is_file()), None
    )
    if file is None:
        route.fulfill(status=404, body="")
    else:
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        route.fulfill(status=200, content_type=kind, body=file.read_bytes())
