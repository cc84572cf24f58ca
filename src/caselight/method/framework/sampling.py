"""Sampling as data: the window of eligibility, the defaults, and named designs.

A design says whom it draws from (its population), how many (one size rule), from which parts (strata, clusters), by
which method of allocation, within which quotas, and who is assessed twice. How it is drawn is in
:mod:`caselight.method.sampling`; what does not hold together is found by the checks. (frameworks.md, group 12.)
"""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from caselight.method.framework.measures import exact
from caselight.method.framework.parts import Ident, Many, Provenance, Reason, Text
from caselight.method.framework.rules import ALWAYS, Model, Rule

AllocationName = Literal["proportional-largest-remainder", "half-up-round-robin", "equal", "proportional"]
LARGEST_REMAINDER: AllocationName = "proportional-largest-remainder"
MANAGED_BY = "managed_by"  # the column of the caseload that names the worker; no fact has this id
OTHER = "other"  # the stratum of cases that no rule fits, where the design names none
WAYS = ("fixed", "by_precision", "by_percentage", "by_band", "by_quotas", "all")


def _share(text: str) -> str:
    if not 0 < exact(text) <= 1:
        raise ValueError("write a share above 0 and up to 1, such as 20%")
    return text


def _open_share(text: str) -> str:
    if not 0 < exact(text) < 1:
        raise ValueError("write a share between 0 and 1, such as 80%")
    return text


def _percentage(text: str) -> str:
    if not 0 <= exact(text) <= 10:
        raise ValueError("write a percentage from 0%, such as 10%")
    return text


Share = Annotated[str, AfterValidator(_share)]
OpenShare = Annotated[str, AfterValidator(_open_share)]
Percentage = Annotated[str, AfterValidator(_percentage)]


class Window(Model):
    """The eligibility window around the dates of an inspection, in days (settings, never constants)."""

    start_fact: Ident
    latest_days_before_announcement: int = Field(ge=0)
    earliest_days_before_fieldwork: int = Field(ge=0)
    also: Rule = ALWAYS
    provenance: Provenance


class Exclusion(Model):
    """Cases that are left out of a population although they are eligible, with a coded reason."""

    id: Ident
    label: Text
    when: Rule
    provenance: Provenance


class SamePerson(Model):
    """Which cases are one person's: those that agree in every fact of any one list. One of them is kept.

    ``keep`` is the one with the earliest or the latest ``by``. A fact that nobody supplied agrees with nothing.
    """

    id: Ident = "same-person"
    label: Text
    agree_in: Many[Many[Ident]] = Field(min_length=1)
    keep: Literal["earliest", "latest"] = "earliest"
    by: Ident
    provenance: Provenance


class ByPrecision(Model):
    """So many that a share of ``expected`` comes out within ``margin`` at ``confidence``, in a list of this length."""

    confidence: OpenShare
    margin: OpenShare
    expected: OpenShare = "50%"
    rounding: Literal["up", "nearest"] = "up"


class SizeBand(Model):
    """The number for populations from ``from`` to ``to``, both inside: cases, a share of them, or all of them.

    Without ``to`` the band has no upper end.
    """

    from_: int = Field(0, alias="from", ge=0)
    to: int | None = Field(None, ge=0)
    number: int | None = Field(None, ge=1)
    share: Share | None = None
    all: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> SizeBand:
        if sum(value is not None for value in (self.number, self.share, self.all)) != 1:
            raise ValueError("a band gives exactly one of number, share, all")
        return self


class Size(Model):
    """How many cases. Exactly one rule; ``at_least`` and ``at_most`` bound what it gives, and the population always does.

    ``by_percentage`` is a share of the population, rounded up. ``by_quotas`` is the sum of the strata's exact quotas.
    """

    fixed: int | None = Field(None, ge=1)
    by_precision: ByPrecision | None = None
    by_percentage: Share | None = None
    by_band: Annotated[tuple[SizeBand, ...], Field(min_length=1, strict=False)] | None = None
    by_quotas: Literal[True] | None = None
    all: Literal[True] | None = None
    at_least: int | None = Field(None, ge=1)
    at_most: int | None = Field(None, ge=1)

    @model_validator(mode="after")
    def _one_way(self) -> Size:
        if sum(getattr(self, name) is not None for name in WAYS) != 1:
            raise ValueError(f"a size has exactly one of {', '.join(WAYS)}")
        return self

    @property
    def way(self) -> tuple[str, Any]:
        """The name of the rule, and what it needs."""
        name = next(name for name in WAYS if getattr(self, name) is not None)
        return name, getattr(self, name)


class NamedStratum(Model):
    """A stratum by a rule. Of several that fit a case, the first counts."""

    id: Ident
    label: Text
    when: Rule
    provenance: Provenance


class Quota(Model):
    """How many cases a part gives: a stratum, a cluster (``each`` of them, or one by name), or a cluster of a stratum.

    ``exactly`` is both ends. A minimum that a part cannot give is said and not made up for elsewhere.
    """

    stratum: str | None = None
    cluster: str | None = None
    each_cluster: Literal[True] | None = None
    at_least: int | None = Field(None, ge=0)
    at_most: int | None = Field(None, ge=0)
    exactly: int | None = Field(None, ge=0)

    @model_validator(mode="after")
    def _sound(self) -> Quota:
        if self.cluster is not None and self.each_cluster:
            raise ValueError("a quota names one cluster or each_cluster, not both")
        if self.exactly is None and self.at_least is None and self.at_most is None:
            raise ValueError("a quota says exactly, at_least or at_most")
        if self.exactly is not None and (self.at_least is not None or self.at_most is not None):
            raise ValueError("exactly stands alone")
        return self

    @property
    def of_clusters(self) -> bool:
        """Whether it is about the clusters within a stratum, and not about a whole stratum."""
        return self.cluster is not None or bool(self.each_cluster)

    @property
    def low(self) -> int:
        """The fewest cases."""
        return self.exactly if self.exactly is not None else self.at_least or 0

    @property
    def high(self) -> int | None:
        """The most cases; ``None`` without a limit."""
        return self.exactly if self.exactly is not None else self.at_most


class AssessedTwice(Model):
    """The part of the sample that a second person assesses too: a share, rounded up, and at least so many.

    ``seed_label`` makes its order another one than that of the draw.
    """

    share: Share
    at_least: int = Field(0, ge=0)
    seed_label: str = Field("second", min_length=1)
    provenance: Provenance


class SampleDesign(Model):
    """One named design. ``stratify_by`` names facts, ``strata`` rules; a design has one of the two, or neither.

    ``clusters`` are facts that divide a stratum further, the outermost first (``managed_by`` is the worker). ``buffer``
    is examined, ``reserves`` stand by. ``most_per_worker`` counts across the whole sample. ``tools`` are the forms that
    are filled in for the cases of this design.
    """

    id: Ident
    title: Text
    where: Rule = ALWAYS
    window: Window | None = None
    exclusions: Many[Exclusion] = ()
    same_person: SamePerson | None = None
    size: Size
    buffer: Percentage = "0%"
    reserves: int = Field(0, ge=0)
    stratify_by: Many[Ident] = ()
    strata: Many[NamedStratum] = ()
    otherwise: Ident | None = None
    allocation: AllocationName = LARGEST_REMAINDER
    clusters: Annotated[tuple[Ident, ...], Field(max_length=4, strict=False)] = ()
    most_per_worker: int | None = Field(None, ge=1)
    quotas: Many[Quota] = ()
    assessed_twice: AssessedTwice | None = None
    tools: Many[Ident] = ()
    provenance: Provenance

    @model_validator(mode="after")
    def _one_sort_of_strata(self) -> SampleDesign:
        if self.stratify_by and self.strata:
            raise ValueError("a design has stratify_by or strata, not both")
        return self

    @property
    def buffer_share(self) -> Fraction:
        """The buffer as an exact share of the size."""
        return exact(self.buffer)


class SampleDefaults(Model):
    """How the sample is drawn unless the inspection says otherwise, and the designs that it may choose by name."""

    strata: Many[Ident] = ()
    allocation: AllocationName = LARGEST_REMAINDER
    reserves: int = Field(6, ge=0)
    removal_reasons: Many[Reason]
    designs: Many[SampleDesign] = ()
    provenance: Provenance

    def design(self, name: str) -> SampleDesign | None:
        """The design of that name."""
        return next((design for design in self.designs if design.id == name), None)
