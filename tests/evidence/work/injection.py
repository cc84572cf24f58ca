"""What S17 does inside Django: puts SQL and shell into every parameter and key, and looks for any sign that it ran."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

SQL = (
    "' OR '1'='1",
    "' OR 1=1 --",
    '" OR ""="',
    "'; DROP TABLE audit_auditrow; --",
    "1; DELETE FROM accounts_user",
    "' UNION SELECT 1,2,3,4 --",
    "') OR ('a'='a",
    "'||pg_sleep(3)||'",
    "1 AND randomblob(300000000)",
    "\\'; SELECT 1 --",
    "%27%20OR%201%3D1",
    "id); DROP TABLE accounts_token; --",
)
SHELL = ("; touch {canary}", "$(touch {canary})", "`touch {canary}`", "| touch {canary} |", "&& touch {canary}")
PARAMETERS = ("after", "limit", "key", "order_by", "state__exact", "inspection__key", "page", "deep")
FIELDS = ("op_id", "subject_key", "question_id", "value", "note", "actor", "base_op_ids", "table", "reasons")


def attack(trials: int, seed: int, *, broken: bool = False) -> dict[str, Any]:
    """Requests with payloads; a sign is a failure of ours, a row too many, another answer, a wait, or the canary."""
    import random
    from pathlib import Path

    from django.conf import settings
    from django.test import Client
    from tests.factories.store import seeded, token

    store = seeded()
    if broken:
        _plant()
    client = Client(
        headers={"authorization": f"Bearer {token(store.people['lead'])}"},
        raise_request_exception=False,
        SERVER_NAME="localhost",
    )
    canary = Path(settings.DATA) / "canary"
    before = _rows()
    said = []
    chosen = list(_requests(canary.as_posix()))
    random.Random(seed).shuffle(chosen)
    for method, path, data in chosen[:trials]:
        began = time.process_time()
        response = client.generic(method, path, data=data, content_type="application/json")
        sign = _sign(response, path, time.process_time() - began)
        if sign:
            said.append(f"{method} {path[:100]}: {sign}")
    after = _rows()
    said += [f"{table} went from {n} rows to {after[table]}." for table, n in before.items() if after[table] != n]
    if canary.exists():
        said.append("A command ran: the canary is there.")
    return {"tried": min(trials, len(chosen)), "said": said}


def _sign(response: Any, path: str, took: float) -> str:
    if response.status_code >= 500:
        return f"answered {response.status_code}"
    if took > 2:
        return f"took {took:.1f} s of computing"
    if response.status_code == 200 and ("/frameworks/" in path or "/inspections/" in path.partition("?")[0]):
        return "found something under an address that nothing has"
    return ""


def _requests(canary: str) -> Iterator[tuple[str, str, bytes]]:
    from urllib.parse import quote

    payloads = [*SQL, *(text.format(canary=canary) for text in SHELL)]
    for text in payloads:
        for address in ("frameworks/{}", "inspections/{}", "inspections/{}/figures", "inspections/x{}/answers"):
            yield "GET", "/api/" + address.format(quote(text, safe="")), b""
        for name in PARAMETERS:
            yield "GET", f"/api/inspections?{name}={quote(text)}", b""
            yield "GET", f"/api/frameworks?{quote(text)}={name}", b""
        for field in FIELDS:
            yield "POST", "/api/inspections/testshire/answers", _message(**{field: text})
        yield "POST", "/api/inspections/testshire/answers", _message(**{text: "yes"})


def _message(**changed: Any) -> bytes:
    event = {
        "op_id": "01900000-0000-7000-8000-000000000001", "tool": "case", "subject_kind": "case", "subject_key": "C9",
        "question_id": "A", "pass": "first", "value": "yes", "actor": "lead", "client_time": "2026-03-02T09:00:00Z",
        "framework_version": "1", "payload_sha256": "0" * 64,
    }  # fmt: skip
    event |= {name: [text] if name in ("base_op_ids", "reasons") else text for name, text in changed.items()}
    return json.dumps({"events": [event]}).encode()


def _rows() -> dict[str, int]:
    """How many rows each table has, except those in which asking itself leaves a trace."""
    from django.apps import apps

    left_out = {"assessments_quarantined", "audit_auditrow", "audit_tip", "audit_head"}
    tables = {model._meta.db_table: model for model in apps.get_models()}
    return {name: model.objects.count() for name, model in sorted(tables.items()) if name not in left_out}


def _plant() -> None:
    """Find a framework by pasting what was asked for into SQL."""
    from caselight.api import frameworks
    from caselight.store.frameworks.models import FrameworkVersion

    class Pasted:
        objects: Any

    def pasted(digest: str) -> Any:
        table = FrameworkVersion._meta.db_table
        rows = FrameworkVersion.objects.raw(f"SELECT * FROM {table} WHERE digest = '{digest}'")  # the planted fault
        return FrameworkVersion.objects.filter(pk__in=[row.pk for row in rows])

    class Objects:
        def filter(self, digest: str) -> Any:
            return pasted(digest)

        def __getattr__(self, name: str) -> Any:
            return getattr(FrameworkVersion.objects, name)

    Pasted.objects = Objects()
    frameworks.FrameworkVersion = Pasted
