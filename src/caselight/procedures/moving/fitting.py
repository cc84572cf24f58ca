"""Whether every key and name of a package fits into the store, which gives them a largest length; words may be long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caselight.method.faults import Fault, Place
from caselight.procedures.moving.incoming import Incoming

KEY, KIND, VERSION, PATH = 100, 60, 50, 400  # characters, as the columns are


def fitting_faults(found: Incoming) -> Iterator[Fault]:
    """A fault for each part of a package that is too long for its column, the longest of each part."""
    package = found.package
    pinned = package.framework
    events = package.events
    for file, what, texts, most in (
        ("inspection.yaml", "id", [package.inspection.id], KEY),
        ("framework/framework.yaml", "id", [pinned.id], KEY),
        ("framework/framework.yaml", "version", [pinned.version], VERSION),
        ("framework", "path", found.framework, PATH),
        ("", "path", found.files, PATH),
        ("subjects.csv", "subject_kind", {row.kind for row in package.subjects}, KIND),
        ("subjects.csv", "subject_key", {key for row in package.subjects for key in (row.key, row.managed_by)}, KEY),
        ("caseload.csv", "case_key", {key for row in package.caseload for key in (row.key, row.managed_by)}, KEY),
        ("sample.csv", "case_key", {key for row in package.sample for key in (row.case_key, row.replaced_by)}, KEY),
        (
            "sample.csv",
            "design",
            {row.design for row in package.sample} | {row.design for row in package.sampling},
            KEY,
        ),
        ("actions.csv", "action_id", {row.id for row in package.actions}, KEY),
        ("actions.csv", "subject_kind", {row.subject_kind for row in package.actions}, KIND),
        ("actions.csv", "subject_key", {row.subject_key for row in package.actions}, KEY),
        ("actions.csv", "question_id", {row.question_id for row in package.actions}, KEY),
        ("external.csv", "key", {row.key for row in package.external}, KEY),
        ("comparators.csv", "key", {row.key for row in package.comparators}, KEY),
        ("excerpts.csv", "excerpt_key", {row.key for row in package.excerpts}, KEY),
        ("accepted.csv", "claim", {row.claim for row in package.accepted}, 2 * KEY),
        ("answers.csv", "actor", {event.actor for event in events}, KEY),
        ("answers.csv", "device", {event.device for event in events}, KEY),
        ("answers.csv", "row_key", {event.row_key for event in events}, KEY),
        ("answers.csv", "subject_key", {event.subject_key for event in events}, KEY),
    ):
        yield from _too_long(file, what, texts, most)


def _too_long(file: str, what: str, texts: Iterable[str], most: int) -> Iterator[Fault]:
    length = max(map(len, texts), default=0)
    if length > most:
        says = f"A {what} has {length} characters; the store takes {most}."
        yield Fault("store.too-long", (file or what, what), says, "Make it shorter.", place=Place(file, None, what))
