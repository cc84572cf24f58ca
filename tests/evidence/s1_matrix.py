"""S1: every address as everybody, at home and abroad, in every state, held against the matrix."""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run

QUIET = {"CASELIGHT_LOG": "ERROR"}


def attack(run: Run) -> Outcome:
    """The product as it is."""
    found = in_django(run, "tests.evidence.work.roles:attack", env=QUIET, seed_=run.seed, trials=run.trials)
    figures = {
        "combinations": found["of"],
        "pairs": found["pairs"],
        "requests_per_second": found["requests_per_second"],
        **found["found"],
    }
    return Outcome(found["trials"], sum(found["found"].values()), figures, found["said"])


def planted(run: Run) -> Outcome:
    """One line of the grants removed, one added: counted as caught only when both are."""
    found = in_django(run, "tests.evidence.work.roles:attack", env=QUIET, seed_=run.seed, trials=run.trials, fault=True)
    both = {"unexpected allow", "unexpected deny"} <= set(found["found"])
    return Outcome(found["trials"], sum(found["found"].values()) if both else 0, found["found"], found["said"])


PROMISE = Promise(
    id="S1",
    says="Nobody does what the matrix of roles does not grant.",
    attack=attack,
    planted=planted,
    fault="Inspectors lose one permission, and managers of inspected services are given it.",
    trials=(15_000, 1_000_000, 1_000_000),
    lively=True,
    planted_trials=1_500,
    not_modelled="The addresses of signing in are held to their rows by S15 and by a test of the repository.",
)
