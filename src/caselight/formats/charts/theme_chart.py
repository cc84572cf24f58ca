"""Draws a theme's chart: measures text, puts the laid-out shapes on a page, and hands back clean SVG.

``Figure`` with an SVG canvas and never the library's global figure list, so that threads may ask for charts side by side. The same
rows give the same bytes on any machine: fixed salt, no date, the font that the library carries.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from caselight.formats.charts import style
from caselight.formats.charts.layout import Box, Dot, Layout, Line, Shape, lay_out
from caselight.formats.charts.rows import ChartRow, finding
from caselight.formats.charts.svg import cleaned
from caselight.formats.tables.entries import tidy

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties


# The library's settings are global, even inside `rc_context`: one chart is drawn at a time.
_ONE_AT_A_TIME = threading.Lock()


def theme_chart(
    title: str,
    rows: Sequence[ChartRow],
    *,
    chart_id: str,
    labels: Mapping[str, str],
    notice: str = "",
    inline: bool = False,
) -> str:
    """The chart of one theme as an ``<svg>`` element that may stand in a page or in a file of its own.

    ``chart_id`` must differ between the charts of a page. ``notice`` is printed at the foot; give the letter's banner
    where the chart leaves the letter. An ``inline`` chart stands under a heading of a page and does not repeat it.
    """
    title = tidy(title)
    layout = lay_out("" if inline else title, rows, labels, width_of, notice=tidy(notice))
    description = " ".join(part for part in (finding(rows, labels), tidy(notice)) if part)
    return cleaned(drawn(layout), chart_id=chart_id, title=title, description=description)


def drawn(layout: Layout, width: float = style.WIDTH) -> str:
    """The shapes as the drawing library writes them; :func:`caselight.formats.charts.svg.cleaned` makes them fit for pages."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    page = io.BytesIO()
    with (
        _ONE_AT_A_TIME,
        rc_context({"svg.hashsalt": "caselight", "svg.fonttype": "none", "font.family": ["DejaVu Sans"]}),
    ):
        figure = Figure(figsize=(width / 72, layout.height / 72))
        FigureCanvasSVG(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(layout.height, 0)
        axes.set_axis_off()
        for order, shape in enumerate(layout.shapes):
            _draw(axes, shape, order)
        figure.savefig(page, format="svg", metadata={"Date": None, "Creator": None})
    return page.getvalue().decode("utf-8")


def _draw(axes: Axes, shape: Shape, order: int) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Circle, Rectangle

    if isinstance(shape, Box):
        corner = (shape.x, shape.y)
        axes.add_patch(
            Rectangle(
                corner, shape.width, shape.height, clip_on=False, zorder=order,
                facecolor=shape.fill, edgecolor=shape.edge, linewidth=shape.edge_width,
            )
        )  # fmt: skip
    elif isinstance(shape, Dot):
        axes.add_patch(
            Circle(
                (shape.x, shape.y), shape.radius, clip_on=False, zorder=order,
                facecolor=shape.fill, edgecolor=shape.edge, linewidth=shape.edge_width,
            )
        )  # fmt: skip
    elif isinstance(shape, Line):
        ends = ([shape.x1, shape.x2], [shape.y1, shape.y2])
        line = Line2D(
            *ends, color=shape.colour, linewidth=shape.width, solid_capstyle="butt", clip_on=False, zorder=order
        )
        if shape.dashed:
            line.set_linestyle((0, (4, 3)))
        axes.add_line(line)
    else:
        axes.text(
            shape.x, shape.y, shape.text, color=shape.colour, ha=shape.align, va="baseline", parse_math=False, zorder=order,
            fontproperties=_font(shape.size, bold=shape.bold),
        )  # fmt: skip


@cache
def _font(size: float, *, bold: bool) -> FontProperties:
    """The library's own font file, never the one of that name that a machine may have."""
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties

    file = style.FONT_FILE.format(weight="-Bold" if bold else "")
    weight = "bold" if bold else "normal"
    return FontProperties(fname=Path(mpl.get_data_path()) / file, size=size, weight=weight)


@lru_cache(maxsize=10_000)  # a chart is drawn for the page and again for its own file
def width_of(text: str, size: float, bold: bool) -> float:
    """How wide a line of text is, in points."""
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(text, _font(size, bold=bold), ismath=False)
    return float(width)
