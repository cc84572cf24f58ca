"""R15's attack: random questions and histories, recorded in the store and counted, against an oracle in plain Python.

The oracle knows how the histories were made and what the documentation says of rules, heads, passes and cells. It
shares no code with what it judges.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from typing import Any
from unittest.mock import patch

from tests.evidence.work.inspections import AT, adopted, begun, hastily, stepped
from tests.factories import small
from tests.factories.answers import op_id, sent

from caselight.method.answers import events as method
from caselight.method.answers.events import AnswerEvent
from caselight.procedures.totals import figures_agreed, figures_now
from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.receipts import Receipt

Rule = dict[str, Any]
Cells = dict[str, list[str]]
STEPS, AGREED = ("completed", "moderated", "signed", "locked"), ("moderated", "signed", "locked")
REASONS = {"not_relevant": ("elsewhere",), "no": ("weak",)}
STORIES = (
    "none",
    "one",
    "one",
    "changed",
    "withdrawn",
    "contested",
    "resolved",
    "moderated",
    "second",
    "moderated twice",
)


@dataclass
class World:
    """One inspection: its questions with their rules, its cases with their facts, and what was recorded."""

    rules: dict[str, Rule | None]
    facts: dict[str, dict[str, str]]
    events: list[AnswerEvent] = field(default_factory=list)
    agreed: set[str] = field(default_factory=set)

    # The oracle --------------------------------------------------------------------------------------------------

    def cells(self, question: str, cases: set[str]) -> Cells:
        """Where each case must stand."""
        found: Cells = {}
        for case in sorted(cases):
            found.setdefault(self.cell(question, case), []).append(case)
        return found

    def cell(self, question: str, case: str) -> str:
        """Where one case must stand."""
        rule = self.rules[question]
        applies = True if rule is None else self.truth(rule, case)
        if applies is False:
            return "not_relevant_by_rule"
        heads = self.heads(question, case)
        if len(heads) == 1 and heads[0].value == "not_relevant":
            return "not_relevant_by_inspector"
        if applies is None or not heads:
            return "unanswered"
        if len(heads) > 1:
            return "contested"
        return {"yes": "sufficient", "no": "insufficient"}[heads[0].value]

    def heads(self, question: str, case: str) -> list[AnswerEvent]:
        """What stands: of the moderated pass if it has anything, else of the first."""
        for pass_ in ("moderated", "first"):
            standing = self.standing(question, case, pass_)
            if standing and not (len(standing) == 1 and standing[0].withdrawn):
                return standing
        return []

    def standing(self, question: str, case: str, pass_: str) -> list[AnswerEvent]:
        """What no other builds on, in one pass."""
        own = [e for e in self.events if (e.subject_key, e.question_id, e.pass_) == (case, question, pass_)]
        named = {base for event in own for base in event.base_op_ids}
        return [event for event in own if event.op_id not in named]

    def open(self, case: str) -> list[str]:
        """What keeps a case from being complete: questions without an answer that counts, since a fact may be unknown."""
        return [q for q in self.rules if self.cell(q, case) == "unanswered"]

    def truth(self, rule: Rule, case: str) -> bool | None:
        """True, false, or None where it cannot be known."""
        if "not" in rule:
            inner = self.truth(rule["not"], case)
            return None if inner is None else not inner
        if "fact" in rule:
            value = self.facts[case].get(rule["fact"])
            return None if value is None else value == rule["is"]
        if "answer" in rule:
            return self._answer(rule, case)
        parts = [self.truth(part, case) for part in rule.get("all", rule.get("any"))]
        decisive = "any" in rule
        if decisive in parts:
            return decisive
        return None if None in parts else not decisive

    def _answer(self, rule: Rule, case: str) -> bool | None:
        cell = self.cell(rule["answer"], case)
        if cell.startswith("not_relevant"):
            return False
        if cell in ("unanswered", "contested"):
            return None
        return ("yes" if cell == "sufficient" else "no") == rule["is"]


def attack(seed: int, trials: int, *, contested_counted: bool) -> dict[str, Any]:
    """So many inspections; with the fault planted, the last of several answers is taken for the answer."""
    hastily()
    random, said = Random(seed), []
    figures = {"events": 0, "cells": 0, "contested": 0, "agreed cases": 0}
    with ExitStack() as stack:
        if contested_counted:
            stack.enter_context(patch.object(method, "_heads", lambda group: (max(group),)))
        for n in range(trials):
            said += _one(n, random, figures)
    return {"trials": trials, "failures": len(said), "figures": figures, "said": said}


def _one(n: int, random: Random, figures: dict[str, int]) -> list[str]:
    world = _world(random)
    key = f"totals-{n}"
    begun(key, adopted(_framework(key, world.rules)), world.facts)
    _history(world, n, random)
    _recorded(key, world, random)
    if said := _steps(key, world, n, random):
        return said
    figures["agreed cases"] += len(world.agreed)
    figures["events"] += len(world.events)
    for name, count, cases in (("now", figures_now, set(world.facts)), ("agreed", figures_agreed, world.agreed)):
        counted = count(key)
        for question in world.rules:
            expected = world.cells(question, cases)
            found = {cell.value: sorted(keys) for cell, keys in counted[question].cells.items()}
            figures["cells"] += 1
            figures["contested"] += len(expected.get("contested", ()))
            if found != expected:
                return [f"Inspection {n}, {question} as of {name}: {found} instead of {expected}."]
    return []


def _world(random: Random) -> World:
    rules: dict[str, Rule | None] = {}
    for n in range(random.randint(3, 6)):
        rules[f"Q{n}"] = _rule(random, list(rules), 2) if random.random() < 0.6 else None
    facts = {
        f"C{n}": {name: random.choice(("yes", "no")) for name in ("psr", "custodial") if random.random() < 0.85}
        for n in range(random.randint(2, 5))
    }
    return World(rules, facts)


def _rule(random: Random, earlier: list[str], depth: int) -> Rule:
    kind = random.choice(("fact", "answer", "not", "all", "any")) if depth else random.choice(("fact", "answer"))
    if kind == "not":
        return {"not": _rule(random, earlier, depth - 1)}
    if kind in ("all", "any"):
        return {kind: [_rule(random, earlier, depth - 1) for _ in range(2)]}
    if kind == "answer" and earlier:
        return {"answer": random.choice(earlier), "is": random.choice(("yes", "no"))}
    return {"fact": random.choice(("psr", "custodial")), "is": random.choice(("yes", "no"))}


def _framework(name: str, rules: Mapping[str, Rule | None]) -> Any:
    questions = [small.question(q, **({} if rule is None else {"when": rule})) for q, rule in rules.items()]
    themes = [{"id": "T", "title": "The theme", "number": 1, "questions": questions}]
    return small.framework(id=name, themes=themes, populations=[], counts=[])


def _history(world: World, n: int, random: Random) -> None:
    for case in world.facts:
        for question in world.rules:
            _story(world, n, random, (case, question))


def _story(world: World, n: int, random: Random, place: tuple[str, str]) -> None:  # noqa: C901 - a case for each story
    def add(*on: AnswerEvent, moment: str = "first", withdrawn: bool = False) -> AnswerEvent:
        return _add(world, n, random, place, *on, moment=moment, withdrawn=withdrawn)

    story = random.choice(STORIES)
    if story == "none":
        return
    first = add(moment="second" if story == "second" else "first")
    match story:
        case "changed":
            add(add(first))
        case "withdrawn":
            add(first, withdrawn=True)
        case "contested":
            add(first), add(first)
        case "resolved":
            add(add(first), add(first))
        case "moderated":
            add(moment="moderated", withdrawn=random.random() < 0.2)
        case "moderated twice":
            add(moment="moderated"), add(moment="moderated")


def _add(
    world: World, n: int, random: Random, place: tuple[str, str], *on: AnswerEvent, moment: str, withdrawn: bool = False
) -> AnswerEvent:
    value = "" if withdrawn else random.choice(("yes", "yes", "no", "not_relevant"))
    event = sent(
        *place,
        value,
        op_id(len(world.events) + 1, n),
        actor=random.choice(("i1", "i2")),
        reasons=REASONS.get(value, ()),
        pass_=moment,
        withdrawn=withdrawn,
        base_op_ids=tuple(event.op_id for event in on),
        resolves_reason="Looked at again." if len(on) > 1 else "",
    )
    world.events.append(event)
    return event


def _recorded(key: str, world: World, random: Random, first: int = 0) -> None:
    """From one on in order, in messages of several events of one person each."""
    message: list[AnswerEvent] = []
    for event in [*world.events[first:], None]:
        if message and (event is None or event.actor != message[0].actor or random.random() < 0.05):
            by = message[0].actor
            answers = record_answers(by=by, inspection=key, device="d", events=message, at=AT)
            assert all(isinstance(answer, Receipt) for answer in answers), answers
            message = []
        if event is not None:
            message.append(event)


def _steps(key: str, world: World, n: int, random: Random) -> list[str]:
    """Some cases are completed, moderated, signed or locked; to some an answer comes in later. What was wrong with that."""
    said = []
    for case in world.facts:
        last = random.choice((None, None, None, *STEPS))
        if last is None:
            continue
        before = len(world.events)
        _completed(world, n, random, case)
        _recorded(key, world, random, before)
        steps = STEPS[: STEPS.index(last) + 1]
        refused, open_ = stepped(key, case, *steps), world.open(case)
        if bool(refused) != bool(open_):
            said.append(f"Case {case} of inspection {n}: {open_} is open, and {refused or 'nothing'} was said.")
        elif not refused and last in AGREED:
            world.agreed.add(case)
            if random.random() < 0.4 and last != "locked":  # an answer comes in later, and the case is no longer agreed
                _again(world, n, random, case)
                _recorded(key, world, random, len(world.events) - 1)
                world.agreed.remove(case)
    return said


def _completed(world: World, n: int, random: Random, case: str) -> None:
    """Everything is answered that is asked, and decided where there are several answers; each answer may ask for more."""
    for question in [q for _ in world.rules for q in world.rules]:
        for pass_ in ("first", "second", "moderated"):
            standing = world.standing(question, case, pass_)
            if len(standing) > 1:
                _add(world, n, random, (case, question), *standing, moment=pass_)
        if world.cell(question, case) == "unanswered" and not world.heads(question, case):
            moment = "moderated" if world.standing(question, case, "moderated") else "first"
            _add(world, n, random, (case, question), *world.standing(question, case, moment), moment=moment)


def _again(world: World, n: int, random: Random, case: str) -> None:
    """One more answer to a question that has one, or the first to one that has none."""
    question = random.choice(list(world.rules))
    standing = world.heads(question, case)
    moment = standing[0].pass_ if standing else "moderated"
    _add(world, n, random, (case, question), *(standing or world.standing(question, case, moment)), moment=moment)
