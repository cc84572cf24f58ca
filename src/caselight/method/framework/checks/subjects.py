"""Kinds of subjects that are found in others: one step deep, never in themselves, and never those that are drawn."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import DataPath, Fault, quoted
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Subject


def subject_faults(framework: Framework) -> Iterator[Fault]:
    """What is wrong with what is found in what. An answer in a row names the subject it was found in, and no other."""
    known = framework.subject_by_id
    for at, subject in enumerate(framework.subjects):
        if subject.found_in is None:
            continue
        path: DataPath = ("subjects", at, "found_in")
        parent = known.get(subject.found_in)
        if _circular(subject, known):
            says = f"{quoted(subject.id)} is found in {quoted(subject.found_in)}, and that in the end in {subject.id} itself."
            yield Fault("framework.found-in-circle", path, says, "Let one of them be found in nothing.")
        elif parent is not None and parent.found_in is not None:
            says = f"{quoted(subject.id)} is found in {quoted(parent.id)}, which is itself found in {parent.found_in}."
            cure = f"Let it be found in {parent.found_in}: a table inside a table is not read."
            yield Fault("framework.found-too-deep", path, says, cure)
        if at == 0:
            says = f"The first kind of subject is the one that is drawn, and {quoted(subject.id)} is found in another."
            yield Fault("framework.found-first", path, says, "Put the kind that is drawn first.")
        if subject.id == framework.rated:
            says = f"What is rated is listed once, and {quoted(subject.id)} is found in another."
            yield Fault(
                "framework.found-rated", path, says, "Rate the service, or what else is listed in subjects.csv."
            )


def _circular(subject: Subject, known: dict[str, Subject]) -> bool:
    """Whether following where a subject is found leads back to it."""
    seen: set[str] = set()
    step: Subject | None = subject
    while step is not None and step.found_in is not None and step.id not in seen:
        seen.add(step.id)
        step = known.get(step.found_in)
    return step is not None and step.id == subject.id and bool(seen)
