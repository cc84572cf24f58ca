"""A sample in the store: what a design would give before anything is drawn, the draw, and a case taken out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, Faults, stop
from caselight.method.inspection.definition import Chosen, Design
from caselight.method.inspection.package import Package, SizeChange
from caselight.method.sampling.draw import DRAWN, Drawn, fingerprint
from caselight.method.sampling.representativeness import Comparison, compare
from caselight.method.sampling.sizes import margin
from caselight.procedures.samples import (
    WRITTEN_OUT,
    Sampling,
    cases_of,
    judged,
    rows_of,
    samplings,
    steps_of,
    stored_steps,
)
from caselight.procedures.sampling import subjects_with_sample, verified
from caselight.procedures.stored import as_recorded
from caselight.store.caseloads.actions import add_subjects
from caselight.store.inspections.queries import found
from caselight.store.samples.actions import Reason, record_sample, remove_from_sample
from caselight.store.samples.designs import with_chosen

CONFIDENCES = (0.8, 0.9, 0.95)


@dataclass(frozen=True)
class Looked:
    """One design, drawn or not: its cases (of a trial with the fixed seed, until it is drawn), and what they buy."""

    sampling: Sampling
    cases: tuple[Drawn, ...]
    steps: tuple[SizeChange, ...]
    likeness: tuple[Comparison, ...]
    faults: tuple[Fault, ...]
    drawn: bool
    fingerprint: str

    @property
    def size(self) -> int:
        """How many cases are examined."""
        return sum(case.examined for case in self.cases)

    @property
    def population(self) -> int:
        """From how many they are drawn."""
        return len(self.sampling.population.cases)

    @property
    def reserves(self) -> int:
        """How many stand by."""
        return sum(case.status == "reserve" for case in self.cases)

    @property
    def margins(self) -> list[tuple[float, float | None]]:
        """For some confidences, how far an even share may be off, as a share of 1; 0 for a census."""
        return [(one, margin(self.size, self.population, confidence=one)) for one in CONFIDENCES]


def package_to_draw(inspection: str) -> Package:
    """The inspection with every design that was chosen, and eligibility worked out."""
    package = as_recorded(inspection)
    return judged(replace(package, inspection=with_chosen(inspection, package.inspection, planned=True)))


def looked(package: Package, name: str) -> Looked:
    """One design of a package. Raises ``sample.…`` where it cannot be drawn."""
    (sampling,) = samplings(package, name)
    stored = tuple(cases_of(package, name))
    cases = stored or sampling.drawn()
    examined = [case.case_key for case in cases if case.examined]
    return Looked(
        sampling,
        cases,
        tuple(stored_steps(package, name) or steps_of(sampling)),
        _likeness(package, sampling, examined),
        () if stored else sampling.allocation().faults,
        bool(stored),
        fingerprint(sampling.population.cases),
    )


def tried(package: Package, name: str, size: int | None = None) -> Looked:
    """A design as it would be, without that anybody chose it: for telling how many cases it would give."""
    defaults = package.framework.sample
    inspection = package.inspection
    if name == WRITTEN_OUT:
        strata = tuple(defaults.strata) if defaults else ()
        changed = inspection.model_copy(update={"sample": Design(size=size or 1, seed="-", strata=strata)})
    else:
        changed = inspection.model_copy(update={"samples": (Chosen(design=name, seed="-"),)})
    return looked(replace(package, inspection=changed, sample=(), sampling=()), name)


@transaction.atomic
def select_sample(inspection: str, name: str, *, by: str, at: datetime) -> Looked:
    """Draw by one design, record it, and make the cases subjects to examine.

    Raises ``store.sample-exists``, ``sample.unknown-design``, and what the method refuses.
    """
    found(inspection, locked=True)
    package = package_to_draw(inspection)
    (sampling,) = samplings(package, name)
    rows, steps = rows_of(sampling), steps_of(sampling)
    if not any(row.status == DRAWN for row in rows):
        stop(
            Fault(
                "sample.empty-caseload",
                ("caseload",),
                "There is no eligible case to draw from.",
                "Check the case list.",
            )
        )
    record_sample(by=by, inspection=inspection, sample=rows, sampling=steps, at=at)
    _examine(inspection, by=by, at=at)
    return looked(package_to_draw(inspection), name)


@transaction.atomic
def take_out(inspection: str, name: str, case_key: str, why: tuple[str, str], *, by: str, at: datetime) -> str:
    """Take a case out with a coded reason and a note; the key of the reserve that takes its place, or nothing.

    Raises ``sample.reason-needs-note`` and what the method refuses.
    """
    found(inspection, locked=True)
    package = as_recorded(inspection)
    defaults = package.framework.sample
    reasons = {item.id: item for item in defaults.removal_reasons} if defaults else {}
    code, note = why[0], why[1].strip()
    if code in reasons and reasons[code].needs_note and not note:
        stop(Fault("sample.reason-needs-note", ("note",), "This reason needs a note.", "Enter what it was."))
    rules = defaults.design(name) if defaults else None
    across = not (rules and rules.quotas)
    reason = Reason(code, frozenset(reasons), note, across)
    replacement = remove_from_sample(by=by, inspection=inspection, case_key=case_key, design=name, reason=reason, at=at)
    _examine(inspection, by=by, at=at)
    return replacement


def again(package: Package, name: str) -> bool:
    """Whether a second draw, here and now, gives the cases that are recorded."""
    try:
        (sampling,) = samplings(package, name)
        return not list(verified(package, sampling))
    except Faults:
        return False


def _examine(inspection: str, *, by: str, at: datetime) -> None:
    """Every case that is examined, and its case manager, is a subject."""
    package = as_recorded(inspection)
    there = {(one.kind, one.key) for one in package.subjects}
    new = [one for one in subjects_with_sample(package) if (one.kind, one.key) not in there]
    if new:
        add_subjects(by=by, inspection=inspection, subjects=new, at=at)


def _likeness(package: Package, sampling: Sampling, examined: Sequence[str]) -> tuple[Comparison, ...]:
    population = sampling.population.cases
    kind = package.framework.subjects[0].id
    facts = [fact for fact in package.framework.facts if fact.characteristic and fact.subject == kind]
    return compare(
        population, [key for key in examined if key in population], {one.id: one.values() or () for one in facts}
    )
