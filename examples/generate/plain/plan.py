"""The plan of an example: ``plan.yaml`` as a value. Weights are whole numbers; what is not named takes the default."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

Weights = dict[str, int]


class Found(BaseModel):
    """How many subjects of a kind are found within one, by weight."""

    model_config = ConfigDict(extra="forbid")

    tool: str
    number: dict[int, int]
    noun: str = "row"


class Plan(BaseModel):
    """What an example is made of.

    ``facts``: per fact weights of its values, or ``{days: [earliest, latest]}`` or ``{from: 1, to: 9}``. ``answers``: per
    question (or ``PREFIX*``) weights of its answers, ``not_relevant`` among them; the first that fits counts.
    ``given``: facts and answers of subjects that stand alone (the service), by kind, key and name.
    ``notes``: what a note may say. ``second``: how many cases a second assessor answers too.
    """

    model_config = ConfigDict(extra="forbid")

    pack: str
    caseload: int
    prefix: str = "case"
    facts: dict[str, dict[str, Any]] = Field(default_factory=dict)
    answers: dict[str, dict[str, Any]] = Field(default_factory=dict)
    found: dict[str, Found] = Field(default_factory=dict)
    given: dict[str, dict[str, dict[str, str | int]]] = Field(default_factory=dict)
    decided: list[dict[str, str]] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=lambda: ["Seen in the file and talked over with the worker."])
    actors: list[str] = Field(default_factory=lambda: ["lead"])

    def wanted(self, question: str) -> dict[str, Any]:
        """The weights for a question: its own, else those of the first prefix that fits, else none."""
        if question in self.answers:
            return self.answers[question]
        fits = (found for name, found in self.answers.items() if name.endswith("*") and question.startswith(name[:-1]))
        return next(fits, {})


def read_plan(folder: Path) -> Plan:
    """The plan in a folder."""
    return Plan.model_validate(yaml.load((folder / "plan.yaml").read_text("utf-8"), Loader=_Plain))


class _Plain(yaml.SafeLoader):
    """Like the framework's own files: ``yes`` and ``no`` are words."""


_Plain.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in found if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")
    ]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
