"""What the people of :mod:`benchmarks.crowd` do; locust runs it in an environment of its own, so it imports nothing of ours.

Inspectors open their cases and one of them, answer a question as the page's script does it, and look again; readers
look at the inspection, the board of moderation, the findings and the letter. Each waits some seconds between two acts,
as people do.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
import uuid
from typing import ClassVar

from locust import HttpUser, between, task
from locust.exception import StopUser

PLAN = json.loads(os.environ["CASELIGHT_CROWD"])
HERE = f"/inspections/{PLAN['inspection']}"
BACKGROUND = {"X-Caselight-Background": "1"}
_FORM = re.compile(r"<form[^>]*data-cl-answer.*?</form>", re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def uuid7() -> str:
    """A UUID of version 7, as a page makes it."""
    milliseconds = time.time_ns() // 1_000_000
    return str(
        uuid.UUID(int=milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62))
    )


class Signed(HttpUser):
    """Somebody who is signed in."""

    abstract = True
    wait_time = between(1, 3)
    people: ClassVar[list[list[str]]] = []

    def on_start(self) -> None:
        """Take the next place that is free."""
        if not self.people:
            raise StopUser
        session, self.case = self.people.pop()
        self.client.cookies.set("sessionid", session)


class Inspector(Signed):
    """Answers questions of one case, over and over."""

    fixed_count = len(PLAN["inspectors"])
    people = PLAN["inspectors"]

    @task(1)
    def cases(self) -> None:
        """The list of cases."""
        self.client.get(f"{HERE}/cases/", name="cases")

    @task(5)
    def answer(self) -> None:
        """Open the case, answer its first question, and let the page look again."""
        address = f"{HERE}/cases/case/{self.case}/"
        page = self.client.get(address, name="case").text
        form = next(_FORM.finditer(page), None)
        if form is None:
            return
        said = dict(_HIDDEN.findall(form.group()))
        said |= {"value": "yes", "note": f"Seen {secrets.token_hex(4)}", "op": uuid7()}
        with self.client.post(
            f"{address}answer", said, headers=BACKGROUND, name="answer", catch_response=True
        ) as answered:
            if "Saved on the server" not in answered.text:
                answered.failure(f"{answered.status_code}: not saved")
        self.client.get(address, headers=BACKGROUND, name="case, after an answer")


class Reader(Signed):
    """Looks at what was found."""

    fixed_count = len(PLAN["readers"])
    people = PLAN["readers"]

    @task
    def look(self) -> None:
        """A page after the other."""
        for name in ("", "moderation/", "findings/", "letter/"):
            self.client.get(f"{HERE}/{name}", name=name or "inspection")
