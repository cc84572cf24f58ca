"""What a person's hands do at pages, counted as it reaches the page: keys and clicks; and the seconds of a task.

The script that acts for a person types and clicks at once, so that what a task takes is what the product makes a person
wait for (the browser and its driver included). What hands would take is added by the keystroke-level model of Card,
Moran and Newell: 0.28 s for a key of somebody who types forty words a minute, 1.3 s to point and click. Reading and
thinking are not in it: they are what is left of a measure.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.browser import PATIENCE, Site
from tests.journeys.people import Person

KEY, CLICK = 0.28, 1.3  # seconds of a hand

# Texts that a script fills in whole count by their letters; a choice from a list is two clicks, that of a file four.
COUNTING = """(() => {
  let pressed = false;
  const count = (what, n) => window.caselightCounts(what, n);
  addEventListener("keydown", () => { pressed = true; count("keys", 1); }, true);
  addEventListener("pointerdown", () => { pressed = false; count("clicks", 1); }, true);
  addEventListener("input", (event) => {
    const typed = event.target.matches("textarea, input:not([type=radio]):not([type=checkbox]):not([type=file])");
    const whole = event.data ? event.data.length : event.inputType ? 1 : event.target.value.length;
    if (typed && !(pressed && whole === 1)) count("keys", whole);
  }, true);
  addEventListener("change", (event) => {
    if (event.target.matches("select") && !pressed) count("clicks", 2);
    if (event.target.matches("input[type=file]")) count("clicks", 4);
  }, true);
})();"""


@dataclass(frozen=True)
class Task:
    """A task that was done: its measure in minutes, what hands did, and the seconds of the machine."""

    name: str
    measure: float
    keys: int
    clicks: int
    machine: float
    result: str = ""

    @property
    def hands(self) -> float:
        """Seconds that hands would have taken."""
        return self.keys * KEY + self.clicks * CLICK

    @property
    def minutes(self) -> float:
        """Hands and machine together."""
        return (self.hands + self.machine) / 60

    @property
    def row(self) -> str:
        """Its line in the table."""
        measure = f"{self.measure:g} min" if self.measure else ""
        return (
            f"| {self.name} | {measure} | {self.keys:,} keys, {self.clicks} clicks | {self.hands / 60:.1f} min "
            f"| {self.machine:.1f} s | {self.minutes:.1f} min | {self.result} |\n"
        )


@dataclass
class Doing:
    """A task while it is done; ``result`` is what came of it, in words."""

    result: str = ""


@dataclass
class Desk:
    """A site and a browser in front of it, with every key and click at its pages."""

    site: Site
    browser: Any
    done: list[Task] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _open: list[Any] = field(default_factory=list)

    def person(self, key: str, inspection: str = "") -> Person:
        """Somebody who is signed in, at a new window."""
        context = self.browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
        context.add_cookies([{"name": "sessionid", "value": self._sessions()[key], "url": self.site.url}])
        context.expose_binding("caselightCounts", self._count)
        context.add_init_script(COUNTING)
        page = context.new_page()
        page.set_default_timeout(2 * PATIENCE)
        self._open.append(context)
        return Person(key, page, self.site, f"{self.site.url}/inspections/{inspection}/")

    def _sessions(self) -> dict[str, str]:
        """New ones: a role that somebody was given ended those that there were."""
        self.site.sessions = self.site.do("tests.evidence.work.sessions:sessions")
        return self.site.sessions

    def _count(self, _: Any, what: str, n: int) -> None:
        self._counts[what] = self._counts.get(what, 0) + n

    @contextmanager
    def timed(self, name: str, minutes: float) -> Iterator[Doing]:
        """A task, from its first key to the page that says that it is done."""
        self._counts.clear()
        doing, began = Doing(), time.perf_counter()
        yield doing
        machine = time.perf_counter() - began
        keys, clicks = self._counts.get("keys", 0), self._counts.get("clicks", 0)
        self.done.append(Task(name, minutes, keys, clicks, machine, doing.result))

    def leave(self) -> None:
        """Close every window."""
        while self._open:
            self._open.pop().close()
