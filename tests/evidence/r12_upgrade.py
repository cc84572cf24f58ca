"""R12: an upgrade that is killed at any statement leaves a database that is either whole or refused, and can be mended.

Databases of several ages (a cut through the list of migrations, with a person in them) are upgraded in a process that
ends, as by ``kill -9``, before its n-th statement, before a commit or after one. Then the checks of ``caselight serve``
are asked: they may let it start only where the schema equals that of a clean upgrade, as read from the database's own
catalogue. A second upgrade must then complete, with the person still there.

Then inspections are moved to a new version of their framework while devices are away: what these had queued under the
older one is answered with a receipt, or refused with its code and kept aside, and never passed over in silence.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.upgrades:attack"
QUEUED = "tests.evidence.work.queued:attack"


def attack(run: Run) -> Outcome:
    """Kill upgrades at chosen statements; then send what was queued, to as many inspections."""
    return _both(_killed(run, "ours"), _queued(run, silent=False))


def planted(run: Run) -> Outcome:
    """The same with Django's own ``migrate``, which commits piece by piece, and with refusals that keep nothing."""
    killed, queued = _killed(run, "django"), _queued(run, silent=True)
    if killed.failures and queued.failures:
        return _both(killed, queued)
    return Outcome(killed.trials + queued.trials, 0)


def _killed(run: Run, how: str) -> Outcome:
    return _outcome(in_django(_own(run, "killed"), WORK, seed=run.seed, trials=run.trials, how=how))


def _queued(run: Run, *, silent: bool) -> Outcome:
    return _outcome(in_django(_own(run, "queued"), QUEUED, seed=run.seed, trials=run.trials, silent=silent))


def _own(run: Run, name: str) -> Run:
    (run.folder / name).mkdir()
    return replace(run, folder=run.folder / name)


def _outcome(found: dict[str, Any]) -> Outcome:
    return Outcome(found["trials"], found["failures"], found["figures"], found["said"])


def _both(one: Outcome, other: Outcome) -> Outcome:
    figures = {**one.figures, **other.figures}
    return Outcome(one.trials + other.trials, one.failures + other.failures, figures, [*one.said, *other.said])


PROMISE = Promise(
    id="R12",
    says="An upgrade that is killed at any statement leaves a database that is whole, or refused and mended; what was queued "
    "under an older framework is answered or kept, and never passed over.",
    attack=attack,
    planted=planted,
    fault="each migration is committed by itself, and recorded afterwards; what is refused is kept nowhere",
    trials=(16, 200, 2_000),
    lively=True,
    planted_trials=5,
    not_modelled="Databases of released versions: there is none yet, so older ones are made by applying the first "
    "migrations only. A power cut in an upgrade is the matter of R2.",
)
