"""R9: one message sent a hundred times at once makes one judgement, and every sender gets the same receipt.

Fifty connections start together and each sends the message twice. On SQLite they share a file in WAL mode, on
PostgreSQL they are sessions of one server.
"""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.at_once:attack"


def attack(run: Run, *, plant: bool = False) -> Outcome:
    """So many messages, each sent a hundred times at once."""
    found = in_django(run, WORK, trials=run.trials, planted=plant)
    return Outcome(found["trials"], found["failures"], found["figures"], found["said"])


def planted(run: Run) -> Outcome:
    """The same without the question whether an id is known, and without the constraint."""
    return attack(run, plant=True)


PROMISE = Promise(
    id="R9",
    says="One message sent 100 times at once makes one judgement, with one receipt.",
    attack=attack,
    planted=planted,
    fault="the check for known ids and the unique constraint are gone",
    trials=(20, 500, 5_000),
    lively=True,
    planted_trials=2,
    not_modelled="Loss, delay and a proxy that cuts after the commit: the senders call the action and no network. "
    "Answers that are lost and sent again are in R8, and over HTTP in R1 and R3.",
)
