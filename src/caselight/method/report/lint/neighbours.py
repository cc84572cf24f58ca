"""Words beside a phrase that would turn it round: “almost {R1: all}”, “not [almost all cases]{D1}”, “{C4: of}%”.

A phrase says what its figure allows; a word before it may say more, less or the opposite. The words are data of the
language (``modifiers``), and nothing but a blank or punctuation may touch a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from caselight.method.faults import Fault, Place, Severity
from caselight.method.report.compose import Placed
from caselight.method.report.letter import Bound, Checked, Inline, Words
from caselight.method.wording.definition import Language

NOT_SPOKEN = ("rests", "headline", "fact")


def modified_phrases(placed: Iterable[Placed], language: Language) -> Iterator[Fault]:
    """A fault for each phrase with a modifier before it, or with letters, digits or a % sign against it."""
    modifier = _pattern(language)
    for block in placed:
        for before, part, after in zip(("", *block.parts), block.parts, (*block.parts[1:], ""), strict=False):
            if _spoken(part):
                found = _found(_words(before), _words(after), modifier)
                if found:
                    yield _fault(found, part.place)


def _spoken(part: Inline) -> bool:
    return isinstance(part, Checked) or (isinstance(part, Bound) and part.style not in NOT_SPOKEN)


def _words(part: Inline | str) -> str:
    return part.text if isinstance(part, Words) else ""


def _pattern(language: Language) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(language.modifiers, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words or '(?!)'})\s*$", re.IGNORECASE)


def _found(before: str, after: str, modifier: re.Pattern[str]) -> str:
    """What turns the phrase round, or nothing."""
    ahead = modifier.search(before)
    if ahead:
        return ahead[0].strip()
    if before[-1:].isalnum():
        return before.rsplit(maxsplit=1)[-1]
    return after.split(maxsplit=1)[0] if after[:1].isalnum() or after[:1] == "%" else ""


def _fault(found: str, place: Place) -> Fault:
    return Fault(
        "letter.modified-phrase",
        ("letter",),
        f"“{found[:60]}” beside the phrase makes it say something else than its figure.",
        "Take it out, or choose the style or the checked words that say what you mean.",
        Severity.WARNING,
        place,
    )
