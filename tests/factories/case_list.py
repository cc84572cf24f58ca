"""An inspection that waits for its case list, and lists as services send them. Call it after ``seeded``."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from pathlib import Path

from tests.factories import small
from tests.factories.store import AT

from caselight.formats.framework_yaml import canonical, digest, read_framework
from caselight.store.accounts.models import User
from caselight.store.frameworks.models import FrameworkVersion
from caselight.store.inspections.models import Inspection, Kind, Membership, Service, State

KEY, AUDIT = "waiting", "waiting-audit"
DATES = {"announced": "2015-11-27", "fieldwork_from": "2015-12-14", "fieldwork_to": "2015-12-16"}
TEAMS = {
    Kind.EXTERNAL: (("lead", "lead_inspector"), ("i1", "inspector"), ("i2", "inspector")),
    Kind.LOCAL_AUDIT: (("ll", "local_lead"), ("au", "auditor")),
}
HEAD = ("Local ID", "First name", "Surname", "DOB", "Gender", "Ethnicity", "Age at start", "Sentence type",
        "Sentence start date", "Custodial", "PSR", "Case manager", "RoSH level", "Order end date", "Supervision",
        "Panel report", "MAPPA", "LAC")  # fmt: skip


def waiting(at: datetime = AT, kind: str = Kind.EXTERNAL, state: str = State.SETUP) -> str:
    """The inspection, with its team, and no case."""
    key = KEY if kind == Kind.EXTERNAL else AUDIT
    version = _adopted(at)
    framework = {"id": version.name, "version": version.version, "screening": "sqs"}
    definition = small.inspection(id=key, kind=kind, framework=framework, dates=DATES)
    text = json.dumps(definition.model_dump(mode="json", by_alias=True), sort_keys=True)
    service = Service.objects.get(key="testshire")
    made = Inspection.objects.create(
        key=key, kind=kind, state=state, title="Testshire: the list", framework=version, service=service,
        definition=text, source=text.encode(), created_at=at,
    )  # fmt: skip
    for who, role in TEAMS[Kind(kind)]:
        user = User.objects.get(key=who)
        own = service if kind == Kind.LOCAL_AUDIT else None
        Membership.objects.create(user=user, role=role, inspection=made, service=own, member_key=who)
        User.objects.filter(pk=user.pk).update(access_version=f"{who}-{key}")
    return key


def _adopted(at: datetime) -> FrameworkVersion:
    framework = read_framework(Path(__file__).parents[2] / "packs" / "sqs")
    document = canonical(framework).decode()
    fields = {"name": framework.id, "version": framework.version, "title": framework.title, "document": document}
    made, _ = FrameworkVersion.objects.get_or_create(
        digest=digest(framework), defaults={**fields, "adopted_at": at, "adopted_by": "lead"}
    )
    return made


def rows(n: int = 24) -> list[list[object]]:
    """Rows without a fault, one of them closed and one too early; the heading is not among them."""
    found: list[list[object]] = []
    for i in range(n):
        row = [
            f"TS/{100 + i}", f"Zane{i}", f"Quill{i}", date(1999, 1 + i % 12, 5), "Male" if i % 4 else "Female",
            "White" if i % 3 else "Black or Black British", 14 + i % 4, "Youth rehabilitation order",
            date(2015, 10, 1 + i % 20), "No", "Yes" if i % 2 else "No", f"Worker {'ABCD'[i % 4]}",
            "Medium" if i % 2 else "High", "", "Yes", "No", "No", "Yes" if i % 7 == 0 else "No",
        ]  # fmt: skip
        found.append(row)
    if n > 11:
        found[9][13] = date(2015, 11, 3)
        found[11][8] = date(2015, 6, 1)
    return found


def messy(n: int = 24) -> bytes:
    """The workbook of a service: two lines above the heading, words of its own, three faults."""
    listed = rows(n)
    listed[3][8], listed[5][4], listed[7][0] = "31/02/2015", "Mle", "TS/100"
    return workbook([["Testshire YOS: open cases"], ["Run on 01/12/2015"], [], list(HEAD), *listed])


def clean(n: int = 24) -> bytes:
    """The same without a fault."""
    return workbook([list(HEAD), *rows(n)])


def workbook(lines: list[list[object]]) -> bytes:
    """Rows as an Excel workbook of one sheet."""
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        day, sheet = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_worksheet("Cases")
        for place, line in enumerate(lines):
            for column, value in enumerate(line):
                if isinstance(value, date):
                    sheet.write_datetime(place, column, value, day)
                else:
                    sheet.write(place, column, value)
    return file.getvalue()


def save_messy(folder: str) -> str:
    """The messy workbook as a file, for a browser to send."""
    path = Path(folder) / "cases.xlsx"
    path.write_bytes(messy())
    return str(path)
