"""How large the letters of the two pages may be: the largest size at which the text is sure to fit, by a cautious estimate.

Widths are those of Arial and of the fonts that are made to its measure. No layout program is asked, so that the answer
is the same everywhere and costs nothing; tests hold it against what an office program does with the document.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from caselight.formats.board.content import Board, single_said
from caselight.formats.letter.labels import Labels
from caselight.formats.letter.layout import Group, Line

SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
POINT = 0.3528  # millimetres
WIDTH, HEIGHT = 178.0, 259.0  # of the text on a page
SLACK = 2.0  # on the second page, whose many rows each round up a little
LINE = 1.265  # of the size: a font's own line and our spacing
LETTER = 0.5  # the mean width of a letter in a wide font, of the size, with what is lost at the ends of lines
GAP = 0.45  # after a paragraph, of the size
CELL, CLOSE = 1.6, 0.6  # above and below the words of a cell, in millimetres
MARKS, RESULT = 60, 26  # columns of the table of figures
ACTION = 92  # the column that says what will be done
TITLE, OVERALL, GRADES = 10.0, 14.0, 21.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """The size of the text on each page in points, and the pages that would run over even at the smallest."""

    first: float
    second: float
    over: tuple[int, ...] = ()


def sizes(board: Board, labels: Labels) -> Sizes:
    """The size for each page."""
    first, second = (_size(page, board, labels) for page in (_first, _second))
    over = tuple(number for number, size in ((1, first), (2, second)) if size is None)
    return Sizes(first or SIZES[-1], second or SIZES[-1], over)


def _size(page: Callable[[Board, Labels, float], float], board: Board, labels: Labels) -> float | None:
    return next((size for size in SIZES if page(board, labels, size) <= HEIGHT), None)


def _first(board: Board, labels: Labels, size: float) -> float:
    used = TITLE + _text(" · ".join(": ".join(pair) for pair in board.header), size, WIDTH)
    used += OVERALL if board.grade else 0
    if board.graded:
        used += GRADES
    used += _groups(board.first, size) + _heading(size)
    listed = board.promises.listed
    used += sum(_row(promise.what, size, ACTION) for promise in listed) + (_row("-", size, WIDTH) + 2 if listed else 0)
    return (
        used + _text(f"{single_said(board.promises, labels)} {board.promises.day}", size, WIDTH) + _lines(1, size, GAP)
    )


def _second(board: Board, labels: Labels, size: float) -> float:
    del labels
    used = _heading(size) + _row("-", size, WIDTH) + 2
    for theme in board.themes:
        said = sum(_text(_words(line), size, WIDTH, gap=0) for line in theme.lines)
        used += _row(theme.title, size, WIDTH, CLOSE) + said + 1
        used += sum(_row(row.label, size, WIDTH - MARKS - RESULT, CLOSE) for row in theme.rows)
    used += _groups(board.last, size)
    texts = (board.precision, *(text for _, text in board.notes))
    return SLACK + used + sum(_text(text, size, WIDTH) for text in texts)


def _groups(groups: Iterable[Group], size: float) -> float:
    return sum(_group(group, size) for group in groups)


def _group(group: Group, size: float) -> float:
    if group.kind == "heading":
        return _heading(size)
    width = WIDTH - (5.0 if group.kind == "list" else 0.0)
    return sum(_text(_words(line), size, width, gap=0.25 if group.kind == "list" else GAP) for line in group.lines)


def _heading(size: float) -> float:
    return _lines(1, size * 1.2, gap=0) + 7 * POINT


def _row(text: str, size: float, width: float, room: float = CELL) -> float:
    return max(_text(text, size, width, gap=0), _lines(1, size, gap=0)) + room


def _words(line: Line) -> str:
    return "".join(run.text for run in line.runs)


def _text(text: str, size: float, width: float, gap: float = GAP) -> float:
    """The height of a paragraph in millimetres."""
    return _lines(math.ceil(len(text) * LETTER * size * POINT / width), size, gap=gap) if text else 0.0


def _lines(number: int, size: float, gap: float) -> float:
    return (number * LINE + gap) * size * POINT
