"""Numbers made from other numbers: a step function, a sum, a published figure."""

from __future__ import annotations

from fractions import Fraction

from caselight.method.analysis.figure import Cell, Number
from caselight.method.analysis.measures.score import OPEN, Given, Score, sorted_cells
from caselight.method.framework.measures import Steps, Sum


def steps(spec: Steps, given: Given) -> Score:
    """A step function of another measure: from the start of a step on, the start inside; below the first, no value."""
    part = given.score(spec.of)
    value = None if part.number.value is None else stepped(spec, part.number.value)
    why = part.number.why or ("below_first_step" if value is None else "")
    moves = (stepped(spec, move) for move in part.moves)
    return Score(
        Number(value, "steps", of=(spec.of,), why=why),
        cells=_open_cells([part]),
        cases=part.cases,
        moves=frozenset(move for move in moves if move is not None),
        subject=part.subject,
        drawn=part.drawn,
    )


def stepped(spec: Steps, value: Fraction) -> Fraction | None:
    """What a step function gives for a value; ``None`` below its first step."""
    below = [step for step in spec.steps if step.start <= value]
    return Fraction(str(max(below, key=lambda step: step.start).gives)) if below else None


def add(spec: Sum, given: Given) -> Score:
    """The sum of other measures. One without a value leaves the sum without one, unless they may be skipped."""
    parts = [given.score(name) for name in spec.of]
    values = [part.number.value for part in parts if part.number.value is not None]
    missing = len(values) < len(parts)
    why = _why_no_sum(parts) if missing and not (values and spec.skip_missing) else ""
    total = None if why else sum(values, Fraction(0))
    moves = {
        total - part.number.value + move
        for part in parts
        for move in part.moves
        if total is not None and part.number.value is not None
    }
    cases = [part.cases for part in parts if part.cases]
    return Score(
        Number(total, "sum", percent=all(part.number.percent for part in parts), of=spec.of, why=why),
        cells=_open_cells(parts),
        cases=min(cases) if cases else None,
        moves=frozenset(moves),
        subject=parts[0].subject if len({part.subject for part in parts}) == 1 else "",
        drawn=any(part.drawn for part in parts),
    )


def _why_no_sum(parts: list[Score]) -> str:
    whys = {part.number.why for part in parts}
    return whys.pop() if len(whys) == 1 else "no_external" if "no_external" in whys else "missing_part"


def _open_cells(parts: list[Score]) -> dict[Cell, tuple[str, ...]]:
    """The subjects that keep any part from being complete, each once."""
    open_keys = {place: {key for part in parts for key in part.cells.get(place, ())} for place in OPEN}
    return dict(sorted_cells(open_keys))


def external(spec: str, given: Given) -> Score:
    """A published percentage by its key in ``external.csv`` or ``comparators.csv``."""
    package = given.seen.package
    values = {row.key: row.value for row in package.external} | {one.key: one.value for one in package.comparators}
    found = values.get(spec)
    value = None if found is None else Fraction(found) / 100
    return Score(Number(value, "external", percent=True, why="no_external" if value is None else ""))
