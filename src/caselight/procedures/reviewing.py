"""Sending the letter for review: the service reads it and comments. A letter that cannot be read is not sent."""

from __future__ import annotations

from datetime import datetime

from caselight.method.faults import Fault, refuse
from caselight.procedures.lettering import letter_package, look
from caselight.store.identities.actions.vault import names_to_check
from caselight.store.inspections.actions import advance
from caselight.store.inspections.models import State


def send_for_review(key: str, *, by: str, at: datetime) -> None:
    """Move an inspection from draft to fact check with its letter as it is saved.

    Raises :class:`Faults`, and moves nothing, for a letter that is missing in a language (``letter.missing``) or has
    mistakes (its own faults: known names are among them), and ``store.state`` from any other state.
    """
    package = letter_package(key)
    names = names_to_check(by=by, inspection=key, at=at)
    for language in package.inspection.languages:
        if language not in package.letters:
            says = (
                "There is no letter yet." if len(package.inspection.languages) == 1 else f"No letter yet: {language}."
            )
            refuse([Fault("letter.missing", ("letter", language), says, "Write it and save it first.")])
        refuse(look(package, language, package.letters[language], names=names).faults)
    advance(by=by, inspection=key, to=State.FACT_CHECK, at=at)
