"""What came after fieldwork: the state that a round has reached, and a letter that the service read and commented on."""

from __future__ import annotations

import re
from datetime import date

from caselight.procedures.demonstrating import cast, words
from caselight.procedures.demonstrating.preparing import Made
from caselight.procedures.demonstrating.rounds import instant, later
from caselight.procedures.lettering import first_draft
from caselight.store.inspections.actions import advance
from caselight.store.inspections.models import State
from caselight.store.inspections.states import ORDER
from caselight.store.reports.actions import save_letter
from caselight.store.reports.remarks import Words, remark

TO_WRITE = re.compile(r"TO WRITE: [^{\n]*[^{\s]")
PAUSE = 2  # working days in each state


def go_on(made: Made) -> None:
    """From fieldwork to the state that the round is to have, some days in each."""
    order = list(ORDER[made.round.kind])
    day = made.dates.fieldwork_to
    for state in order[order.index(State.FIELDWORK) + 1 : order.index(made.round.state) + 1]:
        day = later(day, PAUSE)
        if state is State.FACT_CHECK:
            _write(made, day)
        advance(by=made.people[made.round.lead], inspection=made.round.key, to=state, at=instant(day, 11))
    if made.round.state is State.FACT_CHECK:
        _comment(made, later(day, PAUSE))


def _write(made: Made, day: date) -> None:
    by, key, sentences = made.people[made.round.lead], made.round.key, iter(words.WRITTEN)
    text = TO_WRITE.sub(lambda _: next(sentences), first_draft(key, "en"))
    save_letter(by=by, inspection=key, language="en", text=text, base=0, at=instant(day, 10))


def _comment(made: Made, day: date) -> None:
    for n, (actor, kind, place, says) in enumerate(
        (
            (cast.MANAGER, "comment", *words.COMMENT),
            (cast.QUALITY, "comment", *words.QUALITY),
            (cast.INSPECTOR, "suggestion", *words.SUGGESTION),
        )
    ):
        at = instant(day, 10 + n)
        remark(by=made.people[actor], inspection=made.round.key, kind=kind, about=("en", 1),
               words=Words(place, says), at=at)  # fmt: skip
