"""The measures of an inspection: each way of measuring is one entry of a table here, and nowhere else.

Values are exact fractions. What a measure needs of another is worked out once; that no measure needs itself is checked
when the framework is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from caselight.method.analysis.examined import Examined
from caselight.method.analysis.figure import Figure
from caselight.method.analysis.measures import derived, points, shares, strata
from caselight.method.analysis.measures.score import Given, Score
from caselight.method.framework.definition import Framework
from caselight.method.framework.measures import Measure
from caselight.method.framework.rules import references

WAYS: Mapping[str, Callable[[Any, Given], Score]] = {
    "share": shares.share,
    "mean": points.mean,
    "points": points.points,
    "weighted": strata.weighted,
    "pooled": shares.pooled,
    "steps": derived.steps,
    "lookup": points.lookup,
    "sum": derived.add,
    "external": derived.external,
}


class Measures:
    """The measures of an inspection by id, each worked out on first use."""

    def __init__(self, seen: Examined) -> None:
        self.seen = seen
        self.framework = seen.package.framework
        self._given = Given(seen, self.score)
        self._scores: dict[str, Score] = {}

    def score(self, name: str) -> Score:
        """What a measure comes to."""
        if name not in self._scores:
            way, spec = self.framework.measure_by_id[name].way
            self._scores[name] = WAYS[way](spec, self._given)
        return self._scores[name]

    def questions_behind(self, names: Iterable[str]) -> tuple[str, ...]:
        """The questions whose answers measures count, directly or through other measures, each once."""
        found: dict[str, None] = {}
        waiting, seen = list(names)[::-1], set[str]()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            way, spec = self.framework.measure_by_id[name].way
            if way == "points":
                found |= dict.fromkeys(question.id for question in points.questions_of(spec, self.framework))
            elif way in ("share", "mean", "weighted"):
                found[spec.question] = None
            of = getattr(spec, "of", ())
            waiting += [of] if isinstance(of, str) else of[::-1]
        return tuple(found)

    def figures(self) -> Iterator[Figure]:
        """A figure of the kind ``score`` for each measure, in the order of the framework."""
        for measure in self.framework.measures:
            yield self._figure(measure, self.score(measure.id))

    def _figure(self, measure: Measure, score: Score) -> Figure:
        question = self.framework.questions.get(score.question)
        language = self.seen.language
        scale = self.framework.scale_by_id.get(question.scale or "") if question else None
        polarity = (question.polarity if question else None) or (scale.polarity if scale else "")
        return Figure(
            key=measure.id,
            kind="score",
            label=measure.label.in_(language),
            definition=question.text.in_(language) if question else "",
            theme=self.framework.theme_of[question.id].id if question else "",
            subject=score.subject,
            question=score.question,
            cells=score.cells,
            why=score.why,
            interval=score.interval,
            adverse=polarity == "adverse",
            describes=_describes(measure, self.framework),
            sample_size=len(self.seen.sheets.get(score.subject, ())),
            number=score.number,
        )


def _describes(measure: Measure, framework: Framework) -> bool:
    """Whether a measure describes children: it is marked, or takes a sub-sample by a fact or question that is."""
    where = getattr(measure.way[1], "where", None)
    looked_at = references(where) if where is not None else frozenset()
    return measure.describes or any(
        framework.fact_by_id[name].describes if kind == "fact" else framework.questions[name].describes
        for kind, name in looked_at
    )
