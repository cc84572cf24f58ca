"""The definition of an inspection as it leaves the store, with the designs that were chosen there and drawn by."""

from __future__ import annotations

import json

from caselight.method.inspection.definition import Inspection


def with_designs(source: bytes, before: Inspection, now: Inspection) -> bytes:
    """``inspection.yaml`` as somebody wrote it, with the designs at its end; JSON, which YAML holds, where that cannot be."""
    if (before.sample, before.samples) == (now.sample, now.samples):
        return source
    more = {
        name: now.model_dump(mode="json", by_alias=True, include={name}, exclude_none=True)[name]
        for name in ("sample", "samples")
        if getattr(before, name) != getattr(now, name)
    }
    if source.lstrip().startswith(b"{") or any(getattr(before, name) for name in more):
        whole = now.model_copy(update={"decisions": before.decisions, "accepted_words": before.accepted_words})
        told = whole.model_dump(mode="json", by_alias=True, exclude_none=True)
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in more.items()]
    return source.rstrip() + b"\n" + "".join(lines).encode()
