"""The plan of an example: ``plan.yaml`` as a value. Weights are whole numbers; what is not named takes the default."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from caselight.formats.located_yaml import read_yaml

Weights = dict[str, int]


class Found(BaseModel):
    """How many subjects of a kind are found within one, by weight."""

    model_config = ConfigDict(extra="forbid")

    tool: str
    number: Weights
    noun: str = "row"


class Plan(BaseModel):
    """What an example is made of.

    ``facts``: per fact weights of its values, or ``{days: [earliest, latest]}`` or ``{from: 1, to: 9}``. ``answers``: per
    question (or ``PREFIX*``) weights of its answers, ``not_relevant`` among them, or ``{fact: NAME}`` for what a fact
    says; the first that fits counts.
    ``given``: facts and answers of subjects that stand alone (the service), by kind, key and name; ``*`` for every one.
    ``decided``: what a panel decided about ratings. ``notes``: what a note may say. ``actors``: who assesses.
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

    def given_of(self, kind: str, key: str) -> dict[str, str | int]:
        """What is given of one subject: of every one of its kind (``*``), and of it alone."""
        given = self.given.get(kind, {})
        return {**given.get("*", {}), **given.get(key, {})}

    def wanted(self, question: str) -> dict[str, Any]:
        """The weights for a question: its own, else those of the first prefix that fits, else none."""
        if question in self.answers:
            return self.answers[question]
        fits = (found for name, found in self.answers.items() if name.endswith("*") and question.startswith(name[:-1]))
        return next(fits, {})


def read_plan(folder: Path) -> Plan:
    """The plan in a folder, read by the rules of our other YAML files: ``yes`` and ``no`` are words."""
    return Plan.model_validate(read_yaml((folder / "plan.yaml").read_bytes(), "plan.yaml").value)
