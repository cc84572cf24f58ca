"""What the statement leaves out and sets aside: how many rows under each rule, and which rows of the file they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from caselight.engines.reoffending import text_dates
from caselight.engines.reoffending.arrow import opened
from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.columns import KINDS
from caselight.engines.reoffending.packages import required
from caselight.engines.reoffending.statement import RELEASED, with_rule
from caselight.method.reoffending.cleaning import Drop, Note
from caselight.method.reoffending.events import Kind
from caselight.method.reoffending.months import EARLIEST, LATEST

REPEATS = (
    "person",
    "occasion",
    "offence",
    "delivered",
    "proven_date",
)  # what two rows share when one repeats the other

_DROPS = frozenset(map(str, Drop))


def accounted(events: Any, question: Question) -> dict[str, int]:
    """How many rows met each rule of ``cleaning.Drop`` and ``cleaning.Note``; a rule that none met is not named."""
    judged = with_rule(events, question)
    kept = judged.filter(judged.rule.isnull())
    under = judged.filter(judged.rule.notnull()).group_by("rule").agg(rows=lambda of: of.count())
    found = {row["rule"]: row["rows"] for row in under.to_pyarrow().to_pylist()}
    repeats = kept.count().as_scalar() - kept.select(*REPEATS).distinct().count().as_scalar()
    sums = {note.name: holds.cast("int64").sum() for note, holds in _notes(kept, question).items()}
    row = kept.aggregate(**sums).to_pyarrow().to_pylist()[0]
    counted = {**found, str(Drop.REPEAT): repeats.to_pyarrow().as_py()} | {str(note): row[note.name] for note in Note}
    return {rule: int(many) for rule, many in counted.items() if many}


def rows_of(path: Path, question: Question) -> Iterator[tuple[int, Drop | Note]]:
    """Each row of a Parquet file of events that is left out or has a date set aside, from 1, with its rule; in order.

    Of rows that repeat each other the first is kept. Raises ``reoffending.not-events``, as every engine does.
    """
    required()
    import ibis

    events = text_dates.delivered(ibis.duckdb.connect(), path, opened(path).schema_arrow)
    if events.kind.type().is_string():
        places = ((str(kind), place) for place, kind in enumerate(KINDS))
        events = events.mutate(kind=events.kind.cases(*places, else_=KINDS.index(Kind.UNKNOWN)))
    judged = with_rule(events, question)
    kept = judged.filter(judged.rule.isnull())
    again = ibis.row_number().over(
        ibis.window(group_by=[kept[name] for name in REPEATS], order_by=kept.file_row_number)
    )
    numbered = kept.mutate(again=again)
    parts = [
        judged.filter(judged.rule.notnull()),
        numbered.filter(numbered.again > 0).mutate(rule=ibis.literal(str(Drop.REPEAT))),
    ]
    parts += [kept.filter(holds).mutate(rule=ibis.literal(str(note))) for note, holds in _notes(kept, question).items()]
    together = ibis.union(*(part.select("file_row_number", "rule") for part in parts))
    for batch in together.order_by("file_row_number", "rule").to_pyarrow().to_batches():
        for row in batch.to_pylist():
            yield row["file_row_number"] + 1, Drop(row["rule"]) if row["rule"] in _DROPS else Note(row["rule"])


def _notes(kept: Any, question: Question) -> dict[Note, Any]:
    """What is set aside in a row that is kept: of its offence date one thing at most, one of its release, its birthday."""
    import ibis

    first, last = ibis.literal(EARLIEST), ibis.literal(LATEST)
    offence, release = kept.delivered, kept.delivered_release
    held = kept.kind.isin(RELEASED)
    good, known = offence.between(first, last), held & release.between(first, last)
    before = release < kept.proven_date
    return {
        Note.OFFENCE_DATE_MISSING: offence.isnull(),
        Note.OFFENCE_DATE_IMPOSSIBLE: ~good,
        Note.OFFENCE_AFTER_PROVEN: good & (offence > kept.proven_date),
        Note.RELEASE_MISSING: held & release.isnull(),
        Note.RELEASE_IMPOSSIBLE: held & ~release.between(first, last),
        Note.RELEASE_BEFORE_SENTENCE: known & before,
        Note.RELEASE_AFTER_EXTRACT: known & ~before & (release > ibis.literal(question.as_of)),
        Note.BIRTHDAY_IMPOSSIBLE: ~kept.delivered_born.between(first, last),
    }
