"""What a dash stands for in a published table: nothing at all, or that there is no number. Only the table can say.

In some official tables ``-`` is nil, in others not applicable. So it is read as the notes of the table say, else as the
notes of the workbook, else as whoever imports it says; and where nobody says, it is a fault and no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from caselight.formats.reoffending_tables import words

SIGNS = frozenset("-–—−‐‒")
UNSAID = ("Nobody says what a dash stands for in this table.",
          "Look in its notes, and say it: --dash nil, or --dash not-applicable.")  # fmt: skip
_SIGN = "[" + "".join(re.escape(sign) for sign in sorted(SIGNS)) + "]"
_QUOTED = rf"(?:[\"'“”‘’(\[]\s*{_SIGN}\s*[\"'“”‘’)\]])"
_MEANS = r"(?:=|:|\bis|\bare|\bdenotes?|\bmeans?|\bindicates?|\brepresents?|\bstands? for|\brefers? to)"
_MEANING = r"(?:a\s+|an?\s+entry\s+of\s+|a\s+value\s+of\s+)?(?P<what>nil|zero|none|not applicable|not available|n/a)\b"
_NOTES = (
    re.compile(rf"(?:^|[;,.]\s*){_SIGN}\s*{_MEANS}?\s*{_MEANING}", re.IGNORECASE),  # at the beginning of a note
    re.compile(rf"{_QUOTED}\s*{_MEANS}?\s*{_MEANING}", re.IGNORECASE),
    re.compile(rf"(?<!\S){_SIGN}\s*{_MEANS}\s*{_MEANING}", re.IGNORECASE),
)
Row = Sequence[object]


class Dash(StrEnum):
    """What it stands for."""

    NIL = "nil"
    NOT_APPLICABLE = "not applicable"
    NOT_AVAILABLE = "not available"


_WORDS = {"nil": Dash.NIL, "zero": Dash.NIL, "none": Dash.NIL, "not available": Dash.NOT_AVAILABLE}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a dash stands for, and where that is said."""

    dash: Dash
    said: str

    def read(self, where: str) -> tuple[str, str]:
        """What stands in place of a dash, and the cell with the rule by which it was read.

        >>> Rule(Dash.NIL, "A45").read("D17")
        ('0', 'D17 (- is nil: A45)')
        """
        return "0" if self.dash is Dash.NIL else "[x]", f"{where} (- is {self.dash}: {self.said})"


def is_dash(value: object) -> bool:
    """Whether a cell holds a dash and nothing else."""
    return words.plain(value) in SIGNS


def declared(rows: Sequence[Row], sheet: str = "") -> list[Rule]:
    """What the notes of a sheet say about dashes, and in which row.

    >>> [(rule.dash.value, rule.said) for rule in declared([["Note: '-' denotes nil."], ["-", "Not applicable"]])]
    [('nil', 'row 1'), ('not applicable', 'row 2')]
    >>> declared([["Apr - Jun 2019 not available"], ["Boys", "-", "12"]])
    []
    """
    found = []
    for number, row in enumerate(rows, 1):
        text = " ".join(part for cell in row if (part := words.plain(cell)))
        note = next((match for pattern in _NOTES if (match := pattern.search(text))), None)
        if note is not None:
            dash = _WORDS.get(note["what"].lower(), Dash.NOT_APPLICABLE)
            found.append(Rule(dash, f"{sheet}, row {number}" if sheet else f"row {number}"))
    return found


def settled(*from_near_to_far: Iterable[Rule]) -> tuple[Rule | None, bool]:
    """The rule that holds: of the nearest place that says anything. And whether no two say different things.

    >>> settled([], [Rule(Dash.NIL, "Notes, row 3")])
    (Rule(dash=<Dash.NIL: 'nil'>, said='Notes, row 3'), True)
    """
    near: list[Rule] = next((said for rules in from_near_to_far if (said := list(rules))), [])
    return (near[0] if near else None), len({rule.dash for rule in near}) < 2
