"""S2: what somebody may see never carries a field that they may not."""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.sentinels:leaked"
OF_PAGES = "tests.evidence.work.sentinels_of_pages:leaked"
QUIET = {"CASELIGHT_LOG": "ERROR"}


def attack(run: Run) -> Outcome:
    """Every person of the cast asks every address that gives something; each sentinel is looked for in each answer."""
    found = in_django(run, WORK)
    pages = in_django(run, OF_PAGES, env=QUIET, trials=run.trials)
    said = [*found["said"], *pages["said"]]
    return Outcome(found["looked"] + pages["looked"], len(said), {"fields_of_pages": pages["fields"]}, said)


def planted(run: Run) -> Outcome:
    """The same with a list that carries a child's name."""
    found = in_django(run, WORK, broken="names")
    pages = in_django(run, OF_PAGES, env=QUIET, trials=1, fault=True)
    caught = len(found["said"]) + len(pages["said"]) if found["said"] and pages["said"] else 0
    return Outcome(found["looked"] + pages["looked"], caught, {}, [*found["said"], *pages["said"]])


PROMISE = Promise(
    id="S2",
    says="An object that somebody may see never carries a field that they may not.",
    attack=attack,
    planted=planted,
    fault="a list that carries a child's name, in the API; one that carries the draft of a letter, on a page",
    trials=(1, 10, 10),
    lively=True,
    not_modelled=(
        "The API in one state, fieldwork, in which most is held apart; the pages in the first tier as well. Who may do "
        "what in the others is S1. Names of people and of services are shown to whoever works with them."
    ),
)
