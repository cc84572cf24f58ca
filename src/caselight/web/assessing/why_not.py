"""Why an answer that came in was not accepted, and what its author does about it, in words of the page, by the code."""

from __future__ import annotations

from typing import NamedTuple


class Why(NamedTuple):
    """What was wrong when it came, and what puts it right."""

    says: str
    cure: str


OPEN_AND_RECORD = "If the answer is still right, record it now: it builds on what stands today."
ANEW = "Open the question as it stands now and answer it there. Then set this message aside."
WHY = {
    "answer.not-own": Why(
        "It names another person as its author than the one who sent it.",
        "The author looks at it and records it in their own name, if they gave this answer.",
    ),
    "answer.not-recording": Why(
        "It came while nothing was recorded in this inspection.",
        "Take the inspection back to fieldwork or moderation, if the answer must count. Then its author records it.",
    ),
    "answer.framework-version": Why(
        "It was recorded with another version of the question set.",
        "Check that the question still asks the same. If it does, its author records it now.",
    ),
    "answer.unknown-subject": Why(
        "The inspection has no such case or interview.",
        "Find out which inspection the device was meant for. Here, set the message aside.",
    ),
    "answer.locked": Why(
        "The case was signed and locked when it came.",
        "Have the case unlocked by two people. Then its author records the answer.",
    ),
    "answer.unknown-question": Why("The question set has no such question for this case.", ANEW),
    "answer.wrong-tool": Why("It was sent with a form that does not ask this question.", ANEW),
    "answer.wrong-place": Why("No answer can stand at this question, row and pass.", ANEW),
    "answer.inadmissible": Why("The question set does not know this answer, or this reason for it.", ANEW),
    "answer.unknown-base": Why("It follows an earlier answer of the same device that has not arrived.", OPEN_AND_RECORD),
    "answer.stale-base": Why("It names an answer to something else as the one before it.", OPEN_AND_RECORD),
    "answer.resolution-without-reason": Why(
        "It takes the place of several answers, and says no reason.",
        "Decide between the answers on the page of the question, with a reason. Then set this message aside.",
    ),
    "answer.resolution-without-heads": Why(
        "It decides between answers, and names none.",
        "Decide between the answers on the page of the question, with a reason. Then set this message aside.",
    ),
    "answer.excerpt-key": Why("Words quoted in it had the key of another quotation.", OPEN_AND_RECORD),
    "answer.other-content": Why(
        "The same message came before with another content. The first one was recorded.",
        "Compare it with what stands. If this one is right, its author records it now.",
    ),
    "answer.other-evidence": Why(
        "The same answer came before with other evidence. The first one was recorded.",
        "Compare the evidence. If this one is right, its author records it now.",
    ),
    "access.another-pass": Why(
        "The case is given to its author in another pass than the one it was sent in.",
        "If the answer is right, its author records it now, in the pass that is theirs.",
    ),
    "access.forbidden": Why(
        "The case was not given to its author any more when it came.",
        "If the answer must count, give the case to its author again. Then they record it.",
    ),
    "access.not-found": Why(
        "The case was not given to its author any more when it came.",
        "If the answer must count, give the case to its author again. Then they record it.",
    ),
}  # fmt: skip
ELSE = Why("It could not be taken as an answer.", "Compare it with what stands, then record it or set it aside.")


def why(code: str) -> Why:
    """The words for a code."""
    return WHY.get(code, ELSE)
