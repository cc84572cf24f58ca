"""S21: the log and the pages of refusals hold no child's data."""

from __future__ import annotations

from tests.evidence.django_run import in_django
from tests.evidence.promise import Outcome, Promise, Run

WORK = "tests.evidence.work.sentinels:logged"


def attack(run: Run) -> Outcome:
    """Requests that succeed, fail and break, with a sentinel in every place that a request has."""
    found = in_django(run, WORK)
    return Outcome(found["looked"], len(found["said"]), {}, found["said"])


def planted(run: Run) -> Outcome:
    """The same with a line that logs what was noted."""
    found = in_django(run, WORK, broken="log")
    return Outcome(found["looked"], len(found["said"]), {}, found["said"])


PROMISE = Promise(
    id="S21",
    says="The log and the pages of refusals hold no child's data.",
    attack=attack,
    planted=planted,
    fault="a line of the log that repeats a note",
    trials=(1, 1, 1),
    lively=True,
    not_modelled="The log of a proxy before the server, and of the operating system.",
)
