"""The JSON Schema of a framework as it is written in YAML, so that an editor completes and validates while typing.

Made from the models, with their docstrings as descriptions. What the models accept in a short form is added here: the
one-word provenance, the names of ``parts``, and that a framework in parts need not have every key in its first file.
What needs the whole framework (names, order, languages, bands) is left to the checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from caselight.method.framework.definition import Framework
from caselight.method.framework.measures import WAYS as MEASURED
from caselight.method.framework.parts import Mark
from caselight.method.framework.questions import COMPUTED
from caselight.method.framework.ratings import WAYS as RATED
from caselight.method.framework.rules import COMPARISONS

RANKS = ("is", "or_better", "or_worse")
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ONE_OF: dict[str, list[tuple[str, ...]]] = {  # by model: of each group exactly one key stands there
    "Test": [("fact", "answer", "outcome"), COMPARISONS],
    "Named": [("fact", "answer")],
    "Counted": [("outcome", "answer", "relevant")],
    "Rated": [RANKS],
    "Ratings": [RANKS],
    "Computed": [COMPUTED],
    "Measure": [MEASURED],
    "Rating": [RATED],
}
_BOUNDS = ("Bounds", "Elapsed", "Counted", "Rows", "Measured")  # is alone, or at_least and at_most
_ONE_END: dict[str, list[tuple[str, str]]] = {"Cut": [("from", "above"), ("to", "below")]}  # at most one of each


def framework_schema() -> dict[str, Any]:
    """The schema of ``framework.yaml``, draft 2020-12.

    >>> framework_schema()["$schema"]
    'https://json-schema.org/draft/2020-12/schema'
    """
    schema = _written()
    required = schema.pop("required")
    schema["properties"]["parts"] = {
        "description": "Files beside this one whose keys are merged into it: mappings by key, lists one after the other.",
        "type": "array",
        "items": {"type": "string", "pattern": r"^[^/\\:][^\\:]*\.ya?ml$"},
        "uniqueItems": True,
    }
    # A framework in one file has every key; one in parts has the rest of them there.
    schema["anyOf"] = [{"required": ["parts"]}, {"required": required}]
    return schema


def part_schema() -> dict[str, Any]:
    """The schema of a part: any keys of a framework, none of them required.

    >>> "parts" in part_schema()["properties"]
    False
    """
    schema = _written()
    del schema["required"]
    schema["title"] = "Part of a framework"
    schema["minProperties"] = 1
    return schema


def _written() -> dict[str, Any]:
    made = Framework.model_json_schema(by_alias=True)
    definitions = made["$defs"]
    definitions["Provenance"] = _with_short_form(definitions["Provenance"])
    for name, groups in _ONE_OF.items():
        definitions[name]["allOf"] = [_exactly_one(group) for group in groups]
    for name in _BOUNDS:
        definitions[name].setdefault("allOf", []).append(_exactly_one((("is",), ("at_least", "at_most"))))
    for name, ends in _ONE_END.items():
        definitions[name]["allOf"] = [_not_both(*end) for end in ends]
    schema: dict[str, Any] = _plain({"$schema": DRAFT, **made})
    return schema


def _with_short_form(provenance: dict[str, Any]) -> dict[str, Any]:
    short = {"enum": [mark.value for mark in Mark], "description": "Only the mark."}
    return {"description": provenance.pop("description"), "anyOf": [short, provenance]}


def _exactly_one(groups: Iterable[str | tuple[str, ...]]) -> dict[str, Any]:
    """Exactly one of several keys stands there; of several groups of keys, keys of exactly one group."""
    return {"oneOf": [{"anyOf": [_there(key) for key in _keys(group)]} for group in groups]}


def _keys(group: str | tuple[str, ...]) -> tuple[str, ...]:
    return (group,) if isinstance(group, str) else group


def _there(key: str) -> dict[str, Any]:
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


def _not_both(one: str, other: str) -> dict[str, Any]:
    return {"not": {"allOf": [_there(one), _there(other)]}}


def _plain(node: Any) -> Any:
    """Descriptions without the marks of our docstrings, on one line per paragraph."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _unmarked(value) if key == "description" and isinstance(value, str) else _plain(value)
        for key, value in node.items()
    }


def _unmarked(text: str) -> str:
    text = re.sub(r":\w+:`~?([^`]*)`", r"\1", text).replace("``", "`")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
