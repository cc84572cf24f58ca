"""Every name inside a rule is the name of something that the rule may look at, and that is known by then.

A rule looks at the facts and earlier questions of its own subject, at those of the subject this one is found in, and,
inside ``rows``, at those of what was found. Measures and ratings are looked at by the rules of ratings only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from caselight.method.faults import DataPath, Fault, did_you_mean, quoted
from caselight.method.framework.checks.names import Wanted, around, foreign_fact, foreign_question, unknown
from caselight.method.framework.checks.places import placed_questions
from caselight.method.framework.checks.rules.uses import RuleUse, needs
from caselight.method.framework.definition import Framework
from caselight.method.framework.rules import (
    Elapsed,
    Leaf,
    Measured,
    Named,
    NotRelevant,
    Rated,
    Ratings,
    Rows,
    Rule,
    Test,
    parts,
)

DEEPEST_CHAIN = 50
BEFORE_ANSWERS = "also"  # the role of rules that are decided before anybody answers
OF_RATINGS = "rating"


def rule_reference_faults(framework: Framework, uses: Iterable[RuleUse]) -> Iterator[Fault]:
    """Names inside rules: unknown, of another subject, of a question that comes later, or of no business here."""
    order = {name: position for position, name in enumerate(framework.questions)}
    for use in uses:
        yield from _Looking(framework, use, order, use.subject).faults(use.rule, use.path)
    yield from _added_up(framework, order)


def names_in(leaf: Leaf) -> Iterator[tuple[DataPath, str, str]]:
    """The facts and questions that a test names: the path inside it, ``fact`` or ``question``, the name."""
    match leaf:
        case NotRelevant():
            yield ("not_relevant",), "question", leaf.not_relevant
        case Test():
            kind, name = leaf.subject
            yield (kind,), "fact" if kind == "fact" else "question", name
            how, other = leaf.comparison
            if isinstance(other, Named):
                yield from _of_named((how,), other)
        case Elapsed():
            yield from _of_named(("elapsed", "from"), leaf.elapsed.from_)
            yield from _of_named(("elapsed", "to"), leaf.elapsed.to)
        case _:
            return


def _of_named(path: DataPath, named: Named) -> Iterator[tuple[DataPath, str, str]]:
    kind, name = named.subject
    yield (*path, kind), "fact" if kind == "fact" else "question", name


@dataclass(frozen=True, slots=True)
class _Looking:
    """One rule, or the part of it that looks at rows: from which subject it looks."""

    framework: Framework
    use: RuleUse
    order: dict[str, int]
    subject: str | None

    def faults(self, rule: Rule, path: DataPath) -> Iterator[Fault]:
        if isinstance(rule, Rows):
            yield from self.rows(rule, path)
            return
        yield from self.out_of_place(rule, path)
        if isinstance(rule, (NotRelevant, Test, Elapsed)):
            for inner, kind, name in names_in(rule):
                where = (*path, *inner)
                yield from self.fact(where, name) if kind == "fact" else self.question(where, name)
        for inner, part in parts(rule):
            yield from self.faults(part, (*path, *inner))

    def fact(self, path: DataPath, name: str) -> Iterator[Fault]:
        if name not in self.framework.fact_by_id:
            yield unknown(Wanted(path, "fact", name, self.framework.fact_by_id))
        yield from foreign_fact(self.framework, path, name, self.subject)

    def question(self, path: DataPath, name: str) -> Iterator[Fault]:
        if name not in self.framework.questions:
            yield unknown(Wanted(path, "question", name, self.framework.questions))
        elif self.use.role == BEFORE_ANSWERS:
            says = f"Eligibility is decided before {quoted(name)} is answered."
            yield Fault("framework.later-question", path, says, "Test facts only.")
        yield from foreign_question(self.framework, path, name, self.subject)
        if self.use.question is not None:
            yield from _too_late(self.use.question.id, path, name, self.order)

    def rows(self, rule: Rows, path: DataPath) -> Iterator[Fault]:
        kind, where = rule.rows, (*path, "rows")
        tables = {subject.id: subject.found_in for subject in self.framework.subjects if subject.found_in}
        if kind not in tables:
            says = f"Nothing that is called {quoted(kind)} is found in another subject."
            cure = did_you_mean(kind[:60], tables) if tables else "Give a kind of subject “found_in:”."
            yield Fault("framework.unknown-id", where, says, cure)
            return
        if self.use.role == BEFORE_ANSWERS:
            yield _not_here(where, "What is found in a case is not known before the case is examined.")
        elif self.subject is not None and tables[kind] not in around(self.framework, self.subject):
            says = f"{quoted(kind)} is found in {quoted(tables[kind])}, and here the subject is {quoted(self.subject)}."
            yield Fault("framework.other-subject", where, says, f"Name something that is found in {self.subject}.")
        yield from replace(self, subject=kind).faults(rule.where, (*path, "where"))

    def out_of_place(self, rule: Rule, path: DataPath) -> Iterator[Fault]:
        """Measures and ratings outside ratings; working days where no holidays are known."""
        if isinstance(rule, (Measured, Rated, Ratings)) and self.use.role != OF_RATINGS:
            says = "Measures and ratings are known only once every subject was looked at."
            yield _not_here(path, says)
        elif isinstance(rule, Elapsed) and self.use.role == BEFORE_ANSWERS and rule.elapsed.in_ == "working_days":
            says = "Holidays are not known where the caseload is selected, so no working days can be counted."
            yield _not_here((*path, "elapsed", "in"), says)


def _not_here(path: DataPath, says: str) -> Fault:
    return Fault("framework.rule-not-here", path, says, "Test facts, or answers of earlier questions.")


def _too_late(asked: str, path: DataPath, name: str, order: dict[str, int]) -> Iterator[Fault]:
    if name not in order or order[name] < order[asked]:
        return
    itself = name == asked
    says = f"The rule of {asked} looks at " + ("itself." if itself else f"{quoted(name)}, which comes after it.")
    cure = "Test an earlier question." if itself else f"Move {name} before {asked}, or test an earlier question."
    yield Fault("framework.later-question", path, says, cure)


def _added_up(framework: Framework, order: dict[str, int]) -> Iterator[Fault]:
    """Points that a question adds up before they are known."""
    for path, question in placed_questions(framework):
        points = question.computed.points if question.computed else None
        for at, name in enumerate(points.questions if points else ()):
            where = (*path, "computed", "points", "questions", at)
            yield from _too_late(question.id, where, name, order)


def depth_faults(framework: Framework) -> Iterator[Fault]:
    """Chains of gates that are longer than anybody could follow: each rule looks at a question whose rule looks at …"""
    depths: dict[str, int] = {}
    for path, question in placed_questions(framework):
        depth = 1 + max((depths.get(name, 0) for name in needs(question)), default=0)
        depths[question.id] = depth
        if depth > DEEPEST_CHAIN:
            says = f"The rule of {question.id} rests on a chain of more than {DEEPEST_CHAIN} questions."
            yield Fault("framework.chain-too-long", (*path, "when"), says, "Test facts or fewer questions.")
