"""The pages of a practice case: what is known of it, a page for each theme, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from caselight.method.answers.practice import Step
from caselight.method.answers.practice.outcome import Line, Misfit, lines, misfits
from caselight.procedures.practising import Came, came_to
from caselight.web.design.tables import Column, Table, Tag
from caselight.web.frameworks.practice_items import Item, field_of, item, within
from caselight.web.frameworks.practising import Tried

CASE, RESULT = "case", "result"
LOOKS = {
    "answered": "green",
    "computed": "blue",
    "not relevant": "grey",
    "not yet answered": "yellow",
    "not known": "yellow",
}
COLUMNS = (
    Column("question", "Question"), Column("standing", "Where it stands", "tag"), Column("answer", "Answer"),
    Column("why", "Why"),
)  # fmt: skip


@dataclass(frozen=True)
class Unasked:
    """A question that a theme does not ask of this case, and why, in words."""

    title: str
    why: tuple[str, ...]


def pages(tried: Tried) -> list[tuple[str, str]]:
    """The pages in order, with their titles; themes about nobody like this case are left out."""
    practice = tried.practice
    asked = {step.name for step in practice.steps if step.sort == "question"}
    themes = (theme for theme in practice.framework.themes if any(one.id in asked for one in theme.questions))
    titled = [(f"theme-{theme.id}", theme.title.in_(practice.language)) for theme in themes]
    return [(CASE, "What is known of the case"), *titled, (RESULT, "What it comes to")]


def steps_of(tried: Tried, page: str) -> list[Step]:
    """What a page asks: facts and counts, or the questions of a theme that apply."""
    if page == CASE:
        return [step for step in tried.practice.steps if step.sort != "question"]
    return [step for step in _of_theme(tried, page) if tried.practice.sheet_of(step.row).relevant(step.name) is True]


def items(tried: Tried, page: str, data: QueryDict) -> list[Item]:
    """What a page asks, as controls."""
    return [item(tried, step, data) for step in steps_of(tried, page)]


def unasked(tried: Tried, page: str) -> list[Unasked]:
    """The questions of a theme that do not apply, or of which nobody can say yet whether they do."""
    found = []
    for step in _of_theme(tried, page):
        sheet = tried.practice.sheet_of(step.row)
        if sheet.relevant(step.name) is not True:
            unknown = ("What decides whether it is asked is not known yet.",)
            rule = sheet.standing(step.name).by == "rule"
            found.append(Unasked(_title(tried, step), tried.practice.why_not(step) if rule else unknown))
    return found


def turned(tried: Tried, data: QueryDict) -> tuple[str, bool]:
    """The page to show, and whether it is the same again because more applies now.

    What is wrong on the page that was sent keeps the person there.
    """
    known = [name for name, _ in pages(tried)]
    sent, to, on = (data.get(name, "") for name in ("page", "to", "on"))
    sent = sent if sent in known else CASE
    fields = [field_of(step) for step in steps_of(tried, sent)]
    if any(name in tried.errors for name in fields):
        return sent, False
    if on in known:
        more = bool(set(fields) - set(data.getlist("asked")))
        return (sent, True) if more else (on, False)
    return (to if to in known else sent), False


@dataclass(frozen=True)
class Result:
    """What a case comes to: where each question stands, what does not fit together, and the figures."""

    table: Table
    misfits: tuple[Misfit, ...]
    came: tuple[Came, ...]
    lacks: tuple[tuple[str, tuple[str, ...]], ...]


def result(tried: Tried) -> Result:
    """What the case comes to as it stands."""
    rows = [_row(one) for one in lines(tried.practice)]
    table = Table("Where each question stands", COLUMNS, rows, "practice", tools=False)
    lacks = tuple((_title(tried, step), said) for step, said in tried.lacks.items() if said)
    return Result(table, tuple(misfits(tried.practice)), came_to(tried.practice), lacks)


def _row(line: Line) -> dict[str, object]:
    title = f"{line.question}: {line.short}"
    return {
        "question": f"{title} ({line.row.replace('/', ' ')})" if line.row else title,
        "standing": Tag(line.standing[:1].upper() + line.standing[1:], LOOKS[line.standing]),
        "answer": line.shown,
        "why": " ".join((*line.why, line.note)).strip(),
    }


def _of_theme(tried: Tried, page: str) -> list[Step]:
    theme = next((one for one in tried.practice.framework.themes if f"theme-{one.id}" == page), None)
    inside = {question.id for question in theme.questions} if theme else set()
    return [step for step in tried.practice.steps if step.sort == "question" and step.name in inside]


def _title(tried: Tried, step: Step) -> str:
    practice = tried.practice
    short = practice.framework.questions[step.name].short.in_(practice.language)
    row = within(tried, step)
    return f"{step.name}: {short}" + (f" ({row})" if row else "")
