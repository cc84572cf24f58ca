"""Numbers that subjects bring along: means of coded answers, points with what is not relevant taken out, lookup tables.

What one subject gives stands beside it, so that a reader can add it up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from caselight.method.analysis.figure import Cell, Number
from caselight.method.analysis.measures.score import Given, Score, is_drawn, number_text, sorted_cells
from caselight.method.analysis.tallies import OUTSIDE, cell
from caselight.method.answers.points import possible, scored, scores
from caselight.method.answers.sheet import Sheet
from caselight.method.answers.standing import Standing
from caselight.method.framework.definition import Framework
from caselight.method.framework.measures import Lookup, Mean, PointsOf
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import ALWAYS, references
from caselight.method.framework.truth import truth


@dataclass
class _Counted:
    """What was added up so far: the number each subject gave, who is outside, and what could have been otherwise."""

    gave: dict[str, Fraction] = field(default_factory=dict)
    cells: dict[Cell, list[str]] = field(default_factory=dict)
    changes: set[Fraction] = field(default_factory=set)

    @property
    def total(self) -> Fraction:
        return sum(self.gave.values(), Fraction(0))

    def leave_out(self, where: Cell, key: str) -> None:
        self.cells.setdefault(where, []).append(key)

    def add(self, key: str, value: Fraction, otherwise: tuple[Fraction, ...]) -> None:
        self.gave[key] = self.gave.get(key, Fraction(0)) + value
        self.changes |= {other - value for other in otherwise if other != value}

    def score(self, number: Number, moves: Callable[[Fraction], Fraction], given: Given, kind: str) -> Score:
        """The score; ``moves`` gives its value after a change of the total."""
        return Score(
            number,
            cells=sorted_cells(self.cells),
            why={key: number_text(value) for key, value in self.gave.items()},
            cases=len(self.gave),
            moves=frozenset(map(moves, self.changes)) if number.value is not None else frozenset(),
            subject=kind,
            drawn=is_drawn(given.seen.package.framework, kind),
        )


def mean(spec: Mean, given: Given) -> Score:
    """The mean over subjects of a question whose answers stand for numbers; answers without one are left out."""
    framework = given.seen.package.framework
    question = framework.questions[spec.question]
    kind = framework.subject_of(question)
    values = {name: Fraction(str(value)) for name, value in spec.values.items()}
    everything = tuple(values.values()) or scores(question, framework)
    counted = _Counted()
    for sheet in given.seen.sheets[kind]:
        inside = truth(spec.where or ALWAYS, sheet)
        if inside is None:
            counted.leave_out(Cell.UNANSWERED, sheet.subject.key)
        elif inside:
            _add_coded(counted, sheet, question, values=values, everything=everything)
    d = len(counted.gave)
    total = counted.total
    number = Number(total / d if d else None, "mean", total, Fraction(d), why="" if d else "no_base")
    return counted.score(number, lambda change: (total + change) / d, given, kind)


def _add_coded(
    counted: _Counted,
    sheet: Sheet,
    question: Question,
    *,
    values: dict[str, Fraction],
    everything: tuple[Fraction, ...],
) -> None:
    standing, key = sheet.standing(question.id), sheet.subject.key
    found = cell(standing)
    if standing.relevant is not True or standing.contested or standing.value is None:
        counted.leave_out(found, key)
        return
    value = values.get(str(standing.value)) if values else _number(question, standing, sheet)
    if value is None:
        counted.leave_out(Cell.NOT_RELEVANT_BY_INSPECTOR, key)
    else:
        counted.add(key, value, everything)


def _number(question: Question, standing: Standing, sheet: Sheet) -> Fraction | None:
    """The number that an answer is, or that its option scores."""
    if isinstance(standing.value, int | Fraction):
        return Fraction(standing.value)
    return scored(question, standing, sheet.framework)


def points(spec: PointsOf, given: Given) -> Score:
    """Points scored over points possible, all subjects together; what is not relevant leaves both sides."""
    framework = given.seen.package.framework
    questions = questions_of(spec, framework)
    counted = _Counted()
    most = Fraction(0)
    for question in questions:
        for sheet in given.seen.sheets[framework.subject_of(question)]:
            most += _add_points(counted, sheet, question)
    _once(counted)
    total, share = counted.total, spec.as_ == "share"
    value = None if not most else total / most if share else total
    number = Number(value, "points", total, most, percent=share, why="" if most else "no_base")
    kind = framework.subject_of(questions[0]) if questions else ""
    return counted.score(number, lambda change: (total + change) / (most if share else 1), given, kind)


def questions_of(spec: PointsOf, framework: Framework) -> tuple[Question, ...]:
    """The questions whose points count, each once: those named, and those of the themes named that can score."""
    themes = [question for theme in framework.themes if theme.id in spec.themes for question in theme.questions]
    named = [framework.questions[name] for name in spec.questions]
    scoring = [question for question in themes if question.kind in ("judgement", "computed")]
    return tuple({question.id: question for question in (*named, *scoring)}.values())


def _add_points(counted: _Counted, sheet: Sheet, question: Question) -> Fraction:
    """Add what a subject scored on a question; the points that were possible there."""
    standing, key = sheet.standing(question.id), sheet.subject.key
    found = cell(standing)
    value = None if standing.contested or not standing.relevant else scored(question, standing, sheet.framework)
    if value is None:
        counted.leave_out(found, key)
        return Fraction(0)
    counted.add(key, value, scores(question, sheet.framework))
    return possible(question, sheet.framework)


def _once(counted: _Counted) -> None:
    """Each subject in one cell: open as soon as one of its questions is, outside only where all of them are."""
    for place, keys in counted.cells.items():
        counted.cells[place] = sorted(set(keys))
    seen: set[str] = set()
    for place in (Cell.CONTESTED, Cell.UNANSWERED, *reversed(OUTSIDE)):
        keys = [key for key in counted.cells.get(place, ()) if key not in seen]
        counted.cells[place] = [key for key in keys if place not in OUTSIDE or key not in counted.gave]
        seen |= set(keys)


def lookup(spec: Lookup, given: Given) -> Score:
    """Points looked up for each subject of a kind and added up; a subject that no row fits gives nothing."""
    counted = _Counted()
    everything = tuple(Fraction(str(row.gives)) for row in spec.rows)
    for sheet in given.seen.sheets[spec.subject]:
        value, settled = _looked_up(spec, sheet)
        if not settled:
            counted.leave_out(Cell.CONTESTED if _contested(spec, sheet) else Cell.UNANSWERED, sheet.subject.key)
        elif value is None:
            counted.leave_out(Cell.NOT_RELEVANT_BY_RULE, sheet.subject.key)
        else:
            counted.add(sheet.subject.key, value, everything)
    total, d = counted.total, len(counted.gave)
    number = Number(total if d else None, "lookup", total, Fraction(d), why="" if d else "no_base")
    return counted.score(number, lambda change: total + change, given, spec.subject)


def _looked_up(spec: Lookup, sheet: Sheet) -> tuple[Fraction | None, bool]:
    """What the first row that holds gives, and whether that is known."""
    for row in spec.rows:
        holds = truth(row.when, sheet)
        if holds is None:
            return None, False
        if holds:
            return Fraction(str(row.gives)), True
    return None, True


def _contested(spec: Lookup, sheet: Sheet) -> bool:
    names = {name for row in spec.rows for kind, name in references(row.when) if kind in ("answer", "outcome")}
    return any(sheet.standing(name).contested for name in names)
