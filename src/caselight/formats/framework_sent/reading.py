"""Reading a framework that somebody sent, whatever it holds: in a process of its own, which may fail without harm."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from caselight.formats.framework_sent.unpacking import FAULTS, LARGEST
from caselight.formats.limited_process import answer_of
from caselight.method.faults import Fault, Place, Severity
from caselight.method.framework.definition import Framework

SECONDS = 60
CHILD = "caselight.formats.framework_sent.child"


@dataclass(frozen=True, slots=True)
class Sent:
    """What was read: everything that is wrong; where nothing is in error also the framework, and its files by path.

    ``document`` is the framework as canonical JSON.
    """

    faults: tuple[Fault, ...]
    framework: Framework | None = None
    document: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


def read_sent(name: str, data: bytes, *, seconds: float = SECONDS) -> Sent:
    """The framework in a file that somebody sent, and everything that is wrong with it. Never raises."""
    if not data.strip():
        return Sent((FAULTS["framework.sent-empty"],))
    if len(data) > LARGEST:
        return Sent((FAULTS["framework.sent-too-large"],))
    told = answer_of(CHILD, name, data, seconds)
    if "faults" not in told:
        return Sent((FAULTS["framework.sent-unreadable"],))
    faults = tuple(_fault(one) for one in told["faults"])
    if "framework" not in told:
        return Sent(faults)
    files = {path: base64.b64decode(content) for path, content in told["files"].items()}
    return Sent(faults, Framework.model_validate_json(told["framework"]), told["framework"], files)


def _fault(told: Mapping[str, Any]) -> Fault:
    place = Place(*told["place"]) if told["place"] else None
    return Fault(told["code"], tuple(told["where"]), told["says"], told["cure"], Severity(told["severity"]), place)
