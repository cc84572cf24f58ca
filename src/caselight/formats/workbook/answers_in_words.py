"""One answer as the cells of a line show it: labels instead of codes, several of them joined by ``|``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from caselight.formats.workbook.book import SEPARATOR, Texts
from caselight.formats.workbook.items import Item
from caselight.formats.workbook.lists import TICK, Choices
from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.evidence import Locator
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import NOT_RELEVANT, Outcome

JOIN = f" {SEPARATOR} "
PLACE = "; "  # between a document and the place in it

Lists = Mapping[str, Choices]


def answer_texts(
    item: Item, event: AnswerEvent, lists: Lists, framework: Framework, locators: Iterable[Locator] = ()
) -> dict[str, str]:
    """The cells of a question for one answer; nothing for one that was withdrawn."""
    if event.withdrawn:
        return {}
    texts = {"note": event.note, "where": JOIN.join(map(place, locators))}
    if event.value == NOT_RELEVANT:
        texts["not_relevant"] = JOIN.join(lists["not_relevant"].label(code) for code in event.reasons)
    else:
        texts["answer"] = lists[item.answers].label(event.value) if item.answers else event.value
        texts |= _why([_reason(code, item, event.value, lists, framework) for code in event.reasons], item)
    return {name: text for name, text in texts.items() if text and name in item.fields}


def ticked(item: Item, event: AnswerEvent) -> Texts:
    """The cell of one option of a question with several answers."""
    chosen = not event.withdrawn and item.option in event.value.split(SEPARATOR)
    return {"answer": TICK} if chosen else {}


def place(locator: Locator) -> str:
    """Where in the file, in one text."""
    return f"{locator.document}{PLACE}{locator.where}" if locator.where else locator.document


def outcome_of(question: str, value: str, framework: Framework) -> Outcome | None:
    """What an answer counts as."""
    asked = framework.questions[question]
    scale = framework.scale_by_id.get(asked.scale or "")
    if scale is not None:
        return scale.outcomes.get(value)
    return {"yes": Outcome.SUFFICIENT, "no": Outcome.INSUFFICIENT}.get(value) if asked.computed else None


def reason_lists(question: str, value: str, lists: Lists, framework: Framework) -> tuple[Choices, ...]:
    """The lists that the reasons of an answer come from: for No, for Yes, or both where the answer counts as neither."""
    outcome = outcome_of(question, value, framework)
    reasons, good = lists[f"reasons:{question}"], lists[f"good:{question}"]
    if outcome is Outcome.INSUFFICIENT:
        return (reasons,)
    return (good,) if outcome is Outcome.SUFFICIENT else (reasons, good)


def _reason(code: str, item: Item, value: str, lists: Lists, framework: Framework) -> str:
    for choices in reason_lists(item.name, value, lists, framework):
        if code in choices.codes:
            return choices.label(code)
    return code


def _why(labels: list[str], item: Item) -> dict[str, str]:
    """The first reason in a cell of its own where there are two cells, else all of them in one."""
    if "others" not in item.fields:
        return {"why": JOIN.join(labels)}
    return {"why": labels[0] if labels else "", "others": JOIN.join(labels[1:])}
