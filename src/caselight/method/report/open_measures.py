"""What of measures and ratings may not be published: a number about a group of children that is too small.

A measure that counts what a figure counts is hidden with it, and takes part in the same sums. What is made of a hidden
measure is hidden too, and so is what a rating says of its value; the grade itself is printed. (letter.md, check 6)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from caselight.method.analysis.figure import Figure, Figures
from caselight.method.framework.definition import Framework
from caselight.method.statistics.attack import Sum
from caselight.method.statistics.disclosure import Number

COUNTS = ("sufficient", "insufficient", "relevant")
NUMBER, REACHED = "number", "reached"


def measure_sums(figures: Figures, framework: Framework) -> Iterator[tuple[list[Number], Sequence[Sum]]]:
    """The counts of every share, and how they hang together with the figure of their question.

    A measure over all cases is its question's figure again; one over some of them leaves a rest.
    """
    for figure in figures.values():
        whole, parts = figures.get(_question(figure, framework)), _counts(figure)
        if whole is None or parts is None:
            continue
        children = figure.describes or whole.describes
        named = {part: f"{figure.key} {part}" for part in COUNTS}
        numbers = [
            Number(named[part], parts[part], describes=children and part == "relevant",
                   base="" if part == "relevant" else named["relevant"])
            for part in COUNTS
        ]  # fmt: skip
        sums = [Sum(named["relevant"], (named["sufficient"], named["insufficient"]))]
        for part in COUNTS:
            rest = Number(f"{figure.key} rest-{part}", getattr(whole, part) - parts[part],
                          describes=children and part == "relevant", printed=False)  # fmt: skip
            if rest.value > 0:
                numbers.append(rest)
            if rest.value >= 0:
                sums.append(Sum(f"{whole.key} {part}", (named[part], *([rest.key] if rest.value else []))))
        yield numbers, sums


def hidden_rated(
    figures: Figures, framework: Framework, hidden: Mapping[str, Iterable[str]]
) -> dict[str, frozenset[str]]:
    """What is held back of measures and ratings, given what is of the figures they count and of the shares themselves."""
    found: dict[str, frozenset[str]] = {}
    for figure in figures.values():
        if figure.kind == "score" and (
            figure.key in hidden or _small(figure, framework) or _counts_hidden(figure, framework, hidden)
        ):
            found[figure.key] = frozenset({NUMBER})
    _spread(figures, found)
    for figure in figures.values():
        if figure.reached is not None and {figure.reached.measure, *figure.reached.deciding} & found.keys():
            found[figure.key] = frozenset({REACHED})
    return found


def _spread(figures: Figures, found: dict[str, frozenset[str]]) -> None:
    """What is made of a hidden measure is hidden, however long the chain."""
    made = {figure.key: figure.number.of for figure in figures.values() if figure.number and figure.number.of}
    while more := {key for key, parts in made.items() if key not in found and set(parts) & found.keys()}:
        found.update(dict.fromkeys(more, frozenset({NUMBER})))


def _question(figure: Figure, framework: Framework) -> str:
    measure = framework.measure_by_id.get(figure.key) if figure.kind == "score" else None
    return measure.share.question if measure is not None and measure.share is not None else ""


def _counts(figure: Figure) -> dict[str, int] | None:
    number = figure.number
    if number is None or number.n is None or number.d is None or number.n.denominator != 1 or number.d.denominator != 1:
        return None
    return {"sufficient": int(number.n), "insufficient": int(number.d - number.n), "relevant": int(number.d)}


def _small(figure: Figure, framework: Framework) -> bool:
    base = figure.number.d if figure.number else None
    return figure.describes and base is not None and Fraction(1) <= base <= framework.small_number


def _counts_hidden(figure: Figure, framework: Framework, hidden: Mapping[str, Iterable[str]]) -> bool:
    """Whether a mean, points or a weighted share is about a question whose numbers are held back."""
    measure = framework.measure_by_id.get(figure.key)
    if measure is None:
        return False
    asked = [way.question for way in (measure.mean, measure.weighted) if way is not None]
    if measure.points is not None:
        themes = [theme for theme in framework.themes if theme.id in measure.points.themes]
        asked += [*measure.points.questions, *(question.id for theme in themes for question in theme.questions)]
    return any(set(hidden.get(name, ())) & {"sufficient", "relevant"} for name in asked)
