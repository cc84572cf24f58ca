"""One case of the caseload and one case manager, with the facts that the service supplied.

Keys are random and mean nothing; names and local ids live in ``private/`` and never reach these values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

FactValue = str | int | date | None


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody or something that is examined: a case or a case manager.

    ``facts`` holds what is known now, ``supplied`` what the service said first: where the inspector corrected a fact
    the two differ, and both are kept.
    """

    kind: str
    key: str
    label: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    supplied: Mapping[str, FactValue] = field(default_factory=dict)
    managed_by: str = ""
