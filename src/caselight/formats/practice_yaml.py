"""The answers of a practice case from a YAML file: facts, answers, and what was found within the case.

facts: {report: yes}
answers:
  A1: {value: no, reasons: [late], note: Three weeks after it was due.}
  A2.due: yes
rows:
  crime:
    - facts: {offence: theft}
      answers: {K1: yes}
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from caselight.formats.files import read_bytes
from caselight.formats.located_yaml import Located, read_yaml
from caselight.formats.typed_yaml import read_as
from caselight.method.answers.practice import Reply, Step
from caselight.method.faults import DataPath, Faults

Scalar = str | int


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Answer(_Model):
    """An answer with its reasons and its note; several values stand in a list."""

    value: Scalar | Annotated[tuple[str, ...], Field(strict=False)]
    reasons: Annotated[tuple[str, ...], Field(strict=False)] = ()
    note: str = ""


class RowAnswers(_Model):
    """What is known of one subject, and what was answered about it."""

    facts: dict[str, Scalar] = Field(default_factory=dict)
    answers: dict[str, Scalar | Answer] = Field(default_factory=dict)


class PracticeAnswers(RowAnswers):
    """The whole file."""

    rows: dict[str, Annotated[tuple[RowAnswers, ...], Field(strict=False)]] = Field(default_factory=dict)


def read_practice(file: Path) -> tuple[Located, list[tuple[DataPath, Step, Reply]]]:
    """The replies of a file, each with its place in it. Raises every fault of the file."""
    located = read_yaml(read_bytes(file, file.name), file.name)
    found, faults = read_as(PracticeAnswers, located.value, located)
    if found is None:
        raise Faults(faults)
    return located, list(_replies(found))


def _replies(found: PracticeAnswers) -> Iterator[tuple[DataPath, Step, Reply]]:
    yield from _of_row(found, "", ())
    for kind, rows in found.rows.items():
        yield ("rows", kind), Step("rows", "", kind), Reply(str(len(rows)), ())
        for at, row in enumerate(rows):
            yield from _of_row(row, f"{kind}/{at + 1}", ("rows", kind, at))


def _of_row(found: RowAnswers, row: str, path: DataPath) -> Iterator[tuple[DataPath, Step, Reply]]:
    for name, value in found.facts.items():
        yield (*path, "facts", name), Step("fact", row, name), Reply(str(value), ())
    for name, given in found.answers.items():
        answer = given if isinstance(given, Answer) else Answer(value=given)
        value = "|".join(answer.value) if isinstance(answer.value, tuple) else str(answer.value)
        yield (*path, "answers", name), Step("question", row, name), Reply(value, answer.reasons, answer.note)
