"""The log and the error pages: named fields only, and nothing that somebody sent or that a failure said."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from django.contrib.auth.decorators import login_not_required
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from caselight.config import logs, pages

SECRET = "Jane-Sentinel"


@login_not_required
def broken(request: object) -> None:
    raise ValueError(SECRET)


urlpatterns = [path("broken/<str:name>", broken)]
handler404, handler500 = pages.not_found, pages.failed


def line(name: str = "caselight.x", message: str = "Said", *args: object, **fields: object) -> dict[str, object]:
    record = logging.LogRecord(name, logging.INFO, "file.py", 1, message, args, None)
    record.__dict__.update(fields)
    text = logs.Lines().format(record)
    assert "\n" not in text
    return dict(json.loads(text))


def test_a_message_stands_as_in_the_source_without_what_was_put_into_it() -> None:
    assert line("caselight.x", "Could not find %s", SECRET)["says"] == "Could not find %s"
    assert SECRET not in json.dumps(line("gunicorn.error", "Invalid request from ip=%s: %s", SECRET, SECRET))


def test_a_message_of_another_library_is_left_out_because_it_may_be_built_from_data() -> None:
    assert "says" not in line("weasyprint", f"Failed on {SECRET}")


def test_only_fields_that_are_named_pass() -> None:
    assert "email" not in line(email=SECRET, path="api/x/<key>")
    assert line(path="api/x/<key>", status=404)["status"] == 404


def test_an_exception_is_its_type_and_its_way_and_not_what_it_said() -> None:
    try:
        broken(None)
    except ValueError:
        record = logging.LogRecord("caselight", logging.ERROR, "f", 1, "Failed", (), sys.exc_info())
    said = json.loads(logs.Lines().format(record))
    assert said["exception"] == "ValueError"
    assert said["through"][-1].startswith("test_logs.py:")
    assert SECRET not in json.dumps(said)


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__, LOGIN_URL="/")
@pytest.mark.parametrize("address", [f"/broken/{SECRET}?name={SECRET}", f"/nothing/{SECRET}?name={SECRET}"])
def test_neither_the_log_nor_the_page_of_a_failed_request_says_what_was_asked(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="caselight.requests"):
        answer = Client(raise_request_exception=False).get(address, headers={"user-agent": SECRET})
    written = "".join(logs.Lines().format(record) for record in caplog.records)
    assert "caselight.requests" in written
    assert SECRET not in written
    assert SECRET not in answer.content.decode() + str(dict(answer.headers)).replace(address, "")


@pytest.mark.parametrize("status", sorted(pages.SENTENCES))
def test_an_error_page_is_plain_text_with_a_number_and_nothing_of_the_request(status: int) -> None:
    request = RequestFactory().get(f"/{SECRET}", {"x": SECRET})
    request.META["CASELIGHT_REQUEST_ID"] = "abc123"
    answer = pages._page(request, status)
    assert answer.status_code == status
    assert answer["content-type"].startswith("text/plain")
    assert SECRET not in answer.content.decode()
    assert "abc123" in answer.content.decode()
