"""What the columns and words of a service's CSV mean: a TOML file that is written once for a supplier.

delimiter = ";"
encoding = "cp1252"
dates = ["%d/%m/%Y"]

[columns]
person = "Child ID"
occasion = "Court date ref"
proven_date = "Outcome date"
kind = "Outcome"

[kinds]
"Youth Caution" = "caution"
"Remanded, awaiting trial" = "charged"
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from caselight.formats.files import read_text
from caselight.method.faults import Fault, Faults, Place
from caselight.method.reoffending.events import Kind

CHARGED = "charged"
MUST = ("person", "occasion", "proven_date", "kind")
MAY = ("offence", "offence_date", "release_date", "charged_date", "known_date", "recordable", "breach", "in_jurisdiction",
       "tic", "severity", "area", "police_area", "sex", "born")  # fmt: skip


class Mapping(BaseModel):
    """A mapping file. ``kinds`` and ``yes``/``no`` are compared without regard to capitals and spaces around."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[str, str] = {name: name for name in (*MUST, *MAY)}
    encoding: Literal["utf-8", "cp1252", "latin-1", "utf-16"] = "utf-8"
    delimiter: Literal[",", ";", "\t", "|"] = ","
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    kinds: dict[str, str] = {}
    yes: tuple[str, ...] = ("1", "yes", "y", "true")
    no: tuple[str, ...] = ("0", "no", "n", "false")

    def kind(self, written: str) -> str:
        """The kind that a word means: one of :class:`Kind`, ``charged``, or empty where nothing says."""
        word = written.strip().casefold()
        named = {key.strip().casefold(): value for key, value in self.kinds.items()}
        own = {*Kind, CHARGED} - {Kind.UNKNOWN}
        return named.get(word, word if word in own else "")


def read_mapping(path: Path | None) -> Mapping:
    """The mapping of a file; without one, the columns bear our own names. Raises ``reoffending.bad-mapping``."""
    if path is None:
        return Mapping()
    try:
        found = Mapping.model_validate(tomllib.loads(read_text(path, path.name)))
    except tomllib.TOMLDecodeError as error:
        raise _wrong(path, [f"It is not TOML: {error}."]) from None
    except ValidationError as error:
        raise _wrong(path, [f"{'.'.join(map(str, one['loc']))}: {one['msg']}." for one in error.errors()]) from None
    wrong = [f"There is no column {name}." for name in found.columns if name not in (*MUST, *MAY)]
    wrong += [f"No column is named for {name}." for name in MUST if name not in found.columns]
    wrong += [f"“{kind}” is no kind." for kind in found.kinds.values() if kind not in {*Kind, CHARGED}]
    if wrong:
        raise _wrong(path, wrong)
    return found


def _wrong(path: Path, says: list[str]) -> Faults:
    cure = f"Columns: {', '.join((*MUST, *MAY))}. Kinds: {', '.join((*Kind, CHARGED))}."
    return Faults(Fault("reoffending.bad-mapping", (path.name,), one, cure, place=Place(path.name)) for one in says)
