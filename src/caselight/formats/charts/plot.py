"""A plot with two axes: where values come to stand, gridlines with their numbers, and words that do not collide.

Marks are shapes of the layout, so that a plot is drawn, cleaned and read aloud like every other chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from caselight.formats.charts import style
from caselight.formats.charts.layout import Layout, Line, Shape, Text, wrapped
from caselight.formats.charts.svg import cleaned
from caselight.formats.charts.theme_chart import drawn, width_of
from caselight.formats.tables.entries import tidy

LEFT, RIGHT, HEIGHT = 40.0, style.WIDTH - 16.0, 196.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as ``<svg>``, what it shows in words, and the table that says the same."""

    svg: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """From 0 to ``most``, with a number at each of ``ticks`` (value and how it is written)."""

    most: float
    ticks: tuple[tuple[float, str], ...]


def axis(largest: float, unit: str = "") -> Axis:
    """An axis that holds the largest value, with four to six round numbers.

    >>> [label for _, label in axis(47, "%").ticks]
    ['0%', '10%', '20%', '30%', '40%', '50%']
    """
    steps = (m * 10**power for power in range(9) for m in (1, 2, 5))
    step = next(step for step in steps if step * 5 >= largest)
    count = max(-(-int(-(-largest // 1)) // step), 1)
    return Axis(float(step * count), tuple((float(step * n), f"{step * n:,}{unit}") for n in range(count + 1)))


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot's area on the page, in points, and its axes."""

    top: float
    across: Axis
    up: Axis

    def x(self, value: float) -> float:
        """Where a value stands across."""
        return LEFT + (RIGHT - LEFT) * value / self.across.most

    def y(self, value: float) -> float:
        """How far down a value stands."""
        return self.top + HEIGHT * (1 - value / self.up.most)

    def path(
        self, points: Sequence[tuple[float, float]], colour: str, width: float, *, dashed: bool = False
    ) -> list[Shape]:
        """A line through points; a dashed one of many points is every other piece of it."""
        ends = [*pairwise(points)]
        dots = dashed and len(ends) < 3
        ends = ends[::2] if dashed and not dots else ends
        return [Line(self.x(a), self.y(b), self.x(c), self.y(d), colour, width, dots) for (a, b), (c, d) in ends]


def page(title: str) -> Layout:
    """An empty page under a title."""
    layout = Layout(height=style.EDGE)
    say(layout, title, size=style.TITLE_TEXT, step=style.TITLE_LINE, bold=True)
    layout.height += 6
    return layout


def say(
    layout: Layout, text: str, *, size: float = style.SMALL_TEXT, step: float = style.LINE, bold: bool = False
) -> None:
    """A paragraph across the page."""
    for line in wrapped(text, style.WIDTH - 2 * style.EDGE, width_of, size=size, bold=bold):
        layout.height += step
        colour = style.INK if bold else style.QUIET
        layout.shapes.append(Text(line, style.EDGE, layout.height - step * 0.25, size, colour, bold))


def framed(layout: Layout, across: Axis, up: Axis, names: tuple[str, str]) -> Frame:
    """The area of the plot with gridlines and the names of its axes; what is drawn next stands on it."""
    say(layout, names[1])
    frame = Frame(layout.height + 8, across, up)
    for value, label in up.ticks:
        y = frame.y(value)
        layout.shapes.append(
            Line(LEFT, y, RIGHT, y, style.INK if value == 0 else style.TRACK, 0.9 if value == 0 else 0.5)
        )
        layout.shapes.append(Text(label, LEFT - 5, y + 3, style.SMALL_TEXT, style.QUIET, align="right"))
    for value, label in across.ticks:
        if label:
            x = frame.x(value)
            layout.shapes.append(Line(x, frame.top + HEIGHT, x, frame.top + HEIGHT + 3, style.INK, 0.6))
            layout.shapes.append(Text(label, x, frame.top + HEIGHT + 12, style.SMALL_TEXT, style.QUIET, align="center"))
    layout.shapes.append(Text(names[0], RIGHT, frame.top + HEIGHT + 24, style.SMALL_TEXT, style.QUIET, align="right"))
    layout.height = frame.top + HEIGHT + 30
    return frame


def beside(frame: Frame, spots: Iterable[tuple[float, float, str]]) -> list[Shape]:
    """Words beside marks (their place in points): to the right, or left at the edge; left out where others stand."""
    taken: list[tuple[float, float, float]] = []
    shapes: list[Shape] = []
    for x, y, words in spots:
        wide = width_of(words, style.SMALL_TEXT, False)  # noqa: FBT003 - the measure of the layout
        right = x + 6 + wide <= RIGHT
        left = x + 6 if right else x - 6 - wide
        for lift in (3.0, -6.0, 12.0, -15.0, 21.0):
            if all(abs(y + lift - other) > 9 or left > end or left + wide < begin for begin, end, other in taken):
                taken.append((left, left + wide, y + lift))
                shapes.append(Text(words, left, min(y + lift, frame.top + HEIGHT - 2), style.SMALL_TEXT, style.INK))
                break
    return shapes


def picture(
    layout: Layout,
    chart_id: str,
    title: str,
    description: str,
    table: tuple[tuple[str, ...], Iterable[tuple[str, ...]]],
) -> Picture:
    """The page drawn, with its description and its table."""
    layout.height += style.EDGE
    svg = cleaned(drawn(layout), chart_id=chart_id, title=tidy(title), description=tidy(description))
    return Picture(svg, description, table[0], tuple(table[1]))
