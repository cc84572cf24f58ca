"""Evidence beside the answers: where in the file, and the few words that are quoted, with checked aliases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from examples.generate.chance import Chance
from examples.generate.west_london.recorded.timetable import INSPECTORS

from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.caseload.case import FactValue
from caselight.method.framework.definition import Framework

LOCATED_YES = 18  # in a hundred; every No has its place in the file


@cache
def _texts() -> dict[str, Any]:
    text = (Path(__file__).parent / "evidence.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def locators(events: Sequence[AnswerEvent], framework: Framework, chance: Chance) -> Iterator[Locator]:
    """Where the evidence for an answer is, for every *No* about a case and some others."""
    judgements = {question.id for question in framework.questions.values() if question.kind == "judgement"}
    documents: dict[str, list[str]] = _texts()["documents"]
    places: list[str] = _texts()["places"]
    for event in events:
        if event.tool != "case" or event.question_id not in judgements:
            continue
        if event.value == "no" or chance.below(100, "located", event.op_id) < LOCATED_YES:
            theme = framework.theme_of[event.question_id].id
            offered = documents.get(event.question_id) or documents[theme]
            yield Locator(
                event.op_id, chance.pick(offered, "document", event.op_id), chance.pick(places, "place", event.op_id)
            )


def excerpts(
    events: Sequence[AnswerEvent], facts: Mapping[str, Mapping[str, FactValue]], chance: Chance
) -> Iterator[Excerpt]:
    """The quoted words, each tied to a sufficient answer of a case that it fits."""
    for row in _texts()["excerpts"]:
        able = [
            event for event in events
            if event.question_id == row["question"] and event.value == "yes" and not event.base_op_ids
            and (facts[event.subject_key]["custodial"] == "yes") is bool(row.get("custodial"))
            and facts[event.subject_key]["sex"] == "male"
        ]  # fmt: skip
        event = chance.order(able, "excerpt", row["key"])[0]
        alias = row.get("alias", "")
        checked = INSPECTORS[0] if alias else ""
        yield Excerpt(row["key"], event.op_id, row["text"], alias, checked, row["speaker"])
