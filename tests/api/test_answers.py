"""Answers over the API: a receipt or a refusal for each, the same again for the same, and nothing of other people's."""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories import small

from caselight.method.answers.events import AnswerEvent, payload_digest
from caselight.store.assessments.receipts import Receipt, genuine
from caselight.store.audit import keys


def event(n: int = 1, case: str = "C1", value: str = "yes", actor: str = "i1", **changed: Any) -> dict[str, Any]:
    """An event as a device sends it."""
    fields = {"op_id": f"01900000-0000-7000-8000-{n:012d}", "actor": actor, "device": "laptop"} | changed
    made: AnswerEvent = small.event(case, "A", value)._replace(**fields)
    made = made._replace(payload_sha256=payload_digest(made))
    said = {name: list(part) if isinstance(part, tuple) else part for name, part in made._asdict().items()}
    said["pass"] = said.pop("pass_")
    del said["server_time"]
    return said


def code_of(response: Any) -> str:
    assert response["content-type"] == "application/problem+json"
    said = response.json()
    assert said["status"] == response.status_code
    assert said["type"] == f"urn:caselight:fault:{said['faults'][0]['code']}"
    return str(said["faults"][0]["code"])


def test_an_answer_gets_a_receipt_that_can_be_verified_alone(calls: Any) -> None:
    sent = event()
    response = calls("i1").post("/inspections/testshire/answers", {"events": [sent]})
    assert response.status_code == 200
    (given,) = response.json()["results"]
    assert given["payload_sha256"] == sent["payload_sha256"]
    assert genuine(Receipt(**given), keys.public_key())


def test_the_same_message_gets_the_same_receipt(calls: Any) -> None:
    device = calls("i1")
    first = device.post("/inspections/testshire/answers", {"events": [event()]}).content
    again = device.post("/inspections/testshire/answers", {"events": [event()]}).content
    assert again == first
    assert device.get("/inspections/testshire/answers").json()["total"] == 1


def test_the_receipt_can_be_asked_for_again(calls: Any) -> None:
    device = calls("i1")
    (given,) = device.post("/inspections/testshire/answers", {"events": [event()]}).json()["results"]
    assert device.get(f"/inspections/testshire/answers/{given['op_id']}/receipt").json() == given
    assert device.get(f"/inspections/otherham/answers/{given['op_id']}/receipt").status_code == 404


def test_other_content_under_the_same_id_is_kept_apart_and_shown_to_the_lead(calls: Any) -> None:
    device = calls("i1")
    device.post("/inspections/testshire/answers", {"events": [event()]})
    (given,) = device.post("/inspections/testshire/answers", {"events": [event(value="no")]}).json()["results"]
    assert (given["code"], given["kept"]) == ("answer.other-content", True)
    shown = calls("lead").get("/inspections/testshire/quarantine").json()["items"]
    assert [item["event"]["value"] for item in shown] == ["no"]
    assert calls("i1").get("/inspections/testshire/quarantine").status_code in (403, 404)


def test_what_was_recorded_is_read_back_as_it_was_sent(calls: Any) -> None:
    device = calls("i1")
    sent = event(note="He said so himself.")
    device.post("/inspections/testshire/answers", {"events": [sent]})
    (kept,) = device.get("/inspections/testshire/answers").json()["items"]
    kept.pop("server_time")
    assert kept == sent


def test_a_case_of_somebody_else_takes_no_answer(calls: Any) -> None:
    response = calls("i1").post("/inspections/testshire/answers", {"events": [event(case="C3")]})
    assert response.status_code in (403, 404)
    assert code_of(response).startswith("access.")


def test_one_case_that_is_not_theirs_does_not_hold_up_the_others(calls: Any) -> None:
    mine, other = event(1), event(2, case="C3")
    first, second = calls("i1").post("/inspections/testshire/answers", {"events": [mine, other]}).json()["results"]
    assert "signature" in first
    assert second["code"].startswith("access.")


@pytest.mark.parametrize("key", ["otherham", "no-such", "%00", "x" * 300, "..", "testshire%2F.."])
def test_another_inspection_and_one_that_is_not_there_look_the_same(calls: Any, key: str) -> None:
    response = calls("i1").post(f"/inspections/{key}/answers", {"events": [event()]})
    assert response.status_code == 404


@pytest.mark.parametrize("text", ["%00", "x" * 500, "%F0%9F%92%A9", "'"])
def test_names_that_no_database_could_hold_name_nothing(calls: Any, text: str) -> None:
    assert calls("lead").get(f"/frameworks/{text}").status_code == 404
    assert calls("lead").get(f"/inspections/testshire/answers/{text}/receipt").status_code == 404


def test_nobody_is_signed_in_without_a_token(client: Any, store: Any) -> None:
    response = client.post("/api/inspections/testshire/answers", {"events": []}, content_type="application/json")
    assert (response.status_code, code_of(response)) == (401, "api.sign-in")
    assert response["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"\xff", 400),
        (b'{"events": NaN}', 400),
        (b"[" * 100_000, 400),
        (b'{"events": []}', 422),
        (b'{"events": [{}]}', 422),
        (b'{"event": []}', 422),
        (b"null", 422),
    ],
)
def test_garbage_is_refused_in_a_sentence(calls: Any, body: bytes, status: int) -> None:
    response = calls("i1").client.post("/api/inspections/testshire/answers", body, content_type="application/json")
    assert response.status_code == status
    assert code_of(response).startswith("api.")


def test_a_field_with_a_slip_in_its_name_is_refused_and_not_ignored(calls: Any) -> None:
    sent = event() | {"notes": "lost?"}
    response = calls("i1").post("/inspections/testshire/answers", {"events": [sent]})
    assert response.status_code == 422
    assert "lost?" not in response.content.decode()


def test_two_inspectors_who_answer_the_same_are_both_kept_and_listed_as_contested(calls: Any) -> None:
    calls("i1").post("/inspections/testshire/answers", {"events": [event(1, "C2", "yes")]})
    calls("i2").post("/inspections/testshire/answers", {"events": [event(2, "C2", "no", "i2")]})
    (group,) = calls("lead").get("/inspections/testshire/contested").json()["items"]
    assert sorted(one["value"] for one in group) == ["no", "yes"]


def test_long_lists_come_in_pages(calls: Any) -> None:
    device = calls("i1")
    device.post("/inspections/testshire/answers", {"events": [event(n, note=str(n)) for n in range(1, 6)]})
    first = device.get("/inspections/testshire/answers?limit=2").json()
    assert (len(first["items"]), first["next"], first["total"]) == (2, 2, 5)
    last = device.get("/inspections/testshire/answers?limit=2&after=4").json()
    assert (len(last["items"]), last["next"]) == (1, None)


@pytest.mark.parametrize(
    "events", [[event()], [event(), event(2, case="C3")]], ids=["alone", "beside one that is barred"]
)
@pytest.mark.parametrize("kind", ["locators", "excerpts"])
def test_evidence_of_no_event_of_the_message_is_refused_and_never_dropped(calls: Any, kind: str, events: Any) -> None:
    stray = {"op_id": event(9)["op_id"]}
    piece = stray | ({"document": "Plan", "where": "p. 3"} if kind == "locators" else {"key": "x1", "text": "Yes."})
    response = calls("i1").post("/inspections/testshire/answers", {"events": events, kind: [piece]})
    assert code_of(response) == "answer.evidence-without-event"


def test_evidence_of_an_event_that_is_barred_goes_with_it_and_the_rest_is_kept(calls: Any) -> None:
    mine, other = event(), event(2, case="C3")
    places = [{"op_id": one["op_id"], "document": "Plan", "where": "p. 3"} for one in (mine, other)]
    device = calls("i1")
    response = device.post("/inspections/testshire/answers", {"events": [mine, other], "locators": places})
    given, refused = response.json()["results"]
    assert given["evidence_sha256"]
    assert refused["kept"] is False
    assert genuine(Receipt(**given), keys.public_key())
