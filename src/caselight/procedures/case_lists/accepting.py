"""A prepared list becomes the caseload: cases with random keys, names into the vault, the layout remembered; or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.method.framework.definition import Framework
from caselight.method.inspection.package import CaseloadCase, Identity
from caselight.procedures.case_lists.checking import (
    ELIGIBLE,
    FAULTY,
    FURTHER,
    INELIGIBLE,
    LEFT,
    THERE,
    Checked,
    Row,
    checked,
    typed,
)  # fmt: skip
from caselight.procedures.case_lists.preparing import Preparing, prepared
from caselight.procedures.case_lists.targets import plain
from caselight.store.caseloads.actions import bring_in_caseload
from caselight.store.caseloads.drafts import drop_draft
from caselight.store.caseloads.layouts import Layout, remember_layout
from caselight.store.caseloads.models import CaseloadCase as Case
from caselight.store.frameworks.queries import framework_of
from caselight.store.identities.actions.vault import keep_identity, names_to_check
from caselight.store.identities.sealing import new_case_key
from caselight.store.inspections.queries import found, inspection_of
from caselight.store.samples.queries import sample_of

SPOKEN_BY_TWO = 2  # rows: what only one row says may be about one child, and is not remembered


@dataclass(frozen=True, slots=True)
class Accepted:
    """How many cases came in, and how many of them are eligible."""

    cases: int
    eligible: int


def look(inspection: str, preparing: Preparing, *, by: str, at: datetime) -> Checked:
    """The rows of what is prepared, beside what the list has already."""
    kept = inspection_of(inspection)
    there = frozenset(plain(one.local_id) for one in _known(inspection, by, at).values() if one.local_id)
    return checked(preparing, framework_of(kept.framework), kept.definition.dates, there)


def refuse_drawn(inspection: str) -> None:
    """Refuse where a sample was drawn: a list that changed could not be drawn from again."""
    if sample_of(inspection):
        says = "A sample was drawn from this list, so the list stays as it is."
        stop(Fault("caseload.sample-drawn", ("list",), says, "Correct a fact on the page of the case itself."))


@transaction.atomic
def accept_list(inspection: str, *, version: int, by: str, at: datetime) -> Accepted:
    """Take everything in, or nothing. Raises ``caseload.list-changed``, ``caseload.to-fix`` and ``caseload.sample-drawn``."""
    service = found(inspection, locked=True).service.key
    preparing = prepared(inspection, at)
    if preparing.version != version:
        says = "The list was changed in another window, or by somebody else, since this page was opened."
        stop(Fault("caseload.list-changed", ("version",), says, "Look at the page as it is now, and do it again."))
    refuse_drawn(inspection)
    rows = look(inspection, preparing, by=by, at=at).rows
    _refuse(rows)
    taken = [row for row in rows if row.state in (ELIGIBLE, INELIGIBLE, LEFT) and row.why != "no-case"]
    framework = framework_of(inspection_of(inspection).framework)
    workers, people = _workers(taken, {one.name: key for key, one in _known(inspection, by, at).items()})
    cases, identities = _cases(taken, workers, framework)
    bring_in_caseload(by=by, inspection=inspection, cases=cases, at=at)
    keep_identity(by=by, inspection=inspection, service=service, identities=[*identities, *people], at=at)
    remember_layout(by=by, inspection=inspection, layout=layout_of(preparing), at=at)
    drop_draft(by=by, inspection=inspection, at=at)
    return Accepted(len(cases), sum(case.eligible for case in cases))


def layout_of(preparing: Preparing) -> Layout:
    """What is worth remembering of a file: never what only one row of it says."""
    times = Counter(
        (target, preparing.text(place, column))
        for column, target in preparing.columns.items()
        for place, _ in preparing.body
    )
    words = {
        target: {text: value for text, value in said.items() if times[target, text] >= SPOKEN_BY_TWO}
        for target, said in preparing.words.items()
    }
    columns = {heading: preparing.columns.get(place, "") for place, heading in enumerate(preparing.headings)}
    return Layout(
        preparing.source or "Case list", preparing.heading, columns, preparing.dates, preparing.one_row,
        preparing.closed, {target: said for target, said in words.items() if said},
    )  # fmt: skip


def _refuse(rows: tuple[Row, ...]) -> None:
    faulty = sum(row.state == FAULTY for row in rows)
    if faulty:
        says = f"{faulty} row{' has a fault' if faulty == 1 else 's have faults'}, so nothing was taken in."
        stop(Fault("caseload.to-fix", ("list",), says, "Mend them, or leave the rows out with a reason."))
    if all(row.state in (THERE, FURTHER) or row.why == "no-case" for row in rows):
        stop(Fault("caseload.nothing-new", ("list",), "The list holds no case that is not there already.", "Leave it."))


def _known(inspection: str, by: str, at: datetime) -> Mapping[str, Identity]:
    """Who is known in the inspection already, to compare with; nothing is asked where there is no list yet."""
    if not Case.objects.filter(inspection__key=inspection).exists():
        return {}
    return {one.subject_key: one for one in names_to_check(by=by, inspection=inspection, at=at)}


def _workers(rows: list[Row], known: Mapping[str, str]) -> tuple[dict[str, str], list[Identity]]:
    """A random key for each worker by name, and those who are new."""
    keys = {plain(name): key for name, key in known.items() if key.startswith("w-")}
    new: list[Identity] = []
    for row in rows:
        name = plain(row.manager)
        if name and name not in keys:
            keys[name] = f"w-{new_case_key()}"
            new.append(Identity(keys[name], row.manager))
    return keys, new


def _cases(
    rows: list[Row], workers: Mapping[str, str], framework: Framework
) -> tuple[list[CaseloadCase], list[Identity]]:
    cases, identities = [], []
    for row in rows:
        key = new_case_key()
        facts = typed(row.facts, framework)
        worker = workers.get(plain(row.manager), "")
        cases.append(CaseloadCase(key, row.state == ELIGIBLE, row.reason, facts, worker))
        if row.name or row.local_id or row.born:
            identities.append(Identity(key, row.name, (), row.born, row.local_id))
    return sorted(cases, key=lambda case: case.key), identities
