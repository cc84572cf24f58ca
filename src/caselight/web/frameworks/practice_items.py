"""What a practice case asks, as controls: each fact, count and question with the value that its form holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.safestring import SafeString

from caselight.method.answers.admissible import reasons_for
from caselight.method.answers.practice import Ask, Reply, Step, asked_at
from caselight.method.answers.practice.asking import content_of
from caselight.method.answers.practice.steps import BETWEEN
from caselight.method.framework.parts import NOT_RELEVANT, Outcome, Reason
from caselight.web.design.controls import Choice
from caselight.web.design.templatetags import ui
from caselight.web.frameworks.practising import LONGEST, PARTS, Tried, name_of

WORDS = {"yes": "Yes", "no": "No", NOT_RELEVANT: "Not relevant"}  # what has no label of its own
LEGENDS = {"why": "Reasons", "good": "What was good", "aside": "Why it is not relevant"}


@dataclass(frozen=True)
class Item:
    """One thing that is asked: its words, its control, and what its answer still needs."""

    step: Step
    code: str
    within: str
    text: str
    control: SafeString
    guidance: str = ""
    prompts: tuple[str, ...] = ()
    note: SafeString | str = ""
    noted: bool = False
    lacks: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The name of the field of its value."""
        return field_of(self.step)


def item(tried: Tried, step: Step, data: QueryDict) -> Item:
    """A step of the case with what the form holds for it."""
    asked, name = asked_at(tried.practice, step), field_of(step)
    code = step.name if step.sort == "question" else ""
    control = _control(tried, asked, name, data)
    if step.sort != "question":
        return Item(step, code, within(tried, step), asked.text, control)
    note = name_of("note", step)
    text, lacks = data.get(note, ""), tried.lacks.get(step, ())
    area = ui.textarea(note, f"Note on {step.name}", text, rows=2, attributes={"maxlength": LONGEST})
    return Item(
        step, code, within(tried, step), asked.text, control,
        asked.guidance, asked.prompts, area, bool(text or "a note" in lacks), lacks,
    )  # fmt: skip


def field_of(step: Step) -> str:
    """The name of the field of a step's value."""
    return name_of({"fact": "fact", "rows": "rows", "question": "q"}[step.sort], step)


def within(tried: Tried, step: Step) -> str:
    """Which of what was found within the case a step is about: "crime 2"."""
    kind, _, number = step.row.partition(BETWEEN)
    practice = tried.practice
    return f"{practice.framework.subject_by_id[kind].one.in_(practice.language)} {number}" if kind else ""


def names(steps: Iterable[Step]) -> set[str]:
    """Every field that the steps of a page send."""
    found = set()
    for step in steps:
        found |= {field_of(step), *(f"{field_of(step)}-{part}" for part in PARTS)}
        found |= {name_of(sort, step) for sort in (*LEGENDS, "note")}
    return found


def _control(tried: Tried, asked: Ask, name: str, data: QueryDict) -> SafeString:
    """Radios, ticks, boxes of a day or a line of text, as what is asked has it.

    The words of a question stand above its guidance, so its own label is for screen readers alone.
    """
    value, sort = data.get(name, ""), asked.step.sort
    look = {"error": tried.errors.get(name, ""), "hidden_label": sort == "question", "size": "s"}
    if asked.choices:
        choices = [_choice(tried, asked, *one, data) for one in asked.choices]
        if asked.several:
            return ui.checkboxes(name, asked.text, choices, data.getlist(name), small=True, **look)
        return ui.radios(name, asked.text, choices, value, **look)
    if _type(tried, asked.step) == "date":
        return ui.date_input(name, asked.text, tuple(data.get(f"{name}-{part}", "") for part in PARTS), **look)
    label = f"How many {asked.text} were found?" if sort == "rows" else asked.text
    if _type(tried, asked.step) == "integer":
        look |= {"classes": "govuk-input--width-4", "attributes": {"inputmode": "numeric"}}
    return ui.text_input(name, label, value, **look)


def _type(tried: Tried, step: Step) -> str:
    framework = tried.practice.framework
    if step.sort == "rows":
        return "integer"
    found = framework.fact_by_id[step.name].type if step.sort == "fact" else framework.questions[step.name].type
    return found or ""


def _choice(tried: Tried, asked: Ask, value: str, label: str, data: QueryDict) -> Choice:
    """An answer, with the reasons that go with it."""
    label = WORDS.get(value, value) if label in ("", value) else label
    if asked.step.sort != "question" or asked.several:
        return Choice(value, label)
    sort, reasons = _reasons(tried, asked.step, value)
    if not reasons:
        return Choice(value, label)
    name = name_of(sort, asked.step)
    field = f"{name}:{value}"
    ticks = [Choice(one.id, one.label.in_(tried.practice.language)) for one in reasons]
    html = ui.checkboxes(name, LEGENDS[sort], ticks, data.getlist(name), id=field, small=True)
    return Choice(value, label, reveals=html)


def _reasons(tried: Tried, step: Step, value: str) -> tuple[str, tuple[Reason, ...]]:
    """What goes with an answer, and which sort of field it has."""
    practice = tried.practice
    question = practice.framework.questions[step.name]
    if value == NOT_RELEVANT:
        return "aside", practice.framework.not_relevant_reasons
    scale = practice.framework.scale_by_id.get(question.scale or "")
    good = scale is not None and scale.outcomes.get(value) is Outcome.SUFFICIENT
    reasons = reasons_for(content_of(practice, step, Reply(value, ())), practice.framework, question)
    return ("good" if good else "why"), reasons
