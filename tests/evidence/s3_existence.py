"""S3: one service cannot learn that a draft of another exists."""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.existence:attack"
QUIET = {"CASELIGHT_LOG": "ERROR"}


def attack(run: Run) -> Outcome:
    """What is there of another service against what is nowhere; every page before and after the other service works."""
    found = in_django(run, WORK, env=QUIET, seed_=run.seed, pairs=run.trials, each=run.tier > 1)
    return Outcome(found["trials"], len(found["said"]), found["figures"], found["said"])


def planted(run: Run) -> Outcome:
    """Caught only where all of the planted faults are, each by the part of the attack that looks for such a one."""
    found = in_django(run, WORK, env=QUIET, seed_=run.seed, pairs=run.trials, fault=True)
    caught = len(found["said"]) if found["caught"] == found["planted"] else 0
    return Outcome(found["trials"], caught, {"faults_planted": found["planted"]}, found["said"])


PROMISE = Promise(
    id="S3",
    says="One service cannot learn that a draft of another exists.",
    attack=attack,
    planted=planted,
    fault=(
        "in turn: a refusal that says what is there, one more question to the database for it, ten milliseconds more "
        "for it, and a count over all inspections"
    ),
    trials=(60, 2_000, 2_000),
    lively=True,
    planted_trials=40,
    not_modelled=(
        "Whoever may bring in packages learns that an inspection has the id of theirs; inspections that begin in "
        "Caselight have an id that is drawn. Ids of answers are drawn, too: whoever knows one has read the answer. "
        "Adopted frameworks are everybody's who examines. Times are measured beside the server, without a network "
        "between; a difference counts where three samples in a row show it (p of 0.01 each, corrected for the number of "
        "addresses) and it is 20 microseconds or more."
    ),
)
