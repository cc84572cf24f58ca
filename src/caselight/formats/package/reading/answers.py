"""``answers.csv``: the one large table, read in a plain loop that keeps each repeated text once.

What an answer may say is for :mod:`caselight.method.answers.integrity`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from caselight.formats.package.layout import FORMULA
from caselight.formats.package.reading.cells import FLAGS, Cells, listed
from caselight.formats.package.reading.csv_rows import Row
from caselight.method.answers.events import AnswerEvent


class _Lists(dict[str, tuple[str, ...]]):
    """The lists that cells hold, each made once."""

    def __missing__(self, cell: str) -> tuple[str, ...]:
        value = self[cell] = listed(cell)
        return value


def read_events(rows: Iterable[tuple[int, Row]], cells: Cells) -> tuple[list[AnswerEvent], array[int]]:
    """The events in the order of the file, and the row of each."""
    events: list[AnswerEvent] = []
    numbers = array("L")
    shared: dict[str, str] = {}
    make, new, kept, lists, flags = AnswerEvent, tuple.__new__, shared.setdefault, _Lists(), FLAGS.get
    for number, row in rows:
        (op_id, tool, kind, key, table, row_key, question, pass_, value, reasons, note, themes, notable, withdrawn,
         actor, device, bases, resolves, client, server, version, digest) = row  # fmt: skip
        is_notable, is_withdrawn = flags(notable), flags(withdrawn)
        if is_notable is None or is_withdrawn is None:
            is_notable = cells.flag(number, "notable", notable)
            is_withdrawn = cells.flag(number, "withdrawn", withdrawn)
        if (note and note.startswith(FORMULA)) or (resolves and resolves.startswith(FORMULA)):
            cells.formulas(number, ("note", "resolves_reason"), (note, resolves))
        events.append(new(make, (
            op_id, kept(tool, tool), kept(kind, kind), kept(key, key), kept(table, table), kept(row_key, row_key),
            kept(question, question), kept(pass_, pass_), kept(value, value), lists[reasons], note, lists[themes],
            is_notable, is_withdrawn, kept(actor, actor), kept(device, device), listed(bases) if bases else (),
            resolves, client, server, kept(version, version), digest,
        )))  # fmt: skip
        numbers.append(number)
    if any(text.startswith(FORMULA) for texts in (shared, lists) for text in texts):
        _formulas(events, numbers, cells)
    return events, numbers


def _formulas(events: Iterable[AnswerEvent], numbers: Iterable[int], cells: Cells) -> None:
    """Formulas in the columns whose texts repeat; the other columns hold what their own checks let stand there."""
    columns = ("value", "themes", "actor", "device")
    for number, event in zip(numbers, events, strict=True):
        cells.formulas(number, columns, (event.value, "|".join(event.themes), event.actor, event.device))
