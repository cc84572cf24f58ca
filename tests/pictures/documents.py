"""The pictures that the documents show: by the name of the file in docs/images/tutorial, what is taken.

Each shows the upper part of a page in a window of a tablet's width. Together they stay small; a picture is there for
whoever wonders whether they are on the right page, not to stand in for the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.pictures.catalogue import AUDIT, C1, CASE, LONDON, P5, Shot

FOLDER = Path(__file__).parents[2] / "docs" / "images" / "tutorial"
WIDTH, HEIGHT = 1024, 860
LARGEST = 1_500_000  # bytes, all of them together

TAKEN: Mapping[str, Shot] = {
    "today": Shot("home:today", "i1"),
    "case": Shot("assessing:case", "i1", CASE, C1, click="#q-R1 label:text-is('No (not sufficient)')"),
    "concern": Shot("assessing:urgent", "i1"),
    "case-list": Shot("caseload:check", place="waiting"),
    "sample-plan": Shot("sampling:plan", place="waiting", stage="accepted"),
    "sample": Shot("sampling:sample", place="waiting", stage="drawn"),
    "moderation": Shot("moderation:question", place=LONDON, given=P5),
    "findings": Shot("findings:findings", place=LONDON),
    "letter": Shot("letter:letter", place=LONDON, state="draft"),
    "audit-board": Shot("moderation:board", "ll", AUDIT),
    "audit-findings": Shot("findings:findings", "ll", AUDIT),
    "comments": Shot("letter:remarks", "qa", state="draft"),
    "request": Shot("planning:request", "sm"),
    "case-manager": Shot("timetable:timetable", "cm"),
    "health": Shot("home:health", "ad"),
    "people": Shot("people:people", "ad"),
    "published": Shot("planning:inspection", "pb", LONDON, state="published"),
}


def in_order() -> dict[str, Shot]:
    """The same, so that whoever changes a state comes last."""
    return dict(sorted(TAKEN.items(), key=lambda one: (one[1].state, list(TAKEN).index(one[0]))))
