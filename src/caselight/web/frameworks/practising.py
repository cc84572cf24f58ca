"""A practice case as its form says it: every fact and answer stands in the form, and nothing is kept anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import QueryDict

from caselight.method.answers.admissible import missing_faults, reasons_for, value_faults
from caselight.method.answers.practice import Practice, Reply, Step
from caselight.method.answers.practice.asking import MOST_ROWS, content_of
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Fact
from caselight.procedures.trying import begun, subjects_asked

PREFIXES = ("fact:", "rows:", "q:", "why:", "good:", "aside:", "note:")
PARTS = ("day", "month", "year")
CHOSEN = ("subject", "screening")
LONGEST = 4_000  # characters of a note
_TICKS = ("why", "good", "aside")
_OF_NOTE = {"package.reason-needs-note", "package.answer-needs-note"}


@dataclass(frozen=True)
class Tried:
    """A practice case with what was wrong in its form, by the name of the field, and what answers still need."""

    practice: Practice
    errors: Mapping[str, str]
    lacks: Mapping[Step, tuple[str, ...]]

    @property
    def subjects(self) -> list[str]:
        """The kinds of subjects that a practice case of this framework can be."""
        return subjects_asked(self.practice.framework)


def name_of(sort: str, step: Step) -> str:
    """The name of a field: ``q::R1`` for a question about the case, ``fact:placement/2:kind`` for a fact of a row."""
    return f"{sort}:{step.row}:{step.name}"


def tried(framework: Framework, data: QueryDict, language: str) -> Tried:
    """The practice case that a form says. What cannot be is left out and said at its field."""
    kinds, screenings = subjects_asked(framework), [one.id for one in framework.screenings]
    subject, screening = (data.get(name, "") for name in CHOSEN)
    practice = begun(
        framework, language=language, subject=subject if subject in kinds else "",
        screening=screening if screening in screenings else "",
    )  # fmt: skip
    errors: dict[str, str] = {}
    replies: dict[Step, Reply] = dict(_rows(practice, data, errors))
    practice = replace(practice, replies=replies)
    lacks: dict[Step, tuple[str, ...]] = {}
    for step in practice.steps:
        reply = _reply(practice, step, data) if step.sort != "rows" else None
        if reply is None:
            continue
        content = content_of(practice, step, reply)
        wrong = next(iter(value_faults(content, framework)), None)
        if wrong is not None:
            errors[name_of("fact" if step.sort == "fact" else "q", step)] = _said(practice, step, wrong.says)
        else:
            replies[step] = reply
            lacks[step] = tuple(_lacks(fault.code) for fault in missing_faults(content, framework))
    return Tried(replace(practice, replies=replies), errors, {step: said for step, said in lacks.items() if said})


def _rows(practice: Practice, data: QueryDict, errors: dict[str, str]) -> Iterator[tuple[Step, Reply]]:
    """How many of each kind were found within the case."""
    for subject in practice.framework.subjects:
        if subject.found_in != practice.kind:
            continue
        step = Step("rows", "", subject.id)
        text = data.get(name_of("rows", step), "").strip()
        if text.isdecimal() and len(text) < 4 and int(text) <= MOST_ROWS:
            yield step, Reply(str(int(text)))
        elif text:
            errors[name_of("rows", step)] = f"Enter a number from 0 to {MOST_ROWS}."


def _reply(practice: Practice, step: Step, data: QueryDict) -> Reply | None:
    """What the form says of a fact or question; nothing where it says nothing."""
    name = name_of("fact" if step.sort == "fact" else "q", step)
    value = _day(data, name) or "|".join(one.strip() for one in data.getlist(name) if one.strip())
    if not value:
        return None
    if step.sort == "fact":
        return Reply(value)
    reply = Reply(value[:LONGEST], (), data.get(name_of("note", step), "").strip()[:LONGEST])
    offered = reasons_for(
        content_of(practice, step, reply), practice.framework, practice.framework.questions[step.name]
    )
    ticked = {one for sort in _TICKS for one in data.getlist(name_of(sort, step))}
    return reply._replace(reasons=tuple(one.id for one in offered if one.id in ticked))


def _day(data: QueryDict, name: str) -> str:
    """A day from its three boxes, as year-month-day; what is no day is given as it was typed, to be refused."""
    parts = [data.get(f"{name}-{part}", "").strip() for part in PARTS]
    if not any(parts):
        return ""
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
    except ValueError:
        return " ".join(filter(None, parts))


def _said(practice: Practice, step: Step, says: str) -> str:
    """What to do about a value that cannot be."""
    framework, language = practice.framework, practice.language
    asked = framework.fact_by_id[step.name] if step.sort == "fact" else framework.questions[step.name]
    label = asked.label.in_(language) if isinstance(asked, Fact) else step.name
    ends = {"date": "must be a real date.", "integer": "must be a whole number."}.get(asked.type or "")
    return f"{label} {ends}" if ends else says


def _lacks(code: str) -> str:
    """What an answer still needs before an inspection would take the case as complete."""
    return "a note" if code in _OF_NOTE else "at least one reason"


def carried(data: QueryDict, shown: set[str]) -> list[tuple[str, str]]:
    """What the form said that this page does not show: it goes along hidden, so that nothing is typed twice."""
    return [
        (name, value)
        for name in data
        if name.startswith(PREFIXES) and name not in shown
        for value in data.getlist(name)
        if value
    ]
