"""Pages as inspectors meet them: one case of 60 questions, saving one answer, the findings of 100 such cases.

A page of a case is held against its template alone, with values that are ready: twice as long is the aim, with at most
ten queries. Saving by the page's own script is held against the address for devices (p95 within 1.5 times), both with
eight people on one connection each, in turns. The findings page over 100 cases of 60 questions is held against
``caselight tally`` on the same inspection (three times). What a browser loads is counted in Chromium, as it is sent.
"""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from lxml import html
from tests.evidence.django_run import in_django
from tests.evidence.promise import Run as Attack
from tests.evidence.server import Server, serving
from tests.factories.answers import altered, sent

from benchmarks import pages_inside as inside
from benchmarks.answers import uuid7
from benchmarks.measuring import Line, doing, in_turns, on_each_database, whole

PEOPLE, SAVED, TIMES = 8, 12, 5  # people at once; answers of each in a turn; turns
HTML, QUERIES, P95, TALLY = 2.0, 10, 1.5, 3.0
FIRST, AFTER = 150_000, 30_000  # bytes, compressed
SETTLED = 2000  # milliseconds until nothing is loaded any more
CASES = f"/inspections/{inside.INSPECTION}/cases/"


def lines(folder: Path, database: str) -> list[Line]:
    """All figures on one database, measured now."""
    place, data = folder / "pages", folder / f"pages-{database}"
    if not place.exists():
        inside.write(place)
    data.mkdir()
    with serving(database, data) as server:
        attack = Attack(0, 0, database, data)

        def do(name: str, **arguments: object) -> Any:
            return in_django(attack, f"benchmarks.pages_inside:{name}", database=server.address, **arguments)

        sessions: dict[str, str] = do("begin", folder=str(place))
        with doing(f"One case on {database}"):
            found = _case(do("case_page"), database)
        with doing(f"{PEOPLE} people who save on {database}"):
            found += _saving(server, sessions, do("cases"), database)
        with doing(f"Findings on {database}"):
            found += _findings(server, sessions[inside.LEAD], place, database)
        with doing("What a browser loads"):
            found += _weights(server, sessions[inside.PERSON], do("cases"), database)
    return found


def _case(found: Any, database: str) -> list[Line]:
    page, template = found["page"], found["html"]
    what = f"a case of 60 questions, {database}"
    return [
        Line(
            f"{what}; its template alone",
            _milliseconds(page),
            _milliseconds(template),
            min(wall for wall, _ in page) / min(wall for wall, _ in template),
            HTML,
            min(processor for _, processor in page) / min(processor for _, processor in template),
        ),
        Line(f"{what}: queries", str(found["queries"]), f"{QUERIES}", found["queries"], QUERIES),
    ]


def _milliseconds(taken: list[list[float]]) -> str:
    walls = [wall * 1000 for wall, _ in taken]
    return f"{min(walls):.1f} ms (median {statistics.median(walls):.1f})"


def _saving(server: Server, sessions: dict[str, str], cases: list[str], database: str) -> list[Line]:
    sides: dict[str, Callable[[_Person], float]] = {"page": _Person.by_page, "api": _Person.by_device}
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(TIMES + 1):  # each time with other cases, as people go on to the next when one is done
        people = [_Person(server, sessions[inside.PERSON], case) for case in cases[turn * PEOPLE :][:PEOPLE]]
        for name, save in sides.items():
            with ThreadPoolExecutor(len(people)) as pool:
                each = list(pool.map(lambda person, save=save: [save(person) for _ in range(SAVED)], people))  # type: ignore[misc]
            taken[name] += [] if turn == 0 else [_p95([one for own in each for one in own])]
    page, api = (statistics.median(taken[name]) for name in sides)
    what = f"{PEOPLE} people save answers on their pages, p95, {database}; the address for devices"
    return [Line(what, f"{page * 1000:.0f} ms", f"{api * 1000:.0f} ms", page / api, P95)]


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


class _Person:
    """Somebody on one case, with one connection, who answers one question after another; each builds on the last."""

    def __init__(self, server: Server, session: str, case: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port)
        self.case, self.address = case, f"{CASES}case/{case}/"
        self.cookies = {"sessionid": session}
        self.token, self.times = server.tokens[inside.PERSON], 0
        self.forms = self._opened()

    def _opened(self) -> list[dict[str, str]]:
        answered, content = self._ask("GET", self.address, b"", {})
        for cookie in answered.headers.get_all("Set-Cookie", []):
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        found = [form for form in html.fromstring(content).forms if form.fields.get("question")]
        return [{name: value or "" for name, value in form.form_values() if name != "withdraw"} for form in found]

    def _next(self) -> dict[str, str]:
        """The form of the question whose turn it is, filled in."""
        form = self.forms[self.times % len(self.forms)]
        self.times += 1
        form |= {"value": "yes", "note": f"Seen in the plan of {self.times} March."}
        return form

    def by_page(self) -> float:
        """Save as the page's script does it; the seconds until it is said."""
        form = self._next()
        body = urlencode(form).encode()
        headers = {"X-Caselight-Background": "1", "Content-Type": "application/x-www-form-urlencoded"}
        began = time.perf_counter()
        _, content = self._ask("POST", f"{self.address}answer", body, headers)
        seconds = time.perf_counter() - began
        if b"Saved on the server" not in content:
            raise SystemExit(f"Nothing was saved: {content[:300]!r}")
        form |= {"bases": form["op"]} | {"op": uuid7()}
        return seconds

    def by_device(self) -> float:
        """Save as a device does it; the seconds until there is a receipt."""
        form = self._next()
        said = altered(
            sent(self.case, form["question"], form["value"], uuid7(), note=form["note"], reasons=()),
            base_op_ids=tuple(form["bases"].split()), framework_version="1.0", device="measured",
        )._asdict()  # fmt: skip
        said["pass"] = said.pop("pass_")
        del said["server_time"]
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        body = json.dumps({"events": [said]}).encode()
        began = time.perf_counter()
        _, content = self._ask("POST", f"/api/inspections/{inside.INSPECTION}/answers", body, headers, signed_in=False)
        seconds = time.perf_counter() - began
        if b'"signature"' not in content:
            raise SystemExit(f"No receipt: {content[:300]!r}")
        form |= {"bases": said["op_id"]}
        return seconds

    def _ask(
        self, method: str, address: str, body: bytes, headers: dict[str, str], *, signed_in: bool = True
    ) -> tuple[http.client.HTTPResponse, bytes]:
        if signed_in:
            headers = headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        self.connection.request(method, address, body, headers)
        answered = self.connection.getresponse()
        content = answered.read()
        if answered.status != 200:
            raise SystemExit(f"{address} answered {answered.status}: {content[:300]!r}")
        return answered, content


def _findings(server: Server, session: str, place: Path, database: str) -> list[Line]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)

    def page() -> float:
        began = time.perf_counter()
        connection.request(
            "GET", f"/inspections/{inside.INSPECTION}/findings/", headers={"Cookie": f"sessionid={session}"}
        )
        answered = connection.getresponse()
        content = answered.read()
        if answered.status != 200 or b"T01" not in content:
            raise SystemExit(f"Findings answered {answered.status}.")
        return time.perf_counter() - began

    page()
    pages = [page() for _ in range(TIMES)]
    tally = in_turns(TIMES, tally=lambda: whole(sys.executable, "-m", "caselight.cli.main", "tally", str(place)))[
        "tally"
    ]
    fastest = min(run.seconds for run in tally)
    what = f"findings of 100 cases × 60 questions, {database}; `caselight tally`"
    return [Line(what, f"{min(pages):.2f} s", f"{fastest:.2f} s", min(pages) / fastest, TALLY)]


def _weights(server: Server, session: str, cases: list[str], database: str) -> list[Line]:
    from shutil import which

    from playwright.sync_api import sync_playwright
    from tests.journeys.browser import FLAGS

    weights = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
        page = context.new_page()
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda done: weights.append(done["encodedDataLength"]))
        sums = []
        for case in cases[:2]:
            weights.clear()
            page.goto(f"{server.url}{CASES}case/{case}/", wait_until="networkidle")
            page.evaluate("document.fonts.ready.then(() => true)")
            page.wait_for_timeout(SETTLED)
            sums.append(sum(weights))
        browser.close()
    what = f"a case in a browser, {database}"
    return [
        Line(f"{what}: first visit", f"{sums[0] / 1000:.0f} kB", f"{FIRST // 1000} kB", sums[0] / FIRST, 1),
        Line(f"{what}: the next case", f"{sums[1] / 1000:.0f} kB", f"{AFTER // 1000} kB", sums[1] / AFTER, 1),
    ]


if __name__ == "__main__":
    on_each_database("pages", lines)
