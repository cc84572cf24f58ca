"""What S13 does inside Django: sends the API what its description allows, forbids and never thought of."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

SLOW = 2.0  # seconds of computing


def attack(trials: int, seed: int, *, broken: bool = False) -> dict[str, Any]:
    """Requests made from the API's own description, and by hand; ``broken`` plants a view that trips over a note."""
    from django.test import Client
    from tests.factories.store import seeded, token

    store = seeded()
    client = Client(
        headers={"authorization": f"Bearer {token(store.people['lead'])}"},
        raise_request_exception=False,
        SERVER_NAME="localhost",
    )
    said: list[str] = []
    tried = 0
    slowest = 0.0

    def send(method: str, path: str, **more: Any) -> Any:
        nonlocal tried, slowest
        tried += 1
        began = time.process_time()  # of this process: how busy the machine is says nothing
        response = client.generic(method, path, **more)
        took = time.process_time() - began
        slowest = max(slowest, took)
        if response.status_code >= 500 and response.status_code != 503:
            said.append(f"{method} {path[:80]} was answered {response.status_code}.")
        if took > SLOW:
            said.append(f"{method} {path[:80]} took {took:.1f} s.")
        return response

    if broken:
        _plant()
    for method, path, more in _by_hand():
        send(method, path, **more)
    _described(send, said, trials, seed)
    return {"tried": tried, "said": said, "slowest": round(slowest, 2)}


def _plant() -> None:
    """Trip over a list that is asked for beyond its end, as code does that never thought of it."""
    from caselight.api import frameworks, inspections

    def tripping(found: Any, after: int, limit: int, out: Callable[[Any], Any]) -> Any:
        return {"items": [out(found[n]) for n in range(after, after + limit)], "next": None, "total": len(found)}

    frameworks.page = inspections.page = tripping


def _described(send: Callable[..., Any], said: list[str], trials: int, seed: int) -> None:
    """Each operation with requests that fit its description and requests that do not."""
    import schemathesis
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded_with
    from schemathesis import GenerationMode

    from caselight.api.app import api

    warnings.simplefilter("ignore")
    described = schemathesis.openapi.from_dict(api.get_openapi_schema())
    operations = [found.ok() for found in described.get_all_operations()]
    each = max(trials // (2 * len(operations)), 3)
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                made = operation.as_strategy(generation_mode=mode)
            except Exception:  # noqa: BLE001, S112 - nothing of this operation can be made wrong
                continue

            @seeded_with(seed)
            @settings(
                max_examples=each, deadline=None, database=None, phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(case=made)
            def run(case: Any) -> None:
                _send_case(send, said, case)

            try:
                run()
            except Exception as error:
                if "Unsatisfiable" not in type(error).__name__:
                    raise


def _send_case(send: Callable[..., Any], said: list[str], case: Any) -> None:
    import requests

    if "key" in (case.path_parameters or {}) and case.id[-1] in "02468ace":
        case.path_parameters["key"] = "testshire"  # else hardly anything would come further than the address
    wanted = case.as_transport_kwargs(base_url="http://testserver/")
    try:
        prepared = requests.Request(**{
            key: wanted[key] for key in ("method", "url", "params", "data", "json", "files", "cookies") if key in wanted
        }).prepare()  # fmt: skip
    except (requests.exceptions.InvalidURL, UnicodeError, ValueError):
        return
    path = prepared.path_url
    body = prepared.body or b""
    data = body.encode() if isinstance(body, str) else body
    response = send(case.method, path, data=data, content_type=prepared.headers.get("content-type", "application/json"))
    kind = response.get("content-type", "")
    if response.status_code >= 400 and kind != "application/problem+json" and path.startswith("/api/inspections/"):
        said.append(f"{case.method} {path[:80]} was refused as {kind}, and not as a problem.")


def _by_hand() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Shapes that no description makes."""
    answers = "/api/inspections/testshire/answers"
    bodies = [
        b"", b"\0", b"\xff\xfe", b"[" * 200_000, b'{"a":' * 100_000, b'{"events":[' + b"null," * 100_000 + b"null]}",
        b'{"events": "\\ud800"}', b'{"events": [1e999]}', b'{"events": [' + b"9" * 100_000 + b"]}",
        b"{" + b",".join(b'"k%d":1' % n for n in range(1_000_000)) + b"}",
        b'{"events":[{"op_id":"\\u0000"}]}', b"x" * 9_000_000,
    ]  # fmt: skip
    for body in bodies:
        yield "POST", answers, {"data": body, "content_type": "application/json"}
    for name in ("HTTP_X_LONG", "HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_IF_NONE_MATCH", "HTTP_HOST"):
        yield "GET", "/api/inspections", {name: "a" * 65_536}
    for text in ("%00", "%ff", "..%2f..", "%F0%9F%92%A9", "a" * 5_000, "%0d%0aSet-Cookie:x", "'%20OR%201=1--"):
        yield "GET", f"/api/inspections/{text}", {}
        yield "GET", f"/api/frameworks/{text}", {}
        yield "GET", f"/api/inspections?after={text}", {}
        yield "GET", f"/api/inspections/testshire/answers/{text}/receipt", {}
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "PROPFIND"):
        yield method, answers, {}
    for kind in ("text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "application/xml", "nonsense"):
        yield "POST", answers, {"data": b"<a/>", "content_type": kind}
        yield "POST", "/api/packages", {"data": b"PK\x03\x04", "content_type": kind}
