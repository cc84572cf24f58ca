"""Actions beside answers, from completed workbooks: new ones, changed ones, dropped ones."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

from caselight.formats.workbook.reading.changes import Promised
from caselight.formats.workbook.reading.completed import Completed
from caselight.method.faults import Fault, quoted
from caselight.method.inspection.package import Action


class Actions:
    """The actions of an inspection while workbooks are read: each may be changed once, or twice in the same way."""

    def __init__(self, actions: tuple[Action, ...]) -> None:
        self._now = {action.id: action for action in actions}
        self._changed: dict[str, str] = {}
        self.count = 0

    def all(self) -> tuple[Action, ...]:
        """Every action as it stands now."""
        return tuple(self._now[key] for key in sorted(self._now))

    def take(self, promised: Promised, read: Completed) -> None:
        """Take over what stands beside an answer; what another workbook says in another way is a fault of the cell."""
        new = self._action(promised, read)
        known = self._now.get(new.id)
        if known == new:
            return
        if new.id in self._changed:
            says = (
                f"The workbooks {quoted(self._changed[new.id])} and {quoted(read.name)} change the action "
                f"{quoted(known.text if known else new.text)} in different ways."
            )
            spot = (promised.record.address, promised.item.key, "action")
            fault = Fault("workbook.action-differs", (new.id,), says, "Agree on one, and write it into both.")
            read.note(spot, fault)
            return
        self._now[new.id] = new
        self._changed[new.id] = read.name
        self.count += 1

    def _action(self, promised: Promised, read: Completed) -> Action:
        due = date.fromisoformat(promised.due) if promised.due else None
        known = self._now.get(promised.entry.action)
        if known is not None:
            if not promised.text:
                return replace(known, status="dropped")
            return replace(known, text=promised.text, owner=promised.owner, due=due)
        address = read.contents.address(promised.item, promised.record.kind, promised.record.key, "")
        content = "\0".join((read.book.meta.id, *address, promised.text, promised.owner, promised.due))
        key = "a-" + hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return Action(
            key, address.subject_kind, address.subject_key, address.question_id, promised.text, promised.owner, due
        )
