"""R8: messages may be lost, repeated, cut, late or in any order; what stands is what was recorded (server side).

Devices record offline, hand over to another person, send in part, mixed, again and damaged, while cases are locked and
unlocked. A model that is a set of events says after each step what the store must hold and what must stand. Then come
the sequences in which other programmes lost or doubled work, each named after its report.
"""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.syncing:attack"


def attack(run: Run, *, last_writer_wins: bool = False) -> Outcome:
    """Histories of up to 60 steps (20 in the first tier), then the fixed sequences."""
    found = in_django(run, WORK, seed_=run.seed, trials=run.trials, tier=run.tier, last_writer_wins=last_writer_wins)
    return Outcome(found["trials"], found["failures"], found["figures"], found["said"])


def planted(run: Run) -> Outcome:
    """The same where the later of two answers silently takes the place of the earlier."""
    return attack(run, last_writer_wins=True)


PROMISE = Promise(
    id="R8",
    says="Any message may be lost, repeated, delayed or reordered; the result is the same.",
    attack=attack,
    planted=planted,
    fault="last writer wins",
    trials=(200, 5_000, 50_000),
    lively=True,
    planted_trials=20,
    not_modelled="The device's own storage and its programme: messages are made and judged in Python, beside the "
    "server. Messages at the same moment are the matter of R9. Tier 1 stops each history after 20 steps.",
)
