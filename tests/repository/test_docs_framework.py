"""docs/reference/framework-file.md lists every key of a framework, and says truly which are needed."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import BaseModel
from tests.repository.pages import code, rows, sections, text_of

from caselight.method.framework import rules
from caselight.method.framework.definition import Framework

PAGE = sections(text_of("docs/reference/framework-file.md"))
TITLES = {
    "caselight.method.framework.parts.Scale": "Scale of answers",
    "caselight.method.wording.definition.Scale": "Scale of words",
}


def models(found: type[BaseModel], known: dict[str, type[BaseModel]]) -> dict[str, type[BaseModel]]:
    """The models that a framework is made of, by the heading of their table; rules have a page of their own."""
    title = TITLES.get(f"{found.__module__}.{found.__name__}", found.__name__)
    if found.__module__ != rules.__name__ and title not in known and found.__name__ != "Text":
        known[title] = found
        for field in found.model_fields.values():
            for inner in within(field.annotation):
                models(inner, known)
    return known


def within(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in within(argument)]


MODELS = models(Framework, {})


def test_every_part_of_a_framework_has_a_table() -> None:
    assert set(MODELS) == set(PAGE)


@pytest.mark.parametrize("title", MODELS)
def test_the_table_lists_every_key_and_which_are_needed(title: str) -> None:
    told = {code(key): needed for key, needed, _ in rows(PAGE[title], "Key")}
    fields = MODELS[title].model_fields
    assert told == {field.alias or name: "yes" if field.is_required() else "no" for name, field in fields.items()}
