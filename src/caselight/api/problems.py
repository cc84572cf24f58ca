"""What a refusal looks like: problem details (RFC 9457) with the code, the cause and the cure of each fault.

``type`` is ``urn:caselight:fault:CODE``, so that a program can tell refusals apart without reading sentences. No
refusal repeats what a person may not know: the same answer is given for what is not there and what is not shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from caselight.method.faults import Fault, Faults

JSON_PROBLEM = "application/problem+json"

# The status of a refusal by the beginning of its code; whatever is not named here is the caller's mistake: 422.
STATUS = {
    "access.not-found": 404,
    "access.signed-out": 401,
    "access.": 403,
    "answer.locked": 409,
    "answer.other-content": 409,
    "store.not-written": 503,
    "audit.": 503,
    "audit.not-text": 422,
    "api.too-large": 413,
    "api.sign-in": 401,
    "api.not-json": 400,
}


def status_of(code: str) -> int:
    """The HTTP status of a fault: that of the longest beginning of its code that is named.

    >>> status_of("access.not-found"), status_of("access.not-granted"), status_of("answer.unknown-question")
    (404, 403, 422)
    """
    named = [start for start in STATUS if code.startswith(start)]
    return STATUS[max(named, key=len)] if named else 422


def problem(faults: Sequence[Fault], *, status: int | None = None) -> HttpResponse:
    """The response for one or more faults; the first gives type, title and status."""
    first = faults[0]
    status = status or status_of(first.code)
    body: dict[str, Any] = {
        "type": f"urn:caselight:fault:{first.code}",
        "title": first.says,
        "status": status,
        "detail": first.cure,
        "faults": [as_data(fault) for fault in faults],
    }
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=JSON_PROBLEM)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="caselight"'
    return response


def as_data(fault: Fault) -> dict[str, Any]:
    """One fault as plain data."""
    place = str(fault.place) if fault.place else "/".join(str(step) for step in fault.where)
    return {"code": fault.code, "where": place, "says": fault.says, "cure": fault.cure, "severity": str(fault.severity)}


def explain_refusals(api: NinjaAPI) -> None:
    """Make every refusal of an API a problem, also those of the library."""

    def faults(request: HttpRequest, refused: Faults) -> HttpResponse:
        del request
        return problem(refused.faults)

    def invalid(request: HttpRequest, refused: ValidationError) -> HttpResponse:
        del request
        return problem([_invalid(error) for error in refused.errors[:50]])

    def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
        del request
        if isinstance(error.__cause__, Faults):  # of our reader, which the library has made an error of its own
            return problem(error.__cause__.faults)
        return problem([_refused(error)], status=error.status_code)

    def too_much(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
        del request, error
        says = "The request has too many parts, or one that is too large."
        return problem([Fault("api.too-large", (), says, "Compare it with /api/openapi.json.")])

    for raised in (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        api.add_exception_handler(raised, too_much)  # type: ignore[arg-type]
    api.add_exception_handler(Faults, faults)  # type: ignore[arg-type]
    api.add_exception_handler(ValidationError, invalid)  # type: ignore[arg-type]
    api.add_exception_handler(HttpError, refused)  # type: ignore[arg-type]


def _invalid(error: dict[str, Any]) -> Fault:
    """What the library's checks found; what was sent is never repeated, because it may be about a child."""
    where = tuple(step for step in error.get("loc", ()) if isinstance(step, (str, int)))[1:]
    if error.get("type") == "extra_forbidden":
        where = where[:-1]  # the name of a field that we do not know is what somebody sent
    says = f"This value is not as the description of the API says: {error.get('msg', 'it is not valid')}."
    return Fault("api.not-valid", where, says, "Compare the request with /api/openapi.json, and send it again.")


def _refused(error: HttpError) -> Fault:
    match error.status_code:
        case 401:
            return Fault("api.sign-in", (), "Nobody is signed in.", "Sign in, or send a token that is still valid.")
        case 403:
            says = "The request does not carry the sign of the page it came from."
            return Fault("api.forged", (), says, "Load the page again and repeat what you did.")
        case 400:
            return Fault("api.not-json", (), "The request is not JSON that can be read.", "Send JSON in UTF-8.")
        case _:
            return Fault("api.refused", (), "The request was refused.", "Compare it with /api/openapi.json.")
