"""Which question set each inspection is pinned to."""

from __future__ import annotations

from collections.abc import Iterable

from caselight.store.inspections.models import Inspection


def pinned(keys: Iterable[str]) -> dict[str, str]:
    """The address of the question set of each inspection, by the inspection's key."""
    return dict(Inspection.objects.filter(key__in=list(keys)).values_list("key", "framework_id"))
