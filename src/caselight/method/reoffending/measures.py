"""Measures as data: what each published measure of reoffending is, option by option, with where that was read.

One file a measure in ``data/``. A measure without options is only named: its published figures can be kept under its
id and are refused beside others, but nothing can be computed by it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict

from caselight.method.faults import Fault, did_you_mean, quoted, stop
from caselight.method.reoffending.months import WindowKind
from caselight.method.reoffending.options import Options


class Mark(StrEnum):
    """What stands behind a choice."""

    SOURCE = "source"  # read in the publication named beside it
    RECOMPUTED = "recomputed"  # follows from published numbers
    SPECIALIST = "specialist"  # knowledge of the official guide, to be confirmed against its full text
    OURS = "ours"  # settled by nothing that could be read: a choice of ours


@dataclass(frozen=True, slots=True)
class Provenance:
    """Why an option of a measure has its value."""

    option: str
    value: object
    mark: Mark
    source: str


@dataclass(frozen=True)
class Measure:
    """One way of measuring reoffending. ``published`` says when its figures came out; ``outcome`` what is counted."""

    id: str
    title: str
    version: int
    published: str
    outcome: str
    jurisdiction: str
    window: WindowKind
    source: str
    options: Options | None = None
    provenance: tuple[Provenance, ...] = ()

    def computed_with(self) -> Options:
        """The options to compute with. Raises ``reoffending.measure-only-named`` where there are none."""
        if self.options is None:
            stop(
                Fault(
                    "reoffending.measure-only-named",
                    (self.id,),
                    f"{self.id} ({self.title}) is known by name only: its definition is not in hand, so nothing can be computed by it.",
                    "Use it to label published figures, and compute with another measure.",
                )
            )
        return self.options

    def with_options(self, **changed: Any) -> Measure:
        """The same measure with other options: its results carry another fingerprint.

        >>> measure("EW-3M").with_options(wait_months=0).computed_with().changed
        {'wait_months': 0}
        """
        return replace(self, options=replace(self.computed_with(), **changed))


class _Choice(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    value: Any
    mark: Mark
    source: str


class _File(BaseModel):
    """A file of ``data/`` as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: str
    version: int
    published: str
    outcome: str
    jurisdiction: str
    window: WindowKind
    source: str
    options: dict[str, _Choice] | None = None


@cache
def measures() -> Mapping[str, Measure]:
    """Every measure that is known, by id."""
    folder = files(__package__) / "data"
    texts = [entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".toml")]
    found = [_measure(_File.model_validate(tomllib.loads(text))) for text in texts]
    return {one.id: one for one in sorted(found, key=lambda one: one.id)}


def measure(id_: str) -> Measure:
    """One measure. Raises ``reoffending.unknown-measure``.

    >>> measure("EW-12M").window
    <WindowKind.TWELVE_MONTHS: 'twelve_months'>
    """
    known = measures()
    if id_ not in known:
        says = f"No measure of reoffending is called {quoted(id_)}."
        stop(Fault("reoffending.unknown-measure", (id_,), says, did_you_mean(id_, known)))
    return known[id_]


def title_of(id_: str) -> str:
    """What a measure is called, or that it is not known here."""
    return measures()[id_].title if id_ in measures() else "a measure that is not known here"


def _measure(written: _File) -> Measure:
    choices = written.options
    return Measure(
        **written.model_dump(exclude={"options"}),
        options=None if choices is None else _options({name: one.value for name, one in choices.items()}),
        provenance=tuple(Provenance(name, one.value, one.mark, one.source) for name, one in (choices or {}).items()),
    )


class _Options(BaseModel):
    """Turns what a file says into the types of the options."""

    model_config = ConfigDict(extra="forbid")

    options: Options


def _options(written: Mapping[str, Any]) -> Options:
    return _Options.model_validate({"options": dict(written)}).options
