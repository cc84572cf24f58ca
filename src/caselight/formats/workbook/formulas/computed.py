"""The formulas of computed questions, way by way, as :mod:`caselight.method.answers.computing` reaches their values.

Each way gives the place of the value in its list: 0 while it is not known, -1 where the question then does not apply.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from caselight.formats.workbook.formulas.comparisons import decimal
from caselight.formats.workbook.formulas.looked import NOWHERE, Formula, Untranslatable
from caselight.formats.workbook.formulas.on_sheet import OnSheet
from caselight.formats.workbook.formulas.rules import folded, formula
from caselight.formats.workbook.formulas.spans import years_listed
from caselight.formats.workbook.items import Item
from caselight.method.answers.computing import computed
from caselight.method.answers.points import possible, scored
from caselight.method.answers.standing import Standing
from caselight.method.faults import Faults
from caselight.method.framework.parts import NOT_RELEVANT, Outcome
from caselight.method.framework.questions import OnTime, Points, Question, Table


def reached(question: Question, item: Item, cells: OnSheet) -> Formula:
    """What a computed question comes to before anybody overrides it."""
    assert question.computed is not None  # noqa: S101 - the caller looked; this tells the type checker
    way, spec = question.computed.way
    return Formula(WAYS[way](spec, item, cells), _now(question, item, cells))


def _now(question: Question, item: Item, cells: OnSheet) -> float | str:
    try:
        standing = computed(question, cells.facts)
    except Faults:
        standing = Standing(relevant=True)
    if standing.relevant is False:
        return -1
    if item.type == "number":
        return float(standing.value) if isinstance(standing.value, (int, Fraction)) else ""
    codes = cells.shelf.lists[item.answers].codes
    return codes.index(str(standing.value)) + 1 if standing.value in codes else 0


def _held(truth: Formula, item: Item, cells: OnSheet) -> str:
    """Yes or no as the first answers of the list with that outcome."""
    outcomes, codes = cells.outcomes(item), cells.shelf.lists[item.answers].codes
    places = {
        wanted: next((at for at, code in enumerate(codes, 1) if outcomes.get(code) == wanted), 0)
        for wanted in ("sufficient", "insufficient")
    }
    cell = cells.hold(truth)
    return f"IF({cell}=1,{places['sufficient']},IF({cell}=0,{places['insufficient']},0))"


def _by_rule(rule: Any, item: Item, cells: OnSheet) -> str:
    return _held(formula(rule, cells), item, cells)


def _on_time(measure: OnTime, item: Item, cells: OnSheet) -> str:
    start, done = cells.fact(measure.start), cells.fact(measure.done)
    if done is NOWHERE:
        return "0"
    targets = "0.5"
    for target in reversed(measure.targets if start is not NOWHERE else ()):
        when = cells.hold(formula(target.when, cells))
        in_time = _in_time(f"INT({start.cell})", f"INT({done.cell})", target.working_days, cells)
        targets = f"IF({when}=0,{targets},IF(AND({when}=1,{start.known}),{in_time},0.5))"
    if measure.due and (due := cells.fact(measure.due)) is not NOWHERE:
        targets = f"IF({due.known},IF(INT({done.cell})<=INT({due.cell}),1,0),{targets})"
    now = int(_now(cells.framework.questions[item.name], item, cells))
    held = _truth(now, item, cells) if now > 0 else 0.5
    return _held(Formula(f"IF({done.known},{targets},0.5)", held), item, cells)


def _truth(place: int, item: Item, cells: OnSheet) -> float:
    code = cells.shelf.lists[item.answers].codes[place - 1]
    return 1.0 if cells.outcomes(item).get(code) == "sufficient" else 0.0


def _in_time(start: str, done: str, days: int, cells: OnSheet) -> str:
    holidays, _ = cells.holidays
    target = f"WORKDAY({start},{days},{holidays})" if days else start
    listed = years_listed(start, target, cells)
    return f"IF({listed},IF({done}<={target},1,0),0.5)"


def _by_table(table: Table, item: Item, cells: OnSheet) -> str:
    codes = cells.shelf.lists[item.answers].codes

    def place(value: str | None) -> int:
        if value == NOT_RELEVANT:
            return -1
        return codes.index(value) + 1 if value in codes else 0

    lines = []
    for line in table.lines:
        said = formula(line.when, cells)
        lines.append((cells.hold(said), float(said.value), place(line.value)))
    step = Formula(str(place(table.otherwise)), place(table.otherwise))
    if not table.first_match:
        # Where the lines exclude each other, any line that holds settles it; one that is not known leaves the rest open.
        unknown = any(now == 0.5 for _, now, _ in lines)
        most = f"MAX({','.join(cell for cell, _, _ in lines)})"
        step = Formula(f"IF({most}=0.5,0,{step.text})", 0 if unknown else step.value)
    for cell, now, value in reversed(lines):
        if table.first_match:
            text = f"IF({cell}=1,{value},IF({cell}=0,{step.text},0))"
            step = Formula(text, value if now == 1 else step.value if now == 0 else 0)
        else:
            step = Formula(f"IF({cell}=1,{value},{step.text})", value if now == 1 else step.value)
        step = Formula(cells.hold(step), step.value)
    return step.text


def _by_points(points: Points, item: Item, cells: OnSheet) -> str:
    """The sum, the mean or the share; an empty text while something is open, -1 when nothing is left."""
    del item
    parts = [part for name in points.questions if (part := _scored(name, cells))]
    if not parts:
        return "-1"
    total, n, top, waiting = (cells.hold(folded("SUM", column, cells)) for column in zip(*parts, strict=True))
    base = {"sum": "1", "mean": n, "share": top}[points.as_]
    return f'IF({waiting}>0,"",IF(OR({n}=0,{base}=0),-1,{total}/{base}))'


def _scored(name: str, cells: OnSheet) -> tuple[Formula, ...]:
    """Of one question: its points, whether they count, the most there could be, whether it is still open."""
    looked = cells.question(name)
    if looked is NOWHERE:
        return ()
    if looked.type != "choice":
        raise Untranslatable("it adds up points of a question that is not one choice")
    question, standing = cells.framework.questions[name], cells.facts.standing(name)
    top = possible(question, cells.framework)
    scores = _scores(question, looked.codes, cells)
    now = scored(question, standing, cells.framework) if standing.relevant else None
    at = f"AND({looked.relevant}=1,{looked.position}>0)"
    points, counts = (
        f"IF({at},CHOOSE({looked.position},{','.join(texts)}),0)"
        for texts in (
            ["0" if score is None else decimal(score) for score in scores],
            ["0" if score is None else "1" for score in scores],
        )
    )
    counted = Formula(counts, int(now is not None))
    cell = cells.hold(counted)
    is_open = standing.relevant is None or (standing.relevant and standing.value is None)
    return (
        Formula(cells.hold(Formula(points, float(now or 0))), float(now or 0)),
        Formula(cell, counted.value),
        Formula(f"{cell}*{decimal(top)}", float(top) * float(counted.value)),
        Formula(cells.hold(Formula(f"IF({looked.relevant}=0,0,IF({at},0,1))", int(is_open))), int(is_open)),
    )


def _scores(question: Question, codes: tuple[str, ...], cells: OnSheet) -> list[Fraction | None]:
    scale = cells.framework.scale_by_id.get(question.scale or "")
    outcomes = scale.outcomes if scale else {"yes": Outcome.SUFFICIENT, "no": Outcome.INSUFFICIENT}
    standings = (Standing(relevant=True, value=code, outcome=outcomes.get(code)) for code in codes)
    return [scored(question, standing, cells.framework) for standing in standings]


WAYS: Mapping[str, Callable[[Any, Item, OnSheet], str]] = {
    "sufficient_when": _by_rule,
    "on_time": _on_time,
    "table": _by_table,
    "points": _by_points,
}
