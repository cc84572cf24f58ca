"""A rule as a formula that gives 1, 0 or 0.5, operator by operator, as :mod:`caselight.method.framework.truth` does.

What rules of ratings look at (measures, other ratings) has no place on the sheet of a case and is not translated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from math import ceil
from typing import Any

from caselight.formats.workbook.formulas.comparisons import COMPARISONS, among, between, decimal, either
from caselight.formats.workbook.formulas.looked import NEVER, NOWHERE, UNKNOWN, Cells, Formula, Looked, Untranslatable
from caselight.formats.workbook.formulas.spans import End, passed
from caselight.method.framework.rules import (
    AllOf,
    Always,
    AnyOf,
    Bounds,
    Counted,
    Elapsed,
    Named,
    Not,
    NotRelevant,
    Rows,
    Rule,
    Test,
)

DEEPEST = 20  # brackets inside each other before a part gets a cell of its own; 64 is the limit of Excel
LONGEST = 1_200  # characters of a formula before a part of it gets a cell of its own; 8,192 is the limit of Excel
MOST = 60  # arguments of one function; 255 is the limit of Excel


def formula(rule: Rule, cells: Cells) -> Formula:
    """The formula of a rule, and what it comes to now. Raises :class:`Untranslatable` for what no sheet can follow."""
    translate = OPERATORS.get(type(rule))
    if translate is None:
        raise Untranslatable("it looks at measures or ratings, which no single sheet knows")
    return Formula(translate(rule, cells), cells.truth(rule))


def short(said: Formula, cells: Cells) -> Formula:
    """The formula itself, or the cell that holds it when it has grown long or deep."""
    fits = len(said.text) <= LONGEST and _depth(said.text) <= DEEPEST
    return said if fits else Formula(cells.hold(said), said.value)


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest


def folded(function: str, parts: Iterable[Formula], cells: Cells) -> Formula:
    """``MIN(a,b,c)``, ``MAX`` or ``SUM``, in groups where there are many."""
    kept = [short(part, cells) for part in parts]
    while len(kept) > MOST:
        groups = [_folded(function, kept[at : at + MOST]) for at in range(0, len(kept), MOST)]
        kept = [Formula(cells.hold(group), group.value) for group in groups]
    return short(_folded(function, kept), cells)


def _folded(function: str, parts: list[Formula]) -> Formula:
    if len(parts) == 1:
        return parts[0]
    numbers = [float(part.value) for part in parts]
    value = min(numbers) if function == "MIN" else max(numbers) if function == "MAX" else sum(numbers)
    return Formula(f"{function}({','.join(part.text for part in parts)})", value)


def _always(rule: Always, cells: Cells) -> str:
    del rule, cells
    return "1"


def _all(rule: AllOf, cells: Cells) -> str:
    return folded("MIN", [formula(part, cells) for part in rule.all], cells).text


def _any(rule: AnyOf, cells: Cells) -> str:
    return folded("MAX", [formula(part, cells) for part in rule.any], cells).text


def _not(rule: Not, cells: Cells) -> str:
    return f"(1-{short(formula(rule.not_, cells), cells).text})"


def _not_relevant(rule: NotRelevant, cells: Cells) -> str:
    looked = cells.question(rule.not_relevant)
    return "1" if looked is NOWHERE else f"(1-{looked.relevant})"


def _test(test: Test, cells: Cells) -> str:
    kind, name = test.subject
    looked = cells.fact(name) if kind == "fact" else cells.question(name)
    how, other = test.comparison
    if looked is NOWHERE and kind != "fact":
        return "0"  # a question that is not asked
    if how == "known":
        known = NEVER if looked is NOWHERE else _counts(looked) if kind == "outcome" else looked.known
        inner = f"IF({known},1,0)" if other else f"IF({known},0,1)"
    else:
        inner = _compared(kind, looked, how, other, cells)
    return inner if kind == "fact" else f"IF({looked.relevant}=1,{inner},{looked.relevant})"


def _compared(kind: str, looked: Looked, how: str, other: Any, cells: Cells) -> str:
    """A comparison: not known while one side is not known, false where the other side is an answer nobody gives."""
    if isinstance(other, Named):
        named = _named(other, cells)
        if named is NOWHERE or looked is NOWHERE:
            return _unless_outside([(other, named)], UNKNOWN)
        known = f"AND({looked.known},{_known(named)})"
        return _unless_outside([(other, named)], f"IF({known},IF({between(looked, how, named)},1,0),{UNKNOWN})")
    if looked is NOWHERE:
        return UNKNOWN
    if kind == "outcome":
        wanted = {other} if how == "is" else set(other) if how == "in" else set()
        holds = among(looked, [code for code in looked.codes if looked.outcomes.get(code) in wanted])
        return f"IF({_counts(looked)},IF({holds},1,0),{UNKNOWN})"
    compare = COMPARISONS.get(how)
    if compare is None:
        raise Untranslatable(f"it compares with “{how}”")
    return f"IF({looked.known},IF({compare(looked, other)},1,0),{UNKNOWN})"


def _counts(looked: Looked) -> str:
    """A condition: the answer counts as something."""
    return among(looked, [code for code in looked.codes if looked.outcomes.get(code)])


def _named(named: Named, cells: Cells) -> Looked:
    return cells.fact(named.fact) if named.fact is not None else cells.question(named.answer or "")


def _known(looked: Looked) -> str:
    return f"AND({looked.known},{looked.relevant}=1)" if looked.relevant else looked.known


def _unless_outside(ends: Iterable[tuple[Named, Looked]], inner: str) -> str:
    """False where one end is the answer to a question that does not apply: there is nothing to compare with."""
    for named, looked in ends:
        if named.answer is not None:
            inner = "0" if looked is NOWHERE else f"IF({looked.relevant}=0,0,{inner})"
    return inner


def within(bounds: Bounds, low: str, high: str) -> str:
    """Whether a number that lies from ``low`` to ``high`` is inside the bounds: 1, 0, or 0.5."""
    outside, inside = [], []
    if bounds.least is not None:
        outside.append(f"{high}<{decimal(bounds.least)}")
        inside.append(f"{low}>={decimal(bounds.least)}")
    if bounds.most is not None:
        outside.append(f"{low}>{decimal(bounds.most)}")
        inside.append(f"{high}<={decimal(bounds.most)}")
    return f"IF({either(outside)},0,IF(AND({','.join(inside)}),1,{UNKNOWN}))"


def _counted(rule: Counted, cells: Cells) -> str:
    held = []
    for name in rule.count:
        said = formula(rule.tested(name), cells)
        held.append((cells.hold(said), float(said.value)))
    surely = folded("SUM", [Formula(f"INT({cell})", int(value)) for cell, value in held], cells)
    perhaps = folded("SUM", [Formula(f"ROUNDUP({cell},0)", ceil(value)) for cell, value in held], cells)
    return within(rule, cells.hold(surely), cells.hold(perhaps))


def _elapsed(rule: Elapsed, cells: Cells) -> str:
    both = [(named, _named(named, cells)) for named in (rule.elapsed.from_, rule.elapsed.to)]
    if any(looked is NOWHERE or looked.type != "date" for _, looked in both):
        return _unless_outside(both, UNKNOWN)
    first, last = (End(looked.cell, _known(looked), _named_day(named, cells)) for named, looked in both)
    span = passed(first, last, rule.elapsed.in_, cells)
    return _unless_outside(both, f"IF(ISNUMBER({span}),{within(rule, span, span)},{UNKNOWN})")


def _named_day(named: Named, cells: Cells) -> date | None:
    kind, name = named.subject
    if kind == "fact":
        value = cells.facts.fact(name)
    else:
        value = cells.facts.answer(name) if cells.facts.relevant(name) else None
    return value if isinstance(value, date) else None


def _rows(rule: Rows, cells: Cells) -> str:
    surely, perhaps = cells.rows(rule)
    return within(rule, cells.hold(surely), cells.hold(perhaps))


OPERATORS: Mapping[type, Callable[[Any, Cells], str]] = {
    Always: _always,
    AllOf: _all,
    AnyOf: _any,
    Not: _not,
    NotRelevant: _not_relevant,
    Test: _test,
    Elapsed: _elapsed,
    Counted: _counted,
    Rows: _rows,
}
