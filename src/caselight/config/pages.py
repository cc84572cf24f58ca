"""What is said when a request cannot be answered: a page without details, the same to everybody; programs get a problem.

The pages ask nothing of the database, so that they can be shown when it is gone; where even the page cannot be made, its
words are sent as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from caselight.api.problems import problem
from caselight.method.faults import Fault
from caselight.web.design.context import NAME


def _minutes() -> str:
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60
    return "a minute" if minutes == 1 else f"{minutes} minutes"


@dataclass(frozen=True)
class Words:
    """A heading, and sentences that say what happened and what to do."""

    title: str
    says: tuple[str, ...]

    @property
    def line(self) -> str:
        """All of it."""
        return " ".join(self.says)


PAGES = {
    400: Words(
        "This request could not be understood",
        ("Nothing was changed.", "Go back and try again. If you followed a link, check that it is whole."),
    ),
    403: Words(
        "You may not do this",
        ("Your role does not allow it here and now. Nothing was changed.", "Ask the lead if you think that it should."),
    ),
    404: Words(
        "There is nothing here that you can see",
        (
            "Check the address, or go to the first page and look from there.",
            "If you were given a link, ask who gave it.",
        ),
    ),
    413: Words(
        "What was sent is too large",
        ("Nothing was changed.", "Send less at once, or a smaller file."),
    ),
    429: Words(
        "There were too many attempts to sign in",
        (
            f"{settings.AXES_FAILURE_LIMIT} wrong passwords were typed for this account, or from your network. "
            f"Wait {_minutes()} after the last of them, then sign in. Trying sooner does not make it longer.",
            "If you forgot your password, ask an administrator for a link to choose a new one. It does not shorten the wait.",
        ),
    ),
    500: Words(
        "Something went wrong on our side",
        ("Nothing was recorded that was not acknowledged.", "Try again in a moment."),
    ),
}
FORGED = Words(
    "Nothing was saved: this page was out of date",
    (
        "You have signed in again, or out, since the page was opened, perhaps in another window.",
        "Open the page again and send it once more.",
    ),
)
SECRET = re.compile("password|code|token|credential|secret", re.IGNORECASE)
# What the pages themselves put into their forms, and nobody types (a test holds it against every form): keys, versions,
# instants. Showing them would hide what was typed among what nobody can read.
UNTYPED = frozenset({
    "all", "allocation", "asked", "base", "bases", "concern", "contact", "content", "gate_bases", "gate_op", "kind",
    "language", "made", "made_at", "next", "once", "op", "order", "page", "proposal", "question", "request", "row", "show",
    "step", "stop", "subject", "table", "totals", "two", "version",
})  # fmt: skip


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    del exception
    return _answer(request, 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403; the reason is not told."""
    del exception
    return _answer(request, 403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form that does not carry the sign of the session: most often one that was open while somebody signed in."""
    del reason
    ours = request.headers.get("Sec-Fetch-Site") == "same-origin"  # nothing that another site sent is shown in our name
    return _answer(request, 403, FORGED, **(_again(request) if ours else {}))


def _again(request: HttpRequest) -> dict[str, object]:
    """The page that was sent, where it is one of ours, and all that was typed and chosen in it: never a password or a code.

    Nothing is cut: a form is no larger than is taken at once, and what is not shown here is lost.
    """
    before = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    typed = [
        (name.replace("_", " ").replace("-", " ").capitalize(), text)
        for name, values in request.POST.lists()
        if name not in UNTYPED and not SECRET.search(name) and (text := "\n".join(filter(str.strip, values)))
    ]
    return {"again": before if own else "", "typed": typed}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    del exception
    return _answer(request, 404)


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    return _answer(request, 413)


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    return _answer(request, 500)


def locked_out(request: HttpRequest, *_: object, **__: object) -> HttpResponse:
    """429, the same for accounts that there are and that there are not."""
    return _answer(request, 429)


def _answer(request: HttpRequest, status: int, words: Words | None = None, **more: object) -> HttpResponse:
    words = words or PAGES[status]
    number = request.META.get("CASELIGHT_REQUEST_ID", "")
    if request.path.startswith("/api/"):
        response = problem([Fault("api.refused", (), f"{words.title}.", words.line)], status=status)
    else:
        response = _page(words, status, number, more)
        if more:
            response["Cache-Control"] = "no-store"
    if status == 429:
        response["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return response


def _page(words: Words, status: int, number: str, more: Mapping[str, object]) -> HttpResponse:
    try:
        html = render_to_string(
            "design/error.html",
            {"product": NAME, "words": words, "number": number, "demonstration": settings.DEMONSTRATION, **more},
        )
    except Exception:  # noqa: BLE001 - whatever is broken, the words must reach whoever asked
        text = f"{words.title}. {words.line}\n" + (
            f"If you ask for help, give this number: {number}\n" if number else ""
        )
        return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    return HttpResponse(html, status=status)
