"""The JSON Schema of a framework as it is written in YAML, so that an editor completes and validates while typing.

Made from the models, with their docstrings as descriptions. What the models accept in a short form is added here: the
one-word provenance, the names of ``parts``, and that a framework in parts need not have every key in its first file.
What needs the whole framework (names, order, languages, bands) is left to the checks.
"""

from __future__ import annotations

import re
from typing import Any

from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Mark

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_SUBJECTS = ("fact", "answer", "outcome")
_COMPARISONS = ("is", "in", "includes", "at_least", "at_most", "before", "after", "known")


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
    definitions["Test"]["allOf"] = [_exactly_one(_SUBJECTS), _exactly_one(_COMPARISONS)]
    definitions["Computed"]["allOf"] = [_exactly_one(("sufficient_when", "on_time"))]
    schema: dict[str, Any] = _plain({"$schema": DRAFT, **made})
    return schema


def _with_short_form(provenance: dict[str, Any]) -> dict[str, Any]:
    short = {"enum": [mark.value for mark in Mark], "description": "Only the mark."}
    return {"description": provenance.pop("description"), "anyOf": [short, provenance]}


def _exactly_one(names: tuple[str, ...]) -> dict[str, Any]:
    return {"oneOf": [{"required": [name], "properties": {name: {"not": {"type": "null"}}}} for name in names]}


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
