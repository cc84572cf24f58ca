"""The current answer as a view of the database: the events that no other event of their address is based on.

Several rows for one address are contested, and marked so. The same rule as ``caselight.method.answers.events.heads``,
in SQL, for whoever looks at the database without us; a test holds the two against each other.
"""

from __future__ import annotations

_ADDRESS = ("tool", "subject_kind", "subject_key", "table", "row_key", "question_id", "pass")
_PLACE = ", ".join(f'e."{name}"' for name in ("inspection_id", *_ADDRESS))
_SAME = " AND ".join(f'later."{name}" = e."{name}"' for name in ("inspection_id", *_ADDRESS))
_INSIDE = {"sqlite": "instr({text}, {part}) > 0", "postgresql": "strpos({text}, {part}) > 0"}


def _view(vendor: str) -> str:
    named = _INSIDE[vendor].format(text="'|' || later.\"base_op_ids\" || '|'", part="'|' || e.\"op_id\" || '|'")
    return f"""
        CREATE VIEW "current_answer" AS
        SELECT e."op_id", {_PLACE}, e."value", e."reasons", e."withdrawn", e."actor", e."server_time",
            e."payload_sha256",
            COUNT(*) OVER (PARTITION BY {_PLACE}) > 1 AS "contested"
        FROM "assessments_answerevent" AS e
        WHERE NOT EXISTS (
            SELECT 1 FROM "assessments_answerevent" AS later
            WHERE {_SAME} AND later."op_id" <> e."op_id" AND later."base_op_ids" <> '' AND {named}
        )"""  # noqa: S608 - our own constants


VIEW = {vendor: _view(vendor) for vendor in _INSIDE}
DROP = 'DROP VIEW "current_answer"'
