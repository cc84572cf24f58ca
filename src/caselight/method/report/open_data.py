"""What a letter's figures may show outside: small numbers about children held back, and nothing that leads to a case.

Decides which parts of which figures are hidden (letter.md, check 6, second rule); the writers print ``[c]`` there. The
case keys behind a figure are replaced by numbers that mean nothing, so that no writer can print one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from caselight.method.analysis.figure import Cell, Figure, Figures
from caselight.method.framework.definition import Framework
from caselight.method.report.open_measures import hidden_rated, measure_sums
from caselight.method.report.traced import TracedLetter
from caselight.method.statistics.attack import Sum
from caselight.method.statistics.disclosure import Number, suppress

Suppressed = Mapping[str, frozenset[str]]

PARTS = (
    "sufficient",
    "insufficient",
    "relevant",
    "not_relevant_by_rule",
    "not_relevant_by_inspector",
    "not_relevant",
    "unanswered",
    "contested",
)
GROUPS = ("relevant", "not_relevant")  # the children that a describing question is about, and the others
SETTLED = ("unanswered", "contested")  # nought in whatever is published, as everybody may guess
COUNTED = ("share", "people", "count")


def open_letter(letter: TracedLetter, framework: Framework) -> tuple[TracedLetter, Suppressed]:
    """The letter as it may be published, and the parts of its figures that are held back."""
    hidden = hidden_parts(letter.figures, framework)
    shown = {key: anonymous(figure) for key, figure in letter.figures.items() if _public(figure, letter)}
    return replace(letter, figures=shown), hidden


def _public(figure: Figure, letter: TracedLetter) -> bool:
    """Facts are published only as far as the letter prints them."""
    return figure.kind != "fact" or figure.key in letter.used


def hidden_parts(figures: Figures, framework: Framework) -> Suppressed:
    """The parts of each figure to hold back, so that no small number about children is printed or can be worked out."""
    counted = [figure for figure in figures.values() if figure.kind in COUNTED]
    numbers = [number for figure in counted for number in _numbers(figure)]
    numbers += [Number(_sample(kind), size, public=True) for kind, size in _samples(counted).items()]
    sums = [total for figure in counted for total in _sums(figure)]
    for more, total in _across(counted, framework):
        numbers += more
        sums.append(total)
    for added, totals in measure_sums(figures, framework):
        numbers += added
        sums += totals
    hidden = suppress(numbers, sums, framework.small_number)
    found: dict[str, set[str]] = {}
    for name in hidden:
        key, _, part = name.rpartition(" ")
        found.setdefault(key, set()).add(part)
    parts = {key: frozenset(parts) for key, parts in found.items() if figures[key].kind in COUNTED}
    return parts | hidden_rated(figures, framework, found)


def anonymous(figure: Figure) -> Figure:
    """The figure with meaningless numbers in place of case keys; how many stand where, and why, stays.

    Numbered cell by cell, so that the same number in two figures is not the same case.
    """
    names = {key: str(n) for n, key in enumerate((k for keys in figure.cells.values() for k in keys), start=1)}
    cells = {cell: tuple(names[key] for key in keys) for cell, keys in figure.cells.items()}
    return replace(figure, cells=cells, why={names[k]: said for k, said in figure.why.items() if k in names})


def _name(figure: Figure, part: str) -> str:
    return f"{figure.key} {part}"


def _sample(kind: str) -> str:
    return f"{kind} sample"


def _samples(figures: Sequence[Figure]) -> dict[str, int]:
    """The number of subjects of each kind, which everybody knows."""
    return {figure.subject: figure.sample_size for figure in figures}


def _numbers(figure: Figure) -> Iterator[Number]:
    children = figure.describes
    if figure.kind == "count":
        yield Number(_name(figure, "sufficient"), figure.sufficient, describes=children)
        yield Number(_name(figure, "insufficient"), figure.insufficient, describes=children)
        for part in SETTLED:
            yield Number(_name(figure, part), getattr(figure, part), public=True)
        return
    by_part = {
        "not_relevant_by_rule": figure.count(Cell.NOT_RELEVANT_BY_RULE),
        "not_relevant_by_inspector": figure.count(Cell.NOT_RELEVANT_BY_INSPECTOR),
    }
    for part in PARTS:
        value = by_part[part] if part in by_part else getattr(figure, part)
        base = _name(figure, "relevant") if part in ("sufficient", "insufficient") else ""
        yield Number(
            _name(figure, part), value, describes=children and part in GROUPS, base=base, public=part in SETTLED
        )


def _sums(figure: Figure) -> Iterator[Sum]:
    def names(*parts: str) -> tuple[str, ...]:
        return tuple(_name(figure, part) for part in parts)

    if figure.kind == "count":
        yield Sum(_sample(figure.subject), names("sufficient", "insufficient", *SETTLED))
        return
    yield Sum(_name(figure, "relevant"), names("sufficient", "insufficient"))
    yield Sum(_name(figure, "not_relevant"), names("not_relevant_by_rule", "not_relevant_by_inspector"))
    if not figure.where:
        yield Sum(_sample(figure.subject), names("relevant", "not_relevant", "unanswered", "contested"))


def _across(figures: Sequence[Figure], framework: Framework) -> Iterator[tuple[list[Number], Sum]]:
    """Sums between figures: a sub-population and the rest of its whole, its own size, and parts that make the whole."""
    by_key = {figure.key: figure for figure in figures}
    parts = [figure for figure in figures if figure.where]
    for part in parts:
        whole = by_key[part.question]
        for name in ("sufficient", "insufficient", "relevant"):
            outside = getattr(whole, name) - getattr(part, name)
            rest = Number(
                f"{part.key} rest-{name}", outside, describes=part.describes and name == "relevant", printed=False
            )
            yield [rest], Sum(_name(whole, name), (_name(part, name), rest.key))
        yield from _sized(part, by_key, framework)
    for one, other in combinations(parts, 2):
        whole = by_key[one.question]
        if (
            one.question == other.question
            and one.relevant + other.relevant == whole.relevant
            and not _shared(one, other)
        ):
            for name in ("sufficient", "insufficient", "relevant"):
                yield [], Sum(_name(whole, name), (_name(one, name), _name(other, name)))


def _sized(part: Figure, by_key: Mapping[str, Figure], framework: Framework) -> Iterator[tuple[list[Number], Sum]]:
    """Where a count has the same rule as a population, the cells of the population add up to that count."""
    population = next(item for item in framework.populations if part.key == f"{part.question}@{item.id}")
    for count in framework.counts:
        if count.where == population.where and count.id in by_key and not by_key[count.id].unanswered:
            cells = tuple(_name(part, name) for name in ("relevant", "not_relevant", "unanswered", "contested"))
            yield [], Sum(_name(by_key[count.id], "sufficient"), cells)


def _shared(one: Figure, other: Figure) -> bool:
    def keys(figure: Figure) -> set[str]:
        return {key for cell in figure.cells.values() for key in cell}

    return bool(keys(one) & keys(other))
