"""Whether two answers are the same, byte for byte, but for the names that were asked for and what is drawn for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

# Signs and keys that each page gets anew.
DRAWN = re.compile(
    r'''(name="(?:csrfmiddlewaretoken|once|concern|contact|op|gate_op|request)" value=|"token": )"[^"]*"'''
)
VALUES = re.compile(r"'(?:[^']|'')*'|\b[0-9a-f]{6,}\b|\d+")  # in statements, also the names of savepoints
EACH = ("x-request-id", "date", "content-length")  # the last: of a body whose names were of other lengths
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody can see of an answer, with the statements that were put to the database for it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    body: str
    statements: tuple[str, ...]


def answered(client: Client, method: str, path: str, names: Iterable[str] = (), **sent: Any) -> Answer:
    """The answer to a request; each of ``names`` is left out of it, for it was in the question."""
    reset_queries()  # no more than so many are kept
    with CaptureQueriesContext(connection) as asked:
        said = client.generic(method, path, **sent)
    body = b"".join(said.streaming_content) if said.streaming else said.content
    number = said.headers.get("X-Request-ID", "\0")  # stands on the pages of refusals
    headers = sorted((name.lower(), _plain(value, names)) for name, value in said.items() if name.lower() not in EACH)
    return Answer(
        said.status_code,
        tuple(headers),
        tuple(sorted(said.cookies)),
        _plain(DRAWN.sub(r"\1", body.decode("utf-8", "backslashreplace").replace(number, "")), names),
        tuple(VALUES.sub("?", one["sql"] or "") for one in asked.captured_queries),
    )


def differences(one: Answer, other: Answer) -> list[str]:
    """What tells them apart, in a few words each."""
    said = []
    if one.status != other.status:
        said.append(f"status {one.status} and {other.status}")
    if one.headers != other.headers:
        said.append(f"headers {sorted(set(one.headers) ^ set(other.headers))}"[: 3 * LONGEST])
    if one.cookies != other.cookies:
        said.append("cookies")
    if one.body != other.body:
        said.append(f"body {_first(one.body, other.body)}")
    if one.statements != other.statements:
        said.append(f"statements, {len(one.statements)} and {len(other.statements)}: " + _more(one, other))
    return said


def _plain(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = re.sub(rf"(?<!\d){name}(?!\d)", "…", text) if name.isdecimal() else text.replace(name, "…")
    return text


def _first(one: str, other: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"“{one[max(0, at - 20) : at + LONGEST]}” and “{other[max(0, at - 20) : at + LONGEST]}”"


def _more(one: Answer, other: Answer) -> str:
    left: Sequence[str] = one.statements
    for statement in other.statements:
        if statement in left:
            left = (*left[: left.index(statement)], *left[left.index(statement) + 1 :])
    return (left[0] if left else "in another order or fewer")[: 2 * LONGEST]
