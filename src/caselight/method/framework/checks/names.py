"""Names that a framework uses: unknown ones, and those of another kind of subject than is meant."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from caselight.method.faults import DataPath, Fault, did_you_mean, quoted
from caselight.method.framework.checks.places import subject_of
from caselight.method.framework.definition import Framework

MOST_COMPARED = 500  # looking for the nearest of more names takes too long


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that the framework uses, what it should name, and the names that would do."""

    path: DataPath
    noun: str
    name: str
    known: Collection[str]


def unknown(named: Wanted) -> Fault:
    says = f"No {named.noun} is called {quoted(named.name)}."
    many = len(named.known) > MOST_COMPARED
    cure = "Correct the name, or add what it names." if many else did_you_mean(named.name[:60], named.known)
    return Fault("framework.unknown-id", named.path, says, cure)


def foreign_question(framework: Framework, path: DataPath, name: str, subject: str | None) -> Iterator[Fault]:
    """A fault when a question is neither about the subject nor about what the subject is found in."""
    question = framework.questions.get(name)
    other = subject_of(framework, question) if question else None
    if other and subject and other not in around(framework, subject) and _are_subjects(framework, other, subject):
        yield _foreign(path, f"The question {quoted(name)}", other, subject)


def foreign_fact(framework: Framework, path: DataPath, name: str, subject: str | None) -> Iterator[Fault]:
    """A fault when a fact is neither about the subject nor about what the subject is found in."""
    fact = framework.fact_by_id.get(name)
    other = fact.subject if fact else None
    if other and subject and other not in around(framework, subject) and _are_subjects(framework, other, subject):
        yield _foreign(path, f"The fact {quoted(name)}", other, subject)


def around(framework: Framework, subject: str) -> tuple[str, ...]:
    """The kinds of subjects that a rule about a subject may look at: its own, and the one it is found in."""
    found = framework.subject_by_id.get(subject)
    return (subject, found.found_in) if found and found.found_in else (subject,)


def _are_subjects(framework: Framework, *names: str) -> bool:
    return set(names) <= {subject.id for subject in framework.subjects}  # an unknown one is told by itself


def _foreign(path: DataPath, what: str, other: str, subject: str) -> Fault:
    says = f"{what} is about the subject {quoted(other)}, and here the subject is {quoted(subject)}."
    return Fault("framework.other-subject", path, says, f"Name one that is about {quoted(subject)}.")
