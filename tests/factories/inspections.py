"""A whole inspection folder in two languages, made through the product itself: six cases, two case managers."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import yaml
from tests.factories.small import event

from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_package
from caselight.method.answers.events import AnswerEvent, payload_digest
from caselight.method.caseload.case import Subject
from caselight.method.inspection.package import CaseloadCase, Identity, SampledCase
from caselight.procedures.accepting import accept_claims
from caselight.procedures.beginning import new_inspection

SPECIMEN = Path(__file__).parents[1] / "specimens" / "bilingual"
CASES = tuple(f"c{n}" for n in range(1, 7))


def made(folder: Path, *, accepted: bool = False) -> Path:
    """The inspection in ``folder``. W1 is insufficient for c1; reviews were due for c1 to c4; reports for c1 to c3."""
    new_inspection(folder, str(SPECIMEN), "Testshire Youth Justice Service")
    _with_dates(folder)
    package = read_package(folder)
    facts = {key: {"report": "yes" if key <= "c3" else "no"} for key in CASES}
    cases = [Subject("case", key, f"Case {key}", facts[key], facts[key], "m1") for key in CASES]
    managers = [Subject("case_manager", key, f"Case manager {key}") for key in ("m1", "m2")]
    write_package(
        replace(
            package,
            subjects=(*cases, *managers),
            caseload=tuple(CaseloadCase(key, True, "", facts[key], "m1") for key in CASES),
            sample=tuple(SampledCase(key, n, "all", "drawn") for n, key in enumerate(CASES, start=1)),
            events=tuple(_events()),
            identities=(Identity("c1", "Ada Lovelace"), Identity("c2", "Grace Hopper")),
        ),
        folder,
    )
    if accepted:
        for language in ("en", "cy"):
            accept_claims(folder, "lead", "2026-02-01", language=language)
    return folder


def _with_dates(folder: Path) -> None:
    path = folder / "inspection.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    data.pop("sample")
    data["dates"] = {name: str(day) for name, day in data["dates"].items()} | {"published": "2026-02-18"}
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")


def _events() -> list[AnswerEvent]:
    found = []
    for key in CASES:
        found.append(_answer(key, "W1", "no" if key == "c1" else "yes"))
        found.append(_answer(key, "W2.due", "yes" if key <= "c4" else "no"))
        if key <= "c4":
            found.append(_answer(key, "W2", "yes"))
        if key <= "c3":
            found.append(_answer(key, "W3", "yes"))
    return found + [_answer(key, "M1", "yes", tool="interview", kind="case_manager") for key in ("m1", "m2")]


def _answer(key: str, question: str, value: str, *, tool: str = "case", kind: str = "case") -> AnswerEvent:
    return event(
        key,
        question,
        value,
        op_id=_op_id(f"{key}/{question}/{value}"),
        tool=tool,
        subject_kind=kind,
        actor="lead",
        reasons=("not-done",) if value == "no" and question != "W2.due" else (),
        framework_version="1.0",
        client_time="2026-01-19T10:00:00Z",
        server_time="2026-01-19T10:00:01Z",
    )


def _op_id(name: str) -> str:
    """An id of the form of a UUID of version 7, made from a name so that it is always the same."""
    digits = sha256(name.encode()).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-7{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


def answer_again(folder: Path, key: str, question: str, value: str) -> None:
    """Amend an answer: a new event that names the old one as its base."""
    package = read_package(folder)
    old = next(e for e in package.events if (e.subject_key, e.question_id) == (key, question))
    new = old._replace(
        op_id=_op_id(f"{old.op_id}/again"),
        value=value,
        reasons=("not-done",) if value == "no" else (),
        base_op_ids=(old.op_id,),
        client_time="2026-01-20T09:00:00Z",
        server_time="2026-01-20T09:00:01Z",
    )
    new = new._replace(payload_sha256=payload_digest(new))
    write_package(replace(package, events=(*package.events, new)), folder)
