"""The definition once more as one statement over tables, for a statistician to read and for DuckDB to run.

Written with Ibis, step by step as docs/explanation/reoffending.md says them: clean, occasions, entry, index, count. It
knows nothing of the kernel and is held against it and against the oracle. It runs wherever Ibis does; here on DuckDB.
"""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import Any

from caselight.engines.reoffending.arrow import opened
from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.columns import KINDS
from caselight.engines.reoffending.packages import required
from caselight.engines.reoffending.text_dates import delivered
from caselight.method.reoffending.cleaning import Drop, entering
from caselight.method.reoffending.events import WEIGHT, Kind
from caselight.method.reoffending.months import EARLIEST, LATEST, MonthAdd
from caselight.method.reoffending.options import AgeAt, AreaAt, Clock, Counted, Missing, Options, TieBreak

RELEASED = (KINDS.index(Kind.CUSTODY), KINDS.index(Kind.RECALL))


def entries(events: Any, question: Question) -> Any:
    """One row an entry, of a table of events with the columns of ``caselight.engines.reoffending.columns``."""
    options = question.options
    kept = clean(events, question)
    occasions = occasions_of(kept, options)
    offences = offences_of(kept, options)
    return counted(index_of(occasions, question), offences, options)


def clean(events: Any, question: Question) -> Any:
    """The rows that count, with the dates that can be used; rows that repeat each other are all still there."""
    judged = with_rule(events, question)
    return judged.filter(judged.rule.isnull()).drop("rule")


def with_rule(events: Any, question: Question) -> Any:
    """Every row with its usable dates, and the rule under which it is left out: null for those that are kept."""
    import ibis

    options = question.options
    as_of = ibis.literal(question.as_of)
    dated = events.mutate(
        delivered=events.offence_date,
        delivered_release=events.release_date,
        delivered_born=events.born,
        proven_date=_possible(events.proven_date),
        born=_possible(events.born),
    )
    dated = dated.mutate(
        offence_date=ibis.ifelse(dated.delivered > dated.proven_date, ibis.null("date"), _possible(dated.delivered)),
        release_date=ibis.ifelse(
            dated.kind.isin(RELEASED) & (dated.release_date >= dated.proven_date) & (dated.release_date <= as_of),
            _possible(dated.release_date),
            ibis.null("date"),
        ),
    )
    missing = dated.offence_date.isnull() & dated.kind.isin(_places(options.kinds))
    rules = {
        Drop.UNKNOWN_KIND: dated.kind.isnull() | (dated.kind == KINDS.index(Kind.UNKNOWN)),
        Drop.NOT_PROVEN: dated.kind == KINDS.index(Kind.NOT_PROVEN),
        Drop.NOT_RECORDABLE: ~dated.recordable,
        Drop.OUTSIDE_JURISDICTION: ~dated.in_jurisdiction,
        Drop.NOT_OF_THIS_MEASURE: dated.kind.notin(_places(entering(options))),
        Drop.TAKEN_INTO_CONSIDERATION: dated.tic & (not options.tic_counts),
        Drop.NO_PROVEN_DATE: dated.proven_date.isnull(),
        Drop.AFTER_EXTRACT: dated.proven_date > as_of,
        Drop.NO_OFFENCE_DATE: missing & (options.missing_offence_date is Missing.DROP),
    }
    judged = dated.mutate(rule=ibis.cases(*((holds, str(rule)) for rule, holds in rules.items()), else_=None))
    if options.missing_offence_date is Missing.PROVEN_DATE:
        judged = judged.mutate(offence_date=ibis.coalesce(judged.offence_date, judged.proven_date))
    return judged


def occasions_of(kept: Any, options: Options) -> Any:
    """One row an occasion: rows of one person that share id and day. What it was, when it lets the person enter, where."""
    import ibis

    weighed = kept.mutate(weight=kept.kind.cases(*((KINDS.index(kind), weight) for kind, weight in WEIGHT.items())))
    found = weighed.group_by("person", "proven_date", "occasion").agg(
        weight=weighed.weight.max(),
        released=weighed.release_date.max(),
        other=(~weighed.breach).any(),
        home=weighed.area.min(),
        police=weighed.police_area.min(),
        sex=weighed.sex.min(),
        born=weighed.born.min(),
    )
    custody = found.weight.isin([WEIGHT[KINDS[place]] for place in RELEASED])
    entry = ibis.ifelse(custody, found.released, found.proven_date)
    if not options.breach_makes_entry:
        entry = ibis.ifelse(found.other, entry, ibis.null("date"))
    area = {
        AreaAt.HOME: found.home,
        AreaAt.POLICE: found.police,
        AreaAt.HOME_ELSE_POLICE: ibis.coalesce(found.home, found.police),
    }
    return found.mutate(entry=entry, area=area[options.area_at])


def offences_of(kept: Any, options: Options) -> Any:
    """One row an offence that was proven: repeats are one, serious if any row says so, a breach only if all do."""
    counts = kept.kind.isin(_places(options.kinds))
    serious = kept.severity.isin(options.serious or (-1,))  # no severity is below 0
    found = kept.group_by("person", "proven_date", "occasion", "offence", "delivered").agg(
        offence_date=kept.offence_date.max(),
        breach=kept.breach.all(),
        serious=_known(serious).any(),
        counts=counts.any(),
    )
    return found.filter(found.counts)


def index_of(occasions: Any, question: Question) -> Any:
    """One row for each person and window: the occasion with which the person enters."""
    import ibis
    import pyarrow as pa

    bounds = {
        "window": list(range(len(question.ordered))),
        "first": [window.first for window in question.ordered],
        "last": [window.last for window in question.ordered],
    }
    windows = ibis.memtable(pa.table(bounds))
    inside = occasions.join(windows, [occasions.entry >= windows["first"], occasions.entry <= windows["last"]])
    weight = [ibis.desc(inside.weight)] if question.options.tie_break is TieBreak.HEAVIEST else []
    order = [inside.entry, *weight, inside.occasion, inside.proven_date]
    by_person = ibis.window(group_by=[inside.person, inside["window"]], order_by=order)
    ranked = inside.mutate(rank=ibis.row_number().over(by_person))
    start = ranked["first"] if question.options.age_at is AgeAt.WINDOW_START else ranked.entry
    return ranked.filter(ranked.rank == 0).mutate(age=_age(ranked.born, start)).drop("rank", "first", "last")


def counted(index: Any, offences: Any, options: Options) -> Any:
    """Every index with what came after and what was before, among the offences of the person's other occasions."""
    import ibis

    index = index.mutate(
        until=_plus(index.entry, options.follow_months, options),
        known=_plus(index.entry, options.follow_months + options.wait_months, options),
    )
    others = offences.view()
    joined = index.left_join(
        others,
        [
            index.person == others.person,
            (index.occasion != others.occasion) | (index.proven_date != others.proven_date),
        ],
        rname="of_{name}",
    )
    day = joined.of_proven_date if options.clock is Clock.PROVEN else joined.offence_date
    begun = day >= joined.entry if options.index_day_counts else day > joined.entry
    ended = day <= joined.until if options.follow_end_day else day < joined.until
    shown = ibis.literal(value=True) if options.clock is Clock.PROVEN else joined.of_proven_date <= joined.known
    mere = ibis.literal(value=False) if options.breach_counts else joined.breach
    joined = joined.mutate(after=_known(begun & ended & shown & ~mere), day=day)
    what = ["person", "window", "entry", "occasion", "weight", "age", "area", "sex"]
    if options.counted is Counted.OCCASIONS:
        name = joined.of_proven_date.cast("string") + " " + joined.of_occasion.cast("string")
        many = name.nunique(where=joined.after)
    else:
        many = joined.after.sum()
    return joined.group_by(what).agg(
        reoffences=many,
        severe=_known(joined.after & joined.serious).any(),
        days_to_first=joined.day.delta(joined.entry, unit="day").min(where=joined.after),
        previous=_known(joined.of_proven_date < joined.entry).sum(),
    )


def grouped(found: Any, question: Question) -> Any:
    """The counts of each group: by window, and by what was asked."""
    import ibis

    options = question.options
    bands = {"age": (found.age, options.age_bands), "previous": (found.previous, options.previous_bands)}
    keys = {name: _band(*bands[name]) if name in bands else found[name] for name in question.by}
    return found.group_by(found["window"], **keys).agg(
        entries=ibis._.count(),
        reoffenders=(found.reoffences > 0).sum(),
        reoffences=found.reoffences.sum(),
        severe=found.severe.sum(),
    )


def compute(path: Path, question: Question, **settings: Any) -> list[tuple[int, ...]]:
    """The groups of a Parquet file of events, on DuckDB: window, what was asked, and the four counts, in order."""
    required()
    import ibis

    connection = ibis.duckdb.connect(**settings)
    events = delivered(connection, path, opened(path).schema_arrow)
    found = grouped(entries(events, question), question)
    table = connection.to_pyarrow(found)
    return sorted(zip(*(column.to_pylist() for column in table.columns), strict=True), key=repr)


def _known(condition: Any) -> Any:
    """Whether a condition holds: where it is not known, it does not."""
    import ibis

    return condition.fill_null(ibis.literal(value=False))


def _places(kinds: Any) -> list[int]:
    return [KINDS.index(kind) for kind in kinds]


def _possible(day: Any) -> Any:
    import ibis

    return ibis.ifelse(day.between(ibis.literal(EARLIEST), ibis.literal(LATEST)), day, ibis.null("date"))


def _plus(day: Any, months: int, options: Options) -> Any:
    """So many months later; a database goes to the last day of a shorter month, as we do by default."""
    import ibis

    if options.month_add is MonthAdd.CLAMP:
        return (day + ibis.interval(months=months)).cast("date")
    first = (day.truncate("month") + ibis.interval(months=months)).cast("date")
    return (first + (day.day() - 1).as_interval("D")).cast("date")


def _age(born: Any, day: Any) -> Any:
    import ibis

    before = (day.month() < born.month()) | ((day.month() == born.month()) & (day.day() < born.day()))
    return ibis.ifelse(born <= day, day.year() - born.year() - before.cast("int64"), ibis.null("int64"))


def _band(value: Any, bands: tuple[int, ...]) -> Any:
    """The place of the band, -1 below all of them or where the number is not known."""
    reached = [_known(value >= low).cast("int64") for low in bands]
    return reduce(lambda one, other: one + other, reached) - 1
