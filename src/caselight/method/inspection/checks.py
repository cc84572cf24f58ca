"""What is wrong within one inspection, all at once: its rows against each other and against its framework.

Values only; files, columns and checksums are for :mod:`caselight.formats.package`, which gives these faults their
place. Whether an answer belongs to a question that applies is for the answer sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from caselight.method.answers.events import heads
from caselight.method.answers.integrity import Register, event_faults
from caselight.method.faults import Fault, Findings, Severity, did_you_mean, quoted
from caselight.method.framework.definition import Framework
from caselight.method.inspection.actions import action_faults
from caselight.method.inspection.names import name_faults
from caselight.method.inspection.order_of_days import day_faults
from caselight.method.inspection.package import External, Package
from caselight.method.inspection.rows import caseload_faults, sample_faults, subject_faults, twice
from caselight.method.inspection.samples import chosen_faults
from caselight.method.reoffending.checking import published_faults
from caselight.method.reoffending.cited import cited_faults

DIRECTIONS = ("worse", "better", "higher", "lower", "same")
KINDS = ("external", "stated_direction")


def check(package: Package) -> list[Fault]:
    """Every fault of a package, with paths such as ``("sample", 3, "status")``: section, row, field.

    ``package.events`` may still hold an event twice; that is one of the faults.
    """
    found = Findings()
    stages = (
        _pinned, subject_faults, caseload_faults, chosen_faults, sample_faults, _evidence, _external, _comparators, action_faults, _keys, name_faults,
        day_faults,
    )  # fmt: skip
    for faults in stages:
        found.extend(faults(package))
    found.extend(_outside_sample(package))
    return found.all() + event_faults(package.events, register(package))


def register(package: Package) -> Register:
    """What the events of a package are held against."""
    screenings = [screening.id for screening in package.framework.screenings]
    pinned = package.inspection.framework.screening
    asked = package.framework.asked(pinned) if pinned in screenings else package.framework.questions.values()
    return Register(
        framework=package.framework,
        asked=frozenset(question.id for question in asked),
        subjects=frozenset((subject.kind, subject.key) for subject in package.subjects),
        actors=frozenset(member.key for member in package.inspection.team),
        former=frozenset(migration.version for migration in package.inspection.migrations),
        published=package.inspection.dates.published,
    )


def _pinned(package: Package) -> Iterator[Fault]:
    pinned, framework = package.inspection.framework, package.framework
    if pinned.id != framework.id:
        says = f"The inspection is pinned to the framework {quoted(pinned.id)}, and its folder holds {framework.id}."
        yield _not_pinned("id", says)
    if pinned.version != framework.version:
        says = (
            f"The inspection is pinned to version {quoted(pinned.version)}, and its folder holds {framework.version}."
        )
        yield _not_pinned("version", says)
    screenings = [screening.id for screening in framework.screenings]
    if pinned.screening not in screenings:
        says = f"The framework has no screening {quoted(pinned.screening)}."
        cure = did_you_mean(pinned.screening, screenings)
        yield Fault("package.unknown-screening", ("inspection", "framework", "screening"), says, cure)
    for index, language in enumerate(package.inspection.languages):
        if language not in framework.languages:
            says = f"The framework has no texts in the language {quoted(language)}."
            cure = did_you_mean(language, framework.languages)
            yield Fault("package.unknown-language", ("inspection", "languages", index), says, cure)


def _not_pinned(field: str, says: str) -> Fault:
    cure = "Put the adopted framework into the folder framework, or pin the inspection to the one that is there."
    return Fault("package.framework-not-pinned", ("inspection", "framework", field), says, cure)


def _evidence(package: Package) -> Iterator[Fault]:
    if not (package.locators or package.excerpts or package.migrated):
        return
    events = {event.op_id for event in package.events}
    named = (
        ("locators", "op_id", [row.op_id for row in package.locators]),
        ("excerpts", "op_id", [row.op_id for row in package.excerpts]),
        ("migrated", "op_id", [row.op_id for row in package.migrated]),
        ("migrated", "migrated_from", [row.migrated_from for row in package.migrated]),
    )
    for section, column, op_ids in named:
        for index, op_id in enumerate(op_ids):
            if op_id not in events:
                says = f"{quoted(op_id)} is no event of answers.csv."
                cure = "Name the event that it belongs to."
                yield Fault("package.unknown-event", (section, index, column), says, cure)


def _external(package: Package) -> Iterator[Fault]:
    for index, row in enumerate(package.external):
        yield from _external_row(index, row)
        # A second figure of one key would take the place of the first, wherever a letter names it.
        if _taken(row.key, package.framework):
            says = f"{quoted(row.key)} is the key of a figure of the framework or of the inspection."
            yield Fault("package.key-taken", ("external", index, "key"), says, "Give the row a key of its own.")


def _comparators(package: Package) -> Iterator[Fault]:
    taken = {row.key for row in package.external}
    for index, one in enumerate(package.comparators):
        if one.key in taken or _taken(one.key, package.framework):
            says = f"{quoted(one.key)} is the key of another figure of the inspection."
            yield Fault("package.key-taken", ("comparators", index, "key"), says, "Give the row a key of its own.")
    yield from cited_faults(package.comparators)
    # Their place is the row here, and not the cell of the release that the row was taken from.
    yield from (replace(fault, place=None) for fault in published_faults([one.cell for one in package.comparators]))


def _taken(key: str, framework: Framework) -> bool:
    """Whether a figure of the framework or of the inspection has this key."""
    counts = (count.id for count in framework.counts)
    taken = {*framework.questions, *counts, *framework.measure_by_id, *framework.rating_by_id}
    return key.partition("@")[0] in taken or key.startswith("fact.")


def _external_row(index: int, row: External) -> Iterator[Fault]:
    if row.kind not in KINDS:
        says = f"{quoted(row.kind)} is no kind of outside figure."
        yield Fault("package.unknown-external-kind", ("external", index, "kind"), says, did_you_mean(row.kind, KINDS))
    if row.kind == "external" and row.value is None:
        says = f"{quoted(row.key)} is a published figure without a value."
        yield Fault("package.external-without-value", ("external", index, "value"), says, "Give the published value.")
    if row.kind == "stated_direction" and row.direction not in DIRECTIONS:
        says = f"{quoted(row.direction)} is no direction that a source can state."
        cure = did_you_mean(row.direction, DIRECTIONS)
        yield Fault("package.unknown-direction", ("external", index, "direction"), says, cure)
    if not row.source:
        says = f"{quoted(row.key)} names no source."
        cure = "Say where it was published, so that a reader can look it up."
        yield Fault("package.external-without-source", ("external", index, "source"), says, cure, Severity.WARNING)


def _keys(package: Package) -> Iterator[Fault]:
    yield from twice("excerpts", "excerpt_key", (row.key for row in package.excerpts))
    yield from twice("external", "key", (row.key for row in package.external))
    yield from twice("comparators", "key", (one.key for one in package.comparators))
    yield from twice("accepted", "claim", ((row.claim, row.language) for row in package.accepted))
    yield from twice("identities", "subject_key", (row.subject_key for row in package.identities))


def _outside_sample(package: Package) -> Iterator[Fault]:
    """A warning for each case that has answers and is not examined: its answers are in no figure."""
    examined = {case.case_key for case in package.sample if case.examined}
    kind = package.framework.subjects[0].id
    told: set[str] = set()
    if not examined:
        return
    outside = [(n, e) for n, e in enumerate(package.events) if e.subject_key not in examined and e.subject_kind == kind]
    stand = {head.op_id for group in heads(e for _, e in outside).values() for head in group if not head.withdrawn}
    for index, event in outside:
        key = event.subject_key
        if event.op_id in stand and key not in told:
            told.add(key)
            says = f"The case {quoted(key)} has answers and is not in the sample that was examined."
            cure = "Correct sample.csv, or withdraw the answers."
            yield Fault(
                "package.answer-outside-sample", ("answers", index, "subject_key"), says, cure, Severity.WARNING
            )
