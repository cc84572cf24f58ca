"""The board: cases and themes with failures marked, what is late, what waits for a decision, the lowest five questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from caselight.method.analysis.figure import Cell, Figure
from caselight.method.analysis.tallies import cell
from caselight.method.answers.sheet import Sheet
from caselight.method.framework.questions import Question, Theme
from caselight.method.inspection.actions import state_of
from caselight.procedures.findings import Findings, findings
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.progress import standings
from caselight.store.assessments.steps import CaseStanding, Step
from caselight.web.design.tables import Column, Link, Table, Tag
from caselight.web.design.visits import InspectionVisit
from caselight.web.moderation.looked import begin_address, first_open, looked_at
from caselight.web.moderation.places import DONE, case_address, in_order, question_address, state

LOWEST = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the board: where it stands, and in each theme how many were No, open, and in question."""

    label: str
    href: str
    standing: CaseStanding
    late: bool
    cells: tuple[tuple[int, int, int], ...]

    @property
    def done(self) -> bool:
        """Whether it is complete or further."""
        return self.standing.step in DONE


@dataclass(frozen=True, slots=True)
class Told:
    """A figure twice: as things stand and as agreed."""

    label: str
    href: str
    stands: str
    agreed: str
    looked: str = ""  # in how many cases an answer was agreed: "3 of 8"


@dataclass(frozen=True)
class Board:
    """Everything that the page shows."""

    lines: tuple[Line, ...]
    table: Table
    lowest: tuple[Told, ...]
    contested: tuple[tuple[str, str, str], ...]  # question, case, address
    themes: tuple[tuple[str, tuple[Told, ...]], ...]
    overdue: int  # actions whose day has passed
    begin: tuple[str, str] = ("", "")  # the question to go on with, in a few words, and its page

    @property
    def complete(self) -> int:
        """How many cases are complete or further."""
        return sum(line.done for line in self.lines)

    @property
    def agreed(self) -> int:
        """How many cases count as agreed."""
        return sum(line.standing.agreed for line in self.lines)

    @property
    def late(self) -> int:
        """How many cases are late."""
        return sum(line.late for line in self.lines)

    @property
    def waiting(self) -> int:
        """How many cases can be said to be agreed now."""
        return sum(line.standing.may(Step.MODERATED) for line in self.lines)


def board(visit: InspectionVisit) -> Board:
    """The board as things stand now."""
    found, known = findings(visit.key), standings(visit.key)
    framework = found.package.framework
    kind = framework.subjects[0].id
    asked = framework.asked(found.package.inspection.framework.screening)
    themes = [(theme, [one for one in asked if _counted(one, theme, found, kind)]) for theme in framework.themes]
    shown = [(theme, questions) for theme, questions in themes if questions]
    on = visit.at.astimezone(ZoneInfo(found.package.inspection.time_zone)).date()
    lines = tuple(
        _line(visit, sheet, known.get((kind, sheet.subject.key)), [questions for _, questions in shown], on, found)
        for sheet in in_order(found.sheets.get(kind, ()))
    )
    stands, agreed = found.shares(), found.shares(agreed=True)
    told = {key: _told(visit, figure, agreed.get(key), found) for key, figure in stands.items() if "@" not in key}
    return Board(
        lines=lines,
        table=_table(lines, [theme.title.in_(found.language) for theme, _ in shown]),
        lowest=tuple(told[figure.key] for figure in lowest(stands.values()) if figure.key in told)[:LOWEST],
        contested=tuple(_contested(visit, stands.values(), found)),
        themes=tuple(_questions(visit, found, told)),
        overdue=sum(state_of(action, on) == "late" for action in found.package.actions),
        begin=_begin(visit, found, [framework.questions[one.question] for one in lowest(stands.values())]),
    )


def lowest(figures: Iterable[Figure]) -> list[Figure]:
    """Figures with a base, the lowest share first, of equal ones the one with more cases. Needs are no failings."""
    based = (one for one in figures if one.relevant and not one.adverse and not one.where)
    return sorted(based, key=lambda one: (one.sufficient / one.relevant, -one.relevant, one.key))


def _counted(question: Question, theme: Theme, found: Findings, kind: str) -> bool:
    framework = found.package.framework
    of_kind = framework.subject_of(question) == kind and framework.theme_of[question.id].id == theme.id
    return (
        of_kind and question.kind in ("judgement", "computed") and not (question.computed and question.computed.points)
    )


def _line(  # noqa: PLR0917 - one case with all that is known of it
    visit: InspectionVisit,
    sheet: Sheet,
    standing: CaseStanding | None,
    themes: list[list[Question]],
    on: date,
    found: Findings,
) -> Line:
    subject = sheet.subject
    standing = standing or CaseStanding(subject.kind, subject.key)
    late = standing.step not in DONE and on > found.package.inspection.dates.fieldwork_to
    href = case_address(visit.key, subject.kind, subject.key)
    return Line(subject.label or subject.key, href, standing, late, tuple(_cells(sheet, theme) for theme in themes))


def _cells(sheet: Sheet, questions: list[Question]) -> tuple[int, int, int]:
    found = [cell(sheet.standing(question.id)) for question in questions]
    return found.count(Cell.INSUFFICIENT), found.count(Cell.UNANSWERED), found.count(Cell.CONTESTED)


def said(cells: tuple[int, int, int]) -> Tag | str:
    """What a case came to in one theme, in words.

    >>> said((0, 0, 0)), said((2, 1, 0)).text
    ('No failure', '2 No, 1 left')
    """
    failed, left, two = cells
    parts = [f"{failed} No" if failed else "", f"{left} left" if left else "", f"{two} to decide" if two else ""]
    text = ", ".join(part for part in parts if part)
    return Tag(text, "red" if failed else "orange" if two else "grey") if text else "No failure"


def _table(lines: Iterable[Line], titles: list[str]) -> Table:
    themes = [Column(f"t{n}", title) for n, title in enumerate(titles)]
    columns = (Column("case", "Case", "link"), Column("state", "State", "tag"), Column("late", "Late", "tag"), *themes)
    rows = [
        {
            "case": Link(line.label, line.href),
            "state": Tag(*state(line.standing)),
            "late": Tag("Late", "red") if line.late else None,
            **{f"t{n}": said(cells) for n, cells in enumerate(line.cells)},
        }
        for line in lines
    ]
    return Table("Cases and themes", columns, rows, "moderation")


def _told(visit: InspectionVisit, figure: Figure, agreed: Figure | None, found: Findings) -> Told:
    href = question_address(visit.key, figure.question)
    done, asked = looked_at(found, found.package.framework.questions[figure.question])
    return Told(figure.label, href, base(figure), base(agreed) if agreed else "", f"{done} of {asked}" if asked else "")


def _begin(visit: InspectionVisit, found: Findings, by_share: list[Question]) -> tuple[str, str]:
    """Where moderation goes on: the weakest question that was not looked at in every case."""
    question = first_open(found, by_share) if visit.may(Permission.ANSWER_MODERATE) else None
    if question is None:
        return "", ""
    return question.short.in_(found.language), begin_address(found, visit.key, question)


def base(figure: Figure) -> str:
    """A figure with its base: "28 of 31"."""
    return f"{figure.sufficient} of {figure.relevant}" if figure.relevant else "none yet"


def _contested(visit: InspectionVisit, figures: Iterable[Figure], found: Findings) -> Iterator[tuple[str, str, str]]:
    questions = found.package.framework.questions
    for figure in figures:
        if questions[figure.question].computed is not None:
            continue
        for key in figure.cells.get(Cell.CONTESTED, ()) if not figure.where else ():
            href = question_address(visit.key, figure.question, at=f"case-{key.replace('/', '-')}")
            yield figure.label, found.labels.get(key, key), href


def _questions(
    visit: InspectionVisit, found: Findings, told: dict[str, Told]
) -> Iterator[tuple[str, tuple[Told, ...]]]:
    """Every question under its theme; those that are not counted (gates, dates) without a figure."""
    framework = found.package.framework
    for theme in framework.themes:
        asked = framework.asked(found.package.inspection.framework.screening)
        own = [one for one in asked if framework.theme_of[one.id].id == theme.id and one.computed is None]
        listed = tuple(
            told.get(one.id) or Told(one.short.in_(found.language), question_address(visit.key, one.id), "", "")
            for one in own
        )
        if listed:
            yield theme.title.in_(found.language), listed
