"""Asking once more for what was allowed before a request waited, as the database says now."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import datetime
from functools import cache

from caselight.store.assessments.access import scope
from caselight.store.inspections.access import Access, Granted, demand, demand_some, everywhere


def demand_again(granted: Iterable[Hashable], at: datetime) -> None:
    """Refuse as ``demand`` does whatever of this is no longer allowed at an instant."""

    @cache
    def access(user: str, inspection: str) -> Access:
        return scope(user, inspection, at) if inspection else everywhere(user, at)

    for one in [one for one in granted if isinstance(one, Granted)]:
        now = access(one.user, one.inspection)
        if one.some:
            demand_some(now, one.permission)
        else:
            of = {"author": one.author, "agreed": one.agreed, "released": one.released}
            demand(now, one.permission, one.subject_key, **of)  # type: ignore[arg-type] # as they were given
