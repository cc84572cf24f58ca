"""The demonstration: invented events computed, followed, made fit for release and drawn, into one folder, whole or not at all.

Nothing in it was ever a person. One invented service stands for whoever tries it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caselight.engines.reoffending.packages import required
from caselight.formats.charts.reoffending import Point, concentration_curve, funnel, time_to_reoffence, trend
from caselight.formats.files import new_file, whole_folder, write_whole
from caselight.formats.reoffending_release import Release, write_release
from caselight.formats.tables.listing import Listed, listing_csv
from caselight.method.faults import Fault, stop
from caselight.method.reoffending.first_times import first_times
from caselight.method.reoffending.margins import ALL, Released
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import Window, add_months, windows
from caselight.method.reoffending.rates import Counts, State
from caselight.procedures.reoffending.demonstrating_people import Of, TwoIds, known, looked_for
from caselight.procedures.reoffending.suppressing import Asked, suppressed
from caselight.procedures.reoffending.tracking import Tracked, Wanted, track

if TYPE_CHECKING:
    from caselight.engines.reoffending.merging import Same
    from caselight.engines.reoffending.results import Found
    from caselight.formats.charts.plot import Picture

MEASURE, AREAS, SERVICE, PEOPLE = "EW-3M", 40, "A000", 300_000
FIRST, LAST, EXTRACT = date(2013, 4, 1), date(2020, 3, 31), date(2021, 12, 31)
YEAR = Window(date(2019, 4, 1), LAST)  # the last year that is final
FOLLOWED = Window(date(2020, 10, 1), date(2021, 9, 30))  # the year that the service is in
BORN_FROM = date(1998, 1, 1)  # whose records are looked through for two ids
CHILDREN = frozenset({"10-11", "12-14", "15-17"})
Doing = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Demonstrated:
    """What was made: the folder, the rows invented, the national counts of the last year, and what was held back."""

    folder: Path
    rows: int
    national: Counts
    held_back: int
    protected: int
    explained: tuple[str, ...]
    two_ids: TwoIds


def demonstrate(folder: Path, *, people: int = PEOPLE, seed: int = 1, doing: Doing = lambda _: None) -> Demonstrated:
    """Make the demonstration in a new folder.

    Raises ``reoffending.folder-taken`` where there is one already, and ``reoffending.extra-missing``.
    """
    required("pyarrow", "numba", "scipy")
    if folder.exists():
        says = f"{folder.name} is there already."
        stop(
            Fault(
                "reoffending.folder-taken",
                (str(folder),),
                says,
                "Name a folder that is not there yet, or move that one.",
            )
        )
    with whole_folder(folder) as into:
        rows = _invented(into, people, seed, doing)
        doing("Making the ids of one person one, and computing 28 quarterly cohorts")
        same = known(into / "two-ids.parquet")
        found = _computed(into, windows(measure(MEASURE).window, FIRST, LAST), same)
        doing("Following one service")
        tracked, known_of = _tracked(into, same)
        doing("Looking for those with two ids in records")
        two_ids = _two_ids(into, found, same, known_of)
        doing("Looking for the least to hold back")
        held_back, protected = _released(into, found)
        doing("Drawing")
        national = _drawn(into, found, tracked, same)
        write_whole(into / "what-was-left-out.txt", ("\n".join(found.explained()) + "\n").encode())
        write_whole(into / "two-ids.txt", ("\n".join(two_ids.in_words()) + "\n").encode())
    return Demonstrated(folder, rows, national, held_back, protected, tuple(found.explained()), two_ids)


def _invented(into: Path, people: int, seed: int, doing: Doing) -> int:
    from caselight.engines.reoffending.synthetic import Wanted as Invent
    from caselight.engines.reoffending.synthetic import write

    wanted = Invent(people=people, seed=seed, areas=AREAS)
    with (
        new_file(into / "events.parquet") as events,
        new_file(into / "charges.parquet") as charges,
        new_file(into / "two-ids.parquet") as same,
    ):
        return write(wanted, events, charges, same, doing=doing).rows


def _computed(into: Path, cohorts: tuple[Window, ...], same: Same | None, *, rows: bool = False) -> Found:
    from caselight.engines.reoffending.asking import Question
    from caselight.engines.reoffending.computing import compute

    asked = Question(measure(MEASURE), cohorts, EXTRACT, by=("area", "sex", "age"), rows=rows)
    return compute(into / "events.parquet", asked, same=same)


def _two_ids(into: Path, found: Found, same: Same, known_of: Sequence[Mapping[str, Any]]) -> TwoIds:
    """What two ids of one person do to the national rate, and how many of a service's are found in records."""
    quarters = _quarters()
    apart = _sum(_computed(into, quarters, None), quarters)
    of = Of(into / "service-events.csv", MEASURE, YEAR.first, YEAR.last, EXTRACT)
    return TwoIds(len(same.persons), apart, _sum(found, quarters), looked_for(into, known_of, same, of))


def _sum(found: Found, cohorts: Container[Window], *, area: str = ALL, sex: str = ALL) -> Counts:
    """The counts of children of some cohorts together, of one area or sex or of all."""
    total = Counts(0, 0, 0)
    for group in found.groups:
        by = group.by
        if group.window in cohorts and by["age"] in CHILDREN and area in {ALL, by["area"]} and sex in {ALL, by["sex"]}:
            of = group.counts
            total = total + Counts(of.entries, of.reoffenders, of.reoffences)
    return total


def _quarters() -> tuple[Window, ...]:
    return windows(measure(MEASURE).window, YEAR.first, YEAR.last)


def _tracked(into: Path, same: Same) -> tuple[Tracked, list[dict[str, Any]]]:
    """The children of one area, delivered with two ids for some and followed under one; and what is known of each id.

    Records are looked through for young adults too: children have had little time to come under two ids.
    """
    young, charges = _delivered(into, BORN_FROM)
    listed = listing_csv(Listed("Events", COLUMNS, young))
    write_whole(into / "service-events.csv", listed)
    children = [row for row in (*young, *charges) if row[BORN] > add_months(FOLLOWED.last, -18 * 12)]
    under_persons = tuple((int(same.persons.get(str(row[0]), row[0])), *row[1:]) for row in children)
    path = into / "service-children.csv"
    write_whole(path, listing_csv(Listed("Events", COLUMNS, under_persons)))
    tracked = track(path, None, Wanted(MEASURE, FOLLOWED.first, FOLLOWED.last, EXTRACT, EXTRACT))
    write_whole(into / "tracker.json", json.dumps(_tracker_data(tracked), indent=1, default=str).encode())
    ids = {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in young}
    return tracked, [ids[one] for one in sorted(ids)]


def _delivered(into: Path, born_from: date) -> tuple[tuple[tuple[Any, ...], ...], ...]:
    """The rows of one area as a service would deliver them, and its charges: of people born from a day on."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    from caselight.engines.reoffending.columns import KINDS, SEXES, named

    here = (pc.field("area") == int(SERVICE[1:])) & (pc.field("born") >= born_from)
    events = pq.read_table(into / "events.parquet", filters=here)
    charges = pq.read_table(into / "charges.parquet", filters=here)
    sexes = named(events.schema, SEXES)
    return (
        tuple(_event(row, KINDS, sexes) for row in events.to_pylist()),
        tuple(_charge(row, sexes) for row in charges.to_pylist()),
    )


COLUMNS = ("person", "occasion", "offence", "offence_date", "proven_date", "kind", "release_date", "charged_date",
           "recordable", "breach", "in_jurisdiction", "sex", "born", "area")  # fmt: skip
BORN = COLUMNS.index("born")


def _event(row: Mapping[str, Any], kinds: Sequence[str], sexes: Sequence[str]) -> tuple[Any, ...]:
    flags = tuple("yes" if row[name] else "no" for name in ("recordable", "breach", "in_jurisdiction"))
    return (row["person"], row["occasion"], row["offence"], row["offence_date"], row["proven_date"], str(kinds[row["kind"]]),
            row["release_date"], None, *flags, sexes[row["sex"]], row["born"], SERVICE)  # fmt: skip


def _charge(row: Mapping[str, Any], sexes: Sequence[str]) -> tuple[Any, ...]:
    return (row["person"], f"charge-{row['person']}-{row['offence']}", row["offence"], row["offence_date"], None, "charged",
            None, row["charged_date"], "yes", "no", "yes", sexes[row["sex"]], row["born"], SERVICE)  # fmt: skip


def _tracker_data(tracked: Tracked) -> dict[str, Any]:
    view, delivery = tracked.together, tracked.delivery
    return {
        "measure": view.measure, "as_of": view.as_of, "state": view.state, "rows": delivery.rows, "repeats": delivery.repeats,
        "set_aside": delivery.set_aside, "faults": len(delivery.faults), "entries": view.counts.entries,
        "reoffenders": view.counts.reoffenders, "reoffences": view.counts.reoffences, "charged_only": view.charged,
        "last_year": {"as_of": tracked.last_year.as_of, "reoffenders": tracked.last_year.counts.reoffenders,
                      "entries": tracked.last_year.counts.entries},
        "concentration": [{"people": top.people, "percent": str(top.percent)} for top in tracked.tops[:20]],
    }  # fmt: skip


def _released(into: Path, found: Found) -> tuple[int, int]:
    """The service's quarters and year by sex, as computed and as they may be released."""
    quarters = _quarters()
    periods = {YEAR.label: quarters, **{one.label: (one,) for one in quarters}}
    rows = []
    for label, inside in periods.items():
        for sex in (ALL, "male", "female"):
            of = _sum(found, inside, area=SERVICE, sex=sex)
            rows.append(Released((label, sex), of.entries, of.reoffenders, of.reoffences))
    release = Release(("period", "sex"), reoffences=True, rows=tuple(rows))
    kept = suppressed(rows, Asked(pooled={YEAR.label: tuple(one.label for one in quarters)}))
    write_release(into / "service-not-for-release.csv", release, ())
    write_release(into / "service-for-release.csv", release, kept.hidden)
    return len(kept.hidden), len(kept.audit)


def _drawn(into: Path, found: Found, tracked: Tracked, same: Same) -> Counts:
    quarters = _quarters()
    national = _sum(found, quarters)
    areas = sorted({group.by["area"] for group in found.groups})
    services = [Point(area, MEASURE, _sum(found, quarters, area=area), summed=True) for area in areas]
    cohorts = [
        Point(_quarter(one), MEASURE, _sum(found, (one,), area=SERVICE), found.states[one] is State.INTERIM)
        for one in windows(measure(MEASURE).window, FIRST, LAST)
    ]
    final = _computed(into, quarters, same, rows=True).entries
    entries = [row for row in final if row.age is not None and 10 <= row.age <= 17]
    many = len({follow.row.person for follow in tracked.together.follows})
    known = f"{MEASURE}, as known on {tracked.together.as_of}"
    pictures = {
        "trend": trend(f"Reoffending of children of {SERVICE}, by quarter", cohorts, chart_id="trend"),
        "funnel": funnel("Services in the year to March 2020", services,
                         Point("all services", MEASURE, national), chart_id="funnel"),
        "time": time_to_reoffence("Time to the first reoffence, all services, year to March 2020", national,
                                  first_times(entries, measure(MEASURE).computed_with()).by_month,
                                  measure=MEASURE, chart_id="time"),
        "concentration": concentration_curve(f"How few account for how much, {SERVICE}", tracked.tops, many,
                                             measure=known, chart_id="concentration"),
    }  # fmt: skip
    for name, picture in pictures.items():
        _write(into, name, picture)
    return national


def _write(into: Path, name: str, picture: Picture) -> None:
    write_whole(into / f"{name}.svg", picture.svg.encode())
    write_whole(into / f"{name}.csv", listing_csv(Listed(name, picture.columns, picture.rows)))
    write_whole(into / f"{name}.txt", (picture.description + "\n").encode())


def _quarter(window: Window) -> str:
    return f"{window.first.year} Q{(window.first.month + 2) // 3}"
