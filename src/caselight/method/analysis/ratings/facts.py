"""What the rules of ratings look at: the rated service's own facts and answers, measures, and the grades of ratings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction

from caselight.method.analysis.measures import Measures
from caselight.method.analysis.ratings.found import Settled
from caselight.method.answers.sheet import Sheet
from caselight.method.framework.definition import Framework
from caselight.method.framework.rules import Rule, Truth, Unit, Value, references
from caselight.method.framework.truth import Facts


class RatingFacts(Facts):
    """The sheet of the rated service with the measures and ratings of the inspection beside it.

    ``sheet`` is ``None`` where the inspection holds no such subject: then nothing is known of it.
    """

    def __init__(self, sheet: Sheet | None, measures: Measures, settled: Callable[[str], Settled]) -> None:
        self._own: Facts = sheet or Facts()
        self._sheet = sheet
        self._measures = measures
        self._settled = settled
        self.framework: Framework = measures.framework

    def fact(self, name: str) -> Value | None:
        return self._own.fact(name)

    def answer(self, question: str) -> Value | None:
        return self._own.answer(question)

    def outcome(self, question: str) -> str | None:
        return self._own.outcome(question)

    def relevant(self, question: str) -> Truth:
        return self._own.relevant(question)

    def rows(self, kind: str) -> Iterable[Facts] | None:
        return self._own.rows(kind)

    def elapsed(self, start: date, end: date, unit: Unit) -> int | None:
        return self._own.elapsed(start, end, unit)

    def measure(self, name: str) -> Fraction | None:
        """The value of a measure, once nothing that it rests on is open."""
        score = self._measures.score(name)
        return None if score.incomplete else score.number.value

    def rated(self, rating: str) -> Truth:
        """False when a rating is not rated; not known while it waits for something."""
        settled = self._settled(rating)
        return None if settled.open else settled.reached.state == "rated"

    def rank(self, rating: str) -> int | None:
        """The place of the grade as it stands, after a decision."""
        grade = self._settled(rating).reached.grade
        return self.rank_of(rating, grade) if grade else None

    def rank_of(self, rating: str, grade: str) -> int:
        """The place of a grade on the scale of a rating, worst first."""
        return ranks(self.framework, rating)[grade]

    def waits(self, rule: Rule) -> bool:
        """Whether anything that a rule looks at is still open: then what is not known yet may become known."""
        return any(self._waits(kind, name) for kind, name in references(rule))

    def _waits(self, kind: str, name: str) -> bool:
        if kind == "measure":
            return bool(self._measures.score(name).incomplete)
        if kind == "rating":
            return self._settled(name).open
        if self._sheet is None:
            return True
        if kind == "fact":
            return self._sheet.fact(name) is None
        standing = self._sheet.standing(name)
        return standing.relevant is None or (standing.relevant and standing.value is None)


class Supposed(Facts):
    """The same with some grades or measures as they could have been; an empty grade is one that is not rated."""

    def __init__(
        self, facts: RatingFacts, grades: Mapping[str, str], measures: Mapping[str, Fraction] | None = None
    ) -> None:
        self._facts = facts
        self._grades = grades
        self._values = measures or {}
        for name in ("fact", "answer", "outcome", "relevant", "rows", "elapsed", "rank_of"):
            setattr(self, name, getattr(facts, name))

    def measure(self, name: str) -> Fraction | None:
        value = self._values.get(name)
        return self._facts.measure(name) if value is None else value

    def rated(self, rating: str) -> Truth:
        return bool(self._grades[rating]) if rating in self._grades else self._facts.rated(rating)

    def rank(self, rating: str) -> int | None:
        if rating not in self._grades:
            return self._facts.rank(rating)
        grade = self._grades[rating]
        return self._facts.rank_of(rating, grade) if grade else None


def ranks(framework: Framework, rating: str) -> dict[str, int]:
    """The place of each grade on the scale of a rating, worst first from 0."""
    scale = framework.rating_scale_by_id[framework.rating_by_id[rating].scale]
    return {grade.id: place for place, grade in enumerate(scale.grades)}
