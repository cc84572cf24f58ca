"""What a formula may look at: where a fact or a question stands on the sheet, and which cells hold what is known of it.

A truth is a number: 1 true, 0 false, 0.5 not known. Then *all* is the smallest, *any* the largest, *not* one minus it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from caselight.method.framework.rules import Rows, Rule, Truth
from caselight.method.framework.truth import Facts

UNKNOWN = "0.5"
NEVER = "FALSE()"


class Untranslatable(Exception):  # noqa: N818 - no error: the rule stays with Caselight, and the workbook says so
    """A rule that a sheet cannot follow. The message says why in plain words."""


Value = int | float | str | bool


class Formula(NamedTuple):
    """A formula without its equals sign, and what it comes to now, for programs that show a file before they compute."""

    text: str
    value: Value


def number(truth: Truth) -> float:
    """A truth as a cell holds it."""
    return 0.5 if truth is None else float(truth)


@dataclass(frozen=True, slots=True)
class Looked:
    """One fact or question on the sheet.

    ``cell`` holds what was entered. ``position`` holds the place of the entered label in its list, from 1, or 0; a
    list has ``codes``. ``options`` are the cells of a question with several answers, by code. ``relevant`` is the cell
    of a question's relevance, empty for a fact. ``outcomes`` says what each code counts as.
    """

    type: str
    cell: str = ""
    position: str = ""
    codes: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    relevant: str = ""
    outcomes: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def known(self) -> str:
        """A condition: something was entered that can be read."""
        if self.position:
            return f"{self.position}>0"
        if self.type in ("date", "integer"):
            return f"ISNUMBER({self.cell})"
        return f"LEN(TRIM({self.cell}))>0"


NOWHERE = Looked("nowhere")


class Cells(Protocol):
    """The sheet of one subject, as a rule sees it."""

    @property
    def facts(self) -> Facts:
        """What is known of the subject now."""

    def fact(self, name: str) -> Looked:
        """Where a fact stands; ``NOWHERE`` when it is not on the sheet and so never known."""

    def question(self, name: str) -> Looked:
        """Where a question stands; ``NOWHERE`` when it is not asked."""

    def rows(self, rule: Rows) -> tuple[Formula, Formula]:
        """How many rows surely fit, and how many surely or perhaps fit."""

    def hold(self, formula: Formula) -> str:
        """Put a formula into a cell of its own, and give that cell, so that no formula grows too long."""

    def truth(self, rule: Rule) -> float:
        """What a rule comes to now: 1, 0 or 0.5."""

    @property
    def holidays(self) -> tuple[str, str]:
        """The range of the holidays, and the range of the years that they are known for."""
