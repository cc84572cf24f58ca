"""The past of a case as its page shows it: the steps that it took, and what changed since it was locked or signed."""

from __future__ import annotations

from dataclasses import dataclass

from caselight.store.accounts.people import names_of
from caselight.store.assessments.past import Taken, since, steps_of
from caselight.store.assessments.steps import Step
from caselight.web.assessing.opening import Opened
from caselight.web.assessing.wording import Given, Wording

SAYS = {
    Step.COMPLETED: "Completed",
    Step.MODERATED: "Moderated",
    Step.SIGNED: "Signed",
    Step.LOCKED: "Countersigned and locked",
    Step.UNLOCKED: "Unlocked",
    Step.REOPENED: "Opened again",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A question with what stood then and what stands now."""

    text: str
    href: str
    before: tuple[Given, ...]
    after: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """The steps in words with their reasons, the last one first; since which of them changes are listed, and these."""

    steps: tuple[tuple[str, str, str], ...]
    since: str
    changes: tuple[Changed, ...]


def past(case: Opened) -> Past:
    """The past of a case; of its answers what the visitor may read."""
    steps = steps_of(case.visit.key, case.subject)
    people = {who for step in steps for who in (step.by, step.second) if who}
    wording = Wording(case.visit, names_of({*people, *(event.actor for event in case.events)}))
    mark = _mark(steps)
    changes = [] if mark is None else since(case.visit.key, case.subject, mark.n, case.events)
    told = () if case.sharing else tuple(
        Changed(
            wording.question(one.place.question_id), wording.case_address(one.place),
            tuple(wording.given(event) for event in one.before), tuple(wording.given(event) for event in one.after),
        ) for one in changes
    )  # fmt: skip
    said = tuple((SAYS[one.step], _by(one, wording), "" if case.sharing else one.reason) for one in reversed(steps))
    return Past(said, f"{SAYS[mark.step].lower()} ({wording.clock(mark.at)})" if mark else "", told)


def _by(step: Taken, wording: Wording) -> str:
    both = f"{wording.name(step.by)} and {wording.name(step.second)}" if step.second else wording.name(step.by)
    return f"{both}, {wording.clock(step.at)}"


def _mark(steps: tuple[Taken, ...]) -> Taken | None:
    """The last lock; where it was never locked, the last signature."""
    for wanted in (Step.LOCKED, Step.SIGNED):
        if found := [step for step in steps if step.step is wanted]:
            return found[-1]
    return None
