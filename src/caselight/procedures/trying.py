"""A practice case begun: the framework found, its language and subject chosen, facts and answers that are given put in.

Nothing is written anywhere. (What is asked next, and what the answers come to: :mod:`caselight.method.answers.practice`.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from caselight.formats.located_yaml import Located
from caselight.formats.practice_yaml import read_practice
from caselight.method.answers.addresses import address_faults
from caselight.method.answers.admissible import missing_faults, value_faults
from caselight.method.answers.practice import Practice, Reply, Step
from caselight.method.answers.practice.asking import MOST_ROWS, content_of
from caselight.method.faults import DataPath, Fault, did_you_mean, quoted, refuse, stop
from caselight.method.framework.definition import Framework
from caselight.procedures.documenting import adopted_framework, chosen_languages


def begin(name: str, *, language: str = "", subject: str = "", screening: str = "") -> Practice:
    """A practice case of a framework about which nothing is known yet.

    Without ``language`` it is the first of the framework, without ``subject`` the first that questions are about,
    without ``screening`` the first selection. Raises ``try.unknown-subject``, ``try.unknown-screening`` and every fault
    of the framework.
    """
    return begun(adopted_framework(name), language=language, subject=subject, screening=screening)


def begun(framework: Framework, *, language: str = "", subject: str = "", screening: str = "") -> Practice:
    """A practice case of a framework that is at hand; refused as in :func:`begin`."""
    kinds = subjects_asked(framework)
    screenings = [item.id for item in framework.screenings]
    if subject and subject not in kinds:
        says = f"No question is asked about {quoted(subject)} by itself."
        stop(Fault("try.unknown-subject", ("subjects",), says, did_you_mean(subject, kinds)))
    if screening and screening not in screenings:
        says = f"There is no selection of questions called {quoted(screening)}."
        stop(Fault("try.unknown-screening", ("screenings",), says, did_you_mean(screening, screenings)))
    first = chosen_languages(framework, language)[0]
    return Practice(framework, first, subject or kinds[0], screening or screenings[0])


def subjects_asked(framework: Framework) -> list[str]:
    """The kinds of subjects that a practice case can be: asked about, and not found within another."""
    about = {framework.subject_of(question) for question in framework.questions.values()}
    inside = {subject.found_in for subject in framework.subjects if subject.found_in and subject.id in about}
    return [s.id for s in framework.subjects if s.found_in is None and s.id in about | inside]


def with_facts(practice: Practice, facts: Iterable[str]) -> Practice:
    """The practice case with facts given as ``name=value``. Raises ``try.fact`` and what is wrong with a value."""
    replies: list[tuple[DataPath, Step, Reply]] = []
    for text in facts:
        name, equals, value = text.partition("=")
        if not equals:
            says = f"{quoted(text)} is not a fact with its value."
            stop(Fault("try.fact", (text,), says, "Write the fact, an equals sign and the value: report=yes."))
        replies.append(((name,), Step("fact", "", name.strip()), Reply(value.strip(), ())))
    refuse(fault for _, step, reply in replies for fault in _faults(practice, step, reply))
    return _given(practice, replies)


def with_answers(practice: Practice, file: Path) -> Practice:
    """The practice case with the facts and answers of a file. Raises every fault of the file with its place."""
    located, replies = read_practice(file)
    refuse(_placed(practice, located, replies))
    return _given(practice, replies)


def _placed(practice: Practice, located: Located, replies: Iterable[tuple[DataPath, Step, Reply]]) -> Iterator[Fault]:
    for path, step, reply in replies:
        yield from (fault.at(located.place(path)) for fault in _faults(practice, step, reply))


def _faults(practice: Practice, step: Step, reply: Reply) -> list[Fault]:
    framework = practice.framework
    if step.sort == "rows":
        return _row_faults(practice, step, reply)
    if step.sort == "question" and step.name not in framework.questions:
        says = f"No question is called {quoted(step.name)}."
        return [Fault("package.unknown-question", (step.name,), says, did_you_mean(step.name, framework.questions))]
    content = content_of(practice, step, reply)
    asked = frozenset(question.id for question in framework.asked(practice.screening))
    found = list(address_faults(content, framework, asked))
    return found or [*value_faults(content, framework), *missing_faults(content, framework)]


def _row_faults(practice: Practice, step: Step, reply: Reply) -> list[Fault]:
    kinds = [subject.id for subject in practice.framework.subjects if subject.found_in == practice.kind]
    if step.name not in kinds:
        says = f"Nothing called {quoted(step.name)} is found within a {practice.kind}."
        return [Fault("try.unknown-rows", ("rows", step.name), says, did_you_mean(step.name, kinds))]
    if int(reply.value) > MOST_ROWS:
        says = f"A practice case holds at most {MOST_ROWS} rows, and here are {reply.value}."
        return [Fault("try.too-many-rows", ("rows", step.name), says, "Take some out.")]
    return []


def _given(practice: Practice, replies: Iterable[tuple[DataPath, Step, Reply]]) -> Practice:
    """The state in which these were given; going back does not take them away."""
    known = {**practice.replies, **{step: reply for _, step, reply in replies}}
    return Practice(practice.framework, practice.language, practice.kind, practice.screening, known)
