"""Every task of :mod:`benchmarks.scripted_user`, one after another, at one site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shutil import which

from tests.journeys.browser import FLAGS, served

from benchmarks import scripted_audit as audit
from benchmarks import scripted_inside as inside
from benchmarks import scripted_inspection as inspection
from benchmarks.scripted_hands import Desk, Task

Step = Callable[[Desk, Path], None]
# In an order in which none is in the way of the next: the letter is written before its figures are moderated.
STEPS: dict[str, Step] = {
    "late": lambda desk, folder: inspection.finds_what_is_late(desk, _large(desk, folder)),
    "case": lambda desk, folder: inspection.records_a_case(desk, _large(desk, folder)),
    "network": lambda desk, _: inspection.is_cut_off(desk),
    "letter": lambda desk, _: inspection.drafts_the_letter(desk),
    "stale": lambda desk, _: inspection.puts_a_stale_figure_right(desk),
    "moderation": lambda desk, _: inspection.moderates(desk),
    "sheet": lambda desk, _: inspection.makes_the_sheet(desk),
    "list": audit.brings_in_a_list_with_faults,
    "collating": lambda desk, _: audit.collates_ten_audits(desk),
    "first": audit.enters_the_first_audit,
    "second": audit.brings_in_the_second_month,
    "report": audit.writes_the_board_report,
}


def tasks(database: str, folder: Path, only: Sequence[str] = ()) -> Iterator[Task]:
    """Every task, or only some, on one database, done now."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, served(database, folder) as site:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        desk = Desk(site, browser)
        for name, step in STEPS.items():
            if not only or name in only:
                step(desk, folder)
                desk.leave()
                yield desk.done[-1]
        browser.close()


def _large(desk: Desk, folder: Path) -> str:
    """The large inspection, made when it is first needed; the key of its case that nobody has examined."""
    place = folder / "large"
    if not place.exists():
        inside.write(place)
        desk.site.do("benchmarks.scripted_inside:begin", folder=str(place))
    return inside.late()
