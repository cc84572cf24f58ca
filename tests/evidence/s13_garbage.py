"""S13: the API takes any garbage: no failure of ours, no refusal without a reason, nothing that takes long."""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.garbage:attack"


def attack(run: Run) -> Outcome:
    """Requests that the description allows, that it forbids, and that it never thought of."""
    return _sent(run, broken=False)


def planted(run: Run) -> Outcome:
    """The same against lists that trip beyond their end."""
    return _sent(run, broken=True)


def _sent(run: Run, *, broken: bool) -> Outcome:
    found = in_django(run, WORK, trials=run.trials, seed=run.seed, broken=broken)
    return Outcome(found["tried"], len(found["said"]), {"slowest, seconds": found["slowest"]}, found["said"])


PROMISE = Promise(
    id="S13",
    says="The API takes any garbage: every request gets an answer or a reason.",
    attack=attack,
    planted=planted,
    fault="lists that trip where they are asked for beyond their end",
    trials=(600, 20_000, 100_000),
    lively=True,
    planted_trials=300,
    not_modelled="Sent to the application in its own process; what the server before it makes of broken HTTP is not.",
)
