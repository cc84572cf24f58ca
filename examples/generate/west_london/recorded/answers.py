"""The answers that an inspector gave in one case, in the order of the framework, before anybody changed their mind.

Values follow from the solved case. Reasons, good-practice ticks, notes and notable marks are chosen by chance from
what the framework offers and from ``notes.yaml``, so that every *No* says why and strengths have evidence too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from examples.generate.chance import Chance
from examples.generate.west_london.figures import targets
from examples.generate.west_london.figures.solve import Solved

from caselight.method.caseload.case import FactValue
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Question

# The reasons of the failing cases, one after another; those that the letter names come first and most often.
REVIEW = (("not-done",), ("change-missed",), ("copied-forward",), ("late",))
OVERSIGHT = (
    ("deficits-not-redressed",),
    ("deficits-not-redressed", "signed-without-reading"),
    ("deficits-not-redressed",),
)
REASONS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "R2": REVIEW, "R6": REVIEW[1:], "P2": REVIEW, "P7": REVIEW[2:], "C2": REVIEW[1:], "C6": REVIEW,
    "P9": OVERSIGHT, "C9": OVERSIGHT,
    "P5": (("responses-deficient", "contingency-deficient"), ("contingency-deficient",), ("responses-deficient",)),
    "C4": (("response-deficient",), ("contingency-deficient",)),
    "R7": (("resettlement-not-addressed",), ("reviews-lacking", "resettlement-not-addressed")),
    "P1": (("previous-behaviour-ignored",), ("classification-too-low",), ("victims-not-considered",)),
    "P4": (("vague",), ("not-consistent",), ("victims-missing", "vague")),
    "C1": (("sources-not-used",), ("care-history-ignored", "sources-not-used"), ("classification-too-low",)),
    "C3": (("incomplete",),), "R4b": (("unclear",),), "R5": (("factor-without-action",),),
    "P8": (("victim-not-in-plan",),), "D1": (("factor-missed",),), "D2": (("no-adjustment",),),
    "E3": (("views-not-used",),),
}  # fmt: skip
LATENESS = ("missed_appointments", "interpreter", "allocation", "missed_appointments")
GOOD = {"P1": {"looked-beyond-the-offence": 83}, "X1": {"formal-warnings": 60, "breach-started": 30}}
GOOD_OTHERWISE, NOTABLE, NOTED_YES, NOTED_GATE = 26, 5, 40, 45  # in a hundred
NOTABLE_IN = {"R1": 22}  # "of high quality", said of several


class Given(NamedTuple):
    """One answer before it has a time, an author and an id."""

    question: str
    value: str
    reasons: tuple[str, ...] = ()
    note: str = ""
    notable: bool = False


@cache
def notes() -> dict[str, Any]:
    """The notes, by question."""
    text = (Path(__file__).parent / "notes.yaml").read_text(encoding="utf-8")
    return {str(name): value for name, value in yaml.load(text, _Words).items()}  # noqa: S506 - a safe loader


class _Words(yaml.SafeLoader):
    """YAML in which yes and no stay words."""


_Words.yaml_implicit_resolvers = {}


class Answering:
    """Answers the questions of one case. ``places`` says which of a question's failing cases this one is."""

    def __init__(
        self, framework: Framework, key: str, solved: Solved, facts: Mapping[str, FactValue], *,
        places: Mapping[str, int], chance: Chance,
    ) -> None:  # fmt: skip
        self.framework = framework
        self.key = key
        self.solved = solved
        self.facts = facts
        self.places = places
        self.chance = chance

    def given(self) -> Iterator[Given]:
        """What the inspector recorded, the facts first."""
        yield from self._facts()
        for question in self.framework.questions.values():
            if question.tool == "case" and question.kind != "computed" and self._applies(question.id):
                yield self._answer(question)

    def _applies(self, question: str) -> bool:
        holds = self.solved.holds
        if question == "R1t.cause":
            return "R1t" in self.solved.fails
        if question == "R4b":
            return bool(holds & {"psr", "panel_report"})
        if question == "P6":
            return holds >= {"custodial", "P5.needed"}
        opener = targets.OPENED_BY.get(question) or targets.ASKED_WHERE.get(question)
        return opener is None or opener in holds

    def _facts(self) -> Iterator[Given]:
        """Who was there, the inspector's own classifications, and a fact that the service had wrong."""
        present = self.chance.weighted({"case_manager": 29, "stand_in": 3, "nobody": 2}, "present", self.key)
        yield Given("fact:present", present)
        yield Given("fact:rosh_inspector", self._level("rosh", "P1"))
        yield Given("fact:vulnerability_inspector", self._level("vulnerability", "C1"))
        if "community_supervision" not in self.solved.holds:
            note = "All of the sentence so far was in custody and nobody had begun to plan for licence."
            yield Given("fact:community_supervision", "no", note=note)

    def _level(self, name: str, question: str) -> str:
        """The service's classification, or one higher where the inspector found it too low."""
        level = str(self.facts[f"{name}_recorded"])
        too_low = question in self.solved.fails and "classification-too-low" in self._reasons(question)
        steps = ("low", "medium", "high", "very_high")
        return steps[steps.index(level) + 1] if too_low else level

    def _answer(self, question: Question) -> Given:
        if question.id == "R1t.cause":
            cause = LATENESS[self.places["R1t"] % len(LATENESS)]
            return Given(question.id, cause, note=notes()[question.id][cause])
        if question.kind == "gate":
            return self._gate(question.id)
        return self.no(question.id) if question.id in self.solved.fails else self.yes(question)

    def _gate(self, question: str) -> Given:
        value = "yes" if question in self.solved.holds else "no"
        flagged = self.facts.get("exploitation_flag")
        if question == "C8.indicators" and flagged != value:
            return Given(
                question, value, note=notes()[question]["flag_missing" if value == "yes" else "flag_unfounded"]
            )
        noted = value == "yes" or self._happens(NOTED_GATE, "noted", question)
        return Given(question, value, note=self._note(question, value) if noted else "")

    def no(self, question: str) -> Given:
        """An insufficient answer, with its reasons and a note."""
        reasons = self._reasons(question)
        return Given(question, "no", reasons, notes()[question]["no"][reasons[0]])

    def yes(self, question: Question) -> Given:
        """A sufficient answer, with what was good about it."""
        name = question.id
        wanted = GOOD.get(name, {})
        good = tuple(
            tick.id for tick in self.framework.good_of(question)
            if self._happens(wanted.get(tick.id, GOOD_OTHERWISE), "good", name, tick.id)
        )  # fmt: skip
        notable = bool(good) and self._happens(NOTABLE_IN.get(name, NOTABLE), "notable", name)
        noted = notable or self._happens(NOTED_YES, "noted", name)
        return Given(name, "yes", good, self._note(name, "yes") if noted else "", notable)

    def _reasons(self, question: str) -> tuple[str, ...]:
        offered = REASONS[question]
        return offered[self.places.get(question, 0) % len(offered)]

    def _note(self, question: str, value: str) -> str:
        offered: list[str] = notes()[question][value]
        return self.chance.pick(offered, "note", question, self.key)

    def _happens(self, percent: int, *what: object) -> bool:
        return self.chance.below(100, self.key, *what) < percent
