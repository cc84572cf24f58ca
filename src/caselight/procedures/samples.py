"""The samples of an inspection: by which designs it draws, from whom, how many, and the history of every size.

A design is either written out in ``inspection.yaml`` (it has no name) or one of the framework's that the inspection
names. Here the values of the method are put together for a package; nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from caselight.method.caseload.case import FactValue
from caselight.method.caseload.eligibility import Verdict, judge, window
from caselight.method.faults import Fault, Place, did_you_mean, quoted, stop
from caselight.method.framework.sampling import LARGEST_REMAINDER, MANAGED_BY, SampleDesign
from caselight.method.inspection.definition import Chosen, Inspection
from caselight.method.inspection.package import CaseloadCase, Package, SampledCase, SizeChange
from caselight.method.sampling.allocation.changes import Change, Why
from caselight.method.sampling.allocation.nested import Allocation
from caselight.method.sampling.design import WITHIN, Caseload, Design, allocation_of, design_of, parts_of
from caselight.method.sampling.draw import Drawn, draw, marked_twice
from caselight.method.sampling.population import Population, population_of
from caselight.method.sampling.sizes import size_changes

WRITTEN_OUT = ""  # the name of the design that stands in inspection.yaml itself


@dataclass(frozen=True, slots=True)
class Sampling:
    """One design for one caseload. ``rules`` is the framework's; ``design`` is what fixes the draw."""

    name: str
    rules: SampleDesign | None
    population: Population
    design: Design

    def allocation(self) -> Allocation:
        """How many cases each part gives. A design whose population is empty gives none."""
        if not self.population.cases:
            return Allocation({}, self.design.sizing)
        return allocation_of(parts_of(self.population.cases, self.design), self.design)

    def history(self) -> tuple[Change, ...]:
        """Every change of a size: of the population, of the whole sample, of its parts."""
        return (*self.population.changes, *self.allocation().changes)

    def drawn(self) -> tuple[Drawn, ...]:
        """The sample as the design gives it."""
        if self.rules is not None and not self.population.cases:
            return ()
        sample = draw(self.population.cases, self.design)
        marking = self.rules.assessed_twice if self.rules else None
        return marked_twice(sample, self.design.seed, marking) if marking else sample


def samplings(package: Package, name: str | None = None) -> list[Sampling]:
    """What the inspection draws by: all its designs, or the one of that name.

    Raises ``sample.no-design`` and ``sample.unknown-design``.
    """
    inspection = package.inspection
    names = names_of(inspection)
    if not names:
        says, cure = (
            "inspection.yaml has no design for the sample.",
            "Add sample: with size, seed, strata and reserves.",
        )
        stop(Fault("sample.no-design", ("sample",), says, cure, place=Place("inspection.yaml")))
    if name is not None and name not in names:
        _unknown(package, name)
    return [_sampling(package, each) for each in (names if name is None else [name])]


def names_of(inspection: Inspection) -> list[str]:
    """The names of the designs that an inspection draws by, in its order."""
    written = [WRITTEN_OUT] if inspection.sample is not None else []
    return [*written, *(chosen.design for chosen in inspection.samples)]


def planned(package: Package, name: str | None = None) -> list[Sampling]:
    """As :func:`samplings`, for a plan: a design of the framework may be looked at before it is chosen."""
    defaults = package.framework.sample
    designs = [design.id for design in defaults.designs] if defaults else []
    if name in designs and name not in names_of(package.inspection):
        return [_named(package, Chosen(design=name, seed=package.inspection.id))]
    if name is None and not names_of(package.inspection):
        return [_named(package, Chosen(design=each, seed=package.inspection.id)) for each in designs] or samplings(
            package
        )
    return samplings(package, name)


def _unknown(package: Package, name: str) -> None:
    defaults = package.framework.sample
    says = f"The inspection draws by no design called {quoted(name)}."
    cure = did_you_mean(name[:60], [each for each in names_of(package.inspection) if each])
    if defaults and defaults.design(name):
        cure = f"Add {{design: {name}, seed: …}} to samples in inspection.yaml; --plan shows what it would give."
    stop(Fault("sample.unknown-design", ("samples",), says, cure, place=Place("inspection.yaml")))


def _sampling(package: Package, name: str) -> Sampling:
    if name == WRITTEN_OUT:
        return _written_out(package)
    return _named(package, next(chosen for chosen in package.inspection.samples if chosen.design == name))


def _written_out(package: Package) -> Sampling:
    chosen, defaults = package.inspection.sample, package.framework.sample
    if chosen is None:
        raise AssertionError("an inspection without a design of its own was asked for it")
    eligible = {case.key: case.facts for case in package.caseload if case.eligible}
    method = defaults.allocation if defaults else LARGEST_REMAINDER
    design = Design(chosen.size, chosen.seed, chosen.strata, chosen.reserves, method)
    return Sampling(WRITTEN_OUT, None, Population(eligible, {}, tuple(_listed(package, len(eligible)))), design)


def _listed(package: Package, eligible: int) -> Iterable[Change]:
    yield Change((), Why.LISTED, len(package.caseload))
    if eligible < len(package.caseload):
        yield Change((), Why.NOT_ELIGIBLE, eligible)


def _named(package: Package, chosen: Chosen) -> Sampling:
    rules = package.framework.sample.design(chosen.design) if package.framework.sample else None
    if rules is None:
        known = [design.id for design in package.framework.sample.designs] if package.framework.sample else []
        says = f"The framework has no design called {quoted(chosen.design)}."
        cure = did_you_mean(chosen.design[:60], known)
        stop(Fault("sample.unknown-design", ("samples",), says, cure, place=Place("inspection.yaml")))
    dates = package.inspection.dates
    span = window(rules.window, dates.announced, dates.fieldwork_from) if rules.window else None
    eligible = _with_workers(package)
    found = population_of(eligible, rules, span)
    listed = (*_listed(package, len(eligible)), *found.changes[1:])
    sizing = size_changes(rules, len(found.cases), chosen.size)
    sizing = tuple(_because(change, chosen.because) for change in sizing)
    design = design_of(rules, chosen.seed, sizing, chosen.reserves)
    return Sampling(rules.id, rules, Population(found.cases, found.left_out, listed), design)


def _because(change: Change, because: str) -> Change:
    return Change(change.part, change.why, change.size, because) if change.why is Why.CHOSEN else change


def _with_workers(package: Package) -> Caseload:
    """The eligible cases with the key of their worker beside the facts, for designs that look at it."""
    cases: dict[str, Mapping[str, FactValue]] = {}
    for case in package.caseload:
        if case.eligible:
            cases[case.key] = {**case.facts, MANAGED_BY: case.managed_by or None}
    return cases


def judged(package: Package) -> Package:
    """The package with eligibility and its reason worked out; a decision that the service gave a reason for stands."""
    eligibility, dates = package.framework.eligibility, package.inspection.dates
    if eligibility is None:
        return package
    span = window(eligibility, dates.announced, dates.fieldwork_from)
    cases = tuple(_with_verdict(case, judge(case.facts, span, eligibility)) for case in package.caseload)
    return replace(package, caseload=cases)


def _with_verdict(case: CaseloadCase, verdict: Verdict) -> CaseloadCase:
    if not case.eligible and case.reason:
        return case
    return replace(case, eligible=verdict.eligible, reason=verdict.reason)


def rows_of(sampling: Sampling) -> list[SampledCase]:
    """The cases that a design gives, as rows of ``sample.csv``."""
    return [row(case, sampling.name) for case in sampling.drawn()]


def row(case: Drawn, design: str) -> SampledCase:
    """One drawn case as a row."""
    return SampledCase(
        case.case_key, case.order, case.stratum, case.status, case.removed_reason, case.replaced_by, case.note,
        design, case.twice,
    )  # fmt: skip


def cases_of(package: Package, design: str) -> list[Drawn]:
    """The stored sample of one design."""
    return [
        Drawn(r.case_key, r.stratum, r.order, r.status, r.removed_reason, r.replaced_by, r.note, r.assessed_twice)
        for r in package.sample
        if r.design == design
    ]


def steps_of(sampling: Sampling) -> list[SizeChange]:
    """The history of sizes as rows of ``sampling.csv``."""
    return [
        SizeChange(sampling.name, step, WITHIN.join(change.part), change.why, change.size, change.note)
        for step, change in enumerate(sampling.history(), start=1)
    ]


def stored_steps(package: Package, design: str) -> list[SizeChange]:
    """The stored history of one design, in its order."""
    return sorted((row for row in package.sampling if row.design == design), key=lambda row: row.step)
