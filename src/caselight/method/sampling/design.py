"""What fixes a draw: the design, the part of the caseload that each case belongs to, and how many each part gives.

A part is a stratum, or a stratum with clusters and workers inside it. Strata are named after facts, or by rules of
which the first that fits counts. No quota is documented for the first kind of inspection that Caselight was made for,
so proportional is our default (sqs.md, section 2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from caselight.method.caseload.case import FactValue
from caselight.method.caseload.eligibility import SuppliedFacts
from caselight.method.faults import Fault, Faults, Severity
from caselight.method.framework.sampling import LARGEST_REMAINDER, MANAGED_BY, OTHER, NamedStratum, Quota, SampleDesign
from caselight.method.framework.truth import truth
from caselight.method.sampling.allocation.changes import Change, Part, Why
from caselight.method.sampling.allocation.nested import NOT_KNOWN, Allocation, Nested, capped
from caselight.method.sampling.allocation.quotas import Bounds

Caseload = Mapping[str, Mapping[str, FactValue]]

WHOLE_CASELOAD = "all"
WITHIN = " > "  # between the steps of a part's name: "female > north > m-1"


@dataclass(frozen=True, slots=True)
class Design:
    """What fixes a draw: how many cases, the seed, the facts that make the strata, how many reserves are listed.

    What follows these is for designs that a framework names: ``named`` strata instead of facts, ``clusters`` within
    them, ``most_per_worker``, ``quotas``, ``buffer`` (a share of the size), and how the size came about.
    """

    size: int
    seed: str
    strata: tuple[str, ...] = ()
    reserves: int = 0
    allocation: str = LARGEST_REMAINDER
    named: tuple[NamedStratum, ...] = ()
    otherwise: str = OTHER
    clusters: tuple[str, ...] = ()
    most_per_worker: int | None = None
    quotas: tuple[Quota, ...] = ()
    buffer: Fraction = Fraction(0)
    sizing: tuple[Change, ...] = ()

    @property
    def levels(self) -> tuple[str, ...]:
        """What divides a stratum: the clusters, and the worker where there is a cap."""
        worker = self.most_per_worker is not None and MANAGED_BY not in self.clusters[-1:]
        return (*self.clusters, MANAGED_BY) if worker else self.clusters


def design_of(rules: SampleDesign, seed: str, sizing: tuple[Change, ...], reserves: int | None = None) -> Design:
    """The design of a framework for one caseload: ``sizing`` is what :func:`~.sizes.size_changes` gave for it."""
    return Design(
        sizing[-1].size,
        seed,
        rules.stratify_by,
        rules.reserves if reserves is None else reserves,
        rules.allocation,
        named=rules.strata,
        otherwise=rules.otherwise or OTHER,
        clusters=rules.clusters,
        most_per_worker=rules.most_per_worker,
        quotas=rules.quotas,
        buffer=rules.buffer_share,
        sizing=sizing,
    )


def stratum_of(facts: Mapping[str, FactValue], strata: Sequence[str]) -> str:
    """The name of the stratum of a case: its values of the stratum facts, in the order of the design.

    A fact that nobody supplied makes a stratum of its own; no case falls out.

    >>> stratum_of({"custodial": "yes", "sex": "female"}, ("sex", "custodial"))
    'sex=female; custodial=yes'
    """
    named = ((fact, facts.get(fact)) for fact in strata)
    return "; ".join(f"{fact}={NOT_KNOWN if value is None else value}" for fact, value in named) or WHOLE_CASELOAD


def first_match(facts: Mapping[str, FactValue], named: Iterable[NamedStratum], otherwise: str) -> str:
    """The id of the first stratum whose rule holds; ``otherwise`` when none does.

    A rule that cannot be decided before any holds makes the case one of the stratum ``not known``: unknown is not no.
    """
    for stratum in named:
        held = truth(stratum.when, SuppliedFacts(facts))
        if held is not False:
            return stratum.id if held else NOT_KNOWN
    return otherwise


def parts_of(caseload: Caseload, design: Design) -> dict[str, Part]:
    """The part of every case of the caseload, by case key, in the order of the keys: stratum, clusters, worker.

    Raises all that is wrong with the design at once: ``sample.size-below-one``, ``sample.reserves-below-nought``,
    ``sample.no-seed``, ``sample.unknown-stratum-fact``, ``sample.empty-caseload``.
    """
    faults = _design_faults(design)
    if not caseload:
        faults.append(
            Fault(
                "sample.empty-caseload",
                ("caseload",),
                "There is no eligible case to draw from.",
                "Check the dates of the window and the caseload's list.",
            )
        )
    for fact in (*design.strata, *(name for name in design.clusters if name != MANAGED_BY)):
        if caseload and all(fact not in facts for facts in caseload.values()):
            faults.append(
                Fault(
                    "sample.unknown-stratum-fact",
                    ("sample", "strata"),
                    f"No case has a fact called “{fact[:60]}”.",
                    "Name a fact that the caseload supplies, or take it out of the strata.",
                )
            )
    if faults:
        raise Faults(faults)
    return {key: _part(caseload[key], design) for key in sorted(caseload)}


def _part(facts: Mapping[str, FactValue], design: Design) -> Part:
    stratum = first_match(facts, design.named, design.otherwise) if design.named else stratum_of(facts, design.strata)
    inside = [facts.get(name) for name in design.levels]
    part = (stratum, *(NOT_KNOWN if value in (None, "") else str(value) for value in inside))
    # A step that holds the sign between steps could make two parts one name.
    return tuple(step.replace(WITHIN, " › ") for step in part) if inside else part


def strata_of(caseload: Caseload, design: Design) -> dict[str, str]:
    """The name of the part of every case, by case key. Raises what :func:`parts_of` raises."""
    return {key: WITHIN.join(part) for key, part in parts_of(caseload, design).items()}


def allocation_of(parts: Mapping[str, Part], design: Design) -> Allocation:
    """How many cases each part gives, with the history of every size and what a person should know.

    ``parts`` is what :func:`parts_of` gives. Raises ``sample.quotas-exceed-size``.

    >>> design = Design(4, "spring", ("custodial",))
    >>> cases = {f"c{n}": {"custodial": "yes" if n < 3 else "no"} for n in range(10)}
    >>> allocation_of(parts_of(cases, design), design).sizes
    {('custodial=no',): 3, ('custodial=yes',): 1}
    """
    held = _held(parts, design)
    before = design.sizing or _chosen(design.size, len(parts))
    nested = Nested(held, design.allocation, lambda part, names: _bounds(design, part, names))
    found = nested.allocate(design.size, design.buffer, before)
    if design.most_per_worker is None:
        return found
    found = capped(found, held, design.most_per_worker)
    unknown = sum(size for part, size in found.sizes.items() if part[-1] == NOT_KNOWN)
    return found if not unknown else Allocation(found.sizes, found.changes, (*found.faults, _no_worker(unknown)))


def _chosen(size: int, population: int) -> tuple[Change, ...]:
    chosen = Change((), Why.CHOSEN, size)
    return (chosen,) if size <= population else (chosen, Change((), Why.LOWERED_TO_POPULATION, population))


def _held(parts: Mapping[str, Part], design: Design) -> dict[Part, int]:
    """The innermost parts with the number of cases they hold: strata in the order of their rules, all else by name."""
    ranks = {name: place for place, name in enumerate([item.id for item in design.named] + [design.otherwise])}
    counted = Counter(parts.values())
    return {part: counted[part] for part in sorted(counted, key=lambda part: (ranks.get(part[0], len(ranks)), part))}


def _bounds(design: Design, part: Part, names: Iterable[str]) -> dict[str, Bounds]:
    """The quotas of the parts directly inside a part: of strata, or of the first clusters of a stratum."""
    found: dict[str, Bounds] = {}
    if len(part) > 1:
        return found
    for quota in design.quotas:
        if quota.of_clusters != bool(part) or (part and quota.stratum not in (None, part[0])):
            continue
        wanted = quota.cluster if part else quota.stratum
        for name in [wanted] if wanted is not None else names:
            known = found.get(name, Bounds())
            highs = [high for high in (known.high, quota.high) if high is not None]
            found[name] = Bounds(max(known.low, quota.low), min(highs, default=None))
    return found


def _no_worker(cases: int) -> Fault:
    says = f"{cases} cases of the sample name no worker, so the cap per worker cannot hold for them."
    cure = "Ask the service who manages them, and fill in managed_by."
    return Fault("sample.worker-not-known", ("sample", "most_per_worker"), says, cure, Severity.WARNING)


def _design_faults(design: Design) -> list[Fault]:
    faults = []
    if design.size < 1:
        faults.append(
            Fault(
                "sample.size-below-one",
                ("sample", "size"),
                f"A sample of {design.size} cases cannot be drawn.",
                "Give a size of 1 or more.",
            )
        )
    if design.reserves < 0:
        faults.append(
            Fault(
                "sample.reserves-below-nought",
                ("sample", "reserves"),
                f"The design asks for {design.reserves} reserves.",
                "Give 0 or more reserves.",
            )
        )
    if not design.seed:
        faults.append(
            Fault(
                "sample.no-seed",
                ("sample", "seed"),
                "The design has no seed, so nobody could draw the sample again.",
                "Give any text as the seed, for example the inspection's id, before the caseload is seen.",
            )
        )
    return faults
