"""Reports of browsers are bounded, answered alike, and logged without anything that they hold."""

from __future__ import annotations

import json
import logging

import pytest
from django.test import Client

from caselight.web.design import csp

SECRET = "Kitty-Marlowe"


@pytest.fixture(autouse=True)
def _fresh_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csp, "rate", csp.Rate(csp.A_MINUTE))


def report(body: str | bytes) -> int:
    return Client(enforce_csrf_checks=True).post("/design/csp", body, content_type="application/csp-report").status_code


def sent(rule: str) -> str:
    return json.dumps(
        {"csp-report": {"effective-directive": rule, "document-uri": f"https://x/{SECRET}", "script-sample": SECRET}}
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (sent("script-src-elem"), "script-src-elem"),
        (sent(SECRET), "unknown"),
        ("not json", "unknown"),
        ("[]", "unknown"),
        ('{"csp-report": 1}', "unknown"),
        (json.dumps({"csp-report": {"violated-directive": "img-src 'self'"}}), "img-src"),
        ("[" * 5000, "unknown"),
        ("x" * (csp.LONGEST + 1), "too-long"),
        (b"\xff\xfe", "unknown"),
    ],
)
def test_a_report_is_logged_as_the_name_of_a_rule_and_nothing_else(
    body: str | bytes, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="caselight.csp"):
        assert report(body) == 204
    said = [record for record in caplog.records if record.name == "caselight.csp"]
    assert [record.__dict__["code"] for record in said] == [code]
    assert SECRET not in caplog.text


@pytest.mark.django_db
def test_so_many_a_minute_are_logged_and_all_are_answered(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="caselight.csp"):
        assert {report(sent("img-src")) for _ in range(csp.A_MINUTE + 5)} == {204}
    assert len([record for record in caplog.records if record.name == "caselight.csp"]) <= csp.A_MINUTE * 2


def test_a_rate_begins_anew_each_minute() -> None:
    rate = csp.Rate(2)
    assert [rate.allows(at) for at in (0.0, 1.0, 2.0, 60.0)] == [True, True, False, True]
