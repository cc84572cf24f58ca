"""S4: whoever tampers with the audit is found out, by a verifier that an outsider runs with one outside head.

The eight attacks of the design on the chain, yesterday's database put back, another database put here, and ten on what lies
beside the chain: answers changed, with words and without, put behind words, or removed after an import; locators and
excerpts changed or removed. The owner of the database does them with the triggers off and makes everything fit that they
can reach. Found means that something disagrees; located, that the first row that is wrong is the row that is named. And
each trigger that refuses changes is dropped alone: the doctor must miss that one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.tampering"
TIMED = {1: 5_000, 2: 200_000, 3: 200_000}


def attack(run: Run) -> Outcome:
    """Every attack on a real store, checked against the heads that left; then each once more from another process."""
    found = _in(run, "attack", seed=run.seed, trials=run.trials, rows=TIMED[run.tier])
    return Outcome(found["trials"], len(found["said"]), found["figures"], found["said"])


def planted(run: Run) -> Outcome:
    """The verifier without outside heads: it must miss what only they can show."""
    found = _in(run, "blind", seed=run.seed, trials=run.trials)
    return Outcome(found["trials"], len(found["said"]), found["figures"], found["said"])


def _in(run: Run, function: str, **arguments: object) -> dict[str, Any]:
    """What a function of the work says, on a database and in a folder of its own."""
    own = replace(run, folder=run.folder / function)
    own.folder.mkdir()
    answer: dict[str, Any] = in_django(own, f"{WORK}:{function}", folder=str(own.folder), **arguments)
    return answer


PROMISE = Promise(
    id="S4",
    says="An audit row, an answer or its evidence that is changed, removed, inserted or rolled back is found by a stand-alone "
    "verifier.",
    attack=attack,
    planted=planted,
    fault="verification without heads from outside",
    trials=(10, 150, 500),
    lively=True,
    planted_trials=3,
    not_modelled="Rows added after the last head that left are found by holders of the audit key only; heads that were "
    "destroyed outside as well; a server that never wrote the row.",
)
