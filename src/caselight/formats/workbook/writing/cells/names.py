"""Names of sheets that spreadsheet programs accept: at most 31 characters, none of them special, each there once."""

from __future__ import annotations

import re

LONGEST = 31


class Names:
    """Gives names out, each once, whatever the case of its letters."""

    def __init__(self) -> None:
        self._taken: set[str] = {"history"}  # Excel keeps it for itself

    def take(self, wanted: str) -> str:
        """A free name like the one that is wanted."""
        plain = " ".join(re.sub(r"[\[\]:*?/\\]|[\x00-\x1f]", " ", wanted).split()).strip("'") or "Sheet"
        name, number = plain[:LONGEST].strip("' "), 1
        while name.casefold() in self._taken:
            number += 1
            tail = f" ({number})"
            name = plain[: LONGEST - len(tail)].strip("' ") + tail
        self._taken.add(name.casefold())
        return name


def quoted(name: str) -> str:
    """A sheet's name as a formula writes it."""
    return "'" + name.replace("'", "''") + "'"
