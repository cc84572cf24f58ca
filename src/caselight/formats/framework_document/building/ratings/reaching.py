"""Scales of grades, cut tables, and each rating: how it is reached, capped, decided otherwise, or not rated at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from caselight.formats.framework_document.building.ratings.scales import cuts, grades
from caselight.formats.framework_document.building.ratings.tables import caps, duties, lines, matrix
from caselight.formats.framework_document.building.speaker import Speaker, anchor, anchor_id, each, joined
from caselight.formats.framework_document.structure import (
    Pairs,
    Paragraph,
    Points,
    Section,
    Words,
    paragraph,
    words,
)
from caselight.method.framework.ratings import (
    ByCut,
    ByFirstMatch,
    ByLowest,
    ByMatrix,
    BySum,
    Discretion,
    Rating,
)

Pair = tuple[str, tuple[Paragraph | Points, ...]]


def ratings(say: Speaker) -> list[Section]:
    """Everything that rates; none when the framework does not."""
    framework = say.framework
    if not framework.ratings and not framework.rating_scales:
        return []
    blocks = tuple(grades(say, scale) for scale in framework.rating_scales)
    tables = tuple(block for table in framework.cut_tables for block in cuts(say, table))
    inner = [Section("cut-tables", say.word("document.cut_tables"), tables)] if tables else []
    inner += [_rating(say, rating) for rating in framework.ratings]
    return [Section("ratings", say.word("document.ratings"), blocks, tuple(inner))]


def _rating(say: Speaker, rating: Rating) -> Section:
    pairs = Pairs(rating.id, tuple(_pairs(say, rating)))
    way, needs = rating.way
    tables = (
        lines(say, rating, needs) if way == "first_match" else matrix(say, rating, needs) if way == "matrix" else []
    )
    blocks = (pairs, *tables, *caps(say, rating), *duties(say, rating))
    return Section(anchor_id("rating", rating.id), f"{rating.id}: {say.text(rating.label)}", blocks, brief=rating.id)


def _pairs(say: Speaker, rating: Rating) -> Iterator[Pair]:
    way, needs = rating.way
    yield _pair(say, "rating.way", HOW[way](say, needs))
    known = say.framework.rating_scale_by_id.get(rating.scale)
    labels = ", ".join(say.text(grade.label) for grade in known.grades) if known else rating.scale
    yield _pair(say, "rating.scale", labels)
    if rating.theme is not None:
        title = next(
            (say.text(theme.title) for theme in say.framework.themes if theme.id == rating.theme), rating.theme
        )
        yield _pair(say, "rating.theme", words(title, href=anchor("theme", rating.theme)))
    if rating.headline:
        yield _pair(say, "rating.headline", say.word("rating.headline_says"))
    yield from _not_rated(say, rating)
    yield say.word("rating.discretion"), _discretion(say, rating)
    target = anchor("rating", rating.id)
    yield _pair(say, "document.origin", say.origin(rating.provenance, "rating", rating.id, target))


def _pair(say: Speaker, key: str, what: str | Words) -> Pair:
    return say.word(key), (paragraph(what),)


def _not_rated(say: Speaker, rating: Rating) -> Iterator[Pair]:
    said = []
    if rating.minimum is not None:
        said.append(say.word("rating.minimum_says", cases=rating.minimum))
    if rating.not_rated_when is not None:
        said.append(say.word("rating.not_rated_when", when=say.when(rating.not_rated_when)))
    if said:
        yield _pair(say, "rating.minimum", " ".join(said))
    if rating.carried_from is not None:
        question = say.question(rating.carried_from)
        yield _pair(say, "rating.carried_from", say.phrase("rating.carried_from_says", question=question))


def _discretion(say: Speaker, rating: Rating) -> tuple[Paragraph | Points, ...]:
    if rating.discretion is None or not rating.may_decide:
        return (paragraph(say.word("rating.may_decide" if rating.may_decide else "rating.may_not_decide")),)
    origin = say.origin(rating.discretion.provenance, "part", rating.id, anchor("rating", rating.id))
    opens = Points(tuple(words(text) for text in _opens(say, rating.discretion)))
    return paragraph(say.word("rating.discretion_says")), opens, paragraph(origin)


def _opens(say: Speaker, discretion: Discretion) -> Iterator[str]:
    if discretion.within_points is not None:
        key = "rating.within" if discretion.inclusive else "rating.within_open"
        yield say.word(key, points=say.word("question.points", points=say.number(discretion.within_points)))
    if discretion.one_case:
        yield say.word("rating.one_case")
    if discretion.base_at_most is not None:
        yield say.word("rating.base_at_most", cases=discretion.base_at_most)


def _by_cut(say: Speaker, needs: ByCut) -> Words:
    key = "rating.cut" if len(needs.measures) == 1 else "rating.cut_several"
    return say.phrase(key, measures=each(needs.measures, say.measure), table=say.table(needs.table))


def _by_lowest(say: Speaker, needs: ByLowest) -> Words:
    return say.phrase("rating.lowest", of=each(needs.of, say.rating))


def _by_sum(say: Speaker, needs: BySum) -> Words:
    tables = joined(
        [say.phrase("rating.table_for", maximum=str(one.maximum), table=say.table(one.table)) for one in needs.tables]
    )
    return say.phrase("rating.sum", of=each(needs.of, say.rating), tables=tables)


def _by_first_match(say: Speaker, _needs: ByFirstMatch) -> Words:
    return words(say.word("rating.first_match"))


def _by_matrix(say: Speaker, needs: ByMatrix) -> Words:
    return say.phrase("rating.matrix", rows=say.rating(needs.rows), columns=say.rating(needs.columns))


def _judged(say: Speaker, question: str) -> Words:
    return say.phrase("rating.judged", question=say.question(question))


HOW: Mapping[str, Callable[[Speaker, Any], Words]] = {
    "cut": _by_cut,
    "lowest": _by_lowest,
    "sum": _by_sum,
    "first_match": _by_first_match,
    "matrix": _by_matrix,
    "judged": _judged,
}
