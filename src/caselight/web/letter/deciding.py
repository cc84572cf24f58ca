"""What a letter asks somebody to decide, taken from what was found in it; and what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from caselight.method.inspection.definition import AcceptedWord, Decision, Inspection
from caselight.procedures.lettering import Looked
from caselight.store.reports.making import Made
from caselight.web.letter.mending import A_NAME

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


def asked(found: Looked, inspection: Inspection, makings: Iterable[Made] = ()) -> Asked:
    """The questions of a text that was looked at, and of its files where names stood against making them.

    What we add to the text for publication, notes and charts, may hold a word that is somebody's name.
    """
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
    accepted = {one.word for one in inspection.accepted_words}
    against = [says for made in makings if made.state == "refused" for says, _ in made.faults if A_NAME in says]
    for says in dict.fromkeys(against):
        if (hit := QUOTED.search(says)) and hit[1] not in accepted:
            about = f"{says} It stands in what is added to the text for its files."
            words.setdefault(hit[1], Question(hit[1], about, None, f"word-{len(words) + 1}"))
    return Asked(tuple(numbers.values()), tuple(words.values()), inspection.decisions, inspection.accepted_words)
