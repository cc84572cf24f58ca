"""Case lists with faults, and the tasks of an audit lead that pages.md measures, done without thinking."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZipFile

from tests.factories.case_list import HEAD, messy, rows, workbook
from tests.journeys import story
from tests.journeys.people import Person

from benchmarks import scripted_inside as inside
from benchmarks.scripted_hands import Desk
from benchmarks.scripted_inspection import NEXT, NOTE, answers_by_keyboard

LISTED = 60
PARTS = {"court": "court", "out-of-court": "out_of_court"}  # figures of parts, by the value of the fact
MADE = 180_000  # milliseconds that all files of a letter may take
ODD = {"Local ID": "Ref", "Gender": "M/F", "Sentence start date": "Opened"}  # headings that nobody would guess
MEANT = {"Ref": "@local_id", "M/F": "sex", "Opened": "sentence_date"}
# Of each figure its key, and what the table says of it.
FIGURES = """[...document.querySelectorAll("main table a[href*='/findings/figure/']")].map((link) => [
  link.getAttribute("href").split("/").at(-2),
  [...link.closest("tr").cells].map((cell) => cell.textContent.trim().replaceAll("\\u00a0", " ")),
])"""


def brings_in_a_list_with_faults(desk: Desk, folder: Path) -> None:
    """Sixty rows with two lines above the heading, and three faults that are put right or left out."""
    key = desk.site.do("benchmarks.scripted_inside:waiting", kind="external")
    file, person = folder / "cases.xlsx", desk.person("lead", key)
    file.write_bytes(messy(LISTED))
    with desk.timed(f"A case list of {LISTED} rows with three faults, brought in", 20) as task:
        _uploads(person, file)
        person.press("Continue")
        person.press("Continue")
        person.press("Check the list")
        person.reads("3 to fix")
        fault = person.page.locator(".cl-fault")
        fault.filter(has_text="I8").get_by_label("What is right").fill("28/02/2015")
        fault.filter(has_text="E10").get_by_label("What is right").select_option("Male")
        twice = "The same case stands in the list twice"
        fault.filter(has_text="A12").get_by_label("Or leave the row out").select_option(twice)
        person.press("Save what I fixed")
        person.reads("Nothing is left to fix.")
        task.result = _accepted(person)


def brings_in_the_second_month(desk: Desk, folder: Path) -> None:
    """The file of the next month, laid out as the last one was, whose headings somebody had to explain then."""
    first, second = folder / "first.xlsx", folder / "second.xlsx"
    heading = [ODD.get(name, name) for name in HEAD]
    first.write_bytes(workbook([list(heading), *rows(LISTED)]))
    later = [[f"TS/{300 + n}", *row[1:]] for n, row in enumerate(rows(LISTED))]
    second.write_bytes(workbook([list(heading), *later]))
    key = desk.site.do("benchmarks.scripted_inside:waiting", kind="local_audit")
    person = desk.person("ll", key)
    _uploads(person, first)
    person.press("Continue")
    for place, name in enumerate(heading):
        if name in MEANT:
            person.page.locator(f"[name=c{place}]").select_option(MEANT[name])
    person.page.get_by_label("What do you call this kind of file?").fill("ChildView, monthly")
    person.press("Continue")
    person.press("Check the list")
    _accepted(person)
    with desk.timed("The second month's file, brought in without mapping it again", 5) as task:
        _uploads(person, second)
        person.press("Continue")
        person.reads("This file looks like “ChildView, monthly”")
        person.press("Continue")
        person.press("Check the list")
        task.result = _accepted(person)


def _uploads(person: Person, file: Path) -> None:
    person.go("case-list/upload")
    person.page.locator("input[type=file]").set_input_files(file)
    person.press("Read the file")


def _accepted(person: Person) -> str:
    person.press("Accept list")
    said = person.page.get_by_text(re.compile("^The list is accepted: "))
    said.first.wait_for()
    return str(said.first.inner_text())


def collates_ten_audits(desk: Desk) -> None:
    """The findings of ten audits by theme, each figure held against what somebody counted by hand."""
    desk.site.do("benchmarks.scripted_inside:audit")
    by_hand = desk.site.do("benchmarks.scripted_inside:figures_by_hand")
    person = desk.person("ll", inside.AUDIT)
    with desk.timed("Ten audits collated into themes", 10) as task:
        person.go("")
        person.follow("Findings")
        person.follow("Show as agreed")
        table = _figures(person)
        for part, value in PARTS.items():
            route = person.page.locator("select[name='f.route']")
            if not route.is_visible():
                person.page.get_by_text("Only some cases").click()
            route.select_option(value)
            person.press("Show these cases")
            person.page.get_by_text("Figures of few cases say little").wait_for()
            table |= {f"{key}@{part}": said for key, said in _figures(person).items()}
        same = [key for key, figure in by_hand.items() if figure in table.get(key, ())]
        task.result = f"{len(same)} of {len(by_hand)} figures as counted by hand"
    if len(same) < len(by_hand):
        raise SystemExit(f"Counted otherwise: {sorted(by_hand.keys() - set(same))}")


def _figures(person: Person) -> dict[str, list[str]]:
    person.page.get_by_role("heading", name="To sort, copy and download").wait_for()
    return dict(person.page.evaluate(FIGURES))


def writes_the_board_report(desk: Desk, folder: Path) -> None:
    """The report to the board typed anew with its figures, all files made, and the Word document downloaded."""
    source = (inside.EXAMPLE / "letter.md").read_text("utf-8")
    person = desk.person("ll", inside.AUDIT)
    page = person.page
    with desk.timed(f"A board report of {len(source.split()):,} words with its figures, in Word", 45) as task:
        person.go("letter/")
        with page.expect_response(lambda answer: answer.url.endswith("/look")):
            page.locator("#text").fill(source + "\n")
        person.press("Save as a version")
        person.reads(re.compile(r"^Saved as version \d+\."))
        person.follow("Files to download")
        person.press(re.compile("^Make the files For the team"))
        part = page.get_by_role("region", name="For the team")
        part.get_by_role("link", name=re.compile("^All of them")).wait_for(timeout=MADE)
        with page.expect_download() as coming:
            part.get_by_role("link", name="Word document (DOCX)", exact=True).click()
        coming.value.save_as(folder / "report.docx")
        task.result = f"{_words(folder / 'report.docx'):,} words in Word"


def _words(file: Path) -> int:
    with ZipFile(io.BytesIO(file.read_bytes())) as document:
        text = document.read("word/document.xml").decode("utf-8")
    return len(re.sub(r"<[^>]+>", " ", text).split())


def enters_the_first_audit(desk: Desk, folder: Path) -> None:
    """From an empty desk: a round planned, its list brought in, ten cases chosen, one of them audited to its end."""
    file, person = folder / "cases-of-the-round.xlsx", desk.person("ll")
    file.write_bytes(workbook(desk.site.do("benchmarks.scripted_inside:list_of_the_audit")))
    name = "The first audit of a new round: planned, list brought in, ten chosen, one case audited"
    with desk.timed(name, 30) as task:
        _plans(person)
        _uploads(person, file)
        person.press("Continue")
        person.press("Continue")
        person.press("Check the list")
        _accepted(person)
        _chooses_ten(person)
        case = story.cases_of_the_sample(person)[0]
        story.gives(person, "ll", [case])
        person.page.goto(person.here)
        person.press(re.compile("^Begin "))
        person.reads("is now in the state")
        story.opens(person, case)
        person.page.wait_for_load_state("networkidle")
        person.page.keyboard.press(NEXT)
        answered = answers_by_keyboard(person.page, every_note=True)
        task.result = f"{answered} answers, each with a note of {len(NOTE.split())} words"


def _plans(person: Person) -> None:
    page = person.page
    page.goto(f"{person.site.url}/inspections/new")
    page.locator("#title").fill("Case audit of March")
    wanted = page.locator("#framework option", has_text="Local audit of youth justice cases").first
    page.locator("#framework").select_option(wanted.get_attribute("value"))
    for name, day in (("first", "9 2 2026"), ("last", "20 2 2026")):
        for part, typed in zip(("day", "month", "year"), day.split(), strict=True):
            page.locator(f"#{name}-{part}").fill(typed)
    person.press("Save the plan")
    person.reads(re.compile("is planned"))
    person.here = page.url


def _chooses_ten(person: Person) -> None:
    page = person.page
    person.go("sample/designs")
    person.press(re.compile("A size of your own$"))
    page.get_by_label("How many cases").fill("10")
    page.get_by_label("How many in reserve").fill("4")
    person.press("Show what this size gives")
    person.press(re.compile("^(Select the sample|Choose cases)$"))
    person.reads(re.compile("^10 cases were drawn"))
