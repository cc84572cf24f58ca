"""What is to be mended in a letter, in the words of a page: at which line, what is wrong, what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from caselight.method.faults import Fault, Severity
from caselight.method.report.lint.unwritten import TO_WRITE

AROUND = 60  # characters of the line that are shown on both sides of the place
SAYS = {
    "letter.not-accepted": "There are sentences with figures that nobody has accepted yet.",
    "letter.stale": "This sentence, or a figure behind it, changed since it was accepted.",
    "letter.names-not-checked": "There is no list of names to check the letter against.",
    "letter.words-changed": "Words of the letter changed since they were accepted.",
    "letter.no-publication-date": "The day of publication is not known yet.",
}
CURES = {
    "letter.stale": "Compare it with what it was, under “Sentences”, and accept it.",
    "letter.words-changed": "Read them again and accept them, under “Sentences”.",
    "letter.not-accepted": "Read them and accept them, under “Sentences”.",
    "letter.headline-not-signed": "The person who leads accepts it, under “Sentences”.",
    "letter.accepted-by-stranger": "Somebody of the team reads and accepts them, under “Sentences”.",
    "letter.small-number-undecided": "Leave it out, or say why it may be printed, under “Decisions”.",
    "letter.known-name": "Take it out. If it is only a word that looks like a name, say so under “Decisions”.",
    "letter.names-not-checked": "Names come with the case list. Nothing is published before they were checked.",
    "letter.unbound-quantity": "Put the figure in its place, or say it without a quantity.",
    "letter.unbound-date": "Put the date in its place as a figure.",
    "letter.notation": "Put the figure or the quotation in again. A curly bracket of your own is written \\{.",
    "letter.alias-unchecked": "Check the name used in the quotation, where it was written down.",
    "letter.no-publication-date": "Add the day on the first page of the inspection.",
}
PAGES = (("Sentences", "letter:sentences"), ("Decisions", "letter:decisions"))
WORDS = (
    ("bound phrases", "figures"),
    ("a bound phrase, a checked phrase or a quotation", "a figure, a checked wording or a quotation"),
    ("bound phrase", "figure"),
    ("checked phrase", "checked wording"),
    ("Checked phrase", "Checked wording"),
    ("claims", "sentences"),
    ("the style ", "the wording "),
    ("The style ", "The wording "),
    (" in inspection.yaml", ""),
)
A_NAME = "is the name, date of birth or number of a known person"  # what a fault says that is kept without its code
OTHER_WORDING = re.compile(
    r"^Use (the style|another style)\b.*"
)  # the names of wordings are for the source, not for people


# What is marked and then written over: a request to write, without the figures behind it; what is in brackets; a word.
PLACE = re.compile(rf"{TO_WRITE}[^{{]*[^{{\s]|\{{[^}}]*\}}?|\[[^]]*\](?:\{{[^}}]*\}})?|\S+")


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to mend: at a line (none for the letter as a whole), with the words around the place."""

    line: int | None
    column: int
    before: str
    at: str
    after: str
    says: str
    cure: str
    kind: str
    page: str = ""  # the page that the cure sends to, as ``journey:name``


@dataclass(frozen=True)
class Mending:
    """All there is to mend. ``errors`` keep the letter from being made, ``warnings`` from being published."""

    errors: tuple[Mend, ...]
    warnings: tuple[Mend, ...]
    hints: tuple[Mend, ...]

    @property
    def count(self) -> int:
        """How much stands against publishing."""
        return len(self.errors) + len(self.warnings)

    @property
    def lines(self) -> dict[int, str]:
        """The lines that something is wrong with, each with the worst kind."""
        found = {mend.line: mend.kind for mend in (*self.hints, *self.warnings, *self.errors) if mend.line}
        return dict(sorted(found.items()))


def mending(faults: Iterable[Fault], text: str) -> Mending:
    """The faults of a text, sorted by how much they matter and where they stand."""
    lines = text.split("\n")
    mends = sorted((_mend(fault, lines) for fault in faults), key=lambda one: (one.line or 0, one.column))
    of = {kind: tuple(mend for mend in mends if mend.kind == kind) for kind in Severity}
    return Mending(of[Severity.ERROR], of[Severity.WARNING], of[Severity.HINT])


def together(mends: Iterable[Mend]) -> list[tuple[str, list[int]]]:
    """What is wrong and what to do, each once, with the lines that it holds for."""
    said: dict[str, list[int]] = {}
    for mend in mends:
        said.setdefault(f"{mend.says} {mend.cure}".strip(), []).extend([mend.line] if mend.line else [])
    return [(says, sorted(set(lines))) for says, lines in said.items()]


def of_files(faults: Iterable[tuple[str, str]]) -> list[str]:
    """What stood against the last making of files, each once, in the words of a page: what is wrong, and what to do."""
    known = CURES["letter.known-name"]
    return list(dict.fromkeys(f"{says} {known if A_NAME in says else _plain(cure)}" for says, cure in faults))


def _mend(fault: Fault, lines: list[str]) -> Mend:
    place = fault.place
    own = place is not None and place.file.startswith("letter") and place.line is not None
    line = place.line if own and place and place.line and place.line <= len(lines) else None
    column = place.column if line and place and isinstance(place.column, int) else 1
    if line:
        from_there = lines[line - 1][column - 1 :]
        column += len(from_there) - len(from_there.lstrip())  # what follows a condition begins with a space
    before, at, after = _around(lines[line - 1], column) if line else ("", "", "")
    says = SAYS.get(fault.code) or fault.says
    return Mend(line, column, before, at, after, _plain(says), _plain(_cure(fault)), fault.severity, _page(fault))


def _around(line: str, column: int) -> tuple[str, str, str]:
    """The line before the place, what stands there (a word, or what is between brackets), and what follows."""
    start = max(column - 1, 0)
    found = PLACE.match(line, start)
    end = found.end() if found else start
    before, after = line[:start], line[end:]
    head = f"…{before[-AROUND:]}" if len(before) > AROUND else before
    tail = f"{after[:AROUND]}…" if len(after) > AROUND else after
    return head, line[start:end], tail


def _cure(fault: Fault) -> str:
    return CURES.get(fault.code) or OTHER_WORDING.sub("Find the figure and put it in with another wording.", fault.cure)


def _page(fault: Fault) -> str:
    cure = _cure(fault)
    return next((page for words, page in PAGES if f"under “{words}”" in cure), "")


def _plain(says: str) -> str:
    for words, better in WORDS:
        says = says.replace(words, better)
    return says
