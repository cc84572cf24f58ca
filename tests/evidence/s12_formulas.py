"""S12: nothing that is exported starts a formula in a spreadsheet."""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import SQLITE, Outcome, Promise, Run

WORK = "tests.evidence.work.formulas:attack"
QUIET = {"CASELIGHT_LOG": "ERROR"}


def attack(run: Run) -> Outcome:
    """Every field begins with each sign of a formula in turn; every table of every page and each letter's tables are read."""
    said: list[str] = []
    cells = files = 0
    for turn in range(run.trials):
        found = in_django(run, WORK, env=QUIET, turn=turn, each=run.tier > 1)
        said += found["said"]
        cells, files = cells + found["cells"], files + found["files"]
    return Outcome(cells, len(said), {"cells": cells, "files": files}, said)


def planted(run: Run) -> Outcome:
    """The same with a writer of lists that changes nothing."""
    found = in_django(run, WORK, env=QUIET, turn=0, fault=True)
    return Outcome(found["cells"], len(found["said"]), {}, found["said"])


PROMISE = Promise(
    id="S12",
    says="Nothing that is exported starts a formula in a spreadsheet.",
    attack=attack,
    planted=planted,
    fault="a writer of lists that leaves a text as somebody wrote it",
    trials=(1, 17, 17),
    databases=(SQLITE,),
    lively=True,
    planted_trials=1,
    not_modelled=(
        "A spreadsheet program that takes semicolons for separators. The inspection package is the record, so it holds "
        "what was written as it was written; whoever reads it back is warned of such cells."
    ),
)
