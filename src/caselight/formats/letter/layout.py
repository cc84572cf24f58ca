"""What every writer of a letter shares: its text in groups, and where each word of it leads.

The groups are headings, paragraphs and lists in order; each span becomes a run with the address of its figure, its
footnote or its claim. Nothing here knows a file format. (letter.md, Trace)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from caselight.formats.letter.labels import Labels
from caselight.method.report.traced import Claim, Footnote, Passage, Span, TracedLetter

CLOSING = "notes"
WHOLE = {"item": "list", "row": "table"}
LANGUAGES = {"en": "en-GB", "cy": "cy-GB"}
_ISO_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_NO_DAY = "2000-01-01"


@dataclass(frozen=True, slots=True)
class Run:
    """A span with its address. ``href`` is where it leads in the same document, ``anchor`` its own id, or empty.

    ``about`` is what a screen reader adds to a link whose words say too little (a footnote mark, "evidence").
    """

    kind: str
    text: str
    claim: str = ""
    href: str = ""
    anchor: str = ""
    emphasis: str = ""
    about: str = ""
    keys: tuple[str, ...] = ()
    stale: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A passage with its runs. ``level`` of a heading never skips one; ``cells`` are those of a row of a table."""

    kind: str
    runs: tuple[Run, ...]
    anchor: str
    level: int = 0
    number: str = ""
    section: str = ""
    cells: tuple[tuple[Run, ...], ...] = ()

    @property
    def name(self) -> str:
        """What the first cell of a row says: the name of its rating."""
        return "".join(run.text for run in self.cells[0]) if self.cells else ""


@dataclass(frozen=True, slots=True)
class Group:
    """One heading, one paragraph, a whole list, or a whole table of ratings (``table``)."""

    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """The letter's text. ``closing`` stands after the copy list. ``references`` are the places that cite a footnote."""

    main: tuple[Group, ...]
    closing: tuple[Group, ...]
    references: dict[str, tuple[str, ...]]


def language_tag(letter: TracedLetter) -> str:
    """The letter's language with its country: ``en-GB``."""
    return LANGUAGES.get(letter.language, letter.language)


def day_of(letter: TracedLetter) -> str:
    """The day of publication as ``2016-01-27``, or a fixed day where there is none: no output reads the clock."""
    return letter.published if _ISO_DAY.fullmatch(letter.published) else _NO_DAY


def figure_anchor(key: str) -> str:
    """The id of a figure's entry."""
    return f"figure-{_safe(key)}"


def claim_anchor(claim_id: str) -> str:
    """The id of a claim's own entry, for claims that rest on several figures."""
    return f"claim-{_safe(claim_id)}"


def place_anchor(claim_id: str) -> str:
    """The id of the words of a claim in the letter."""
    return f"said-{_safe(claim_id)}"


def _safe(text: str) -> str:
    return re.sub(r"[^\w.:@-]", "-", text)


def quoted(text: str, labels: Labels) -> str:
    """The words of an excerpt between quotation marks, once."""
    if text.lstrip()[:1] in {"“", "‘", '"', "«"}:
        return text
    return f"{labels('page.quote_open')}{text}{labels('page.quote_close')}"


class Composition:
    """Gives every run its address, and every id only once."""

    def __init__(self, letter: TracedLetter, labels: Labels) -> None:
        self._claims = {claim.id: claim for claim in letter.claims}
        self._notes = {note.id: note for note in letter.footnotes}
        self._figures = letter.figures
        self._labels = labels
        self._said: set[str] = set()
        self._cited: dict[str, list[str]] = {}

    def body(self, passages: tuple[Passage, ...]) -> Body:
        """The passages as groups with their runs."""
        end = next((i for i, passage in enumerate(passages) if passage.section == CLOSING), len(passages))
        if any(passage.section != CLOSING for passage in passages[end:]):
            end = len(passages)
        lines = tuple(self._lines(passages))
        main, closing = tuple(_grouped(lines[:end])), tuple(_grouped(lines[end:]))
        return Body(main, closing, {note: tuple(places) for note, places in self._cited.items()})

    def _lines(self, passages: tuple[Passage, ...]) -> Iterator[Line]:
        level = 1
        for passage in passages:
            if passage.kind == "heading":
                level = min(max(passage.level, 2), level + 1)
            runs = tuple(self._runs(passage.spans))
            depth = level if passage.kind == "heading" else 0
            cells = tuple(_cells(runs)) if passage.kind == "row" else ()
            yield Line(passage.kind, runs, f"p-{_safe(passage.anchor)}", depth, passage.number, passage.section, cells)

    def _runs(self, spans: tuple[Span, ...]) -> Iterator[Run]:
        before, links = "", False
        for span in spans:
            # A link to the evidence stands apart from the words on both sides of it.
            if (span.kind == "evidence" or (links and _is_word(span.text))) and before and not before[-1].isspace():
                yield Run("text", " ")
            yield self._run(span)
            links = span.kind == "evidence"
            before = "evidence" if links else span.text or before

    def _run(self, span: Span) -> Run:
        if span.kind == "note":
            return self._note(span)
        claim = self._claims.get(span.claim)
        if claim is None:
            text = quoted(span.text, self._labels) if span.kind == "quote" else span.text
            return Run(span.kind, text, emphasis=span.emphasis)
        anchor = "" if claim.id in self._said else place_anchor(claim.id)
        self._said.add(claim.id)
        text = quoted(span.text, self._labels) if span.kind == "quote" else span.text
        if span.kind == "evidence":
            text = span.text.strip() or self._labels("page.evidence")
        about = f"{text}: {', '.join(claim.keys)}" if span.kind == "evidence" else ""
        return Run(span.kind, text, claim.id, self._target(claim), anchor, span.emphasis, about, claim.keys,
                   stale=bool(claim.stale))  # fmt: skip

    def _target(self, claim: Claim) -> str:
        if len(claim.keys) == 1:
            figure = self._figures.get(claim.keys[0])
            return figure_anchor(claim.keys[0]) if figure and figure.kind != "fact" else ""
        return claim_anchor(claim.id) if claim.keys else ""

    def _note(self, span: Span) -> Run:
        note = self._notes.get(span.note)
        if note is None:
            return Run("text", "")
        places = self._cited.setdefault(note.id, [])
        anchor = f"cites-{_safe(note.id)}" + (f"-{len(places) + 1}" if places else "")
        places.append(anchor)
        about = self._labels("page.footnote", mark=note.mark)
        return Run("note", note.mark, href=note_anchor(note), anchor=anchor, about=about, note=note.id)


def _is_word(text: str) -> bool:
    return text[:1].isalnum() or text[:1] in {"“", "‘", "("}


def note_anchor(note: Footnote) -> str:
    """The id of a footnote's text."""
    return f"note-{_safe(note.id)}"


def _cells(runs: tuple[Run, ...]) -> Iterator[tuple[Run, ...]]:
    """The cells of a row: what stands between two dividers."""
    for divides, group in groupby(runs, key=lambda run: run.kind == "divider"):
        if not divides:
            yield tuple(group)


def _grouped(lines: tuple[Line, ...]) -> Iterator[Group]:
    for (kind, _section), group in groupby(lines, key=lambda line: (line.kind, line.section)):
        if kind in WHOLE:
            yield Group(WHOLE[kind], tuple(group))
        else:
            yield from (Group(kind, (line,)) for line in group)


def compose(letter: TracedLetter, labels: Labels) -> Body:
    """The letter's text in groups, every run with its address."""
    return Composition(letter, labels).body(letter.passages)
