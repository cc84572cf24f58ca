"""The sample: drawn by Caselight itself, with two cases removed and replaced, and a solved case for each examined one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from examples.generate.chance import Chance
from examples.generate.west_london.cases.caseload import Listed
from examples.generate.west_london.figures.solve import Solved

from caselight.method.inspection.definition import Design as Written
from caselight.method.inspection.package import SampledCase
from caselight.method.sampling.design import Design
from caselight.method.sampling.draw import Drawn, draw
from caselight.method.sampling.removal import remove

# Reason and note of each removal. Both are of the commonest stratum, which keeps reserves.
REMOVALS = (
    ("worker-unavailable", "The case manager is on leave for all three days and nobody else knows the case."),
    ("transferred", "The family moved in November and another service took the case over before the fieldwork."),
)


def drawn(
    listed: Iterable[Listed], design: Written, reasons: Collection[str], chance: Chance
) -> tuple[SampledCase, ...]:
    """The sample after its removals, by stratum and order."""
    eligible = {row.key: {"custodial": row.custodial, "sex": row.sex} for row in listed if row.kind == "eligible"}
    sample = draw(eligible, Design(design.size, design.seed, design.strata, design.reserves))
    notes: dict[str, str] = {}
    for place, (reason, note) in enumerate(REMOVALS):
        taken_out = _one_of_the_commonest(sample, chance, place)
        sample = remove(sample, taken_out, reason, reasons).sample
        notes[taken_out] = note
    return tuple(_row(case, notes) for case in sample)


def _one_of_the_commonest(sample: tuple[Drawn, ...], chance: Chance, place: int) -> str:
    still = [case for case in sample if case.status == "drawn"]
    strata = [case.stratum for case in still]
    commonest = max(sorted(set(strata)), key=strata.count)
    return chance.order((case.case_key for case in still if case.stratum == commonest), "removed", place)[0]


def _row(case: Drawn, notes: Mapping[str, str]) -> SampledCase:
    row = SampledCase(
        case.case_key, case.order, case.stratum, case.status, case.removed_reason, case.replaced_by, case.note
    )
    return replace(row, note=notes[row.case_key]) if row.case_key in notes else row


def matched(
    sample: Iterable[SampledCase], listed: Iterable[Listed], solved: Iterable[Solved], chance: Chance
) -> dict[str, Solved]:
    """A solved case for each examined one: custodial for custodial, otherwise by chance."""
    examined = {row.case_key for row in sample if row.examined}
    groups = {"yes": [case for case in solved if "custodial" in case.holds]}
    groups["no"] = [case for case in solved if "custodial" not in case.holds]
    by_key: dict[str, Solved] = {}
    for custodial, cases in groups.items():
        keys = [row.key for row in listed if row.key in examined and row.custodial == custodial]
        by_key |= dict(zip(chance.order(keys, "matched"), cases, strict=True))
    return by_key
