"""Every page, asked for as another site would have it: in a frame, under another host, with a way back, by a safe method."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from lxml import html
from tests import cast
from tests.evidence.work.looking import House, Room, open_to
from tests.evidence.work.places import SIGNING_IN, address, good, pages, rows
from tests.evidence.work.sessions import without_factor
from tests.evidence.work.watching_writes import Write, writes

from caselight.store.audit.models import AuditRow

EVIL, FORWARDED = "evil.example", "forwarded.example"
WAYS_BACK = (
    "https://evil.example/", "//evil.example/", "///evil.example/", "/\\evil.example/", "\\\\evil.example/",
    "https:evil.example", "javascript:alert(1)", "http://localhost@evil.example/", "\thttps://evil.example/",
    "data:text/html,evil.example", "https://localhost.evil.example/", "/%09/evil.example",
)  # fmt: skip
PARAMETERS = (
    "next", "url", "to", "back", "return", "returnTo", "return_to", "redirect", "redirect_to", "redirect_uri",
    "continue", "dest", "target", "after", "goto", "from", "referer", "callback",
)  # fmt: skip
HEADERS = {
    "x-forwarded-host": FORWARDED, "x-host": FORWARDED, "x-forwarded-server": FORWARDED, "x-original-host": FORWARDED,
    "forwarded": f"host={FORWARDED}", "x-original-url": "/people/", "x-rewrite-url": "/people/",
    "x-forwarded-prefix": f"//{FORWARDED}", "x-http-method-override": "POST", "x-method-override": "DELETE",
    "referer": f"https://{EVIL}/", "origin": f"https://{EVIL}",
}  # fmt: skip
RULES = ("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'", "default-src 'none'")
FRAMED_BY_US = ("letter:preview",)  # it stands in the page of the letter, can run nothing and load nothing
ONLY_BY_READING = ("audit_",)  # a child's name that is read is written down, in a chain of its own


def attack(house: House, found: Any, draw: random.Random, trials: int, *, only: str | tuple[str, ...] = "") -> None:
    """Each page once at least, and up to so many; then the same under another host. ``only``: those that begin so."""
    rooms = [room for room in open_to("GET", each=True) if room.url.startswith(only)]
    draw.shuffle(rooms)
    firsts = list({room.url: room for room in rooms}.values())
    for n, room in enumerate([*firsts, *rooms][: max(trials, len(firsts))]):
        _page(house, found, room, house.address(room), 0 if only else n)
    for n, (room, path) in enumerate([] if only else _signing_in()):
        _page(house, found, room, path, n)
    for room in firsts:
        answer = house.get(room, host=EVIL)
        found.try_("under another host", "" if answer.status_code == 400 else f"{room.url}: {answer.status_code}")


def _signing_in() -> Iterator[tuple[Room, str]]:
    for row in rows():
        if row.method == "GET" and row.url.startswith(SIGNING_IN) and row.url != "account_logout":
            page = pages()[row.url]
            for person in ("", "lead"):
                yield Room(row.url, "GET", "", person, "", "fieldwork"), address(page, good(page, "", "lead"))


def _page(house: House, found: Any, room: Room, path: str, n: int) -> None:
    query = urlencode(dict.fromkeys(PARAMETERS, WAYS_BACK[n % len(WAYS_BACK)]) | {"_method": "POST"})
    last = AuditRow.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    client = house.enter(room)
    with writes() as written:
        answer = client.get(f"{path}?{query}", headers=HEADERS)
    found.try_("in a frame", _framed(room, answer))
    found.try_("a way out of the site", _led_away(room, answer, path))
    found.try_("read by a safe method", _wrote(room, written, last))
    if answer.status_code >= 500:
        found.try_("broke", f"{room.url}: {answer.status_code}")


def _framed(room: Room, answer: Any) -> str:
    """Whether another site could show it in a frame, or read what it says."""
    policy = answer.headers.get("Content-Security-Policy", "")
    if room.url in FRAMED_BY_US and answer.status_code == 200:
        held = answer.headers.get("X-Frame-Options") == "SAMEORIGIN" and "frame-ancestors 'self'; sandbox" in policy
        return "" if held and "script-src" not in policy and "unsafe" not in policy else f"{room.url}: {policy}"
    lacks = [name for name, value in (("X-Frame-Options", "DENY"), ("X-Content-Type-Options", "nosniff"),
             ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"))
             if answer.headers.get(name) != value]  # fmt: skip
    lacks += [rule for rule in RULES if rule not in policy]
    if re.search(r"unsafe-|\*|https?:", policy):
        lacks.append(f"a strict policy: {policy}")
    lacks += [name for name in answer.headers if name.lower().startswith("access-control-allow")]
    return f"{room.url} ({answer.status_code}): {lacks}" if lacks else ""


def _led_away(room: Room, answer: Any, path: str) -> str:
    """Whether the answer sends a person to another site, or offers to."""
    said = f"{dict(answer.items())}"
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if FORWARDED in said or FORWARDED.encode() in body:
        return f"{room.url} repeats a host that a header named"
    there = [answer.headers.get("Location", "")]
    if answer.headers.get("Content-Type", "").startswith("text/html") and body:
        tree = html.document_fromstring(body.decode())
        there += [str(link) for link in tree.xpath("//@href|//@action|//@src|//@formaction|//meta/@content")]
    out = [one for one in there if away(one, path)]
    return f"{room.url} leads to {out[0][:80]}" if out else ""


def away(to: str, path: str = "/") -> bool:
    """Whether a browser that is at a path of ours would leave the site, or run something, by following it.

    >>> away("/accounts/login/?next=/x"), away("//evil.example/"), away("javascript:alert(1)"), away("/\\\\evil.example")
    (False, True, True, True)
    """
    plain = re.sub(r"[\t\r\n]", "", to).strip().replace("\\", "/")
    if plain.startswith(("data:image/", "width=", "#")):
        return False
    if re.match(r"https?:(?!//)", plain, re.IGNORECASE):  # a browser reads a host behind it where the scheme is another
        return True
    whole = urlsplit(urljoin(f"http://localhost{path}", plain))
    ours = ("localhost", "www.nationalarchives.gov.uk", "github.com")
    return whole.scheme not in ("http", "https", "mailto", "tel") or (whole.hostname or "localhost") not in ours


def _wrote(room: Room, written: list[Write], last: int) -> str:
    """Whether looking at a page changed anything, except that a child's name was read."""
    acts = set(AuditRow.objects.filter(pk__gt=last).values_list("chain", flat=True))
    more = {one.table for one in written if not one.table.startswith(ONLY_BY_READING)}
    more |= {chain for chain in acts if not chain.startswith("reads:")}
    return f"{room.url} changed {sorted(more)}" if more else ""


def sign_in(found: Any, most: int | None = None) -> None:
    """Signing in with a way back of another site, and a mail with a link that another host asked for."""
    without_factor("stranger")
    for way in WAYS_BACK[:most]:
        client = Client(SERVER_NAME="localhost")
        said = {"login": "stranger@example.org", "password": cast.PASSWORD, "next": way}
        answer = client.post(f"/accounts/login/?{urlencode({'next': way})}", said)
        to = answer.headers.get("Location", "")
        wrong = "" if answer.status_code == 302 and not away(to) else f"{way!r}: {answer.status_code} to {to!r}"
        found.try_("a way out when signing in", wrong)
    cache.clear()
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        client = Client(SERVER_NAME="localhost")
        client.post("/accounts/password/reset/", {"email": "lead@example.org"}, headers=HEADERS)
    text = str(mail.outbox[-1].body) if getattr(mail, "outbox", None) else ""
    wrong = "no mail was sent" if "http" not in text else "the mail's link" if "http://localhost/" not in text else ""
    found.try_("a mail's link", wrong)
