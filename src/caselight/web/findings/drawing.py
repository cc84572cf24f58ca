"""The chart of a theme, which says the same as its table; drawn once for the same rows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from caselight.formats.charts.rows import ChartRow, finding
from caselight.formats.charts.theme_chart import theme_chart
from caselight.method.analysis.figure import Figure
from caselight.web.design.tables import Column, Table
from caselight.web.findings.lines import LEAST, base

COLUMNS = (Column("question", "Question"), Column("n", "Cases", "number"), Column("d", "Of", "number"))


def rows_of(figures: Iterable[Figure]) -> tuple[ChartRow, ...]:
    """The bars of a chart, in the order of the framework. A range is drawn from ten cases on."""
    return tuple(_row(figure) for figure in figures)


def _row(figure: Figure) -> ChartRow:
    span = figure.interval if figure.relevant >= LEAST else None
    return ChartRow(
        figure.key, figure.label, figure.sufficient, figure.relevant, base(figure) or "none relevant",
        span.low if span else None, span.high if span else None, figure.adverse,
    )  # fmt: skip


@lru_cache(maxsize=128)
def chart(title: str, rows: tuple[ChartRow, ...]) -> str:
    """The chart as SVG; the same rows are drawn once."""
    return theme_chart(title, rows, chart_id="chart", labels={}, inline=True)


def said(rows: tuple[ChartRow, ...]) -> str:
    """What the chart shows, in sentences."""
    return finding(rows, {})


def table(title: str, rows: tuple[ChartRow, ...]) -> Table:
    """The rows that the chart is drawn from."""
    listed = [{"question": row.label, "n": row.n, "d": row.d} for row in rows]
    return Table(title, COLUMNS, listed, "chart", tools=False, size="s")
