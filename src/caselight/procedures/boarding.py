"""Writing the report to a board: the letter of an audit on two pages, with the overall grade, figures and actions.

It has the letter's source, figures and checks; what stands against publishing the letter makes the report a draft, and
says so on it. Small numbers about children are held back as in a publication, and the last look for names is at the
final bytes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from caselight.formats.board.content import Judged, Promise, Promises, board_of
from caselight.formats.board.docx import board_docx
from caselight.formats.board.fit import Sizes, sizes
from caselight.formats.board.html import board_html
from caselight.formats.board.words import board_words
from caselight.formats.files import write_whole
from caselight.formats.letter.labels import Labels
from caselight.formats.letter.layout import day_of, language_tag
from caselight.formats.letter.parts import LEAST_FOR_SHARE, percent
from caselight.formats.package.reading import package_faults
from caselight.method.analysis.examined import Examined
from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.fact_values import day
from caselight.method.faults import Fault, Faults, Place, Severity, quoted, refuse, stop
from caselight.method.framework.ratings import Rating
from caselight.method.inspection.actions import STATES, in_order, state_of
from caselight.method.inspection.package import Action, Package
from caselight.method.report.open_data import open_letter
from caselight.method.report.traced import TracedLetter
from caselight.method.statistics.proportions import Bounds, wilson_interval
from caselight.method.wording.numbers import say_date
from caselight.procedures.checking import inspection_faults, stops_publication, undated_faults
from caselight.procedures.drafting import draft
from caselight.procedures.publishing import names_in

NAME = "board-report"


@dataclass(frozen=True)
class Reported:
    """The files that were written, what was found, and whether the report is one for the board and no draft."""

    files: tuple[Path, ...]
    faults: tuple[Fault, ...]
    ready: bool


def write_board_report(folder: Path, out: Path, on: str = "", language: str = "") -> Reported:
    """Write ``board-report.docx`` and ``.html`` into ``out``. ``on`` is the day that the actions are seen from: without
    it, the day of publication.

    Raises :class:`Faults` when the folder is faulty or its letter cannot be traced; then nothing is written.
    """
    package, read = package_faults(folder, private=True)
    refuse(read)
    if package is None:
        raise Faults(read)
    examined = Examined(package, package.inspection.languages[0])
    language = language or examined.language
    letter = draft(package, language, examined=examined if language == examined.language else None)
    about = [*undated_faults(package), *letter.faults]
    against = tuple(inspection_faults(package, examined, read=read, letters=lambda: about))
    ready = not any(map(stops_publication, against))
    shown, suppressed = open_letter(letter, package.framework)
    labels = board_words(letter.labels)
    promises = _promises(package, _day(on, package), labels, language)
    judged = _judged(package, examined, labels, language)
    precision = _precision(letter, labels)
    board = board_of(shown, labels, suppressed, judged=judged, promises=promises, precision=precision)
    size = sizes(board, labels)
    notices = tuple(text for text in ("" if ready else labels("board.draft"), letter.banner) if text)
    tag = language_tag(letter)
    files = {
        f"{NAME}.docx": board_docx(board, labels, size, notices=notices, language=tag, day=day_of(letter)),
        f"{NAME}.html": board_html(board, labels, size, notices=notices, language=tag).encode(),
    }
    refuse(names_in(files, package))
    out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_whole(out / name, data)
    return Reported(tuple(out / name for name in sorted(files)), (*against, *_too_long(size)), ready)


def _precision(letter: TracedLetter, labels: Labels) -> str:
    """What so many cases can tell, for a question that was good enough in half of them."""
    cases = max((figure.sample_size for figure in letter.figures.values() if figure.kind == "share"), default=0)
    if cases < LEAST_FOR_SHARE:
        return labels("board.few", n=cases) if cases else ""
    bounds = wilson_interval(cases // 2, cases)
    if not isinstance(bounds, Bounds):
        return ""
    return labels("board.precision", n=cases, low=percent(bounds.low), high=percent(bounds.high))


def _day(on: str, package: Package) -> date:
    """The day that is given, else the day of publication, else the last of the fieldwork."""
    if not on:
        return package.inspection.dates.published or package.inspection.dates.fieldwork_to
    as_of = day(on)
    if as_of is None:
        stop(Fault("cli.day", ("on",), f"{quoted(on)} is not a day.", "Write it as 2026-03-31."))
    return as_of


def _too_long(size: Sizes) -> list[Fault]:
    return [
        Fault(
            "board.too-long",
            (f"page {page}",),
            f"Page {page} of the report to the board is too full, even in the smallest letters.",
            "Say less before the first theme." if page == 1 else "Say less under the themes and behind them.",
            Severity.WARNING,
            Place("letter.md"),
        )
        for page in size.over
    ]


def _judged(package: Package, examined: Examined, labels: Labels, language: str) -> Judged | None:
    """The headline rating, and who judged it, if somebody did."""
    rating = next((rating for rating in package.framework.ratings if rating.headline), None)
    if rating is None:
        return None
    event = _judgement(rating, package, examined)
    if event is None:
        return Judged(rating.id)
    member = next((member for member in package.inspection.team if member.key == event.actor), None)
    who = labels(f"role.{member.role}") if member else event.actor
    if member and member.name:
        who = labels("board.role", name=member.name, role=who)
    words = package.framework.wording[language]
    return Judged(rating.id, who, say_date(date.fromisoformat(event.client_time[:10]), words))


def _judgement(rating: Rating, package: Package, examined: Examined) -> AnswerEvent | None:
    """The answer by which a judged rating was given."""
    rated = examined.sheets.get(package.framework.rated or "", ())
    return rated[0].standing(rating.judged).event if rating.judged and rated else None


def _promises(package: Package, on: date, labels: Labels, language: str) -> Promises:
    """The actions about the service in words, and a count of the others: what is agreed about one case stays inside."""
    words = package.framework.wording[language]
    ordered = in_order(package.actions, on)
    about_service = [action for action in ordered if action.subject_kind in ("", package.framework.rated)]
    single = Counter(state_of(action, on) for action in ordered if action not in about_service)

    def promise(action: Action) -> Promise:
        owner = action.owner or labels("board.no_owner")
        due = say_date(action.due, words) if action.due else labels("board.no_day")
        return Promise(action.text, owner, due, labels(f"board.state.{state_of(action, on)}"))

    listed = tuple(promise(action) for action in about_service)
    counted = {state: single[state] for state in STATES}
    return Promises(listed, counted, say_date(on, words) if ordered else "")
