"""What the statement leaves out and sets aside, by rule: as a table over the same rows, to be held against the others."""

from __future__ import annotations

from typing import Any

from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.statement import RELEASED, with_rule
from caselight.method.reoffending.cleaning import Drop, Note
from caselight.method.reoffending.months import EARLIEST, LATEST

REPEATS = (
    "person",
    "occasion",
    "offence",
    "delivered",
    "proven_date",
)  # what two rows share when one repeats the other


def accounted(events: Any, question: Question) -> dict[str, int]:
    """How many rows met each rule of ``cleaning.Drop`` and ``cleaning.Note``; a rule that none met is not named."""
    judged = with_rule(events, question)
    kept = judged.filter(judged.rule.isnull())
    under = judged.filter(judged.rule.notnull()).group_by("rule").agg(rows=lambda of: of.count())
    found = {row["rule"]: row["rows"] for row in under.to_pyarrow().to_pylist()}
    repeats = kept.count().as_scalar() - kept.select(*REPEATS).distinct().count().as_scalar()
    row = kept.aggregate(**_notes(kept, question)).to_pyarrow().to_pylist()[0]
    counted = {**found, str(Drop.REPEAT): repeats.to_pyarrow().as_py()} | {str(note): row[note.name] for note in Note}
    return {rule: int(many) for rule, many in counted.items() if many}


def _notes(kept: Any, question: Question) -> dict[str, Any]:
    """How often something is set aside in a row that is kept: of its offence date one thing, and one of its release."""
    import ibis

    first, last = ibis.literal(EARLIEST), ibis.literal(LATEST)
    offence, release = kept.delivered, kept.delivered_release
    held = kept.kind.isin(RELEASED)
    good, known = offence.between(first, last), held & release.between(first, last)
    before = release < kept.proven_date
    holds = {
        Note.OFFENCE_DATE_MISSING: offence.isnull(),
        Note.OFFENCE_DATE_IMPOSSIBLE: ~good,
        Note.OFFENCE_AFTER_PROVEN: good & (offence > kept.proven_date),
        Note.RELEASE_MISSING: held & release.isnull(),
        Note.RELEASE_IMPOSSIBLE: held & ~release.between(first, last),
        Note.RELEASE_BEFORE_SENTENCE: known & before,
        Note.RELEASE_AFTER_EXTRACT: known & ~before & (release > ibis.literal(question.as_of)),
    }
    return {note.name: condition.cast("int64").sum() for note, condition in holds.items()}
