"""What is too large is refused with a code before it is read, and what is permitted is taken whole."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.http.multipartparser import MultiPartParser
from django.test import Client
from tests.api.test_answers import code_of, event

from caselight.api.problems import status_of

ANSWERS = "/inspections/testshire/answers"


def declared(client: Client, path: str, size: int, kind: str = "application/json", **more: str) -> Any:
    """A request that says that it is so large; not one byte of it may be read."""
    with patch("django.http.request.HttpRequest.read", side_effect=AssertionError("it was read")):
        return client.generic("POST", path, b"", content_type=kind, CONTENT_LENGTH=str(size), **more)


def test_as_many_answers_as_are_permitted_may_have_long_notes(calls: Any) -> None:
    sent = [event(n, note="n" * 16_000) for n in range(1, 251)]
    response = calls("i1").post(ANSWERS, {"events": sent})
    assert response.status_code == 200
    assert sum("signature" in one for one in response.json()["results"]) == 250


def test_a_message_that_is_too_large_is_refused_with_a_code(calls: Any) -> None:
    body = b'{"events": "' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
    response = calls("i1").client.post(f"/api{ANSWERS}", body, content_type="application/json")
    assert (response.status_code, code_of(response)) == (413, "api.too-large")


@pytest.mark.parametrize(
    ("path", "size"),
    [("/api/packages", 201_000_001), (f"/api{ANSWERS}", 8_000_001), ("/api/packages/", 8_000_001)],
)
def test_it_is_refused_by_what_it_says_of_its_size_before_anything_is_read(calls: Any, path: str, size: int) -> None:
    for kind in ("application/json", "multipart/form-data; boundary=x"):
        response = declared(calls("i1").client, path, size, kind)
        assert (response.status_code, code_of(response)) == (413, "api.too-large")


def test_a_form_of_a_page_is_small(db: None) -> None:
    response = declared(Client(), "/accounts/login/", 1_000_001, "multipart/form-data; boundary=x")
    assert response.status_code == 413
    assert "too large" in response.content.decode()


@pytest.mark.parametrize("sent", [{}, {"HTTP_AUTHORIZATION": "Bearer of-nobody"}])
def test_of_what_a_stranger_sends_nothing_is_read(store: Any, sent: dict[str, str]) -> None:
    with patch.object(MultiPartParser, "parse", side_effect=AssertionError("it was read")):
        client = Client(enforce_csrf_checks=True)
        response = client.post("/api/packages", {"file": __file__}, **sent)
    assert (response.status_code, code_of(response)) == (401, "api.sign-in")


def test_why_a_message_cannot_be_read_is_said_as_it_was_found(calls: Any) -> None:
    deep = b"[" * 40 + b"]" * 40
    response = calls("i1").client.post(f"/api{ANSWERS}", deep, content_type="application/json")
    assert code_of(response) == "api.not-json"
    assert "32 levels" in response.json()["title"]


def test_what_is_too_large_in_a_part_of_a_form_is_refused_with_a_code_too(calls: Any) -> None:
    sent = {f"field{n}": "x" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    response = calls("i1").client.post("/api/packages", sent)
    assert (response.status_code, code_of(response)) == (413, "api.too-large")


def test_text_that_no_row_can_hold_is_the_mistake_of_whoever_sent_it(calls: Any) -> None:
    assert status_of("audit.not-text") == 422
    assert status_of("audit.head-not-kept") == 503
