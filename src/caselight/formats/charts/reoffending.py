"""Four pictures of reoffending: a trend with intervals, services around the national rate, time to it, concentration.

Each stands by itself: what the marks mean is written under it, its text alternative says what it shows, and its table
holds every number. Figures of two measures are refused (``reoffending.measures-mixed``). Under 30 entries nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import sqrt

from caselight.formats.charts import style
from caselight.formats.charts.layout import Box, Dot, Line, Shape, Text
from caselight.formats.charts.plot import Axis, Frame, Picture, axis, beside, framed, page, picture, say
from caselight.method.reoffending.comparing import one_measure
from caselight.method.reoffending.rates import FEWEST_ENTRIES, Counts
from caselight.method.reoffending.tracking import Top
from caselight.method.statistics.proportions import Bounds, Undefined, wilson_interval, z_score

LOW = "[u]"
APPROXIMATE = " Approximate: one person may be several entries, so the limits are too narrow."


@dataclass(frozen=True, slots=True)
class Point:
    """A cohort or a service: its name, its measure, its counts, and whether they may still change.

    ``summed``: over several cohorts, so that one person may be several entries, and an interval is too narrow.
    """

    label: str
    measure: str
    counts: Counts
    interim: bool = False
    summed: bool = False

    @property
    def drawn(self) -> bool:
        """Whether a rate may be given."""
        return self.counts.entries >= FEWEST_ENTRIES

    @property
    def percent(self) -> float:
        """The binary rate as it is drawn."""
        return 100 * self.counts.reoffenders / self.counts.entries

    @property
    def said(self) -> str:
        """The binary rate as it is printed, or the mark of a number too small."""
        return LOW if isinstance(self.counts.binary, Undefined) else f"{self.counts.binary}%"


def trend(title: str, points: Sequence[Point], *, chart_id: str) -> Picture:
    """The binary rate of each cohort in order, with its 95% interval."""
    measure = one_measure((point.measure for point in points), "trend")
    bounds = [_interval(point) for point in points]
    high = max([one.high * 100 for one in bounds if one] or [10.0])
    layout, many = page(title), len(points)
    step = max(1, -(-many // 7))
    across = Axis(float(many), tuple((n + 0.5, p.label if n % step == 0 else "") for n, p in enumerate(points)))
    frame = framed(
        layout, across, axis(min(high, 100), "%"), ("cohort", "binary rate: reoffenders in a hundred entries")
    )
    spots = [(n + 0.5, point) for n, point in enumerate(points)]
    for (x, point), (after, following) in pairwise(spots):
        if point.drawn and following.drawn:
            layout.shapes += frame.path([(x, point.percent), (after, following.percent)], style.GOOD, 1.2)
    for x, point in spots:
        if point.drawn:
            layout.shapes += _with_interval(frame, x, point, bounds[int(x)])
        else:
            layout.shapes.append(Text(LOW, frame.x(x), frame.y(0) - 4, style.SMALL_TEXT, style.QUIET, align="center"))
    few = sum(not point.drawn for point in points)
    say(layout, f"{measure or 'No figures'}. Bars: 95% interval (Wilson)."
        + (" Hollow: interim, it can still rise." if any(point.interim for point in points) else "")
        + (f" {LOW}: fewer than {FEWEST_ENTRIES} entries, no rate." if few else "")
        + _approximately(points))  # fmt: skip
    table = [_row(point, one) for point, one in zip(points, bounds, strict=True)]
    return picture(layout, chart_id, title, _trend_said(points, bounds), (COLUMNS, table))


def funnel(title: str, points: Sequence[Point], national: Point, *, chart_id: str) -> Picture:
    """Services by size around the national rate: outside the funnel is more than chance alone would do."""
    one_measure((point.measure for point in (*points, national)), "chart")
    share = national.counts.reoffenders / max(national.counts.entries, 1)
    shown = [point for point in points if point.drawn]
    size = axis(max([point.counts.entries for point in shown] or [100]) * 1.02)
    sizes = [n for n in (size.most * step / 120 for step in range(1, 121)) if 2 * n >= FEWEST_ENTRIES]
    highest = max(
        [point.percent for point in shown] + [100 * share + 100 * 2 * sqrt(share * (1 - share) / FEWEST_ENTRIES)]
    )
    layout, up = page(title), axis(min(highest, 100), "%")
    frame = framed(layout, size, up, ("cohort entries of the service", "binary rate: reoffenders in a hundred entries"))
    layout.shapes += _funnel_lines(frame, share, sizes)
    outside = [point for point in shown if not _within(point, share, 0.998)]
    for point in shown:
        out = point in outside
        fill = style.INK if out else style.PAPER if _within(point, share, 0.95) else style.GOOD
        layout.shapes.append(Dot(frame.x(point.counts.entries), frame.y(point.percent), 2.6, fill, style.INK, 0.8))
    named = sorted(outside, key=lambda point: point.percent)
    layout.shapes += beside(frame, [(frame.x(p.counts.entries), frame.y(p.percent), p.label) for p in named])
    say(layout, f"{national.measure}. Line: {national.label}, {national.said}. Dashed: 95% of services would lie inside by "
        "chance alone; outer: 99.8%. Dark and named: outside of both. Filled: outside of the inner."
        + _approximately(points))  # fmt: skip
    table = [(*_row(point, _interval(point)), _place(point, share)) for point in points]
    return picture(
        layout,
        chart_id,
        title,
        _funnel_said(points, outside, national),
        ((*COLUMNS, "against the national rate"), table),
    )


def time_to_reoffence(title: str, counts: Counts, by_month: Sequence[int], *, measure: str, chart_id: str) -> Picture:
    """In which month after the index the first reoffence came: bars, and the share of entries that had reoffended."""
    layout, months = page(title), len(by_month)
    reached = [sum(by_month[: n + 1]) for n in range(months)]
    of = max(counts.entries, 1)
    up = axis(max(100 * reached[-1] / of if reached else 0.0, 1.0), "%")
    across = Axis(float(months), tuple((n + 0.5, str(n + 1)) for n in range(months)))
    frame = framed(layout, across, up, ("months since the index", "share of cohort entries"))
    for n, count in enumerate(by_month):
        left, top = frame.x(n + 0.18), frame.y(100 * count / of)
        layout.shapes.append(Box(left, top, frame.x(n + 0.82) - left, frame.y(0) - top, style.GOOD, style.GOOD, 0.1))
    layout.shapes += frame.path(
        [(0.0, 0.0), *((n + 1.0, 100 * all_ / of) for n, all_ in enumerate(reached))], style.INK, 1.4
    )
    say(
        layout,
        f"{measure}. Bars: entries whose first reoffence came in that month. Line: all that had reoffended by its end.",
    )
    half = (
        next((n + 1 for n, all_ in enumerate(reached) if 2 * all_ >= reached[-1]), 0) if reached and reached[-1] else 0
    )
    total = reached[-1] if reached else 0
    said = f"Of {counts.entries:,} cohort entries {total:,} reoffended within {months} months" + (
        f", half of them by the end of month {half}." if half else "."
    )
    table = [(str(n + 1), f"{count:,}", f"{all_:,}", _percent(all_, counts.entries))
             for n, (count, all_) in enumerate(zip(by_month, reached, strict=True))]  # fmt: skip
    return picture(
        layout, chart_id, title, said, (("month", "first reoffences", "reoffended by then", "of entries"), table)
    )


def concentration_curve(title: str, tops: Sequence[Top], people: int, *, measure: str, chart_id: str) -> Picture:
    """Which share of reoffences the people with most account for."""
    layout = page(title)
    hundred = axis(100, "%")
    frame = framed(layout, hundred, hundred, ("people, those with most reoffences first", "share of all reoffences"))
    layout.shapes += frame.path([(0.0, 0.0), (100.0, 100.0)], style.NEED, 0.8, dashed=True)
    of = max(people, 1)
    points = [(0.0, 0.0), *((100 * top.people / of, float(top.percent)) for top in tops)]
    layout.shapes += frame.path([*points, *([(100.0, 100.0)] if tops else [])], style.GOOD, 1.6)
    marked = (
        [tops[place] for place in sorted({min(max(round(of * s) - 1, 0), len(tops) - 1) for s in (0.05, 0.1, 0.2)})]
        if tops
        else []
    )
    spots = []
    for top in marked:
        x, y = frame.x(100 * top.people / of), frame.y(float(top.percent))
        layout.shapes.append(Dot(x, y, 2.6, style.INK, style.INK, 0.6))
        spots.append((x, y, _top_said(top, people)))
    layout.shapes += beside(frame, spots)
    say(
        layout,
        f"{measure}. Dashed: if everybody had the same number. {people:,} people, of whom {len(tops):,} reoffended.",
    )
    said = ". ".join(_top_said(top, people) for top in marked) + "." if marked else "Nobody reoffended."
    table = [
        (f"{top.people:,}", _percent(top.people, people), f"{top.reoffences:,}", f"{top.percent}%")
        for top in _few(tops)
    ]
    columns = ("people with most", "of all people", "their reoffences", "of all reoffences")
    return picture(layout, chart_id, title, said, (columns, table))


COLUMNS = ("cohort or service", "entries", "reoffenders", "binary", "95% interval", "state")


def _approximately(points: Sequence[Point]) -> str:
    return APPROXIMATE if any(point.summed for point in points) else ""


def _limits_said(points: Sequence[Point]) -> str:
    return " The limits are approximate: one person may be several entries." if _approximately(points) else ""


def _row(point: Point, bounds: Bounds | None) -> tuple[str, ...]:
    interval = (
        LOW
        if bounds is None
        else f"{100 * bounds.low:.1f}% to {100 * bounds.high:.1f}%" + point.summed * ", approximate"
    )
    state = "interim" if point.interim else "final"
    return point.label, f"{point.counts.entries:,}", f"{point.counts.reoffenders:,}", point.said, interval, state


def _interval(point: Point) -> Bounds | None:
    found = wilson_interval(point.counts.reoffenders, point.counts.entries) if point.drawn else None
    return None if isinstance(found, Undefined) else found


def _with_interval(frame: Frame, x: float, point: Point, bounds: Bounds | None) -> Iterator[Shape]:
    at = frame.x(x)
    if bounds is not None:
        low, high = frame.y(100 * bounds.low), frame.y(100 * bounds.high)
        yield Line(at, low, at, high, style.INK, 0.9)
        for end in (low, high):
            yield Line(at - 3, end, at + 3, end, style.INK, 0.9)
    yield Dot(at, frame.y(point.percent), 2.8, style.PAPER if point.interim else style.GOOD, style.INK, 0.9)


def _trend_said(points: Sequence[Point], bounds: Sequence[Bounds | None]) -> str:
    """First and last, and whether they can be told apart."""
    shown = [(point, one) for point, one in zip(points, bounds, strict=True) if one is not None]
    if len(shown) < 2:
        return "Fewer than two cohorts have enough entries for a rate."
    (first, a), (last, b) = shown[0], shown[-1]
    apart = a.high < b.low or b.high < a.low
    moved = (
        "not distinguishable: their intervals overlap"
        if not apart
        else "higher"
        if last.percent > first.percent
        else "lower"
    )
    said = f"From {first.label} ({first.said}) to {last.label} ({last.said}): {moved}."
    return said + (" The last cohorts are interim." if last.interim else "") + _limits_said(points)


def _limits(share: float, entries: float, confidence: float) -> tuple[float, float]:
    wide = z_score(confidence) * sqrt(share * (1 - share) / entries)
    return max(100 * (share - wide), 0.0), min(100 * (share + wide), 100.0)


def _within(point: Point, share: float, confidence: float) -> bool:
    low, high = _limits(share, point.counts.entries, confidence)
    return low <= point.percent <= high


def _funnel_lines(frame: Frame, share: float, sizes: Sequence[float]) -> Iterator[Shape]:
    yield Line(frame.x(0), frame.y(100 * share), frame.x(frame.across.most), frame.y(100 * share), style.INK, 1.0)
    for confidence, colour in ((0.95, style.NEED), (0.998, style.QUIET)):
        limits = [(entries, *_limits(share, entries, confidence)) for entries in sizes]
        for side in ([(n, low) for n, low, _ in limits], [(n, high) for n, _, high in limits]):
            inside = [point for point in side if point[1] <= frame.up.most]
            yield from frame.path(inside, colour, 0.9, dashed=confidence == 0.95)


def _place(point: Point, share: float) -> str:
    if not point.drawn:
        return LOW
    if _within(point, share, 0.95):
        return "not distinguishable"
    above = "higher" if point.percent > 100 * share else "lower"
    return f"{above}, outside 95%" if _within(point, share, 0.998) else f"{above}, outside 99.8%"


def _funnel_said(points: Sequence[Point], outside: Sequence[Point], national: Point) -> str:
    drawn = [point for point in points if point.drawn]
    named = ", ".join(f"{point.label} ({point.said})" for point in outside)
    said = f"{len(drawn)} services around {national.label}, {national.said}. "
    said += (
        f"Outside of what chance alone would do: {named}."
        if outside
        else "None is outside of what chance alone would do."
    )
    few = len(points) - len(drawn)
    said += f" {few} with fewer than {FEWEST_ENTRIES} entries not drawn." if few else ""
    return said + _limits_said(points)


def _top_said(top: Top, people: int) -> str:
    return f"{_percent(top.people, people)} of people made {top.percent}%"


def _few(tops: Sequence[Top]) -> list[Top]:
    """The first ten, then every tenth part, and the last."""
    step = max(len(tops) // 10, 1)
    return [top for n, top in enumerate(tops) if n < 10 or n % step == 0 or n == len(tops) - 1]


def _percent(part: int, whole: int) -> str:
    return f"{Decimal(100 * part) / Decimal(whole):.1f}%" if whole else LOW
