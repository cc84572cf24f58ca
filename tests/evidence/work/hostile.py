"""A furnished store in which every text that people write, and every name that things are shown by, is what ``say`` gives."""

from __future__ import annotations

import json
from typing import Any

from tests.evidence.work.furnished import Say, furnish, named
from tests.evidence.work.seeding import seed

from caselight.store.frameworks.models import FrameworkVersion
from caselight.store.inspections.models import Inspection

WORDS = ("title", "label", "short", "text", "guidance", "help", "hint", "description", "service")


def hostile(say: Say) -> None:
    """The cast and their inspections; nothing of it is in force before all of it is written."""
    seed()
    furnish(say)
    named(say)
    for one in Inspection.objects.all():
        told = _said(json.loads(one.definition), f"definition.{one.key}", say)
        Inspection.objects.filter(pk=one.pk).update(definition=json.dumps(told, sort_keys=True))
    for version in FrameworkVersion.objects.all():
        told = _said(json.loads(version.document), "framework", say)
        changed = {"title": say("framework.title"), "document": json.dumps(told, sort_keys=True)}
        FrameworkVersion.objects.filter(pk=version.pk).update(**changed)


def _said(value: Any, name: str, say: Say) -> Any:
    """A document with other words; its keys and codes stay."""
    if isinstance(value, list):
        return [_said(one, name, say) for one in value]
    if isinstance(value, dict):
        return {
            key: say(f"{name}.{key}") if key in WORDS and isinstance(one, str) and one else _said(one, f"{name}.{key}", say)
            for key, one in value.items()
        }  # fmt: skip
    return value
