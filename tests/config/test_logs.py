"""The log and the error pages: named fields only, and nothing that somebody sent or that a failure said."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import pytest
from django.contrib.auth.decorators import login_not_required
from django.test import Client, override_settings
from django.urls import path
from gunicorn import arbiter, sock

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


@pytest.mark.parametrize(
    ("message", "values", "says"),
    [
        ("Starting gunicorn %s", ("27.0",), "Starting gunicorn 27.0"),
        ("Listening at: %s (%s)", ("http://127.0.0.1:8000", 12), "Listening at: http://127.0.0.1:8000 (12)"),
        ("Worker (pid:%s) was sent %s!", (13, "SIGTERM"), "Worker (pid:13) was sent SIGTERM!"),
        ("WORKER TIMEOUT (pid:%s)", (13,), "WORKER TIMEOUT (pid:13)"),
    ],
)
def test_what_the_server_says_of_itself_is_whole(message: str, values: tuple[object, ...], says: str) -> None:
    assert line("gunicorn.error", message, *values)["says"] == says


@pytest.mark.parametrize(
    ("message", "values", "says"),
    [
        ("Error handling request %s %s", ("GET", f"/{SECRET}"), "Error handling request %s %s"),
        (f"Invalid request from ip=10.0.0.7: Invalid Request Line '{SECRET}'", (), "Invalid request from ip"),
        (f"Invalid request from ip=: Invalid Header '{SECRET}'", (), "Invalid request from ip"),
        ("Autorestarting worker after current request.", (), "Autorestarting worker after current request."),
    ],
)
def test_of_a_request_the_server_says_nothing_that_was_sent(message: str, values: tuple[str, ...], says: str) -> None:
    assert line("gunicorn.error", message, *values)["says"] == says


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (f"Invalid HTTP_HOST header: '{SECRET}'. You may need to add '{SECRET}' to ALLOWED_HOSTS.", "Invalid HTTP_HOST header"),
        (f"The joined path (/x/{SECRET}) is located outside of the base path component (/x)", "The joined path"),
        ("Session data corrupted", "Session data corrupted"),
    ],
)  # fmt: skip
def test_of_what_django_refused_nothing_stands_that_was_sent(message: str, says: str) -> None:
    assert line("django.security.DisallowedHost", message)["says"] == says


@pytest.mark.django_db
def test_a_host_that_is_not_ours_leaves_no_word_of_its_own_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        answer = Client(raise_request_exception=False, SERVER_NAME=f"{SECRET}.example").get("/accounts/login/")
    assert answer.status_code == 400
    refused = [record for record in caplog.records if record.name == "django.security.DisallowedHost"]
    assert refused
    assert SECRET not in "".join(logs.Lines().format(record) for record in caplog.records)


def test_the_lines_of_the_installed_server_about_itself_are_known() -> None:
    source = Path(arbiter.__file__).read_text("utf-8")
    unknown = [one for one in logs.OF_ITSELF if one not in source and one not in Path(sock.__file__).read_text("utf-8")]
    assert unknown == ["Parent changed, shutting down: "]  # said by the workers


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
