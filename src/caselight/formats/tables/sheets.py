"""The sheets of the workbook as plain values: names, titles, header rows and rows. How they look is :mod:`.ods`'s.

The rules are the government Analysis Function's for statistics in spreadsheets: a cover sheet, contents, notes, one
table a sheet with its title in A1, no empty cell in a table, shorthand explained. A table without rows has no sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from caselight.formats.tables.columns import COLUMNS
from caselight.formats.tables.entries import NOT_AVAILABLE, SUPPRESSED, Entry, Value, entries, tidy
from caselight.formats.tables.hiding import Hidden
from caselight.formats.tables.labels import Words
from caselight.formats.tables.rated import COLUMNS as RATED
from caselight.formats.tables.worded import worded
from caselight.method.analysis.figure import Cell
from caselight.method.report.traced import TracedLetter

FIGURES = (
    "key", "theme", "label", "counts", "sufficient", "relevant", "phrase", "insufficient", "not_relevant",
    "not_relevant_by_rule", "not_relevant_by_inspector", "unanswered", "contested", "interval_low", "interval_high",
    "interval_method", "interval_why",
)  # fmt: skip
EXTERNAL = ("key", "label", "phrase", "value", "measure", "cohort", "source", "published", "direction")
RATINGS = (
    "key", "label", "phrase", "grade_by_rule_label", "way", "number", "number_d", "is_share", "band_from", "band_to",
    "points_to_worse", "points_to_better", "discretion", "decided_by", "decided_why", "caps", "duties", "chance",
    "chance_why", "unchecked", "made_from", "deciding", "no_value_why",
)  # fmt: skip
MEASURES = ("key", "theme", "label", "phrase", "number", "number_n", "number_d", "is_share", "way", "made_from",
            "no_value_why")  # fmt: skip
NOTES = ("shorthand", "relevant", "not-relevant", "unsettled", "interval", "counts")
# Which note a column heading refers to.
REFERS = {
    "counts": "counts", "relevant": "relevant", "not_relevant_by_rule": "not-relevant",
    "not_relevant_by_inspector": "not-relevant", "unanswered": "unsettled", "contested": "unsettled",
    "interval_low": "interval", "interval_high": "interval", "grade_by_rule_label": "ratings", "unchecked": "ratings",
}  # fmt: skip
_LEFT_OUT_PARTS = {"not_relevant", "not_relevant_by_rule", "not_relevant_by_inspector", "reasons"}

Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with one table. ``id`` is stable, ``name`` is on the tab; ``widths`` are centimetres per column.

    ``links`` says that the first column names other sheets.
    """

    id: str
    name: str
    title: str
    about: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    links: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """The first sheet: a title, then headings each with lines below."""

    name: str
    title: str
    blocks: tuple[tuple[str, tuple[str, ...]], ...]


def cover(letter: TracedLetter) -> Cover:
    """What the workbook is, whose it is, and what it rests on."""
    words = Words(letter.labels)
    about = (letter.banner, words["tables.cover.what"], words["tables.cover.how"])
    facts = (
        letter.service,
        letter.subject,
        *(f"{label}: {value}" for label, value in letter.header),
        f"{words['tables.cover.published']}: {letter.published}" if letter.published else "",
    )
    blocks = (
        (words["tables.cover.about"], about),
        (words["tables.cover.facts"], facts),
        (words["tables.cover.basis"], (letter.basis,)),
        (words["tables.cover.licence"], (words["tables.licence"],)),
    )
    full = ((head, tuple(tidy(line) for line in lines if tidy(line))) for head, lines in blocks)
    return Cover(
        name=_sheet_name(words["tables.sheet.cover"]),
        title=tidy(words.say("tables.title", title=letter.title)),
        blocks=tuple((tidy(head), lines) for head, lines in full if lines),
    )


def sheets(letter: TracedLetter, suppressed: Hidden) -> tuple[Sheet, ...]:
    """Every sheet after the cover, in order: contents, notes, then the tables that have rows."""
    found = _Book(letter)
    every = entries(letter, suppressed)
    counted = [entry for entry in every if entry.counted]
    published = [entry for entry in every if not (entry.counted or entry.rated) and entry.figure.kind != "fact"]
    found.rated = any(entry.rated for entry in every)
    tables = (
        found.of_columns("figures", FIGURES, counted),
        found.of_columns("ratings", RATINGS, [entry for entry in every if entry.figure.kind == "rating"]),
        found.of_columns("measures", MEASURES, [entry for entry in every if entry.figure.kind == "score"]),
        found.sheet("not-relevant", ("key", "label", "how", "reason", "count"), _left_out(counted)),
        found.sheet("reasons", ("key", "label", "reason", "count"), _reasons(counted)),
        found.of_columns("external", EXTERNAL, published),
        found.sheet("quantity-words", ("word", "meaning"), ((tidy(word), tidy(says)) for word, says in letter.scale)),
    )
    kept = [found.notes(), *(table for table in tables if table.rows)]
    return (found.contents(kept), *kept)


class _Book:
    """What the sheets of one letter share: its words, its banner and the numbers of its notes."""

    def __init__(self, letter: TracedLetter) -> None:
        self.letter = letter
        self.words = Words(letter.labels)
        self.rated = False

    def sheet(self, sheet_id: str, columns: Sequence[str], rows: Iterable[Row]) -> Sheet:
        """A sheet from the ids of its columns and its rows; an empty cell becomes *not available*."""
        words = self.words
        about = [words[f"tables.about.{sheet_id}"]]
        if sheet_id not in {"contents", "notes"}:
            about.append(words.say("tables.see-notes", sheet=words["tables.sheet.notes"]))
        banner = [self.letter.banner] if self.letter.banner else []
        return Sheet(
            id=sheet_id,
            name=_sheet_name(words[f"tables.sheet.{sheet_id}"]),
            title=tidy(words[f"tables.title.{sheet_id}"]),
            about=tuple(tidy(line) for line in (*about, *banner)),
            head=tuple(self._heading(column) for column in columns),
            rows=tuple(tuple(NOT_AVAILABLE if cell == "" else cell for cell in row) for row in rows),
            widths=tuple(_WIDTHS.get(column, _WIDTH) for column in columns),
            links=sheet_id == "contents",
        )

    def of_columns(self, sheet_id: str, names: Sequence[str], shown: Sequence[Entry]) -> Sheet:
        """A sheet with a row per entry and cells from the shared columns, in words where those hold codes."""
        columns = {**COLUMNS, **RATED, **worded(self.letter)}
        return self.sheet(sheet_id, names, (tuple(columns[name].fill(entry) for name in names) for entry in shown))

    def notes(self) -> Sheet:
        """The numbered notes, then the footnotes of the letter with their marks."""
        notes = self._notes
        numbered = [(self._note_number(name), tidy(self.words[f"tables.note.{name}"])) for name in notes]
        footnotes = [(tidy(note.mark), tidy(note.text)) for note in self.letter.footnotes]
        return self.sheet("notes", ("note-number", "note-text"), [*numbered, *footnotes])

    def contents(self, kept: Sequence[Sheet]) -> Sheet:
        """The list of the other sheets, each name a link."""
        return self.sheet("contents", ("sheet", "describes"), [(sheet.name, sheet.title) for sheet in kept])

    def _heading(self, column: str) -> str:
        title = tidy(self.words[f"tables.column.{column}"])
        note = REFERS.get(column)
        return f"{title} [{self._note_number(note)}]" if note else title

    def _note_number(self, note: str) -> str:
        return tidy(self.words.say("tables.note-number", n=(*NOTES, "ratings").index(note) + 1))

    @property
    def _notes(self) -> tuple[str, ...]:
        return (*NOTES, "ratings") if self.rated else NOTES


def _left_out(shown: Iterable[Entry]) -> Iterable[Row]:
    """How many each figure leaves out, and why; one suppressed row where the numbers are hidden."""
    for entry in shown:
        name = (tidy(entry.figure.key), tidy(entry.figure.label))
        if entry.hidden & _LEFT_OUT_PARTS:
            yield (*name, SUPPRESSED, SUPPRESSED, SUPPRESSED)
            continue
        for cell, why, count in entry.left_out():
            how = "tables.by-rule" if cell is Cell.NOT_RELEVANT_BY_RULE else "tables.by-inspector"
            yield (*name, entry.words[how], tidy(why), count)


def _reasons(shown: Iterable[Entry]) -> Iterable[Row]:
    """How often each reason was given; one suppressed row where the numbers are hidden."""
    for entry in shown:
        name = (tidy(entry.figure.key), tidy(entry.figure.label))
        # Said of every figure with hidden reasons, so that the row itself does not tell whether there were any.
        if "reasons" in entry.hidden:
            yield (*name, SUPPRESSED, SUPPRESSED)
            continue
        for _, label, count in entry.figure.reasons:
            yield (*name, tidy(label), count)


def _sheet_name(text: str) -> str:
    """A tab name that every office program takes: at most 31 characters, none of them special."""
    return "".join(" " if char in "[]*?:/\\'" else char for char in tidy(text))[:31].strip() or "Sheet"


_WIDTH = 3.2
_WIDTHS = {
    "key": 3.6, "theme": 5.5, "label": 8.5, "counts": 3.8, "phrase": 4.2, "interval_method": 3.6, "interval_why": 12.0,
    "decided_why": 10.0, "caps": 8.0, "duties": 8.0, "made_from": 6.0, "deciding": 5.0, "decided_by": 4.5,
    "grade_by_rule_label": 4.5, "discretion": 9.0, "chance_why": 9.0,
    "no_value_why": 6.0, "way": 5.0, "measure": 6.0, "cohort": 5.0, "source": 7.0, "direction": 5.0, "reason": 10.0, "how": 4.0,
    "sheet": 5.0, "describes": 12.0, "note-number": 3.2, "note-text": 14.0, "word": 7.0, "meaning": 9.0,
}  # fmt: skip
