"""The letter as a page of its own: inside the page on which it is written, and for those who read it.

What is typed is kept for a moment for its author alone, so that the frame can fetch it by an address. The page may load
nothing, run nothing and be framed only by our own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

from django.core.cache import cache
from django.http import HttpResponse
from django.utils.html import escape

from caselight.formats.letter.html import letter_html
from caselight.method.report.traced import TracedLetter
from caselight.web.design.visits import InspectionVisit

MINUTES = 30
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
NOTHING = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The letter cannot be shown yet</title></head>'
    "<body><main><h1>The letter cannot be shown yet</h1><p>{says}</p></main></body></html>"
)


def keep(visit: InspectionVisit, language: str, letter: TracedLetter) -> None:
    """Keep the preview of what somebody typed, for them, until they type on."""
    cache.set(_key(visit, language), letter_html(letter), MINUTES * 60)


def forget(visit: InspectionVisit, language: str) -> None:
    """Keep no preview of what somebody typed: it cannot be shown."""
    cache.delete(_key(visit, language))


def kept(visit: InspectionVisit, language: str) -> str | None:
    """The preview of what somebody typed, if there is one."""
    found = cache.get(_key(visit, language))
    return found if isinstance(found, str) else None


def read_by(visit: InspectionVisit, letter: TracedLetter) -> str:
    """The draft as somebody reads who does not write it: their name across its head, and nothing that leads to a case."""
    day = f"{visit.at.day} {visit.at:%B %Y}"
    notice = f"Draft, as read by {visit.person.name} on {day}. Do not pass it on."
    return letter_html(replace(letter, banner=f"{letter.banner} · {notice}" if letter.banner else notice), open_=True)


def nothing(says: str) -> str:
    """A page that says why there is no preview."""
    return NOTHING.format(says=escape(says))


def framed(page: str) -> HttpResponse:
    """The page as an answer, with a policy of its own: the style it carries and nothing else; framed by us alone."""
    styles = " ".join(f"'sha256-{_digest(style)}'" for style in STYLE.findall(page)) or "'none'"
    policy = ("default-src 'none'", f"style-src {styles}", "base-uri 'none'", "form-action 'none'",
              "frame-ancestors 'self'", "sandbox", "report-uri /design/csp")  # fmt: skip
    response = HttpResponse(page)
    response["Content-Security-Policy"] = "; ".join(policy)
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "no-store"
    return response


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _key(visit: InspectionVisit, language: str) -> str:
    named = hashlib.sha256(f"{visit.key}\0{visit.user}\0{language}".encode()).hexdigest()
    return f"letter-preview:{named}"
