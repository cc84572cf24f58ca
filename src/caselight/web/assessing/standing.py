"""How far a case or an interview is, in the words and the colour of its tag: the same on its page and wherever it is listed."""

from __future__ import annotations

from caselight.store.assessments.steps import CaseStanding, Step

NOT_BEGUN = ("Not begun", "grey")
STATES = {
    None: ("Being examined", "blue"),
    Step.COMPLETED: ("Complete", "green"),
    Step.MODERATED: ("Moderated", "green"),
    Step.SIGNED: ("Signed", "green"),
    Step.LOCKED: ("Countersigned and locked", "grey"),
    Step.UNLOCKED: ("Unlocked", "yellow"),
    Step.REOPENED: ("Open again", "yellow"),
}


def state_of(standing: CaseStanding, *, begun: bool) -> tuple[str, str]:
    """The words and the colour; ``begun`` says that something was answered."""
    if standing.void:
        return f"Changed since it was {standing.step}", "orange"
    return STATES[standing.step] if standing.step or begun else NOT_BEGUN
