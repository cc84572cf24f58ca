"""By what people in the room know a case: the service's record number and the child's initials. Each reading is noted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from caselight.store.identities.actions.vault import read_identities
from caselight.store.identities.queries import identified


def known_as(inspection: str, keys: Iterable[str], *, by: str, at: datetime) -> dict[str, tuple[str, str]]:
    """Record number and initials by case key, of those that are identified."""
    known = set(identified(inspection))
    wanted = [key for key in keys if key in known]
    found = read_identities(by=by, inspection=inspection, subject_keys=wanted, at=at)
    return {
        key: (one.identity.local_id, "".join(word[:1].upper() for word in one.identity.name.split()))
        for key, one in found.items()
    }
