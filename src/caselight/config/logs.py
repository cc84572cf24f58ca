"""The log: one JSON object a line, with named fields only, so that nothing personal can get in by a side door.

A message stands as it was written in the source, without what was put into it; an exception as its type and the lines
of code it passed through, without what it said. What is not in ``FIELDS`` is left out. Only what the server says of
itself is whole: its address, its processes and their signals are of nobody.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from django.http import HttpRequest, HttpResponse

FIELDS = ("request_id", "user", "method", "path", "status", "milliseconds", "work", "code", "rounds", "count")
SPOKEN = ("caselight", "gunicorn", "django")  # whose messages are constants; others may have built theirs from data

# How lines of gunicorn begin into which nothing of a request is ever put.
OF_ITSELF = (
    "Starting gunicorn ", "Listening at: ", "Using worker: ", "Booting worker with pid: ", "Worker exiting (pid: ",
    "Worker (pid:", "WORKER TIMEOUT (pid:", "Handling signal: ", "Unhandled signal: ", "Ignoring unknown signal: ",
    "Parent changed, shutting down: ", "Connection in use: ", "Invalid address: ", "Can't connect to ",
)  # fmt: skip
CERTAIN = re.compile("[^=:'\"(0-9]*")  # what a line that was built elsewhere may begin with and hold nothing sent

REFUSING = "django.security"  # says what it refused in the words of the exception: the host that was sent, a path

requests = logging.getLogger("caselight.requests")


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; fields that a record does not have are left out."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        if record.name.partition(".")[0] in SPOKEN:
            line["says"] = _said(record)[:300]
        line |= {name: value for name in FIELDS if (value := record.__dict__.get(name)) is not None}
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = record.exc_info[0].__qualname__
            line["through"] = _through(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def _said(record: logging.LogRecord) -> str:
    message = str(record.msg)
    if record.name.startswith(REFUSING):
        return message if record.args else _certain(message)
    if not record.name.startswith("gunicorn"):
        return message
    if message.startswith(OF_ITSELF):
        return record.getMessage()
    # gunicorn builds some lines before it logs them, from the address and the words of a request that it refused.
    return message if record.args else _certain(message)


def _certain(message: str) -> str:
    return CERTAIN.match(message)[0].rstrip()  # type: ignore[index]  # it matches anything


def _through(trace: TracebackType | None) -> list[str]:
    """The last lines of code an exception passed through: file, line and function."""
    steps = [(frame.f_code, number) for frame, number in traceback.walk_tb(trace)][-12:]
    return [f"{Path(code.co_filename).name}:{number} {code.co_name}" for code, number in steps]


def request_log(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: one line for each request, with the pattern of its address and never the address itself."""

    def answer(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        request_id = secrets.token_hex(8)
        request.META["CASELIGHT_REQUEST_ID"] = request_id
        response = get_response(request)
        response["X-Request-ID"] = request_id
        match = request.resolver_match
        requests.info(
            "Answered",
            extra={
                "request_id": request_id,
                "user": _user(request),
                "method": request.method,
                "path": match.route if match else None,
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
            },
        )
        return response

    return answer


def _user(request: HttpRequest) -> str | None:
    """The key of who asked, if somebody already looked it up: the log costs no query of its own."""
    signed_in, caller = request.__dict__.get("_cached_user"), request.__dict__.get("auth")
    # Of a token's request the one is nobody, and the other, the API's own, says who it speaks for.
    return getattr(signed_in, "key", None) or getattr(caller, "user", None)
