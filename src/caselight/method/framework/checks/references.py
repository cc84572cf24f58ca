"""Every name that a framework uses is the name of something, of the right kind of subject, and known by then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from caselight.method.faults import DataPath, Fault, did_you_mean, quoted
from caselight.method.framework.checks.rule_uses import RuleUse, placed_questions, subject_of
from caselight.method.framework.definition import Framework
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import NotRelevant, Test, leaves, references

DEEPEST_CHAIN = 50
MOST_COMPARED = 500  # looking for the nearest of more names takes too long


@dataclass(frozen=True, slots=True)
class _Named:
    """A name that the framework uses, and the names that would do."""

    path: DataPath
    noun: str
    name: str
    known: Collection[str]


def reference_faults(framework: Framework) -> Iterator[Fault]:
    """Names outside rules: unknown ones, those of another subject, and questions missing from a screening."""
    for named in (
        *_of_questions(framework),
        *_of_facts_and_tools(framework),
        *_of_figures(framework),
        *_of_sample(framework),
    ):
        if named.name not in named.known:
            yield _unknown(named)
    yield from _other_subjects(framework)
    yield from _screenings(framework)


def _unknown(named: _Named) -> Fault:
    says = f"No {named.noun} is called {quoted(named.name)}."
    many = len(named.known) > MOST_COMPARED
    cure = "Correct the name, or add what it names." if many else did_you_mean(named.name[:60], named.known)
    return Fault("framework.unknown-id", named.path, says, cure)


def _of_questions(framework: Framework) -> Iterator[_Named]:
    themes = {theme.id: theme for theme in framework.themes}
    for path, question in placed_questions(framework):
        yield _Named((*path, "tool"), "tool", question.tool, framework.subject_of_tool)
        if question.scale is not None:
            yield _Named((*path, "scale"), "scale", question.scale, framework.scale_by_id)
        if isinstance(question.reasons, str):
            yield _Named((*path, "reasons"), "list of reasons", question.reasons, framework.reason_lists)
        if isinstance(question.good, str):
            yield _Named((*path, "good"), "list of reasons", question.good, framework.reason_lists)
        for at, theme in enumerate(question.also_in):
            yield _Named((*path, "also_in", at), "theme", theme, themes)
        for key, name in _date_facts(question):
            yield _Named((*path, "computed", "on_time", key), "fact", name, framework.fact_by_id)


def _date_facts(question: Question) -> list[tuple[str, str]]:
    measure = question.computed.on_time if question.computed else None
    if measure is None:
        return []
    named = [("start", measure.start), ("done", measure.done)]
    return [*named, ("due", measure.due)] if measure.due else named


def _of_facts_and_tools(framework: Framework) -> Iterator[_Named]:
    subjects = {subject.id: subject for subject in framework.subjects}
    for field in ("tools", "facts", "populations", "counts", "consistency"):
        for at, item in enumerate(getattr(framework, field)):
            yield _Named((field, at, "subject"), "kind of subject", item.subject, subjects)


def _of_figures(framework: Framework) -> Iterator[_Named]:
    for at, population in enumerate(framework.populations):
        for place, name in enumerate(population.figures):
            yield _Named(("populations", at, "figures", place), "question", name, framework.questions)
    for at, count in enumerate(framework.counts):
        if count.answered is not None:
            yield _Named(("counts", at, "answered"), "question", count.answered, framework.questions)
    for at, item in enumerate(framework.consistency):
        if item.unless_note_on is not None:
            yield _Named(("consistency", at, "unless_note_on"), "question", item.unless_note_on, framework.questions)


def _of_sample(framework: Framework) -> Iterator[_Named]:
    for at, screening in enumerate(framework.screenings):
        for place, name in enumerate(screening.questions):
            yield _Named(("screenings", at, "questions", place), "question", name, framework.questions)
    for at, name in enumerate(framework.sample.strata if framework.sample else ()):
        yield _Named(("sample", "strata", at), "fact", name, framework.fact_by_id)
    if framework.eligibility is not None:
        name = framework.eligibility.start_fact
        yield _Named(("eligibility", "start_fact"), "fact", name, framework.fact_by_id)


def _other_subjects(framework: Framework) -> Iterator[Fault]:
    """Questions and facts that belong to another subject than what names them."""
    asked: list[tuple[DataPath, str, str]] = []
    for at, population in enumerate(framework.populations):
        asked += [(("populations", at, "figures", p), n, population.subject) for p, n in enumerate(population.figures)]
    asked += [
        (("counts", at, "answered"), c.answered, c.subject) for at, c in enumerate(framework.counts) if c.answered
    ]
    for at, item in enumerate(framework.consistency):
        if item.unless_note_on:
            asked.append((("consistency", at, "unless_note_on"), item.unless_note_on, item.subject))
    for path, name, subject in asked:
        yield from _foreign_question(framework, path, name, subject)
    for path, question in placed_questions(framework):
        for key, name in _date_facts(question):
            where = (*path, "computed", "on_time", key)
            yield from _foreign_fact(framework, where, name, subject_of(framework, question))


def _foreign_question(framework: Framework, path: DataPath, name: str, subject: str | None) -> Iterator[Fault]:
    question = framework.questions.get(name)
    other = subject_of(framework, question) if question else None
    if other and subject and other != subject and _are_subjects(framework, other, subject):
        yield _foreign(path, f"The question {quoted(name)}", other, subject)


def _foreign_fact(framework: Framework, path: DataPath, name: str, subject: str | None) -> Iterator[Fault]:
    fact = framework.fact_by_id.get(name)
    if fact and subject and fact.subject != subject and _are_subjects(framework, fact.subject, subject):
        yield _foreign(path, f"The fact {quoted(name)}", fact.subject, subject)


def _are_subjects(framework: Framework, *names: str) -> bool:
    return set(names) <= {subject.id for subject in framework.subjects}  # an unknown one is told by itself


def _foreign(path: DataPath, what: str, other: str, subject: str) -> Fault:
    says = f"{what} is about the subject {quoted(other)}, and here the subject is {quoted(subject)}."
    return Fault("framework.other-subject", path, says, f"Name one that is about {quoted(subject)}.")


def _screenings(framework: Framework) -> Iterator[Fault]:
    """A screening that asks a question needs the questions that its rules look at."""
    for at, screening in enumerate(framework.screenings):
        chosen = set(screening.questions)
        for place, name in enumerate(screening.questions):
            question = framework.questions.get(name)
            for needed in sorted(needs(question) - chosen) if question else ():
                if needed in framework.questions:
                    path = ("screenings", at, "questions", place)
                    says = (
                        f"The screening asks {quoted(name)} and leaves out {quoted(needed)}, which its rule looks at."
                    )
                    cure = f"Add {needed} to the questions of the screening."
                    yield Fault("framework.screening-leaves-out", path, says, cure)


def needs(question: Question) -> set[str]:
    """The questions that the rules of a question look at."""
    computed = question.computed
    rules = [question.when]
    if computed is not None and computed.sufficient_when is not None:
        rules.append(computed.sufficient_when)
    if computed is not None and computed.on_time is not None:
        rules += [target.when for target in computed.on_time.targets]
    return {name for rule in rules for kind, name in references(rule) if kind != "fact"}


def rule_reference_faults(framework: Framework, uses: Iterable[RuleUse]) -> Iterator[Fault]:
    """Names inside rules: unknown, of another subject, or of a question that comes later."""
    order = {name: position for position, name in enumerate(framework.questions)}
    for use in uses:
        for inner, leaf in leaves(use.rule):
            if not isinstance(leaf, (Test, NotRelevant)):
                continue
            kind, name = ("not_relevant", leaf.not_relevant) if isinstance(leaf, NotRelevant) else leaf.subject
            path = (*use.path, *inner, kind)
            if kind == "fact":
                yield from _fact_in_rule(framework, use, path, name)
            else:
                yield from _question_in_rule(framework, use, path, name)
                yield from _too_late(use, path, name, order)


def _fact_in_rule(framework: Framework, use: RuleUse, path: DataPath, name: str) -> Iterator[Fault]:
    if name not in framework.fact_by_id:
        yield _unknown(_Named(path, "fact", name, framework.fact_by_id))
    yield from _foreign_fact(framework, path, name, use.subject)


def _question_in_rule(framework: Framework, use: RuleUse, path: DataPath, name: str) -> Iterator[Fault]:
    if name not in framework.questions:
        yield _unknown(_Named(path, "question", name, framework.questions))
    elif use.role == "also":
        says = f"Eligibility is decided before {quoted(name)} is answered."
        yield Fault("framework.later-question", path, says, "Test facts only.")
    yield from _foreign_question(framework, path, name, use.subject)


def depth_faults(framework: Framework) -> Iterator[Fault]:
    """Chains of gates that are longer than anybody could follow: each rule looks at a question whose rule looks at …"""
    depths: dict[str, int] = {}
    for path, question in placed_questions(framework):
        depth = 1 + max((depths.get(name, 0) for name in needs(question)), default=0)
        depths[question.id] = depth
        if depth > DEEPEST_CHAIN:
            says = f"The rule of {question.id} rests on a chain of more than {DEEPEST_CHAIN} questions."
            yield Fault("framework.chain-too-long", (*path, "when"), says, "Test facts or fewer questions.")


def _too_late(use: RuleUse, path: DataPath, name: str, order: dict[str, int]) -> Iterator[Fault]:
    if use.question is None or name not in order or order[name] < order[use.question.id]:
        return
    itself = name == use.question.id
    says = f"The rule of {use.question.id} looks at " + (
        "itself." if itself else f"{quoted(name)}, which comes after it."
    )
    cure = (
        "Test an earlier question." if itself else f"Move {name} before {use.question.id}, or test an earlier question."
    )
    yield Fault("framework.later-question", path, says, cure)
