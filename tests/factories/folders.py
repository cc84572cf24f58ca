"""A small valid inspection folder of the minimal framework, as files: three cases, a worker, four answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.factories import minimal_text

from caselight.method.answers.events import AnswerEvent, payload_digest

COLUMNS = (
    "op_id,tool,subject_kind,subject_key,table,row_key,question_id,pass,value,reasons,note,themes,notable,withdrawn,"
    "actor,device,base_op_ids,resolves_reason,client_time,server_time,framework_version,payload_sha256"
)

INSPECTION = """\
# A comment that somebody wrote.
schema: caselight.inspection/1
id: test
title: Test
service: {name: Testshire Service, short: Testshire, areas: [{name: Testshire}]}
dates: {announced: 2015-11-27, fieldwork_from: 2015-12-14, fieldwork_to: 2015-12-16, published: 2016-01-27}
languages: [en]
framework: {id: minimal, version: "1", screening: all}
team:
  - {key: i1, role: inspector}
"""

TABLES = {
    "subjects.csv": """\
subject_kind,subject_key,label,managed_by
case,k1,Case 1,w1
case,k2,Case 2,
worker,w1,Worker 1,
""",
    "caseload.csv": """\
case_key,eligible,reason,managed_by,report,begun,age
k1,yes,,w1,yes,2015-09-20,15
k2,yes,,,no,,
k3,no,too early,,,2015-01-01,17
""",
    "sample.csv": """\
case_key,order,stratum,status,removed_reason,replaced_by,note
k1,1,all,drawn,,,
k2,2,all,drawn,,,
""",
    "external.csv": """\
key,kind,label,value,measure,area,cohort,published,source,footnote,direction,about
rate.a,external,Rate,43.6,M1,Testshire,2013,2015-10,Statistics,,,
trend.a,stated_direction,Trend,,M1,Testshire,2013,2015-10,Statistics,,worse,rate.a
""",
    "holidays.csv": "date,name\n2015-12-25,Christmas Day\n2016-01-01,New Year\n",
}


def op(number: int) -> str:
    """A UUID of version 7 that can be told by its end."""
    return f"0190a1b2-0000-7000-8000-{number:012x}"


def event(number: int, subject: str = "k1", question: str = "A1", value: str = "yes", **more: object) -> AnswerEvent:
    """A first answer of a case, sealed with its digest, unless ``more`` says otherwise."""
    made = AnswerEvent(
        op(number), "case", "case", subject, "", "", question, "first", value, (), "", (), False, False, "i1", "d1",
        (), "", "2015-12-14T10:00:00Z", "2015-12-14T10:00:01Z", "1", "",
    )._replace(**more)  # fmt: skip
    return made if "payload_sha256" in more else made._replace(payload_sha256=payload_digest(made))


EVENTS = (
    event(1, "k1", "A1", "no", reasons=("late", "other"), note='It said "later", twice.\nThen nothing.'),
    event(2, "k1", "A2.due", "yes"),
    event(3, "k2", "A1", "yes", notable=True),
    event(4, "w1", "W1.topics", "law|health", tool="interview", subject_kind="worker"),
)


def row(made: AnswerEvent) -> str:
    """One event as a line of ``answers.csv``, written here in another way than the product writes it: all in quotes."""
    cells = ("|".join(c) if isinstance(c, tuple) else {True: "yes", False: ""}.get(c, c) for c in made)  # type: ignore[call-overload]
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"


def answers(events: Iterable[AnswerEvent]) -> str:
    """``answers.csv`` with these events."""
    return COLUMNS + "\n" + "".join(map(row, events))


def inspection_folder(folder: Path, files: Mapping[str, str | bytes | None] | None = None) -> Path:
    """Write the folder, with some files changed, added, or (``None``) left out."""
    content: dict[str, str | bytes | None] = {
        "inspection.yaml": INSPECTION,
        "framework/framework.yaml": minimal_text(),
        "answers.csv": answers(EVENTS),
        "letter.md": "# A letter\n",
        **TABLES,
        **(files or {}),
    }
    for name, text in content.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder
