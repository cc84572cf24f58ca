"""R12: an upgrade that is killed at any statement leaves a database that is either whole or refused, and can be mended.

Databases of several ages (a cut through the list of migrations, with a person in them) are upgraded in a process that
ends, as by ``kill -9``, before its n-th statement, before a commit or after one. Then the checks of ``caselight serve``
are asked: they may let it start only where the schema equals that of a clean upgrade, as read from the database's own
catalogue. A second upgrade must then complete, with the person still there.
"""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.upgrades:attack"


def attack(run: Run, *, how: str = "ours") -> Outcome:
    """Kill upgrades at chosen statements; ``how`` is ``ours`` or ``django``, the control."""
    found = in_django(run, WORK, seed=run.seed, trials=run.trials, how=how)
    return Outcome(found["trials"], found["failures"], found["figures"], found["said"])


def planted(run: Run) -> Outcome:
    """The same with Django's own ``migrate``, which commits piece by piece."""
    return attack(run, how="django")


PROMISE = Promise(
    id="R12",
    says="An upgrade that is killed at any statement leaves a database that is whole, or refused and mended.",
    attack=attack,
    planted=planted,
    fault="each migration is committed by itself, and recorded afterwards",
    trials=(8, 200, 2_000),
    lively=True,
    planted_trials=5,
    not_modelled="Databases of released versions: there is none yet, so older ones are made by applying the first "
    "migrations only. Clients of older versions are the matter of R8. A power cut in an upgrade is the matter of R2.",
)
