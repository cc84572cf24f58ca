"""The doctor: looks at everything a team's Caselight rests on, and says what is wrong, why, and how to mend it."""

from __future__ import annotations

from datetime import datetime

from caselight.method.faults import Fault, Faults
from caselight.procedures.doctor import databases, identities, places, records
from caselight.procedures.serving.starting import keys_wrong, unreachable
from caselight.procedures.serving.upgrading import not_ready


def examine(*, at: datetime) -> list[Fault]:
    """Everything that was found at an instant; nothing where all is well.

    What rests on the database is not looked at where it cannot be reached, or is not as this version needs it.
    """
    found = list(places.examine())
    if closed := unreachable() or not_ready():
        return [*closed, *found]
    for look in (databases.examine, keys_wrong, lambda: records.examine(at), identities.examine):
        try:
            found += look()
        except Faults as faults:  # such as a damaged key: a finding like others
            found += faults.faults
    return found
