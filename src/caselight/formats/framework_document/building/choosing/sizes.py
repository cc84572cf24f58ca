"""How many cases a design takes, and from which parts of the caseload, in words; one entry for each rule of the size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from caselight.formats.framework_document.building.speaker import Speaker, each
from caselight.formats.framework_document.structure import Words, words
from caselight.method.framework.sampling import MANAGED_BY, ByPrecision, Quota, SampleDesign, Size, SizeBand


def divider(say: Speaker, name: str) -> Words:
    """What divides the caseload: a fact, or the worker."""
    return words(say.word("design.workers")) if name == MANAGED_BY else say.fact(name)


def size_words(say: Speaker, size: Size) -> str:
    """How many cases, as a sentence."""
    way, needs = size.way
    said = [SIZES[way](say, needs)]
    said += [say.word("size.at_least", number=size.at_least)] if size.at_least is not None else []
    said += [say.word("size.at_most", number=size.at_most)] if size.at_most is not None else []
    return f"{', '.join(said)}."


def _by_precision(say: Speaker, needs: ByPrecision) -> str:
    rounding = say.word(f"rounding.{needs.rounding}")
    holes = {"expected": needs.expected, "margin": needs.margin, "confidence": needs.confidence, "rounding": rounding}
    return say.word("size.by_precision", **holes)


def _by_band(say: Speaker, bands: tuple[SizeBand, ...]) -> str:
    said = []
    for band in bands:
        gives = say.word("size.everyone") if band.all else band.share or str(band.number)
        key = "size.band" if band.to is not None else "size.band_open"
        said.append(say.word(key, low=band.from_, high=band.to, gives=gives))
    return say.word("size.by_band", bands="; ".join(said))


SIZES: Mapping[str, Callable[[Speaker, Any], str]] = {
    "fixed": lambda say, number: say.word("size.fixed", number=number),
    "by_precision": _by_precision,
    "by_percentage": lambda say, share: say.word("size.by_percentage", share=share),
    "by_band": _by_band,
    "by_quotas": lambda say, _: say.word("size.by_quotas"),
    "all": lambda say, _: say.word("size.everyone"),
}


def quota_words(say: Speaker, design: SampleDesign, quota: Quota) -> str:
    """A quota: the part of the caseload, and its bounds."""
    cluster = quota.cluster or ""
    if quota.each_cluster:
        names = each(design.clusters, lambda name: divider(say, name))
        cluster = say.word("quota.each", cluster="".join(run.text for run in names))
    part = stratum_words(say, design, quota.stratum) if quota.stratum else ""
    if cluster:
        part = say.word("quota.within", cluster=cluster, stratum=part) if part else cluster
    if quota.exactly is not None:
        return say.word("quota.of", part=part, bounds=say.word("quota.exactly", number=quota.exactly))
    ends = (("at_least", quota.at_least), ("at_most", quota.at_most))
    bounds = ", ".join(say.word(f"size.{key}", number=number) for key, number in ends if number is not None)
    return say.word("quota.of", part=part, bounds=bounds)


def stratum_words(say: Speaker, design: SampleDesign, name: str) -> str:
    """A stratum by its label, or by the fact and value that make it: ``Kind of care: foster``."""
    named = next((stratum for stratum in design.strata if stratum.id == name), None)
    if named is not None:
        return say.text(named.label)
    fact = say.framework.fact_by_id.get(name.partition("=")[0])
    if fact is None:
        return name
    value = name.partition("=")[2]
    shown = next((say.text(option.label) for option in fact.options if option.value == value), value)
    return say.word("document.colon", name=say.text(fact.label), what=shown)
