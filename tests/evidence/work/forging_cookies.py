"""The cookies of somebody who signs in over HTTPS: unreadable by scripts where it can be, and sent to us alone."""

from __future__ import annotations

from django.test import Client
from tests import cast
from tests.evidence.work.seeding import seed

NAMES = ("sessionid", "csrftoken")


def attack() -> list[str]:
    """What is wrong with each cookie, and with the rule that browsers come by HTTPS alone."""
    seed()
    client = Client(SERVER_NAME="localhost", headers={"x-forwarded-proto": "https"})
    client.get("/accounts/login/")
    before = client.cookies["sessionid"].value if "sessionid" in client.cookies else ""
    answer = client.post("/accounts/login/", {"login": "lead@example.org", "password": cast.PASSWORD})
    said = [f"{name}: {wrong}" for name in NAMES for wrong in _wrong(client, name)]
    if client.cookies["sessionid"].value == before:
        said.append("sessionid: it is the same as before somebody signed in")
    if "max-age=31536000" not in answer.headers.get("Strict-Transport-Security", ""):
        said.append("Browsers are not told to come by HTTPS alone")
    return said


def _wrong(client: Client, name: str) -> list[str]:
    cookie = client.cookies.get(name)
    if cookie is None:
        return ["there is none"]
    lacks = [word for word in ("secure",) if not cookie[word]]
    lacks += [] if cookie["samesite"] in ("Lax", "Strict") else ["samesite"]
    lacks += ["httponly"] if name == "sessionid" and not cookie["httponly"] else []
    return [f"lacks {word}" for word in lacks] + (["is sent to other hosts"] if cookie["domain"] else [])
