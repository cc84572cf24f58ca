"""The fingerprint of everything that was answered, behind every figure and every accepted sentence (letter.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from caselight.method.answers.events import AnswerEvent

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def snapshot(events: Iterable[AnswerEvent]) -> str:
    """SHA-256 over the events as canonical JSON arrays, one a line, in ``op_id`` order.

    Neither the order of rows nor a row that stands there twice changes it; any other change of any field does.

    >>> snapshot([])[:8]
    'e3b0c442'
    """
    digest = hashlib.sha256()
    for event in sorted(set(events)):
        digest.update(_encode(event).encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()
