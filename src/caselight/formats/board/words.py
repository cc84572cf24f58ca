"""The fixed words of the report to a board: English defaults, which a framework's letter labels override by the same key."""

from __future__ import annotations

from collections.abc import Mapping

from caselight.formats.letter.labels import Labels

BOARD: Mapping[str, str] = {
    "board.overall": "Overall",
    "board.not_graded": "Not graded",
    "board.judged": "Judged as a whole by {who}, on {day}. No rule computes this grade.",
    "board.computed": "Worked out by the rules of the framework.",
    "board.role": "{name}, {role}",
    "board.grade": "Grades of the themes",
    "board.scored": "{score} answers good enough",
    "board.actions": "What we will do",
    "board.what": "What",
    "board.owner": "Who",
    "board.due": "By when",
    "board.state": "State",
    "board.no_owner": "nobody yet",
    "board.no_day": "no day yet",
    "board.state.late": "late",
    "board.state.open": "open",
    "board.state.done": "done",
    "board.state.dropped": "dropped",
    "board.no_actions": "No action about the service as a whole has been agreed.",
    "board.single.one": "Beside these there is one action about a single case ({states}). Managers follow it up; it is not "
    "shown here, because it could point to a child.",
    "board.single.many": "Beside these there are {n} actions about single cases ({states}). Managers follow them up; they are "
    "not shown here, because they could point to a child.",
    "board.counted": "{n} {state}",
    "board.as_of": "State on {day}.",
    "board.figures": "Figures by theme",
    "board.question": "Question",
    "board.result": "Good enough",
    "board.cases": "Each mark is a relevant case",
    "board.shares": "Each mark is about a twentieth",
    "board.none": "no case",
    "board.precision": "These {n} cases are a sample. If a question was good enough in half of them, it was so in "
    "something between {low}% and {high}% of all such cases (95% confidence, Wilson’s method); where fewer cases were "
    "relevant, the range is wider. Read one figure as a pointer, and look at what goes the same way in several.",
    "board.few": "These {n} cases are too few for a range. Read a figure as a pointer, and look at what goes the same way in "
    "several.",
    "board.draft": "Draft: not yet accepted and checked",
    "role.lead_inspector": "lead inspector",
    "role.inspector": "inspector",
    "role.assistant_inspector": "assistant inspector",
    "role.local_assessor": "local assessor",
    "role.quality_lead": "quality lead",
    "role.publisher": "publisher",
}


def board_words(own: Mapping[str, str]) -> Labels:
    """The labels of a board report: a framework's own, then these, then those that it shares with the letter."""
    return Labels({**BOARD, **own})
