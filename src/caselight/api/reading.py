"""Reads the JSON of a request: bounded in size and depth, UTF-8 only, and nothing that JSON does not have."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.conf import settings
from django.http import HttpRequest
from ninja.parser import Parser

from caselight.method.faults import Fault, Faults

DEEPEST = 32


class Reader(Parser):
    """Ninja's parser, which refuses with a fault what it cannot take."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain values; ``Faults`` when it is too large, not UTF-8, not JSON, or too deep."""
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if len(request.body) > most:
            raise Faults([too_large(most)])
        try:
            value = json.loads(request.body.decode("utf-8"), parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:  # UnicodeDecodeError and JSONDecodeError are both ValueError
            says = "The request is not JSON that can be read."
            raise Faults([Fault("api.not-json", (), says, "Send JSON in UTF-8.")]) from error
        if _deeper(value, DEEPEST):
            says = f"The request is nested more than {DEEPEST} levels deep."
            raise Faults([Fault("api.not-json", (), says, "Send it as the description of the API says.")])
        return value


def too_large(most: int) -> Fault:
    """The refusal of a request of more bytes."""
    cure = "Send fewer answers at once; bring a large package in on the command line: caselight import."
    return Fault("api.too-large", (), f"The request is larger than {most // 1_000_000} MB.", cure)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _deeper(value: Any, most: int) -> bool:
    """Whether lists and objects lie in each other more than so many levels deep; level by level, for speed."""
    level = [value] if isinstance(value, (dict, list)) else []
    for _ in range(most):
        if not level:
            return False
        inside = (outer.values() if isinstance(outer, dict) else outer for outer in level)
        level = [item for items in inside for item in items if isinstance(item, (dict, list))]
    return bool(level)
