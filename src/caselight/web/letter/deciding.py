"""What a letter asks somebody to decide, taken from what was found in it; and what was decided."""

from __future__ import annotations

import re
from dataclasses import dataclass

from caselight.method.inspection.definition import AcceptedWord, Decision, Inspection
from caselight.procedures.lettering import Looked

QUOTED = re.compile(r"“(.*?)”")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide: what it is about (a figure's key, a word), what was found, and a name for the form.

    ``sentence`` is the one that prints a number, as it is printed; empty for a word.
    """

    about: str
    says: str
    line: int | None
    id: str
    sentence: str = ""


@dataclass(frozen=True)
class Asked:
    """Small numbers and words to decide about, and the decisions that stand."""

    numbers: tuple[Question, ...]
    words: tuple[Question, ...]
    decided: tuple[Decision, ...]
    accepted: tuple[AcceptedWord, ...]


def asked(found: Looked, inspection: Inspection) -> Asked:
    """The questions of a text that was looked at."""
    numbers, words = dict[str, Question](), dict[str, Question]()
    printed = {claim.place: claim.sentence for claim in found.letter.claims} if found.letter else {}
    for fault in found.faults:
        line = fault.place.line if fault.place else None
        if fault.code == "letter.small-number-undecided":
            key = str(fault.where[0])
            sentence = printed.get(fault.place, "") if fault.place else ""
            numbers.setdefault(key, Question(key, fault.says, line, f"number-{len(numbers) + 1}", sentence))
        elif fault.code == "letter.known-name" and (hit := QUOTED.search(fault.says)):
            words.setdefault(hit[1], Question(hit[1], fault.says, line, f"word-{len(words) + 1}"))
    return Asked(tuple(numbers.values()), tuple(words.values()), inspection.decisions, inspection.accepted_words)
