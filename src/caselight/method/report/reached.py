"""How a rating was reached, in words, step by step: what decided, its value and band, boundary, discretion, decision.

Every word comes from the templates of the language; the letter's sentence, the annex and the command line print the
same steps. What is computed stands in :class:`~caselight.method.analysis.figure.Reached`; nothing is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from caselight.method.analysis.figure import Figure, Reached
from caselight.method.framework.measures import exact
from caselight.method.report.context import Context
from caselight.method.report.scores import Value, plainly, say_percent, value_of
from caselight.method.wording.amounts import Refusal
from caselight.method.wording.numbers import capitalised, fill, join, say_number

ALMOST = Fraction(1, 100)
BANDED = ("cut", "sum")  # other ways have no value of their own: what decided has
ASIDE = ("other_boundary", "how_chance")  # steps that a sentence leaves to the annex
SHORT = ("way", "why", "so_far", "cap", "decision", "duty")
FORMS = ("full", "steps", "short")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of how a rating was reached: what it is about (``way``, ``band``, ``decision`` …) and its words."""

    about: str
    words: str


def reached_steps(figure: Figure, context: Context) -> tuple[Step, ...] | Refusal:
    """The steps to the grade of a rating, the grade itself first; a refusal when the language has no words for one.

    Without a grade the first step says why there is none. ``figure`` is of kind ``rating``.
    """
    teller = _Teller(figure, context)
    steps = tuple(step for step in teller.steps() if step.words)
    if teller.missing:
        return Refusal(
            "letter.no-template",
            f"The language {context.words.name} has no template “{teller.missing[0]}”.",
            "Add it to the wording of the framework; packs/english/wording.yaml has all of them.",
        )
    return steps


def reached_sentence(steps: Sequence[Step], context: Context, form: str = "full") -> str:
    """The steps as one sentence without its stop.

    ``full`` begins with the rating's name and grade, ``steps`` leaves them out, ``short`` has only what decided.
    """
    between = context.words.joins.get("clauses", "; ")
    rest = between.join(
        step.words for step in steps[1:] if step.about not in ASIDE and (form != "short" or step.about in SHORT)
    )
    if form != "full" or not rest:
        return capitalised(rest or steps[0].words)
    return fill(context.words.templates["reached.sentence"], {"head": steps[0].words, "steps": rest})


def decided_by(figure: Figure, context: Context) -> str:
    """Who decided, as a letter may print it: the name where the inspection prints one, else the role, never the key."""
    reached = figure.reached
    member = next((m for m in context.inspection.team if reached and m.key == reached.decided_by), None)
    if member is not None and member.name:
        return member.name
    templates = context.words.templates
    role = f"role.{member.role}" if member else "role.other"
    return templates.get(role) or templates.get("role.other", "")


def band_words(reached: Reached, context: Context) -> str:
    """The ends of a rating's band in words, as its cut table writes them; empty where no table decides.

    ``<65%`` is an end that is not inside, ``>18`` a beginning that is not.
    """
    low, high = reached.band
    ends = []
    if low:
        ends.append(("above" if low.startswith(">") else "from", "low", low.lstrip(">")))
    if high:
        ends.append(("below" if high.startswith("<") else "to", "high", high.lstrip("<")))
    said = {hole: _end(text, reached, context) for _, hole, text in ends}
    exactly = len(ends) == 2 and said["low"] == said["high"]
    name = "exact" if exactly else " ".join(word for word, _, _ in ends)
    return fill(context.words.templates.get(f"band.{name}", "{low} {high}"), said) if ends else ""


def _end(text: str, reached: Reached, context: Context) -> str:
    try:
        value = exact(text)
    except (ValueError, ZeroDivisionError):
        return text
    return say_percent(value, context.words) if reached.percent else plainly(value, context.words)


class _Teller:
    """Tells the steps of one rating; templates that are missing are remembered."""

    def __init__(self, figure: Figure, context: Context) -> None:
        assert figure.reached is not None  # noqa: S101 - a figure of kind rating has it; this tells the type checker
        self.figure, self.reached, self.context = figure, figure.reached, context
        self.language = context.words
        self.missing: list[str] = []

    def steps(self) -> Iterator[Step]:
        """Every step that applies; one without words is left out."""
        yield Step("grade", self._grade())
        if self.reached.state in ("rated", "judgement_needed"):
            yield Step("way", self._way())
            yield Step("band", self._band())
            yield from self._boundaries()
            yield Step("cap", self._cap())
            yield Step("discretion", self._discretion())
            yield Step("decision", self._decision())
        else:
            yield Step("why", self._why())
            yield Step("so_far", self._so_far())
        yield Step("duty", self._duty())
        yield from self._chance()
        yield Step("source", self._say("reached.unchecked") if self.reached.unchecked else "")

    def _say(self, template_name: str, /, **holes: str) -> str:
        template = self.language.templates.get(template_name)
        if template is None:
            self.missing.append(template_name)
            return ""
        return fill(template, holes)

    def _label(self, grade: str) -> str:
        return self.reached.label(grade) or grade

    def _name(self, key: str) -> str:
        figure = self.context.figures.get(key)
        return figure.label if figure else key

    def _number(self, number: int) -> str:
        style = self.context.inspection.house_style
        up_to = style.words_up_to if style.numbers == "words" else -1
        return say_number(number, self.language, words_up_to=up_to)

    def _grade(self) -> str:
        name = self.figure.label
        if self.reached.grade:
            return self._say("reached.rated", name=name, grade=self._label(self.reached.grade))
        return self._say(f"reached.{self.reached.state}", name=name)

    def _why(self) -> str:
        return self._say(f"reached.no.{self.reached.why}") if self.reached.why else ""

    def _so_far(self) -> str:
        """What an unfinished inspection would come to; nothing for what is not rated at all."""
        grade = self.reached.provisional
        return self._say("reached.so_far", grade=self._label(grade)) if grade and not self.reached.grade else ""

    def _way(self) -> str:
        reached, way = self.reached, self.reached.way
        if not reached.reached:
            return self._why()
        parts = reached.parts if way == "matrix" else reached.deciding or reached.parts
        listed = join([self._part(key) for key in parts], self.language)
        if way == "cut" and len(reached.parts) > 1:
            way = "cut.lowest"
        count = self._number(len(reached.parts))
        return self._say(f"reached.{way}", count=count, measure=self._name(reached.measure), value=self._value(),
                         parts=listed)  # fmt: skip

    def _part(self, key: str) -> str:
        figure = self.context.figures.get(key)
        if figure is None or figure.reached is None:
            return self._name(key)
        grade = figure.reached.label(figure.reached.grade)
        return self._say("reached.part", name=figure.label, grade=grade) if grade else figure.label

    def _value(self) -> str:
        """The value in numbers: the base where there is one, and the percentage that the band is about."""
        reached = self.reached
        if reached.value is None:
            return ""
        found = value_of(self.figure, self.context) or Value(reached.value, percent=reached.percent)
        ratio = found.ratio(self.language)
        near = [reached.value + points for points in self._distances().values()]
        number = say_percent(reached.value, self.language, apart=near) if reached.percent else ""
        if ratio and number:
            return self._say("score.both", value=ratio, p=number)
        return ratio or number or plainly(reached.value, self.language, apart=near)

    def _distances(self) -> dict[str, Fraction]:
        """The distance to each boundary that there is, as a difference of values: down is negative."""
        scale = 100 if self.reached.percent else 1
        worse, better = self.reached.points_to_worse, self.reached.points_to_better
        found = {"worse": -worse / scale if worse is not None else None,
                 "better": better / scale if better is not None else None}  # fmt: skip
        return {name: distance for name, distance in found.items() if distance is not None}

    def _band(self) -> str:
        words = band_words(self.reached, self.context) if self.reached.way in BANDED else ""
        return self._say("reached.band", grade=self._label(self.reached.reached), band=words) if words else ""

    def _boundaries(self) -> Iterator[Step]:
        """The distance to the nearest boundary and which grade lies beyond it; the other one for the annex."""
        distances = self._distances() if self.reached.way in BANDED else {}
        nearest = sorted(distances, key=lambda side: abs(distances[side]))
        for about, side in zip(("boundary", "other_boundary"), nearest, strict=False):
            grade = self._neighbour(-1 if side == "worse" else 1)
            if distances[side] == 0:
                yield Step(about, self._say("reached.boundary", grade=grade))
            else:
                points = self._points(abs(distances[side]))
                yield Step(about, self._say("reached.distance", points=points, grade=grade))

    def _points(self, distance: Fraction) -> str:
        points = distance * 100 if self.reached.percent else distance
        name = "reached.percentage_points" if self.reached.percent else "reached.points"
        return self._say(f"{name}.1" if points == 1 else name, points=plainly(points, self.language, apart=(0,)))

    def _neighbour(self, step: int) -> str:
        grades = [grade for grade, _ in self.reached.scale]
        place = grades.index(self.reached.reached) + step if self.reached.reached in grades else -1
        return self._label(grades[place]) if 0 <= place < len(grades) else ""

    def _cap(self) -> str:
        reached = self.reached
        if not reached.caps or reached.reached == reached.provisional:
            return ""
        return self._say("reached.cap", before=self._label(reached.reached), grade=self._label(reached.provisional),
                         says=self._texts(reached.caps))  # fmt: skip

    def _discretion(self) -> str:
        if self.reached.discretion is None:
            return ""
        if not self.reached.discretion:
            return self._say("reached.closed")
        reasons = [self._say(f"reached.why.{reason}") for reason in self.reached.discretion]
        return self._say("reached.open", reasons=join(reasons, self.language))

    def _decision(self) -> str:
        reached = self.reached
        if not reached.decided_by:
            return ""
        name = "reached.decided" if reached.provisional else "reached.decided.first"
        if reached.provisional == reached.grade:
            name = "reached.kept"
        return self._say(name, who=decided_by(self.figure, self.context), grade=self._label(reached.grade),
                         before=self._label(reached.provisional), why=self._texts([reached.decided_why]))  # fmt: skip

    def _duty(self) -> str:
        return self._say("reached.duty", says=self._texts(self.reached.duties)) if self.reached.duties else ""

    def _chance(self) -> Iterator[Step]:
        """The chance of another grade, beside a decision that of the rule's; how it was computed is for the annex."""
        how = self.reached.chance_why.split()
        if self.reached.chance is not None and "census" not in how:
            chance = Fraction(self.reached.chance)
            side = "low" if chance < ALMOST else "high" if chance > 1 - ALMOST else ""
            said = self._say(f"reached.chance.{side}") if side else say_percent(chance, self.language, places=0)
            name = "reached.chance.by_rule" if self.reached.decided_by else "reached.chance"
            yield Step("chance", self._say(name, p=said, grade=self._label(self.reached.provisional)))
        if {"caseload", "predictive"} <= set(how):
            how = ["both", *(word for word in how if word not in ("caseload", "predictive"))]
        between = self.language.joins.get("clauses", "; ")
        explained = [self._say(f"reached.chance.{word}") for word in how if word != "no_grade"]
        yield Step("how_chance", between.join(explained))

    def _texts(self, texts: Iterable[str]) -> str:
        """Whole sentences as parts of a longer one."""
        between = self.language.joins.get("clauses", "; ")
        return between.join(" ".join(text.split()).removesuffix(".") for text in texts)
