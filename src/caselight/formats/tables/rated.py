"""Measures and ratings as data: the columns that a table has for them, and their records for JSON.

Numbers are exact fractions; printed as decimals they are rounded half up to six places, and the fraction stands beside
them in JSON. Grades are ids, with their words in columns of their own. (frameworks.md, groups 9 to 11)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from caselight.formats.tables.columns import Column
from caselight.formats.tables.entries import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    Entry,
    Value,
    plain_decimal,
    rounded,
    tidy,
)
from caselight.formats.tables.hiding import NUMBER, REACHED
from caselight.method.analysis.figure import Figure, Number, Reached
from caselight.method.wording import numbers

PLACES = 6
CHANCE_PLACES = 3
LIST = " | "


def decimal(value: Fraction | None) -> Value:
    """An exact number as a decimal of at most six places."""
    return NOT_AVAILABLE if value is None else numbers.rounded(value, PLACES).normalize() + 0


def _of_either(
    of_number: Callable[[Number], Value], of_rating: Callable[[Reached], Value], *, tells_number: bool = False
) -> Callable[[Entry], Value]:
    def fill(entry: Entry) -> Value:
        figure = entry.figure
        if tells_number and {NUMBER, REACHED} & entry.hidden:
            return SUPPRESSED
        if figure.reached is not None:
            return of_rating(figure.reached)
        return of_number(figure.number) if figure.number else NOT_APPLICABLE

    return fill


def _of_number(read: Callable[[Number], Value]) -> Callable[[Entry], Value]:
    def fill(entry: Entry) -> Value:
        if entry.figure.number is None:
            return NOT_APPLICABLE
        return SUPPRESSED if NUMBER in entry.hidden else read(entry.figure.number)

    return fill


def _of_rating(read: Callable[[Reached], Value], *, tells_number: bool = False) -> Callable[[Entry], Value]:
    def fill(entry: Entry) -> Value:
        if entry.figure.reached is None:
            return NOT_APPLICABLE
        return SUPPRESSED if tells_number and REACHED in entry.hidden else read(entry.figure.reached)

    return fill


def _text(text: str) -> Value:
    """A text; what is empty here does not apply: nobody decided, nothing capped, an end of a band is open."""
    return tidy(text) or NOT_APPLICABLE


def _listed(items: Iterable[str]) -> Value:
    return _text(LIST.join(items))


def _yes(value: bool) -> Value:
    return "yes" if value else "no"


def _discretion(reached: Reached) -> Value:
    if reached.discretion is None:
        return NOT_APPLICABLE
    return _listed(reached.discretion) if reached.discretion else "closed"


def _chance(reached: Reached) -> Value:
    return NOT_AVAILABLE if reached.chance is None else rounded(reached.chance, CHANCE_PLACES)


def _points(points: Fraction | None) -> Value:
    return NOT_APPLICABLE if points is None else decimal(points)


def _maximum(reached: Reached) -> Value:
    return NOT_APPLICABLE if reached.maximum is None else reached.maximum


def _grade(read: Callable[[Reached], str]) -> Callable[[Entry], Value]:
    return _of_rating(lambda reached: _text(read(reached)))


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("way", "string", _of_either(lambda n: _text(n.way), lambda r: _text(r.way))),
        Column(
            "number", "decimal", _of_either(lambda n: decimal(n.value), lambda r: decimal(r.value), tells_number=True)
        ),
        Column("number_n", "decimal", _of_number(lambda n: decimal(n.n))),
        Column("number_d", "decimal", _of_either(lambda n: decimal(n.d), _maximum, tells_number=True)),
        Column("is_share", "string", _of_either(lambda n: _yes(n.percent), lambda r: _yes(r.percent))),
        Column("made_from", "string", _of_either(lambda n: _listed(n.of), lambda r: _listed(r.parts))),
        Column("state", "string", _of_rating(lambda r: _text(r.state))),
        Column("grade", "string", _grade(lambda r: r.grade)),
        Column("grade_by_rule", "string", _grade(lambda r: r.provisional)),
        Column("grade_by_rule_label", "string", _grade(lambda r: r.label(r.provisional))),
        Column("grade_before_caps", "string", _grade(lambda r: r.reached)),
        Column("deciding", "string", _of_rating(lambda r: _listed(r.deciding))),
        Column("band_from", "string", _of_rating(lambda r: _text(r.band[0]))),
        Column("band_to", "string", _of_rating(lambda r: _text(r.band[1]))),
        Column("points_to_worse", "decimal", _of_rating(lambda r: _points(r.points_to_worse), tells_number=True)),
        Column("points_to_better", "decimal", _of_rating(lambda r: _points(r.points_to_better), tells_number=True)),
        Column("discretion", "string", _of_rating(_discretion, tells_number=True)),
        Column("decided_by", "string", _of_rating(lambda r: _text(r.decided_by))),
        Column("decided_why", "string", _of_rating(lambda r: _text(r.decided_why))),
        Column("caps", "string", _of_rating(lambda r: _listed(r.caps))),
        Column("duties", "string", _of_rating(lambda r: _listed(r.duties))),
        Column("chance", "decimal", _of_rating(_chance, tells_number=True)),
        Column("chance_why", "string", _of_rating(lambda r: _text(r.chance_why))),
        Column("unchecked", "string", _of_rating(lambda r: _yes(r.unchecked))),
        Column("no_value_why", "string", _of_either(lambda n: _text(n.why), lambda r: _text(r.why))),
    )
}


def has_rated(figures: Iterable[Figure]) -> bool:
    """Whether there is any measure or rating, so that the tables need these columns."""
    return any(figure.number is not None or figure.reached is not None for figure in figures)


def rated_records(entry: Entry) -> dict[str, object]:
    """What the record of a measure or rating has beyond that of every figure; nothing for any other figure."""
    figure = entry.figure
    if figure.number is not None:
        return {"number": None if NUMBER in entry.hidden else number_as_data(figure.number)}
    if figure.reached is not None:
        return {"reached": reached_as_data(figure.reached, hidden=REACHED in entry.hidden)}
    return {}


def number_as_data(number: Number) -> Mapping[str, object]:
    """The number of a measure for a program, here and in the answers of commands."""
    return {
        "value": _plain(number.value),
        "exact": None if number.value is None else str(number.value),
        "n": _plain(number.n),
        "d": _plain(number.d),
        "share": number.percent,
        "way": number.way,
        "made_from": list(number.of),
        "why": number.why,
    }


def reached_as_data(reached: Reached, *, hidden: bool = False) -> Mapping[str, object]:
    """A rating; what would tell a held-back number is ``null``."""

    def shown(value: object) -> object:
        return None if hidden else value

    return {
        "state": reached.state,
        "why": reached.why,
        "grade": reached.grade,
        "grade_label": reached.label(reached.grade),
        "grade_by_rule": reached.provisional,
        "grade_before_caps": reached.reached,
        "scale": [{"id": grade, "label": label} for grade, label in reached.scale],
        "way": reached.way,
        "parts": list(reached.parts),
        "deciding": list(reached.deciding),
        "measure": reached.measure,
        "value": shown(_plain(reached.value)),
        "exact": shown(None if reached.value is None else str(reached.value)),
        "share": reached.percent,
        "maximum": reached.maximum,
        "band": list(reached.band),
        "points_to_worse": shown(_plain(reached.points_to_worse)),
        "points_to_better": shown(_plain(reached.points_to_better)),
        "discretion": shown(None if reached.discretion is None else list(reached.discretion)),
        "decided_by": reached.decided_by,
        "decided_why": reached.decided_why,
        "caps": list(reached.caps),
        "duties": list(reached.duties),
        "chance": shown(None if reached.chance is None else float(rounded(reached.chance, PLACES))),
        "chance_why": reached.chance_why,
        "unchecked": reached.unchecked,
    }


def _plain(value: Fraction | None) -> str | None:
    printed = decimal(value)
    return None if isinstance(printed, str) else str(printed) if isinstance(printed, int) else plain_decimal(printed)
