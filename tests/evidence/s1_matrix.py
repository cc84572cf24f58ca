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
        "combinations_of_pages": found["of_pages"],
        "asked_of_pages": found["asked_of_pages"],
        "pairs_of_pages": found["pairs_of_pages"],
        "requests_per_second": found["requests_per_second"],
        **found["found"],
    }
    return Outcome(found["trials"], sum(found["found"].values()), figures, found["said"])


def planted(run: Run) -> Outcome:
    """One line of the grants removed, one added: counted as caught only when both are, in the API and in the pages."""
    found = in_django(run, "tests.evidence.work.roles:attack", env=QUIET, seed_=run.seed, trials=run.trials, fault=True)
    wanted = {f"unexpected {what}{where}" for what in ("allow", "deny") for where in ("", " of a page")}
    caught = sum(found["found"].values()) if wanted <= set(found["found"]) else 0
    return Outcome(found["trials"], caught, found["found"], found["said"])


PROMISE = Promise(
    id="S1",
    says="Nobody does what the matrix of roles does not grant.",
    attack=attack,
    planted=planted,
    fault="Inspectors lose one permission, and managers of inspected services are given it.",
    trials=(15_000, 500_000, 4_000_000),
    lively=True,
    not_modelled=(
        "Addresses of signing in are asked for errors and by those who are not signed in; more of them stands in S15. "
        "Forms of pages are sent empty, or with as little as shows whether the page refuses."
    ),
)
