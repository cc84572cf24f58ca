"""Ratings made from ratings: parts that can be compared, sums with their tables, full matrices, grades never reached."""

from __future__ import annotations

from collections.abc import Iterator, Set

from caselight.method.faults import DataPath, Fault, Severity, quoted
from caselight.method.framework.checks.scores.names import not_on_scale
from caselight.method.framework.definition import Framework
from caselight.method.framework.ratings import ByMatrix, BySum, Grade, Rating

MOST_SUMS = 100_000


def combination_faults(framework: Framework) -> Iterator[Fault]:
    """What does not fit where ratings are put together."""
    for at, rating in enumerate(framework.ratings):
        way, spec = rating.way
        path: DataPath = ("ratings", at)
        if way == "lowest":
            yield from _one_scale(framework, path, rating)
        if way == "sum":
            yield from _sums(framework, (*path, way), spec)
        if way == "matrix":
            yield from _cells(framework, (*path, way), rating)
        yield from _never_reached(framework, path, rating)


def grades_of(framework: Framework, rating: str) -> list[str]:
    """The grades of a rating, worst first; none for a name that nothing has."""
    known = framework.rating_by_id.get(rating)
    scale = framework.rating_scale_by_id.get(known.scale) if known else None
    return [grade.id for grade in scale.grades] if scale else []


def _one_scale(framework: Framework, path: DataPath, rating: Rating) -> Iterator[Fault]:
    for at, name in enumerate(rating.lowest.of if rating.lowest else ()):
        part = framework.rating_by_id.get(name)
        if part is not None and part.scale != rating.scale:
            says = (
                f"{quoted(name)} has the scale {quoted(part.scale)}, so its grades cannot be compared with the others."
            )
            cure = f"Name ratings on the scale {quoted(rating.scale)}."
            yield Fault("framework.other-scale", (*path, "lowest", "of", at), says, cure)


def _sums(framework: Framework, path: DataPath, spec: BySum) -> Iterator[Fault]:
    best: list[int] = []
    for at, name in enumerate(spec.of):
        scale = _scale_of(framework, name)
        scores = [grade.score for grade in scale] if scale else []
        if None in scores:
            says = f"A grade of {quoted(name)} has no score, so it cannot be added up."
            yield Fault(
                "framework.grade-without-score", (*path, "of", at), says, "Give every grade of its scale a score."
            )
        best.append(max((score for score in scores if score is not None), default=0))
    listed = [item.maximum for item in spec.tables]
    if best and sum(best) not in listed:
        says = f"When all parts are rated the sum can be up to {sum(best)}, and no table is for that."
        yield Fault("framework.sum-table-missing", (*path, "tables"), says, f"Add a table for the maximum {sum(best)}.")
    possible = _maxima(best)
    for at, maximum in enumerate(listed):
        if listed.index(maximum) < at:
            says = f"A table for the maximum {maximum} is already listed."
            yield Fault("framework.duplicate-id", (*path, "tables", at, "maximum"), says, "Remove one of the two.")
        elif possible and maximum not in possible:
            says = f"The highest possible sum is never {maximum}, whichever parts are not rated."
            cure = "Correct the maximum, or take the table out."
            yield Fault("framework.sum-table-unused", (*path, "tables", at, "maximum"), says, cure, Severity.WARNING)


def _scale_of(framework: Framework, name: str) -> tuple[Grade, ...] | None:
    part = framework.rating_by_id.get(name)
    scale = framework.rating_scale_by_id.get(part.scale) if part else None
    return scale.grades if scale else None


def _maxima(best: list[int]) -> Set[int]:
    """Every highest sum that some of the parts can have; nothing when there are too many to try."""
    found = {0}
    for score in best:
        found |= {so_far + score for so_far in found}
        if len(found) > MOST_SUMS:
            return set()
    return found - {0}


def _cells(framework: Framework, path: DataPath, rating: Rating) -> Iterator[Fault]:
    spec = rating.matrix
    if spec is None:
        return
    rows, columns = grades_of(framework, spec.rows), grades_of(framework, spec.columns)
    own = grades_of(framework, rating.id)
    if not rows or not columns or not own:
        return
    missing = [f"{row} × {column}" for row in rows for column in columns if column not in spec.cells.get(row, {})]
    if missing:
        shown = ", ".join(missing[:6]) + (" …" if len(missing) > 6 else "")
        says = f"The matrix has no cell for {quoted(shown)}."
        yield Fault("framework.matrix-cell-missing", (*path, "cells"), says, "Give every pair of grades a cell.")
    yield from _surplus(spec, path, rows, columns)
    for row, cells in spec.cells.items():
        for column, grade in cells.items():
            if grade not in own:
                yield not_on_scale((*path, "cells", row, column), grade, own)


def _surplus(spec: ByMatrix, path: DataPath, rows: list[str], columns: list[str]) -> Iterator[Fault]:
    for row, cells in spec.cells.items():
        if row not in rows:
            yield _no_such((*path, "cells", row), row, spec.rows)
        for column in cells:
            if column not in columns:
                yield _no_such((*path, "cells", row, column), column, spec.columns)


def _no_such(path: DataPath, grade: str, rating: str) -> Fault:
    says = f"{quoted(grade)} is no grade of {quoted(rating)}, so this cell is never looked up."
    return Fault("framework.matrix-cell-surplus", path, says, "Take it out, or correct the grade.")


def _never_reached(framework: Framework, path: DataPath, rating: Rating) -> Iterator[Fault]:
    """Grades that no cut, line or cell gives; where grades come from answers or other ratings nothing is said."""
    reached: set[str] = set()
    table = framework.cut_table_by_id.get(rating.cut.table) if rating.cut else None
    if table is not None:
        reached = {cut.grade for cut in table.cuts}
    elif rating.sum is not None:
        tables = [framework.cut_table_by_id.get(item.table) for item in rating.sum.tables]
        reached = {cut.grade for item in tables if item for cut in item.cuts}
    elif rating.first_match is not None:
        reached = {line.grade for line in rating.first_match.lines}
    elif rating.matrix is not None:
        reached = {grade for cells in rating.matrix.cells.values() for grade in cells.values()}
    if not reached or rating.carried_from is not None:
        return
    reached |= {cap.at_most for cap in rating.caps}
    for grade in grades_of(framework, rating.id):
        if grade not in reached:
            says = f"Nothing ever gives {rating.id} the grade {quoted(grade)}."
            cure = "Add a cut, a line or a cell for it, or take it out of the scale."
            yield Fault("framework.grade-never-reached", path, says, cure, Severity.WARNING)
