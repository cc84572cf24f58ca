"""Where things of this journey are, and what the steps of a case are called on its pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from caselight.method.answers.sheet import Sheet
from caselight.store.assessments.steps import CaseStanding, Step

STATES: dict[Step | None, tuple[str, str]] = {
    None: ("Not complete", "grey"),
    Step.UNLOCKED: ("Not complete", "grey"),
    Step.REOPENED: ("Not complete", "grey"),
    Step.COMPLETED: ("Complete", "blue"),
    Step.MODERATED: ("Agreed", "turquoise"),
    Step.SIGNED: ("Signed", "green"),
    Step.LOCKED: ("Countersigned", "green"),
}
DONE = (Step.COMPLETED, Step.MODERATED, Step.SIGNED, Step.LOCKED)
END = "end"  # after the last row
CHANGED = ("Changed since it was agreed", "orange")


def state(standing: CaseStanding) -> tuple[str, str]:
    """The state of a case in words, with the colour of its tag."""
    return CHANGED if standing.void else STATES[standing.step]


def question_address(key: str, question: str, *, shown: str = "", at: str = "", saved: str = "") -> str:
    """The page of a question; ``at`` is the row whose answers have the cursor, ``saved`` the one that was saved.

    There is no fragment for a row: with one, browsers do not put the cursor anywhere.
    """
    base = reverse("moderation:question", kwargs={"key": key, "question": question})
    query = urlencode({name: value for name, value in (("show", shown), ("at", at), ("saved", saved)) if value})
    return f"{base}{'?' if query else ''}{query}{'#end' if at == END else ''}"


def row_id(subject: str) -> str:
    """The id of a case's row on the page of a question."""
    return f"case-{subject.replace('/', '-')}"


def case_address(key: str, kind: str, subject: str, page: str = "case") -> str:
    """The page of a case."""
    return reverse(f"assessing:{page}", kwargs={"key": key, "kind": kind, "subject": subject.partition("/")[0]})


def in_order(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Cases as people look for them: by what they are called, numbers in it as numbers."""
    return sorted(sheets, key=lambda sheet: _natural(sheet.subject.label or sheet.subject.key))


def _natural(label: str) -> list[tuple[int, str]]:
    """What a label is sorted by.

    >>> _natural("Case 9") < _natural("Case 10")
    True
    """
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"([0-9]+)", label)]
