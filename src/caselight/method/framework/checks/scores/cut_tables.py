"""Cut tables: every value has one grade and only one. Exact arithmetic; 62.5 lies between 62 and 63.

A gap is one only where a value can fall: under declared rounding, or where only whole numbers occur, the values
between two of them do not count. The ends are those of the measures or sums that use the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from caselight.method.faults import DataPath, Fault, Severity, quoted
from caselight.method.framework.checks.scores.names import not_on_scale
from caselight.method.framework.checks.scores.ranges import Range, ranges_of
from caselight.method.framework.cutting import Edge, band, first, inside, last, ordered, unit
from caselight.method.framework.definition import Framework
from caselight.method.framework.ratings import Cut, CutTable, Rating


class Use(NamedTuple):
    """One use of a table: the rating, and what values it looks up there."""

    rating: Rating
    values: Range


def cut_table_faults(framework: Framework) -> Iterator[Fault]:
    """Cuts that overlap, leave gaps or uncovered ends, lie outside what can occur, or give an unknown grade."""
    uses = uses_of(framework)
    for at, table in enumerate(framework.cut_tables):
        path: DataPath = ("cut_tables", at)
        used = uses.get(table.id, [])
        yield from _grades(framework, path, table, used)
        percents = {use.values.percent for use in used} or {_written_in_percent(table)}
        if len(percents) > 1:
            says = f"The table {quoted(table.id)} is used for percentages and for other numbers."
            yield Fault("framework.cut-mixed", (*path, "id"), says, "Make a table for each.")
            continue
        percent = percents.pop()
        yield from _fitting(path, table, used, percent=percent)
        step = unit(table, percent=percent)
        empty = [fault for place, cut in enumerate(table.cuts) for fault in _empty((*path, "cuts", place), cut, step)]
        yield from empty
        if not empty:
            yield from _between(path, table, step)
            yield from _ends(path, table, _domain(used))


def uses_of(framework: Framework) -> dict[str, list[Use]]:
    """The ratings that use each table, and the values they look up."""
    found: dict[str, list[Use]] = {}
    known = ranges_of(framework)
    for rating in framework.ratings:
        if rating.cut is not None:
            ranges = [known[name] for name in rating.cut.measures if name in known]
            found.setdefault(rating.cut.table, []).extend(Use(rating, values) for values in ranges)
        for item in rating.sum.tables if rating.sum else ():
            values = Range(Fraction(0), Fraction(item.maximum), whole=True)
            found.setdefault(item.table, []).append(Use(rating, values))
    return found


def _written_in_percent(table: CutTable) -> bool:
    return any(end.endswith("%") for cut in table.cuts for end in (cut.from_, cut.above, cut.to, cut.below) if end)


def _fitting(path: DataPath, table: CutTable, used: list[Use], *, percent: bool) -> Iterator[Fault]:
    """``whole`` where other numbers occur; numbers without % where percentages do, and the other way round."""
    if table.whole and (percent or not all(use.values.whole for use in used)):
        says = f"The table {quoted(table.id)} is for whole numbers only, and other values occur."
        yield Fault("framework.cut-not-whole", (*path, "whole"), says, "Declare a rounding instead of whole.")
    ends = [end for cut in table.cuts for end in (first(cut), last(cut)) if end is not None]
    if used and percent and any(end.value > 1 for end in ends):
        says = f"The table {quoted(table.id)} is for percentages, and a cut is above 100%."
        yield Fault("framework.cut-outside", path, says, "Write percentages with their sign: “65%”.")
    if used and not percent and _written_in_percent(table):
        says = f"The table {quoted(table.id)} is written in percent, and its values are no percentages."
        yield Fault("framework.cut-outside", path, says, "Write the numbers without the sign.")


def _grades(framework: Framework, path: DataPath, table: CutTable, used: list[Use]) -> Iterator[Fault]:
    told: set[tuple[int, str]] = set()
    for use in used:
        scale = framework.rating_scale_by_id.get(use.rating.scale)
        grades = [grade.id for grade in scale.grades] if scale else []
        for place, cut in enumerate(table.cuts):
            if scale is not None and cut.grade not in grades and (place, cut.grade) not in told:
                told.add((place, cut.grade))
                yield not_on_scale((*path, "cuts", place, "grade"), cut.grade, grades)
    if not used:
        says = f"No rating uses the table {quoted(table.id)}."
        yield Fault("framework.cut-table-unused", (*path, "id"), says, "Use it, or take it out.", Severity.HINT)


def _empty(path: DataPath, cut: Cut, step: Fraction | None) -> Iterator[Fault]:
    low, high = first(cut), last(cut)
    if low is None or high is None:
        return
    beginning = low if step is None else Edge(_next(low, step), 0)
    if not beginning <= high:
        says = f"No value lies in the cut of {quoted(cut.grade)}, from {' to '.join(band(cut))}."
        yield Fault("framework.cut-empty", path, says, "Correct its ends.")


def _next(edge: Edge, step: Fraction) -> Fraction:
    """The first value of a grid at an edge or above it."""
    return (floor(edge.value / step) + 1 if edge.step > 0 else ceil(edge.value / step)) * step


def _between(path: DataPath, table: CutTable, step: Fraction | None) -> Iterator[Fault]:
    """Overlaps and gaps between neighbours."""
    cuts = ordered(table)
    for lower, upper in pairwise(cuts):
        end, start = last(lower), first(upper)
        where = (*path, "cuts", table.cuts.index(upper))
        if end is None or start is None or start <= end:
            says = f"The cuts of {quoted(lower.grade)} and {quoted(upper.grade)} overlap."
            yield Fault("framework.cut-overlap", where, says, "Write “above” or “below” for an end that is not inside.")
        elif _gap(end, start, step):
            value = _example(end, start, step)
            ends = f"{_text(end.value, table)} and {_text(start.value, table)}"
            says = f"{_text(value, table)} lies between {ends}, so it would have no grade."
            cure = (
                "Let one begin where the other ends, or declare a rounding, or “whole” where only whole numbers occur."
            )
            yield Fault("framework.cut-gap", where, says, cure)


def _gap(end: Edge, start: Edge, step: Fraction | None) -> bool:
    if step is None:
        return start > Edge(end.value, end.step + 1)
    after = Edge(end.value, 1 if end.step >= 0 else 0)
    return Edge(_next(after, step), 0) < start


def _example(end: Edge, start: Edge, step: Fraction | None) -> Fraction:
    if step is not None:
        return _next(Edge(end.value, 1 if end.step >= 0 else 0), step)
    return (end.value + start.value) / 2


def _text(value: Fraction, table: CutTable) -> str:
    number = value * 100 if _written_in_percent(table) else value
    return f"{float(number):g}" + ("%" if _written_in_percent(table) else "")


def _domain(used: list[Use]) -> tuple[Fraction | None, Fraction | None]:
    """From where to where values can occur; ``None`` where that is not known."""
    lows, highs = [use.values.low for use in used], [use.values.high for use in used]
    low = None if None in lows or not lows else min(low for low in lows if low is not None)
    high = None if None in highs or not highs else max(high for high in highs if high is not None)
    return low, high


def _ends(path: DataPath, table: CutTable, domain: tuple[Fraction | None, Fraction | None]) -> Iterator[Fault]:
    """Values at the two ends that no cut covers, and cuts that lie beyond them."""
    low, high = domain
    cuts = ordered(table)
    for value, cut in ((low, cuts[0]), (high, cuts[-1])):
        if value is not None and not any(inside(each, value) for each in table.cuts):
            says = f"The value {_text(value, table)} can occur, and no cut covers it."
            where = (*path, "cuts", table.cuts.index(cut))
            yield Fault("framework.cut-end", where, says, "Leave that end of the cut open, or move it.")
    for at, cut in enumerate(table.cuts):
        start, end = first(cut), last(cut)
        beyond = high is not None and start is not None and start > Edge(high, 0)
        if beyond or (low is not None and end is not None and end < Edge(low, 0)):
            says = f"No value can be in the cut of {quoted(cut.grade)}: values go from {low} to {high}."
            yield Fault("framework.cut-outside", (*path, "cuts", at), says, "Move its ends, or take it out.")
