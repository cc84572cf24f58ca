"""The doctor: looks at everything a team's Caselight rests on, and says what is wrong, why, and how to mend it."""

from __future__ import annotations

from datetime import datetime

from caselight.method.faults import Fault
from caselight.procedures.serving.starting import unreachable
from caselight.procedures.serving.upgrading import not_ready


def examine(*, at: datetime) -> list[Fault]:
    """Everything that was found; nothing where all is well."""
    del at
    return unreachable() or not_ready()
