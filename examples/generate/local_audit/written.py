"""The ten cases as they were written by hand, and what their auditors recorded, question by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from caselight.formats.located_yaml import read_yaml
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Question

Said = dict[str, Any]


class Written(BaseModel):
    """One case: its facts, its open gates, each No with reason and note, notes on the rest, ticks, its grade."""

    model_config = ConfigDict(extra="forbid")

    auditor: str
    facts: dict[str, str | int]
    present: str
    open: list[str]
    grade: tuple[str, str]
    no: dict[str, tuple[str, str]] = Field(default_factory=dict)
    said: dict[str, str] = Field(default_factory=dict)
    good: dict[str, list[str]] = Field(default_factory=dict)
    late: tuple[str, str] | None = None
    corrected: dict[str, tuple[str, str]] = Field(default_factory=dict)
    moderated: dict[str, tuple[str, str, str]] = Field(default_factory=dict)
    not_relevant: dict[str, tuple[str, str]] = Field(default_factory=dict)

    def answer(self, question: Question) -> Said:
        """What the auditor recorded for a question that applies."""
        name = question.id
        if name == "G1":
            return {"value": self.grade[0], "note": self.grade[1]}
        if name == "W1t.cause" and self.late:
            return {"value": self.late[0], "note": self.late[1]}
        if name in self.no:
            return {"value": "no", "reasons": (self.no[name][0],), "note": self.no[name][1]}
        if name in self.not_relevant:
            return {
                "value": "not_relevant",
                "reasons": (self.not_relevant[name][0],),
                "note": self.not_relevant[name][1],
            }
        value = "no" if question.kind == "gate" and name not in self.open else "yes"
        return {"value": value, "reasons": tuple(self.good.get(name, ())), "note": self.said.get(name, "")}

    def facts_recorded(self) -> Iterator[tuple[str, Said]]:
        """The facts that the auditor recorded or corrected."""
        yield "fact:present", {"value": self.present}
        for name, (value, note) in self.corrected.items():
            yield f"fact:{name}", {"value": value, "note": note}

    def moderations(self) -> Iterator[tuple[str, Said]]:
        """What was changed when the lead and the auditor looked at the case together."""
        for name, (value, reason, note) in self.moderated.items():
            yield name, {"value": value, "reasons": (reason,), "note": note}


class Book(BaseModel):
    """The whole of ``cases.yaml``."""

    model_config = ConfigDict(extra="forbid")

    cases: dict[str, Written]
    actions: list[dict[str, str]]
    overall: dict[str, str]
    removed: dict[str, str]

    def unused(self, framework: Framework) -> set[str]:
        """Names in the cases that the framework does not have: a slip of the pen."""
        named = {name for case in self.cases.values() for part in (case.no, case.said, case.good) for name in part}
        return (named | {gate for case in self.cases.values() for gate in case.open}) - set(framework.questions)


def read_book() -> Book:
    """``cases.yaml``, by the rules of our other YAML files: ``yes`` and ``no`` are words, and so are days."""
    path = Path(__file__).parent / "cases.yaml"
    found: Mapping[str, Any] = read_yaml(path.read_bytes(), path.name).value
    rest = {name: found[name] for name in ("actions", "overall", "removed")}
    return Book.model_validate({"cases": {name: found[name] for name in found if name not in rest}, **rest})
