"""Answer events as a device sends them, for the inspections of ``tests.factories.store``."""

from __future__ import annotations

from uuid import UUID

from tests.factories import small

from caselight.method.answers.events import AnswerEvent, payload_digest


def op_id(n: int, device: int = 0) -> str:
    """The n-th UUID of version 7 that a device makes in a test."""
    return str(UUID(int=(n << 80) | (7 << 76) | (2 << 62) | device))


def sent(subject: str, question: str, value: str, op: str, **more: object) -> AnswerEvent:
    """An event by ``i1`` as it leaves a device: no server has seen it yet. A No has a reason unless ``more`` says."""
    fields: dict[str, object] = {"server_time": "", "client_time": "2026-03-02T09:00:00Z"}
    if value == "no" and question != "B.due":
        fields["reasons"] = ("weak",)
    return small.event(subject, question, value, op, **(fields | more))


def altered(event: AnswerEvent, **more: object) -> AnswerEvent:
    """The same event with other content, and the digest that belongs to it."""
    made = event._replace(**more)  # type: ignore[arg-type]
    return made._replace(payload_sha256=payload_digest(made))
