"""Append answers from a small table to the inspection in a folder: an example to copy, not part of Caselight.

    python docs/how-to/record.py FOLDER TABLE --by KEY

TABLE is a CSV with the columns subject_key, question_id and value, and where they are needed reasons (several joined
by |), note, pass and resolves_reason. KEY is somebody of the team in inspection.yaml. Nothing is overwritten: an answer
that is given again becomes a new event that names the one before it. See record-answers.md.
"""

import argparse
import csv
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from caselight.formats.package.reading import package_faults
from caselight.formats.package.writing import write_package
from caselight.method.answers.events import Address, AnswerEvent, heads, payload_digest
from caselight.method.faults import Faults
from caselight.method.inspection.package import Package

Row = dict[str, str]


def main() -> None:
    """Read the table, append its answers, and write the folder whole or not at all."""
    parser = argparse.ArgumentParser(description="Append answers from a table to an inspection folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("table", type=Path)
    parser.add_argument("--by", required=True, metavar="KEY", help="who answered: a key of the team")
    asked = parser.parse_args()
    package, faults = package_faults(asked.folder)
    if package is None:
        sys.exit("\n".join(str(fault) for fault in faults))
    with asked.table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        events = [event(row, asked.by, package) for row in rows]
        write_package(replace(package, events=(*package.events, *events)), asked.folder)
    except (Faults, LookupError) as wrong:
        sys.exit(f"Nothing was recorded: {wrong}")
    many = "answer was" if len(events) == 1 else "answers were"
    print(f"{len(events)} {many} recorded in {asked.folder} by {asked.by}.")  # noqa: T201 - this is its answer


def event(row: Row, by: str, package: Package) -> AnswerEvent:
    """One row of the table as an event that builds on the answers that stand at its address."""
    kinds = {subject.key: subject.kind for subject in package.subjects}
    question = row["question_id"]
    tool = package.framework.tools[0].id if question.startswith("fact:") else package.framework.questions[question].tool
    subject, pass_ = row["subject_key"], row.get("pass") or "first"
    address = Address(tool, kinds[subject], subject, "", "", question, pass_)
    now = datetime.now(UTC)  # noqa: TID251 - whoever records an answer reads the clock
    made = AnswerEvent(
        op_id=uuid7(now),
        **address._asdict(),
        value=row["value"],
        reasons=tuple(filter(None, (row.get("reasons") or "").split("|"))),
        note=row.get("note") or "",
        themes=(),
        notable=False,
        withdrawn=False,
        actor=by,
        device="record.py",
        base_op_ids=tuple(standing.op_id for standing in heads(package.events).get(address, ())),
        resolves_reason=row.get("resolves_reason") or "",
        client_time=now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        server_time="",
        framework_version=package.framework.version,
        payload_sha256="",
    )
    return made._replace(payload_sha256=payload_digest(made))


def uuid7(now: datetime) -> str:
    """A UUID of version 7: the milliseconds since 1970, then chance."""
    number = int(now.timestamp() * 1000) << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 7 << 76
    digits = f"{number & ~(0x3 << 62) | 2 << 62:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


if __name__ == "__main__":
    main()
