"""S10: what makes the letter's PDF asks neither the network nor the disk for anything."""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import SQLITE, Outcome, Promise, Run

WORK = "tests.evidence.work.rendering:attack"
QUIET = {"CASELIGHT_LOG": "ERROR"}


def attack(run: Run) -> Outcome:
    """Pages and letters that ask for other addresses in every way a page can."""
    found = in_django(run, WORK, env=QUIET, folder=str(run.folder), turns=run.trials)
    return Outcome(found["tried"], len(found["said"]), {}, found["said"])


def planted(run: Run) -> Outcome:
    """The same with a fetcher that refuses nothing."""
    found = in_django(run, WORK, env=QUIET, folder=str(run.folder), turns=1, fault=True)
    return Outcome(found["tried"], len(found["said"]), {}, found["said"])


PROMISE = Promise(
    id="S10",
    says="What makes the letter's PDF asks neither the network nor the disk for anything.",
    attack=attack,
    planted=planted,
    fault="a fetcher that fetches whatever a page asks for",
    trials=(1, 3, 3),
    databases=(SQLITE,),
    lively=True,
    planted_trials=1,
    not_modelled="Files that the libraries of the renderer open by themselves before they read a page, such as its fonts.",
)
