"""Words that are written beside the letter hold no child's name: they stay for as long as the letter does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from caselight.method.faults import Fault, Place, refuse
from caselight.method.report.lint.names import known_names, name_faults
from caselight.procedures.stored import store_package
from caselight.store.identities.actions.vault import names_to_check

CURE = "Take it out: write “the child”, or the number of the paragraph."


def refuse_names(key: str, texts: Iterable[str], *, by: str, at: datetime) -> None:
    """Raise ``letter.known-name`` where a text holds the name, the number or the day of birth of a known person."""
    package = store_package(key)
    months = [month for language in package.framework.wording.values() for month in language.months]
    accepted = (word.word for word in package.inspection.accepted_words)
    names = known_names(names_to_check(by=by, inspection=key, at=at), months, accepted, prose=True)
    found = name_faults(((Place("letter"), text) for text in texts), names)
    refuse(Fault(fault.code, ("says",), fault.says, CURE) for fault in found)
