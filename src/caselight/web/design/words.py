"""The words on screen that differ between an inspection and a service's audit of its own cases (pages.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caselight.store.assessments.visible import Visible
from caselight.store.inspections.models import Kind
from caselight.web.design.visits import InspectionVisit


@dataclass(frozen=True)
class Words:
    """Each in the middle of a sentence; ``cap`` begins one with it."""

    inspection: str
    inspections: str
    inspector: str
    inspectors: str
    lead: str
    select: str
    selected: str
    removed: str
    reserve: str
    reserves: str
    letter: str
    service: str = "the service"
    child: str = "child"
    unanswered: str = "not yet answered"
    contested: str = "two answers: needs a decision"
    stale: str = "the figures changed since you wrote this"

    @staticmethod
    def cap(words: str) -> str:
        """The words with a capital.

        >>> Words.cap("audit round")
        'Audit round'
        """
        return words[:1].upper() + words[1:]


INSPECTION = Words(
    inspection="inspection",
    inspections="inspections",
    inspector="inspector",
    inspectors="inspectors",
    lead="lead inspector",
    select="select the sample",
    selected="selected",
    removed="removed from the sample",
    reserve="reserve",
    reserves="reserves",
    letter="letter",
)
AUDIT = Words(
    inspection="audit round",
    inspections="audit rounds",
    inspector="auditor",
    inspectors="auditors",
    lead="audit lead",
    select="choose cases",
    selected="chosen",
    removed="swapped",
    reserve="next in line",
    reserves="next in line",
    letter="report",
)


def words_of(kind: Kind | str | None) -> Words:
    """The words of a kind of inspection."""
    return AUDIT if kind == Kind.LOCAL_AUDIT else INSPECTION


def words(visit: InspectionVisit) -> Words:
    """The words of the inspection that is visited."""
    return words_of(visit.access.kind)


def words_for(mine: Sequence[Visible]) -> Words:
    """The words of a person's pages outside any inspection: those of an audit round where they see nothing else."""
    kinds = {one.access.kind for one in mine}
    return words_of(Kind.LOCAL_AUDIT) if kinds == {Kind.LOCAL_AUDIT} else INSPECTION
