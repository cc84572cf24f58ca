"""Whom somebody sees among the people: everybody, the case managers of their service, those of what they lead."""

from __future__ import annotations

from dataclasses import dataclass

from caselight.store.accounts.permissions import Permission, Role
from caselight.store.assessments.visible import visible
from caselight.store.inspections.access import demand, everywhere, may, not_found
from caselight.store.inspections.belonging import own_services
from caselight.store.inspections.directory import Somebody, everybody, of_inspections, of_services, somebody
from caselight.web.design.visits import Visit


@dataclass(frozen=True)
class Reach:
    """What a visitor may do with people. ``services``: key and name of those whose case managers they invite."""

    manages: bool
    services: tuple[tuple[str, str], ...]
    leads: tuple[str, ...]

    @property
    def invites(self) -> bool:
        """Whether they may give somebody an account."""
        return self.manages or bool(self.services)


def reach(visit: Visit) -> Reach:
    """What the visitor may do; refused where that is nothing."""
    access = everywhere(visit.user, visit.at)
    invites, assigns = may(access, Permission.PEOPLE_INVITE), may(access, Permission.PEOPLE_ASSIGN)
    if not (invites or assigns):
        demand(access, Permission.PEOPLE_MANAGE)
    services = tuple(one for one in own_services(visit.user) if one[0] in access.services) if invites else ()
    mine = visible(visit.user, visit.at) if assigns else ()
    leads = tuple(one.key for one in mine if may(one.access, Permission.PEOPLE_ASSIGN))
    return Reach(may(access, Permission.PEOPLE_MANAGE), services, leads)


def seen(visit: Visit, allowed: Reach) -> tuple[Somebody, ...]:
    """The people that they see, each with the roles that concern them."""
    if allowed.manages:
        return everybody(visit.at)
    own = of_services((key for key, _ in allowed.services), Role.CASE_MANAGER, visit.at) if allowed.services else ()
    team = of_inspections(allowed.leads, visit.at) if allowed.leads else ()
    there = {one.key for one in own}
    return tuple(sorted([*own, *(one for one in team if one.key not in there)], key=lambda one: (one.name, one.key)))


def managed(visit: Visit, user: str) -> Somebody:
    """A person, for an administrator; anybody else is refused."""
    demand(everywhere(visit.user, visit.at), Permission.PEOPLE_MANAGE)
    return _there(somebody(user, visit.at))


def opened(visit: Visit, user: str) -> tuple[Somebody, Reach]:
    """A person whose page the visitor may open: anybody's for administrators, else those whom they could have invited."""
    allowed = reach(visit)
    if allowed.manages:
        return _there(somebody(user, visit.at)), allowed
    own = of_services((key for key, _ in allowed.services), Role.CASE_MANAGER, visit.at)
    return _there(next((one for one in own if one.key == user), None)), allowed


def _there(one: Somebody | None) -> Somebody:
    if one is None:
        not_found()
    return one


def inviter(visit: Visit) -> Reach:
    """What the visitor may do, where that is to invite; a lead gives roles to who has an account."""
    allowed = reach(visit)
    if not allowed.invites:
        demand(everywhere(visit.user, visit.at), Permission.PEOPLE_MANAGE)
    return allowed
