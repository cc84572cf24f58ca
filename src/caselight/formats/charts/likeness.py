"""A sample beside its caseload as a drawing: for each group the cases it has, and those that its share would give.

Plain shapes with attributes, so that it may stand in a page under a strict policy; it says the same as its table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from caselight.formats.charts import style

WIDTH, LABEL, BAR, ROW, HEAD, EDGE = 680, 250, 330, 30, 34, 8


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its characteristic and value in words, cases in the sample, cases by its share, whether it is off."""

    characteristic: str
    value: str
    sample: int
    expected: float
    off: bool


def likeness_chart(groups: Sequence[Group], *, chart_id: str, title: str) -> str:
    """The drawing as one ``<svg>`` element."""
    most = max([one.expected for one in groups] + [one.sample for one in groups] + [1])
    parts: list[str] = []
    y, last = 26.0, ""
    parts += [*_key()]
    for one in groups:
        if one.characteristic != last:
            y += HEAD
            parts.append(_text(EDGE, y - 8, one.characteristic, bold=True))
            last = one.characteristic
        parts += _row(one, y, BAR / most)
        y += ROW
    off = [f"{one.characteristic}, {one.value}" for one in groups if one.off]
    says = f"Off by more than two cases: {'; '.join(off)}." if off else "No group is off by more than two cases."
    names = f"<title id={quoteattr(chart_id + '-title')}>{escape(title)}</title>"
    names += f"<desc id={quoteattr(chart_id + '-desc')}>{escape(says)}</desc>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" id={quoteattr(chart_id)} role="img" '
        f'aria-labelledby="{escape(chart_id)}-title {escape(chart_id)}-desc" viewBox="0 0 {WIDTH} {y + EDGE:g}" '
        f'width="{WIDTH}" height="{y + EDGE:g}" font-family={quoteattr(style.FONT_FAMILY)}>{names}{"".join(parts)}</svg>'
    )


def _key() -> list[str]:
    return [
        f'<rect x="{LABEL}" y="8" width="18" height="9" fill="{style.GOOD}"/>', _text(LABEL + 24, 17, "in the sample"),
        f'<rect x="{LABEL + 131}" y="8.5" width="18" height="8" fill="{style.PAPER}" stroke="{style.INK}"/>',
        _text(LABEL + 156, 17, "by the share of the case list"),
    ]  # fmt: skip


def _row(one: Group, y: float, scale: float) -> list[str]:
    label = one.value if len(one.value) <= 36 else f"{one.value[:35]}…"
    long = max(one.sample, one.expected) * scale
    said = f"{one.sample}, by share {one.expected:.1f}" + (" – off" if one.off else "")
    wide = 8.2 * len(said)
    x = min(LABEL + long + 8, WIDTH - EDGE - wide) if LABEL + long + 8 + wide > WIDTH else LABEL + long + 8
    paper = f'<rect x="{x - 3:.1f}" y="{y + 3:g}" width="{wide + 3:.1f}" height="20" fill="{style.PAPER}"/>'
    return [
        _text(EDGE, y + 18, label),
        f'<rect x="{LABEL}" y="{y + 3:g}" width="{one.sample * scale:.1f}" height="11" fill="{style.NEED if one.off else style.GOOD}"/>',
        f'<rect x="{LABEL}" y="{y + 15.5:g}" width="{one.expected * scale:.1f}" height="7" fill="{style.PAPER}" stroke="{style.INK}"/>',
        paper if x < LABEL + long else "",
        _text(x, y + 18, said, bold=one.off),
    ]  # fmt: skip


def _text(x: float, y: float, words: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="14" fill="{style.INK}"{weight}>{escape(words)}</text>'
