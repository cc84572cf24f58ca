"""What can be wrong, and how it is said: one kind of fault, one exception that carries many of them.

A fault has a stable code, a place, a cause (``says``) and a cure. The method knows places only as data paths
(``("themes", 0, "questions", 3, "when")``); the formats that read a file turn a path into file, line and column
(:class:`Place`). All faults of an input are collected and raised once, so that a person mends them in one go.
Every code is documented in ``docs/reference/faults.md``, which a test keeps complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NoReturn

DataPath = tuple[str | int, ...]


class Severity(StrEnum):
    """How much a fault matters.

    An *error* stops the work. A *warning* is shown in a draft, and stops a publication where it is about the letter or
    makes figures unsafe. A *hint* is advice and stops nothing.
    """

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file: ``answers.csv``, row 14 (``line``), column ``value`` or character 9 (``column``)."""

    file: str
    line: int | None = None
    column: int | str | None = None

    def __str__(self) -> str:
        parts = [self.file or "(input)"]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        elif self.column is not None:
            parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its code, where it is, what is wrong, and how to put it right.

    >>> Fault("letter.unknown-figure", ("R99",), "No figure is called R99.", "Did you mean R9?").severity
    <Severity.ERROR: 'error'>
    """

    code: str
    where: DataPath
    says: str
    cure: str
    severity: Severity = Severity.ERROR
    place: Place | None = None

    def at(self, place: Place) -> Fault:
        """The same fault, with its place in a file."""
        return replace(self, place=place)

    def __str__(self) -> str:
        where = str(self.place) if self.place else ".".join(str(step) for step in self.where)
        return f"{where}: {self.severity} {self.code}: {self.says} {self.cure}".strip()


class Faults(Exception):  # noqa: N818 - the plural is the name: it carries many faults, it is not one error
    """The one exception of Caselight: everything that was found wrong with an input, together."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.faults)


def errors(faults: Iterable[Fault]) -> list[Fault]:
    """Only the faults that stop the work."""
    return [fault for fault in faults if fault.severity is Severity.ERROR]


def refuse(faults: Iterable[Fault]) -> None:
    """Raise all the faults at once if any of them is an error; otherwise do nothing.

    >>> refuse([])
    """
    faults = tuple(faults)
    if errors(faults):
        raise Faults(faults)


def stop(fault: Fault) -> NoReturn:
    """Raise one fault by itself, where nothing further can be found.

    >>> stop(Fault("figure.unknown", ("R99",), "No figure is called R99.", "Did you mean R9?"))
    Traceback (most recent call last):
    ...
    caselight.method.faults.Faults: R99: error figure.unknown: No figure is called R99. Did you mean R9?
    """
    raise Faults([fault])


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The cure for a name that nothing has: the nearest known ones, or a few to choose from.

    >>> did_you_mean("R11", ["R1", "P1"])
    'Did you mean R1?'
    """
    from difflib import get_close_matches

    names = list(known)
    near = get_close_matches(name, names, n=2, cutoff=0.6) or [n for n in names if n.lower() == name.lower()]
    if near:
        return f"Did you mean {' or '.join(near)}?"
    return f"Known are: {', '.join(names[:12])}{' …' if len(names) > 12 else ''}." if names else "None is defined here."


def quoted(value: object) -> str:
    """A value as a sentence of a fault shows it: between quotation marks, on one line, at most 60 characters.

    >>> quoted("R99")
    '“R99”'
    """
    text = " ".join(str(value)[:240].split())
    return f"“{text[:59]}…”" if len(text) > 60 else f"“{text}”"


class Findings:
    """Faults as they are found in many rows: the first hundred of a code in a file are kept, the others counted.

    A hundred thousand rows with one mistake are one thing to mend, and must not fill the memory.
    """

    LIMIT = 100

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._times: dict[tuple[str, object], int] = {}
        self._first: dict[tuple[str, object], Fault] = {}

    def add(self, fault: Fault) -> None:
        """Note one fault."""
        key = (fault.code, fault.place.file if fault.place else fault.where[:1])
        times = self._times[key] = self._times.get(key, 0) + 1
        self._first.setdefault(key, fault)
        if times <= self.LIMIT:
            self._kept.append(fault)

    def extend(self, faults: Iterable[Fault]) -> None:
        """Note several faults."""
        for fault in faults:
            self.add(fault)

    def all(self) -> list[Fault]:
        """What was found, in the order found, with one line for what was too many to list."""
        return self._kept + [
            replace(
                self._first[key],
                where=self._first[key].where[:1],
                says=f"{times - self.LIMIT} more rows have the same fault.",
                place=Place(place.file) if (place := self._first[key].place) else None,
            )
            for key, times in self._times.items()
            if times > self.LIMIT
        ]
