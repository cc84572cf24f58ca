"""R15: a total equals the judgements behind it, as things stand and as agreed.

Random questions that apply by random rules, random cases with facts that are partly unknown, and histories with changed,
withdrawn, contested, resolved and moderated answers go through recording and are counted from the store. An oracle in
plain Python says where each case must stand.
"""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.totals:attack"


def attack(run: Run, *, contested_counted: bool = False) -> Outcome:
    """So many inspections, each with every question counted twice."""
    found = in_django(run, WORK, seed=run.seed, trials=run.trials, contested_counted=contested_counted)
    return Outcome(found["trials"], found["failures"], found["figures"], found["said"])


def planted(run: Run) -> Outcome:
    """The same where the last of several answers is counted, although nobody has decided."""
    return attack(run, contested_counted=True)


PROMISE = Promise(
    id="R15",
    says="Totals equal the judgements.",
    attack=attack,
    planted=planted,
    fault="a contested question is counted by its last answer",
    trials=(200, 5_000, 50_000),
    lively=True,
    planted_trials=10,
    not_modelled="Measures, ratings and computed questions: tests of the method hold those to worked examples. "
    "Rows of tables.",
)
