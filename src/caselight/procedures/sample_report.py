"""What a sample is, and what a plan would give, as data: sizes and why, precision, parts, likeness to the caseload."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from caselight.formats.package.reading import read_package
from caselight.method.framework.measures import exact
from caselight.method.inspection.package import Package, SampledCase, SizeChange
from caselight.method.sampling.design import WITHIN, parts_of
from caselight.method.sampling.draw import fingerprint
from caselight.method.sampling.overlap import overlap
from caselight.method.sampling.representativeness import compare
from caselight.method.sampling.sizes import margin
from caselight.procedures.samples import Sampling, judged, planned, samplings, steps_of, stored_steps

CONFIDENCES = (Fraction(80, 100), Fraction(90, 100), Fraction(95, 100))
EVEN = Fraction(1, 2)


def sample_report(folder: Path, design: str | None = None, shares: Sequence[Fraction] = ()) -> dict[str, Any]:
    """The samples as data: design, history of sizes, precision, cases, and the representativeness table.

    One design gives its own report; several give a list of them, with the cases that they share.
    """
    package = read_package(folder)
    found = samplings(package, design)
    reports = [_drawn(package, sampling, shares) for sampling in found]
    if len(reports) == 1:
        return reports[0]
    shared = _shared(package, found)
    return {"says": _said_of_all(shared), "designs": reports, "overlap": shared}


def plan_report(folder: Path, design: str | None = None, shares: Sequence[Fraction] = ()) -> dict[str, Any]:
    """What the designs would give, before anything is drawn: size, precision and parts. Nothing is written."""
    package = judged(read_package(folder))
    plans = [_plan(sampling, shares) for sampling in planned(package, design)]
    return plans[0] if len(plans) == 1 else {"says": f"{len(plans)} designs.", "designs": plans}


def _plan(sampling: Sampling, shares: Sequence[Fraction]) -> dict[str, Any]:
    allocation = sampling.allocation()
    size, cases = sum(allocation.sizes.values()), len(sampling.population.cases)
    reserves = min(sampling.design.reserves, cases - size)
    return {
        "says": f"{_title(sampling)}{size} of {cases} cases would be drawn, with {_said(reserves, 'reserve')}. "
        f"Nothing is drawn yet.",
        "design": _design(sampling),
        "sizes": [_step(step) for step in steps_of(sampling)],
        "precision": _precision(size, cases, sampling, shares),
        "parts": _parts(sampling),
        "faults": [f"{fault.says} {fault.cure}" for fault in allocation.faults],
    }


def _parts(sampling: Sampling) -> list[dict[str, Any]]:
    """Each innermost part: how many cases it holds, and how many it gives."""
    if not sampling.population.cases:
        return []
    parts = list(parts_of(sampling.population.cases, sampling.design).values())
    sizes = sampling.allocation().sizes
    return [{"part": WITHIN.join(part), "caseload": parts.count(part), "sample": size} for part, size in sizes.items()]


def _drawn(package: Package, sampling: Sampling, shares: Sequence[Fraction]) -> dict[str, Any]:
    rows = [row for row in package.sample if row.design == sampling.name]
    population = sampling.population.cases
    examined = _examined(rows)
    reserves = [row.case_key for row in rows if row.status == "reserve"]
    twice = [row.case_key for row in rows if row.examined and row.assessed_twice]
    outside = len(package.caseload) - len(population)
    return {
        "says": f"{_title(sampling)}{len(examined)} of {_said(len(population), 'eligible case')} in the sample, "
        f"{_said(len(reserves), 'reserve')}, {_said(outside, 'case')} {'left out' if sampling.rules else 'not eligible'}. "
        + (f"{len(twice)} to be assessed twice. " if twice else "")
        + f"Seed {sampling.design.seed}.",
        "design": _design(sampling),
        "caseload_fingerprint": fingerprint(population),
        "sizes": [_step(step) for step in stored_steps(package, sampling.name) or steps_of(sampling)],
        "precision": _precision(len(examined), len(population), sampling, shares),
        "sample": [asdict(row) for row in rows],
        "left_out": {key: asdict(out) for key, out in sampling.population.left_out.items()},
        "representativeness": _likeness(package, sampling, examined),
    }


def _likeness(package: Package, sampling: Sampling, examined: Sequence[str]) -> list[dict[str, Any]]:
    population = sampling.population.cases
    inside = [key for key in examined if sampling.rules is None or key in population]
    facts = [
        fact
        for fact in package.framework.facts
        if fact.characteristic and fact.subject == package.framework.subjects[0].id
    ]
    return [
        {
            "characteristic": row.characteristic,
            "value": row.value or "(not known)",
            "caseload": row.caseload_n,
            "sample": row.sample_n,
            "expected": f"{float(row.expected):.1f}",
            "difference": f"{float(row.difference):+.1f}{' !' if row.off else ''}",
        }
        for row in compare(population, inside, {fact.id: fact.values() or () for fact in facts})
    ]


def _examined(rows: Iterable[SampledCase]) -> list[str]:
    return [row.case_key for row in rows if row.examined]


def _design(sampling: Sampling) -> dict[str, Any]:
    """The design for a reader: what is written out in the inspection, or the framework's rules with the seed."""
    design = sampling.design
    written = {"size": design.size, "seed": design.seed, "strata": design.strata, "reserves": design.reserves}
    if sampling.rules is None:
        return written
    rules = sampling.rules.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"name": sampling.name, **written, "rules": rules}


def _precision(n: int, population: int, sampling: Sampling, shares: Sequence[Fraction]) -> list[dict[str, str]]:
    """The margin that the number gives, at some confidences, for an even share and for those asked for.

    Cases of several parts are taken together, as if drawn from one list; strata that give unequal parts are less sure.
    """
    precise = sampling.rules.size.by_precision if sampling.rules else None
    confidences = sorted({*CONFIDENCES, *([exact(precise.confidence)] if precise else [])})
    found = []
    for share in (EVEN, *shares):
        for confidence in confidences:
            half = margin(n, population, confidence=float(confidence), share=float(share))
            said = "" if half is None else "census" if n >= population else f"±{100 * half:.1f} points"
            found.append({"share": _percent(share), "confidence": _percent(confidence), "margin": said})
    return found


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):g}%"


def _step(step: SizeChange) -> dict[str, Any]:
    return {"part": step.part or "(the whole)", "reason": str(step.reason), "size": step.size, "note": step.note}


def _shared(package: Package, found: Iterable[Sampling]) -> dict[str, Any]:
    """The cases of several designs: sheets and people counted each in their own way."""
    samples = {
        sampling.name or "sample": _examined(row for row in package.sample if row.design == sampling.name)
        for sampling in found
    }
    tools = {sampling.name: sampling.rules.tools for sampling in found if sampling.rules and sampling.rules.tools}
    counted = overlap(samples, tools)
    pairs = [{"designs": " and ".join(pair), "shared": number} for pair, number in counted.pairs.items()]
    return {"sheets": counted.sheets, "cases": counted.cases, "shared": counted.shared, "pairs": pairs}


def _said_of_all(shared: dict[str, Any]) -> str:
    return (
        f"{_said(shared['sheets'], 'sheet')} about {_said(shared['cases'], 'case')}; "
        f"{shared['shared']} in more than one design."
    )


def _title(sampling: Sampling) -> str:
    return f"{sampling.name}: " if sampling.name else ""


def _said(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
