"""A store in which every text that somebody may not see is a word of its own, and who may see which (S2, S21)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CASES = ("C1", "C2", "C3")
RECORDED = (("i1", "C1"), ("i1", "C2"), ("i2", "C2"), ("la", "C3"))

# What each person of the cast may read of testshire's inspection during fieldwork, by the beginning of a sentinel's
# name. Peers do not read each other before they signed; nobody reads an identity in a list or a package.
MAY_READ: Mapping[str, tuple[str, ...]] = {
    "lead": ("words.testshire.", "letter", "action", "sample", "aside"),
    "i1": ("words.testshire.i1.",),
    "i2": ("words.testshire.i2.",),
    "la": ("words.testshire.la.",),
    "qa": ("words.testshire.i1.C1.",),
    "lead2": ("words.otherham.",),
}
PEOPLE = (
    "lead",
    "i1",
    "i2",
    "la",
    "qa",
    "cm",
    "cm2",
    "sm",
    "sm2",
    "an",
    "pb",
    "ad",
    "stranger",
    "lead2",
    "ll",
    "au",
    "",
)
ADDRESSES = (
    "inspections", "inspections/{key}", "inspections/{key}/figures", "inspections/{key}/answers",
    "inspections/{key}/contested", "inspections/{key}/quarantine", "inspections/{key}/package", "frameworks",
    "inspections/{key}/answers/{op_id}/receipt", "inspections?after=0&limit=1", "inspections/{key}/answers?limit=1",
)  # fmt: skip


def word(name: str) -> str:
    """The sentinel of a name: one word that stands nowhere else."""
    import hashlib

    return "Zq" + hashlib.sha256(name.encode()).hexdigest()[:14] + "x"


def filled() -> tuple[Any, dict[str, str]]:
    """The cast and their inspections with a sentinel in every field; the seeded store, and name by sentinel."""
    from tests.factories.store import seeded

    store = seeded(AT)
    names: dict[str, str] = {}

    def sentinel(name: str) -> str:
        names[word(name)] = name
        return word(name)

    _identities(sentinel)
    _answers(sentinel)
    _others(sentinel)
    return store, names


def _identities(sentinel: Any) -> None:
    from caselight.method.inspection.package import Identity
    from caselight.store.identities.actions.vault import keep_identity
    from caselight.store.identities.particulars import Particulars

    for key in ("testshire", "otherham"):
        who = [
            Particulars(
                Identity(
                    case,
                    sentinel(f"identity.{key}.{case}.name"),
                    (sentinel(f"identity.{key}.{case}.nickname"),),
                    date(2009, 5, 17),
                    sentinel(f"identity.{key}.{case}.local id"),
                ),
                carers=(sentinel(f"identity.{key}.{case}.carer"),),
                school=sentinel(f"identity.{key}.{case}.school"),
                address=sentinel(f"identity.{key}.{case}.address"),
            )
            for case in CASES
        ]
        keep_identity(by="sm", inspection=key, service=key, identities=who, at=AT)


def _answers(sentinel: Any) -> None:
    from caselight.method.answers.evidence import Excerpt, Locator
    from caselight.store.assessments.actions.recording import record_answers

    said = [("testshire", *one) for one in RECORDED] + [("otherham", "lead2", "C1")]
    for n, (key, actor, case) in enumerate(said):
        made = event(n, case, actor, sentinel(f"words.{key}.{actor}.{case}.note"))
        quote = Excerpt(f"X{n}", made.op_id, sentinel(f"words.{key}.{actor}.{case}.excerpt"))
        place = Locator(made.op_id, sentinel(f"words.{key}.{actor}.{case}.document"), "p. 3")
        given = record_answers(
            by=actor, inspection=key, device="laptop", events=[made], at=AT, locators=[place], excerpts=[quote]
        )
        assert hasattr(given[0], "signature"), given
    other = event(0, "C1", "i1", sentinel("aside.note"))
    record_answers(by="i1", inspection="testshire", device="laptop", events=[other], at=AT)


def _others(sentinel: Any) -> None:
    from caselight.store.improvement.models import Action
    from caselight.store.inspections.models import Inspection
    from caselight.store.reports.actions import save_letter
    from caselight.store.samples.models import SampledCase

    save_letter(by="lead", inspection="testshire", language="en", text=f"# {sentinel('letter')}\n", at=AT)
    one = Inspection.objects.get(key="testshire")
    Action.objects.create(
        inspection=one, position=0, key="a1", text=sentinel("action.text"), owner=sentinel("action.owner")
    )
    SampledCase.objects.filter(inspection=one, case_key="C1").update(note=sentinel("sample.note"))


def event(n: int, case: str, actor: str, note: str) -> Any:
    """An answer event with a note."""
    from tests.factories import small

    from caselight.method.answers.events import payload_digest

    op_id = f"01900000-0000-7000-8000-{n:012d}"
    made = small.event(case, "A", "yes")._replace(op_id=op_id, actor=actor, device="laptop", note=note)
    return made._replace(payload_sha256=payload_digest(made))


def texts(response: Any) -> Iterator[str]:
    """Everything an answer holds that can be read: its headers, its body, and what is packed in it."""
    yield str(dict(response.items()))
    yield response.content.decode("utf-8", "replace")
    if response.get("content-type") == "application/zip":
        with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
            for name in packed.namelist():
                yield name
                yield packed.read(name).decode("utf-8", "replace")


def leaked(broken: str = "") -> dict[str, Any]:
    """S2: each person asks each address; which sentinels came that they may not see, and how many were looked for."""
    from django.test import Client
    from tests.factories.store import token

    store, names = filled()
    if broken:
        _show_names()
    said, looked, seen = [], 0, set()
    for person in PEOPLE:
        headers = {"authorization": f"Bearer {token(store.people[person])}"} if person else {}
        client = Client(headers=headers, raise_request_exception=False, SERVER_NAME="localhost")
        for key in ("testshire", "otherham", "testshire-audit"):
            for address in ADDRESSES:
                path = "/api/" + address.format(key=key, op_id=f"01900000-0000-7000-8000-{0:012d}")
                text = "\n".join(texts(client.get(path)))
                looked += len(names)
                found = {name for sentinel, name in names.items() if sentinel in text}
                seen |= found
                wrong = [name for name in found if not name.startswith(MAY_READ.get(person, ()) or ("\0",))]
                said += [f"{person or 'nobody'} read {name} at {path}." for name in sorted(wrong)]
    wanted = {name for name in names.values() if name.startswith(("words.", "letter", "aside"))}
    said += [f"Nobody could read {name}, so nothing was shown." for name in sorted(wanted - seen)]
    return {"looked": looked, "said": said}


def _show_names() -> None:
    """Put the name of each child into the list of inspections, as a careless template would."""
    from caselight.api import inspections

    out = inspections._out

    def careless(row: Any) -> dict[str, Any]:
        return out(row) | {"title": f"{row.title}: {word('identity.testshire.C1.name')}"}

    inspections._out = careless


def logged(broken: str = "") -> dict[str, Any]:
    """S21: requests that succeed, fail and break; which sentinels stand in the log or in a refusal."""
    import json
    import logging

    from django.test import Client
    from tests.factories.store import token

    from caselight.config.logs import Lines

    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(Lines())
    for name in ("", "django", "caselight"):
        logging.getLogger(name).addHandler(handler)
    store, names = filled()
    if broken:
        _log_notes()
    said, refusals, tried = [], "", 0
    client = Client(
        headers={
            "authorization": f"Bearer {token(store.people['i1'])}",
            "referer": f"http://x/{word('words.referer')}",
        },
        raise_request_exception=False,
        SERVER_NAME="localhost",
    )
    asked = {word(f"sent.{n}"): f"sent.{n}" for n in range(40)} | {word("words.referer"): "words.referer"}
    for sentinel, name in asked.items():
        for method, path, body in _requests(int(name.rpartition(".")[2]) if name[-1].isdigit() else 0, sentinel):
            tried += 1
            response = client.generic(method, path, data=body, content_type="application/json")
            if response.status_code >= 400:
                refusals += "\n".join(texts(response))
    _break(client, asked)
    log = kept.getvalue()
    for sentinel, name in (names | asked).items():
        said += [
            f"{name} stands in {place}."
            for place, text in (("the log", log), ("a refusal", refusals))
            if sentinel in text
        ]
    if log.count("\n") < tried:
        said.append("The log has fewer lines than there were requests, so it proves nothing.")
    said += [f"A line of the log is no JSON: {line[:60]}" for line in log.splitlines() if not _is_json(json, line)]
    return {"looked": tried, "said": said}


def _requests(n: int, sentinel: str) -> Iterator[tuple[str, str, bytes]]:
    import json

    address = "/api/inspections/testshire/answers"
    yield "GET", f"/api/inspections/{sentinel}", b""
    yield "GET", f"/{sentinel}?q={sentinel}", b""
    yield "GET", f"/api/inspections?after={sentinel}", b""
    yield "POST", address, json.dumps({"events": [{"note": sentinel, sentinel: 1}]}).encode()
    yield "POST", address, f'{{"events": [{sentinel}'.encode()
    made = event(1_000 + n, "C1", "i1", sentinel)
    said = {name: list(part) if isinstance(part, tuple) else part for name, part in made._asdict().items()}
    said["pass"] = said.pop("pass_")
    del said["server_time"]
    yield "POST", address, json.dumps({"events": [said]}).encode()
    yield "POST", address, json.dumps({"events": [said | {"question_id": sentinel, "subject_key": "C3"}]}).encode()


def _break(client: Any, asked: Mapping[str, str]) -> None:
    """Make recording fail with the words of the message in the exception, as our own fault would."""
    from caselight.api import answers

    record = answers.record_answers

    def failing(**told: Any) -> Any:
        raise ValueError(f"cannot record {told['events'][0].note}")

    answers.record_answers = failing
    try:
        for n, sentinel in enumerate(asked):
            _, path, body = list(_requests(5_000 + n, sentinel))[5]
            answer = client.generic("POST", path, data=body, content_type="application/json")
            assert answer.status_code == 500, answer.status_code
            assert sentinel not in answer.content.decode()
    finally:
        answers.record_answers = record


def _log_notes() -> None:
    """Log what was noted, as somebody looking for a fault would."""
    import logging

    from caselight.api import answers

    record = answers.record_answers

    def chatty(**told: Any) -> Any:
        logging.getLogger("caselight.requests").info("Noted " + told["events"][0].note)
        return record(**told)

    answers.record_answers = chatty


def _is_json(json: Any, line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
