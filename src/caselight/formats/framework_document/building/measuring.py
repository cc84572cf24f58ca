"""The measures, each with how it is reached in a sentence; one entry for each way, as in the method."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from caselight.formats.framework_document.building.speaker import Speaker, anchor, anchor_id, each, joined
from caselight.formats.framework_document.structure import Row, Section, Words, filled, words
from caselight.method.framework.measures import (
    Lookup,
    Mean,
    Measure,
    PointsOf,
    Pooled,
    Share,
    Steps,
    Sum,
    Weighted,
)


def measures(say: Speaker) -> list[Section]:
    """A table of measures; none when there are none."""
    if not say.framework.measures:
        return []
    title = say.word("document.measures")
    columns = ("document.measure", "document.how", "document.origin")
    rows = tuple(_measure(say, measure) for measure in say.framework.measures)
    return [Section("measures", title, (filled(title, tuple(map(say.word, columns)), rows),))]


def _measure(say: Speaker, measure: Measure) -> Row:
    way, needs = measure.way
    small = f" ({say.word('document.small')})" if measure.describes else ""
    origin = say.origin(measure.provenance, "measure", measure.id, anchor("measure", measure.id))
    name = words(f"{measure.id}: {say.text(measure.label)}")
    return Row((name, (*HOW[way](say, needs), *words(small)), origin), anchor_id("measure", measure.id))


def _share(say: Speaker, share: Share) -> Words:
    noun, question = _noun_of(say, share.question), say.question(share.question)
    if share.where is None:
        return say.phrase("measure.share", noun=noun, question=question)
    return say.phrase("measure.share_where", noun=noun, question=question, where=say.when(share.where))


def _mean(say: Speaker, mean: Mean) -> Words:
    question = say.question(mean.question)
    if mean.where is None:
        said = say.phrase("measure.mean", question=question)
    else:
        said = say.phrase("measure.mean_where", question=question, where=say.when(mean.where))
    if not mean.values:
        return said
    values = ", ".join(f"{name} = {say.number(value)}" for name, value in mean.values.items())
    return (*said, *words(" "), *words(say.word("measure.values", values=values)))


def _points(say: Speaker, points: PointsOf) -> Words:
    titles = {theme.id: say.text(theme.title) for theme in say.framework.themes}
    themes = [words(titles.get(name, name), href=anchor("theme", name)) for name in points.themes]
    what = joined([*themes, *map(say.bare, points.questions)])
    return say.phrase(f"measure.points.{points.as_}", what=what or words(say.word("measure.every")))


def _weighted(say: Speaker, weighted: Weighted) -> Words:
    strata = each(weighted.strata, say.fact)
    return say.phrase("measure.weighted", question=say.question(weighted.question), strata=strata)


def _pooled(say: Speaker, pooled: Pooled) -> Words:
    return say.phrase("measure.pooled", of=each(pooled.of, say.measure))


def _steps(say: Speaker, steps: Steps) -> Words:
    said = [say.word("measure.step", start=step.at_least, gives=say.number(step.gives)) for step in steps.steps]
    return (*say.phrase("measure.steps", of=say.measure(steps.of)), *words(f" {'; '.join(said)}."))


def _lookup(say: Speaker, lookup: Lookup) -> Words:
    rows = [say.word("measure.lookup_row", gives=say.number(r.gives), when=say.when(r.when)) for r in lookup.rows]
    return words(f"{say.word('measure.lookup', noun=say.noun(lookup.subject))} {'; '.join(rows)}.")


def _sum(say: Speaker, total: Sum) -> Words:
    key = "measure.sum_skip" if total.skip_missing else "measure.sum"
    return say.phrase(key, of=each(total.of, say.measure))


def _external(say: Speaker, key: str) -> Words:
    return words(say.word("measure.external", figure=key))


def _noun_of(say: Speaker, name: str) -> str:
    question = say.framework.questions.get(name)
    return say.noun(say.framework.subject_of(question), many=True) if question else ""


HOW: Mapping[str, Callable[[Speaker, Any], Words]] = {
    "share": _share,
    "mean": _mean,
    "points": _points,
    "weighted": _weighted,
    "pooled": _pooled,
    "steps": _steps,
    "lookup": _lookup,
    "sum": _sum,
    "external": _external,
}
