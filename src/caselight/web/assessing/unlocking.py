"""Opening a locked case again, as its page shows it: who asked and why, who agreed, and what the visitor may do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from caselight.store.accounts.people import names_of
from caselight.store.accounts.permissions import Permission
from caselight.store.assessments.past import Taken, steps_of
from caselight.store.assessments.steps import Step
from caselight.store.assessments.unlocks import ALLOWED, ASKED, REFUSED, SECONDED, Unlocking, unlockings
from caselight.store.caseloads.queries import subjects_of
from caselight.store.inspections.access import demand, may, not_found
from caselight.web.assessing.wording import Wording
from caselight.web.design.visits import InspectionVisit

P = Permission
SAYS = {
    ASKED: "Asked by", ALLOWED: "Agreed as the lead by", SECONDED: "Agreed as the second person by", REFUSED: "Refused by",
}  # fmt: skip


@dataclass(frozen=True)
class Unlock:
    """The page of one case for one visitor."""

    visit: InspectionVisit
    subject: tuple[str, str]
    label: str

    @cached_property
    def requests(self) -> tuple[Unlocking, ...]:
        """Every request that was ever made."""
        return unlockings(self.visit.key, self.subject)

    @property
    def request(self) -> Unlocking | None:
        """The one that waits."""
        return next((one for one in self.requests if one.open), None)

    @property
    def past(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Those that are over: how each ended, and its steps in words, the last one first."""
        return [
            ("Unlocked" if one.opened else "Refused", self.said(one)) for one in reversed(self.requests) if not one.open
        ]

    @cached_property
    def steps(self) -> tuple[Taken, ...]:
        """The steps of the case."""
        return steps_of(self.visit.key, self.subject)

    @property
    def locked(self) -> Taken | None:
        """The step that locked it; None where it is not locked."""
        last = self.steps[-1] if self.steps else None
        return last if last is not None and last.step is Step.LOCKED else None

    @cached_property
    def wording(self) -> Wording:
        """How people and instants are said."""
        people = {who for one in self.requests for who in one.people}
        return Wording(self.visit, names_of({*people, *(step.by for step in self.steps)}))

    @property
    def locked_by(self) -> str:
        """Who locked it, and when."""
        return f"{self.wording.name(self.locked.by)}, {self.wording.clock(self.locked.at)}" if self.locked else ""

    def said(self, request: Unlocking) -> list[tuple[str, str]]:
        """The steps of a request in words, each with its reason."""
        name, clock = self.wording.name, self.wording.clock
        return [(f"{SAYS[one.step]} {name(one.by)}, {clock(one.at)}", one.reason) for one in request.steps]

    @property
    def steps_said(self) -> list[tuple[str, str]]:
        """The steps of the request that waits."""
        return self.said(self.request) if self.request else []

    @property
    def may_ask(self) -> bool:
        """Whether the visitor may ask now."""
        return (
            self.locked is not None
            and self.request is None
            and (self._may(P.CASE_UNLOCK_ASK) or self._may(P.CASE_UNLOCK))
        )

    @property
    def leads(self) -> bool:
        """Whether asking is agreeing: the visitor may unlock."""
        return self._may(P.CASE_UNLOCK)

    @property
    def may_allow(self) -> bool:
        """Whether the visitor may agree as the lead, and nobody has."""
        return self.leads and self.request is not None and self.request.taken(ALLOWED) is None

    @property
    def may_second(self) -> bool:
        """Whether the visitor may agree as the second person: somebody else than who asked or allowed it."""
        request = self.request
        if request is None or request.local or request.taken(SECONDED) is not None:
            return False
        return self.visit.user not in request.people and self._may(P.CASE_UNLOCK_SECOND)

    @property
    def may_refuse(self) -> bool:
        """Whether the visitor may refuse."""
        return self.request is not None and (self.leads or self._may(P.CASE_UNLOCK_SECOND))

    @property
    def reads(self) -> bool:
        """Whether the visitor may look at the case itself."""
        return self._may(P.ANSWER_READ)

    @property
    def lacks(self) -> str:
        """Who must still agree, in words."""
        request = self.request
        if request is None:
            return ""
        wanted = [] if request.taken(ALLOWED) else ["the lead"]
        wanted += [] if request.local or request.taken(SECONDED) else ["a second person (the quality assurer)"]
        return f"It is unlocked when {' and '.join(wanted)} agree{'s' * (len(wanted) == 1)}."

    def _may(self, permission: Permission) -> bool:
        return may(self.visit.access, permission, self.subject[1])


def unlock_of(visit: InspectionVisit, kind: str, key: str, *permissions: Permission) -> Unlock:
    """The page of a case, for who may do one of these acts on it. ``access.not-found`` and ``access.forbidden`` for others."""
    label = next((one.label or one.key for one in subjects_of(visit.key) if (one.kind, one.key) == (kind, key)), None)
    if label is None:
        not_found()
    held = next((permission for permission in permissions if may(visit.access, permission, key)), permissions[0])
    demand(visit.access, held, key)  # what is demanded is asked once more where something is written
    return Unlock(visit, (kind, key), label)
