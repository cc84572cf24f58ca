"""Quotas of a sampling design: of which parts they speak, whether they contradict each other, and the size.

What depends on the caseload (a part that holds fewer cases than its minimum) is found when a sample is planned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product

from caselight.method.faults import DataPath, Fault, Severity, did_you_mean, quoted
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Fact
from caselight.method.framework.sampling import OTHER, Quota, SampleDesign

MOST_NAMES = 500
UNKNOWN = "not known"  # the stratum or cluster of a case whose facts do not decide


def quota_faults(framework: Framework, path: DataPath, design: SampleDesign) -> Iterator[Fault]:
    """Quotas of unknown parts, quotas against each other, and quotas against the size."""
    strata = _strata_names(framework, design)
    clusters = _values(framework.fact_by_id.get(design.clusters[0])) if design.clusters else []
    for at, quota in enumerate(design.quotas):
        where = (*path, "quotas", at)
        if quota.at_least is not None and quota.at_most is not None and quota.at_least > quota.at_most:
            says = f"The quota is at least {quota.at_least} and at most {quota.at_most}."
            yield Fault("framework.quota-contradiction", where, says, "Exchange the two, or correct one.")
        if quota.of_clusters and not design.clusters:
            says = "The quota is about clusters, and the design has none."
            yield Fault("framework.quota-without-clusters", where, says, "Add clusters, or take the quota out.")
        for key, name, known in (("stratum", quota.stratum, strata), ("cluster", quota.cluster, clusters)):
            if name is not None and known and name not in known:
                yield unknown_name((*where, key), key, name, known)
    yield from _against_size(path, design, strata)
    yield from _against_stratum(path, design, clusters)


def _strata_names(framework: Framework, design: SampleDesign) -> list[str]:
    """The strata that a design can have; none where they cannot be told."""
    if design.strata:
        return [*(item.id for item in design.strata), design.otherwise or OTHER, UNKNOWN]
    if not design.stratify_by:
        return ["all"]
    values = [_values(framework.fact_by_id.get(name)) for name in design.stratify_by]
    number = 1
    for each in values:
        number *= len(each)
    if not number or number > MOST_NAMES:
        return []
    pairs = ([f"{name}={value}" for value in each] for name, each in zip(design.stratify_by, values, strict=True))
    return ["; ".join(parts) for parts in product(*pairs)]


def _values(fact: Fact | None) -> list[str]:
    listed = fact.values() if fact else None
    return [*listed, UNKNOWN] if listed else []


def _against_size(path: DataPath, design: SampleDesign, strata: list[str]) -> Iterator[Fault]:
    """Quotas of whole strata against what the size can be at most and at least."""
    whole = [quota for quota in design.quotas if not quota.of_clusters and quota.stratum is not None]
    lowest = sum(quota.low for quota in whole)
    largest = design.size.fixed if design.size.fixed is not None else design.size.at_most
    if largest is not None and lowest > largest:
        says = f"The minimums of the quotas add up to {lowest}, and the size is {largest} at most."
        yield Fault("framework.quotas-exceed-size", (*path, "quotas"), says, "Lower the minimums, or raise the size.")
    wanted = {item.id for item in design.strata} if design.strata else set(strata)
    if design.size.by_quotas:
        for name in sorted(wanted - {quota.stratum for quota in whole if quota.exactly is not None}):
            if design.strata or not name.endswith(UNKNOWN):
                says = f"The size is the sum of the quotas, and the stratum {quoted(name)} has no exact one."
                yield Fault("framework.quota-missing", (*path, "quotas"), says, f"Add a quota of {name} with exactly.")
    highs = {quota.stratum: quota.high for quota in whole if quota.high is not None}
    smallest = design.size.fixed if design.size.fixed is not None else design.size.at_least
    if smallest is not None and design.strata and {*wanted, design.otherwise or OTHER} <= set(highs):
        highest = sum(highs.values())
        if highest < smallest:
            says = f"The maximums of the quotas add up to {highest}, and the size is {smallest} at least."
            cure = "Raise the maximums, or lower the size."
            yield Fault("framework.quotas-below-size", (*path, "quotas"), says, cure)


def _against_stratum(path: DataPath, design: SampleDesign, clusters: list[str]) -> Iterator[Fault]:
    """Minimums of clusters against the maximum of their stratum, where it is known how many clusters there can be."""
    for at, quota in enumerate(design.quotas):
        if quota.of_clusters or quota.high is None:
            continue
        inner = [each for each in design.quotas if each.of_clusters and each.stratum in (None, quota.stratum)]
        lowest = sum(max((_low(each, name) for each in inner), default=0) for name in clusters if name != UNKNOWN)
        if lowest > quota.high:
            says = (
                f"The minimums of the clusters of {quoted(quota.stratum or 'every stratum')} add up to {lowest}, "
                f"and the stratum gives {quota.high} at most."
            )
            cure = "Lower the minimums, or raise the quota; a draw with cases in every cluster would be refused."
            yield Fault("framework.quotas-exceed-size", (*path, "quotas", at), says, cure, Severity.WARNING)


def _low(quota: Quota, cluster: str) -> int:
    return quota.low if quota.each_cluster or quota.cluster == cluster else 0


def unknown_name(where: DataPath, noun: str, name: str, known: Collection[str]) -> Fault:
    """The fault of a name that nothing has."""
    cure = did_you_mean(name[:60], sorted(known)) if len(known) <= MOST_NAMES else "Correct the name."
    return Fault("framework.unknown-id", where, f"No {noun} is called {quoted(name)}.", cure)
