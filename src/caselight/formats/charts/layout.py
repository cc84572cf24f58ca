"""Where everything of a chart stands: marks with positions in points from the top left. Nothing is drawn here.

Labels wrap to their column and the chart grows with them, so that nothing is ever cut off. Text is measured by the
function that is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from caselight.formats.charts import style
from caselight.formats.charts.rows import ChartRow
from caselight.formats.tables.labels import Words
from caselight.method.wording.numbers import capitalised

Measure = Callable[[str, float, bool], float]


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text from ``x`` with its foot line at ``y``; ``align`` is ``left``, ``center`` or ``right``."""

    text: str
    x: float
    y: float
    size: float = style.TEXT
    colour: str = style.INK
    bold: bool = False
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with an edge."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str
    edge_width: float


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle with an edge."""

    x: float
    y: float
    radius: float
    fill: str
    edge: str
    edge_width: float


Shape = Text | Box | Line | Dot


@dataclass(slots=True)
class Layout:
    """The shapes of a chart in drawing order, and how tall it is."""

    shapes: list[Shape] = field(default_factory=list)
    height: float = 0.0


def lay_out(
    title: str, rows: Sequence[ChartRow], labels: Mapping[str, str], measure: Measure, *, notice: str
) -> Layout:
    """The whole chart: title, scale, one row per measure, then what the marks mean and any notice."""
    words, page = Words(labels), Layout(height=style.EDGE)
    drawn = [row for row in rows if not row.hidden]
    _lines(page, wrapped(title, style.WIDTH - 2 * style.EDGE, measure, size=style.TITLE_TEXT, bold=True),
           size=style.TITLE_TEXT, step=style.TITLE_LINE, bold=True)  # fmt: skip
    if drawn:
        page.height += 6
        _rows(page, drawn, words, measure)
    page.height += 4
    said = [*((sentence, style.QUIET) for sentence in _explained(rows, words)), (notice, style.INK)]
    for sentence, colour in said:
        _lines(page, wrapped(sentence, style.WIDTH - 2 * style.EDGE, measure, size=style.SMALL_TEXT),
               size=style.SMALL_TEXT, step=style.LINE, colour=colour)  # fmt: skip
    page.height += style.EDGE
    return page


def wrapped(text: str, width: float, measure: Measure, *, size: float = style.TEXT, bold: bool = False) -> list[str]:
    """The text in lines that fit the width; a word that is too long by itself is broken."""
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, lambda part: measure(part, size, bold) <= width):
            joined = f"{lines[-1]} {piece}" if lines else piece
            if lines and measure(joined, size, bold) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, fits: Callable[[str], bool]) -> Iterator[str]:
    while len(word) > 1 and not fits(word):
        end = next((n for n in range(len(word) - 1, 1, -1) if fits(word[:n])), 1)
        yield word[:end]
        word = word[end:]
    yield word


def _lines(
    page: Layout, lines: list[str], *, size: float, step: float, colour: str = style.INK, bold: bool = False
) -> None:
    for line in lines:
        page.height += step
        page.shapes.append(Text(line, style.EDGE, page.height - step * 0.25, size, colour, bold))


def _rows(page: Layout, rows: Sequence[ChartRow], words: Words, measure: Measure) -> None:
    page.height += style.LINE
    top = page.height
    for name, share, align in (("none", 0.0, "left"), ("half", 0.5, "center"), ("all", 1.0, "right")):
        text = Text(words[f"charts.{name}"], _x(share), top - 3, style.SMALL_TEXT, style.QUIET, align=align)
        page.shapes.append(text)
    guides = len(page.shapes)
    page.height += 4
    for row in rows:
        _row(page, row, words, measure)
    # Behind the bars: the guides are put before the rows once their length is known.
    page.shapes[guides:guides] = [
        Line(_x(share), top, _x(share), page.height - 2, style.TRACK, 0.6) for share in (0.0, 0.5, 1.0)
    ]


def _row(page: Layout, row: ChartRow, words: Words, measure: Measure) -> None:
    label = words.say("charts.adverse", label=row.label) if row.adverse else row.label
    label_lines = wrapped(capitalised(label), style.LABEL_WIDTH, measure)
    value_lines = wrapped(row.phrase, style.WIDTH - style.EDGE - _value_left(row), measure, bold=bool(row.d))
    tall = max(len(label_lines), len(value_lines), 1) * style.LINE
    middle = page.height + tall / 2
    page.shapes += _words(label_lines, style.EDGE, middle)
    if row.d:
        page.shapes += [*_bar(row, middle), *_interval(row, middle)]
    else:
        # The words stand on paper, not on the guide line.
        span = max((measure(line, style.TEXT, bool(row.d)) for line in value_lines), default=0.0)
        page.shapes.append(Box(_value_left(row) - 3, page.height, span + 6, tall, style.PAPER, style.PAPER, 0.1))
    page.shapes += _words(value_lines, _value_left(row), middle, bold=bool(row.d))
    page.height += tall + style.ROW_GAP


def _value_left(row: ChartRow) -> float:
    """Where the printed figure begins; where there is no bar it may use the bar's room."""
    return style.VALUE_LEFT if row.d else style.BAR_LEFT + 6


def _words(lines: list[str], x: float, middle: float, *, bold: bool = False) -> list[Shape]:
    foot = middle - len(lines) * style.LINE / 2 + style.LINE * 0.75
    return [Text(line, x, foot + number * style.LINE, bold=bold) for number, line in enumerate(lines)]


def _bar(row: ChartRow, middle: float) -> Iterator[Box]:
    top, height = middle - style.BAR_HEIGHT / 2, style.BAR_HEIGHT
    yield Box(_x(0), top, _x(1) - _x(0), height, style.PAPER, style.TRACK, 0.6)
    if row.n:
        colour = style.NEED if row.adverse else style.GOOD
        fill, width = (style.PAPER, 1.6) if row.small else (colour, 0.6)
        inset = width / 2
        long = max(_x(row.n / row.d) - _x(0) - width, 0.2)
        yield Box(_x(0) + inset, top + inset, long, height - width, fill, colour, width)


def _interval(row: ChartRow, middle: float) -> Iterator[Line]:
    if row.low is None or row.high is None:
        return
    low, high = (_x(min(max(end, 0.0), 1.0)) for end in (row.low, row.high))
    yield Line(low, middle, high, middle, style.INK, 1.0)
    for end in (low, high):
        yield Line(end, middle - 3, end, middle + 3, style.INK, 1.0)


def _explained(rows: Sequence[ChartRow], words: Words) -> Iterator[str]:
    """What the marks mean, for those marks that occur, and how many measures are left out."""
    drawn = [row for row in rows if not row.hidden]
    if any(row.d for row in drawn):
        yield words["charts.explains-bars"]
    if any(row.small for row in drawn):
        yield words["charts.explains-small"]
    if any(row.adverse for row in drawn):
        yield words["charts.explains-adverse"]
    if any(row.low is not None for row in drawn):
        yield words["charts.explains-interval"]
    if not drawn:
        yield words["charts.nothing"]
    left_out = len(rows) - len(drawn)
    if left_out:
        yield words["charts.hidden-one"] if left_out == 1 else words.say("charts.hidden-many", count=left_out)


def _x(share: float) -> float:
    return style.BAR_LEFT + share * (style.BAR_RIGHT - style.BAR_LEFT)
