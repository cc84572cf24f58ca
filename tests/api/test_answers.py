"""Answers over the API: a receipt or a refusal for each, the same again for the same, and nothing of other people's."""

from __future__ import annotations

from typing import Any

import pytest
from tests.factories import small
from tests.factories.store import AT

from caselight.method.answers.events import AnswerEvent, payload_digest
from caselight.store.accounts.models import User
from caselight.store.assessments import queries, rows
from caselight.store.assessments.actions import recording, take_in
from caselight.store.assessments.receipts import Receipt, genuine
from caselight.store.audit import keys
from caselight.store.samples.allocating import end_allocation
from caselight.store.samples.models import Allocation


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
    assert kept.pop("imported_by") == ""
    assert kept == sent


def test_a_case_of_somebody_else_takes_no_answer(calls: Any) -> None:
    response = calls("i1").post("/inspections/testshire/answers", {"events": [event(case="C3")]})
    assert response.status_code in (403, 404)
    assert code_of(response).startswith("access.")


def take_back(user: str, case: str) -> None:
    for given in Allocation.objects.filter(user__key=user, case_key=case, inspection__key="testshire"):
        end_allocation(by="lead", allocation=given.pk, at=AT)


def test_what_a_device_sends_after_its_case_was_taken_back_is_set_aside_and_shown_to_the_lead(calls: Any) -> None:
    take_back("i1", "C1")
    message = {
        "events": [event(note="He said so.")],
        "excerpts": [{"key": "x", "op_id": event()["op_id"], "text": "Words."}],
    }
    response = calls("i1").post("/inspections/testshire/answers", message)
    assert response.status_code == 200
    (given,) = response.json()["results"]
    assert given["code"].startswith("access.")
    assert given["kept"] is True
    (shown,) = calls("lead").get("/inspections/testshire/quarantine").json()["items"]
    assert (shown["event"]["note"], shown["received_from"], shown["settled"]) == ("He said so.", "i1", False)
    assert calls("lead").get("/inspections/testshire/answers").json()["total"] == 0


@pytest.mark.parametrize("who", ["i1", "qa"])
def test_of_who_never_had_a_case_to_judge_nothing_is_kept_and_nothing_is_told(calls: Any, who: str) -> None:
    """The quality assurer has the first case, to comment on it."""
    case = "C3" if who == "i1" else "C1"
    told = calls(who).post("/inspections/testshire/answers", {"events": [event(case=case, actor=who)]})
    assert told.status_code in (403, 404)
    assert calls("lead").get("/inspections/testshire/quarantine").json()["total"] == 0


@pytest.mark.parametrize("of", ["second", "self", "validated"])
def test_nobody_records_in_another_pass_than_a_case_is_given_to_them_in(calls: Any, of: str) -> None:
    (given,) = calls("i1").post("/inspections/testshire/answers", {"events": [event(pass_=of)]}).json()["results"]
    assert (given["code"], given["kept"]) == ("access.another-pass", True)
    Allocation.objects.filter(user__key="i1", case_key="C1", inspection__key="testshire").update(pass_kind=of)
    answers = [event(2, pass_=of), event(3)]
    first, second = calls("i1").post("/inspections/testshire/answers", {"events": answers}).json()["results"]
    assert "signature" in first
    assert second["code"] == "access.another-pass"


@pytest.mark.parametrize("what", ["disabled", "taken back"])
def test_a_message_that_waited_is_held_against_what_is_allowed_when_it_is_recorded(
    calls: Any, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    enter = recording.enter

    def late(key: str) -> Any:
        if what == "disabled":
            User.objects.filter(key="i1").update(is_active=False, access_version="another")
        else:
            take_back("i1", "C1")
        return enter(key)

    monkeypatch.setattr(recording, "enter", late)
    (given,) = calls("i1").post("/inspections/testshire/answers", {"events": [event()]}).json()["results"]
    assert given["code"].startswith("access.")
    assert given["kept"] is True
    assert queries.events("testshire") == ()
    assert len(queries.quarantined("testshire")) == 1


def test_what_came_in_with_a_package_says_who_brought_it(calls: Any) -> None:
    came = small.event("C1", "A", "yes")._replace(
        op_id="01900000-0000-7000-8000-000000000009", actor="gone", server_time="2026-01-01T00:00:00Z"
    )
    came = came._replace(payload_sha256=payload_digest(came))
    take_in(by="lead", inspection="testshire", events=[came], at=AT)
    calls("i1").post("/inspections/testshire/answers", {"events": [event()]})
    shown = calls("lead").get("/inspections/testshire/answers").json()["items"]
    assert [(one["actor"], one["imported_by"]) for one in shown] == [("gone", "lead"), ("i1", "")]
    (group,) = calls("lead").get("/inspections/testshire/contested").json()["items"]
    assert sorted(one["imported_by"] for one in group) == ["", "lead"]


def test_pages_and_receipts_unseal_only_what_they_show(calls: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = [event(n, note=f"note {n}") for n in range(1, 8)]
    others = [event(10 + n, "C2", actor="i2", note="theirs") for n in range(3)]
    calls("i1").post("/inspections/testshire/answers", {"events": sent})
    calls("i2").post("/inspections/testshire/answers", {"events": others})
    unsealed: list[str] = []
    opened = rows.opened
    monkeypatch.setattr(rows, "opened", lambda *given: (unsealed.append(given[1]), opened(*given))[1])
    page = calls("i1").get("/inspections/testshire/answers?limit=3&after=3").json()
    assert [one["note"] for one in page["items"]] == ["note 4", "note 5", "note 6"]
    assert (page["total"], page["next"], len(unsealed)) == (7, 6, 3)
    assert calls("i1").get(f"/inspections/testshire/answers/{sent[0]['op_id']}/receipt").status_code == 200
    assert calls("i1").get(f"/inspections/testshire/answers/{others[0]['op_id']}/receipt").status_code == 404
    assert len(unsealed) == 3
    groups = calls("lead").get("/inspections/testshire/contested?limit=1").json()
    assert (groups["total"], len(groups["items"][0])) == (2, 7)
    standing = [[event.op_id for event in group] for group in queries.contested("testshire").values()]
    all_of_them = calls("lead").get("/inspections/testshire/contested").json()["items"]
    assert [[one["op_id"] for one in group] for group in all_of_them] == standing
    assert calls("i1").get("/inspections/testshire/contested").json()["total"] == 1


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
