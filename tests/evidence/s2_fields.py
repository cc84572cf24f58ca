"""S2: what somebody may see never carries a field that they may not."""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.sentinels:leaked"


def attack(run: Run) -> Outcome:
    """Every person of the cast asks every address that gives something; each sentinel is looked for in each answer."""
    found = in_django(run, WORK)
    return Outcome(found["looked"], len(found["said"]), {}, found["said"])


def planted(run: Run) -> Outcome:
    """The same with a list that carries a child's name."""
    found = in_django(run, WORK, broken="names")
    return Outcome(found["looked"], len(found["said"]), {}, found["said"])


PROMISE = Promise(
    id="S2",
    says="An object that somebody may see never carries a field that they may not.",
    attack=attack,
    planted=planted,
    fault="a list that carries a child's name",
    trials=(1, 1, 1),
    lively=True,
    not_modelled="One state, fieldwork, in which most is held apart; who may do what in the others is S1.",
)
