"""``caselight reoffending link RECORDS OUT``: which records are of one person, and what that does to the rates."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caselight.cli.progress import progress
from caselight.cli.speaking import fault_as_data, say_faults, say_json, say_table

if TYPE_CHECKING:
    from caselight.method.reoffending.linked_rates import Effect
    from caselight.procedures.reoffending.linking import Done, Events, Job

DAY = click.DateTime(["%Y-%m-%d"])
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
WRITTEN = click.Path(dir_okay=False, path_type=Path)
COUNTS = ("persons", "entries", "reoffenders", "reoffences")
RATES = ("binary", "per_offender", "per_reoffender")


@click.command()
@click.argument("records", type=EXISTING)
@click.argument("out", type=WRITTEN)
@click.option("--history", type=EXISTING, metavar="FILE", help="Find the history of RECORDS in this file instead.")
@click.option("--known", type=EXISTING, metavar="FILE", help="A former OUT: only what is not in it is placed.")
@click.option("--model", type=EXISTING, metavar="FILE", help="A model that was kept, in place of training one.")
@click.option("--keep-model", type=WRITTEN, metavar="FILE", help="Write the model.")
@click.option("--undecided", type=WRITTEN, metavar="FILE", help="Write whom a person must decide about.")
@click.option("--lower", type=float, default=0.5, metavar="P", help="The lower threshold (default: 0.5).")
@click.option("--upper", type=float, default=0.95, metavar="P", help="The upper threshold (default: 0.95).")
@click.option("--seed", type=click.IntRange(1), default=20170401, metavar="N", help="The seed of training.")
@click.option("--on", type=DAY, metavar="DAY", help="The day that is kept with each link (default: today).")
@click.option("--events", type=EXISTING, metavar="FILE", help="Offence events by record: show the rates at both thresholds.")  # fmt: skip
@click.option("--mapping", type=EXISTING, metavar="FILE", help="What the columns of the events mean, as TOML.")
@click.option("--measure", default="EW-3M", metavar="ID", help="The measure (default: EW-3M).")
@click.option("--from", "first", type=DAY, metavar="DAY", help="The first day of the cohorts.")
@click.option("--to", "last", type=DAY, metavar="DAY", help="Their last day.")
@click.option("--as-of", type=DAY, metavar="DAY", help="The day of the extract of the events.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def link(records: Path, out: Path, **options: Any) -> None:
    """Find which of RECORDS are of one person, and write it to OUT: record, person, model, threshold, day."""
    from caselight.procedures.reoffending.linking import Output, keep, shown
    from caselight.procedures.reoffending.linking import link as linked

    events = _events(options)
    with progress(quiet=options["as_json"]) as doing:
        doing("Comparing records")
        done = linked(records, _job(options))
        of, faults = shown(done, events) if events else (None, [])
        keep(done, Output(out, options["keep_model"], options["undecided"]))
    if options["as_json"]:
        say_json(_as_data(done, of, faults))
        return
    say_faults([*done.faults, *faults])
    _say(done, out, options)
    if of:
        _say_effect(of, options)


def _job(options: dict[str, Any]) -> Job:
    from caselight.method.reoffending.linking import Thresholds
    from caselight.procedures.reoffending.linking import Job

    on = options["on"].date() if options["on"] else datetime.now().astimezone().date()
    both = Thresholds(options["lower"], options["upper"])
    return Job(both, on, options["seed"], options["model"], options["known"], options["history"])


def _events(options: dict[str, Any]) -> Events | None:
    from caselight.procedures.reoffending.linking import Events

    if options["events"] is None:
        return None
    if options["known"] or options["history"]:
        raise click.UsageError("--events shows what a first linkage does; leave out --known and --history.")
    days = [options[name] for name in ("first", "last", "as_of")]
    if None in days:
        raise click.UsageError("--events needs --from, --to and --as-of.")
    return Events(options["events"], options["mapping"], options["measure"], *(day.date() for day in days))


def _say(done: Done, out: Path, options: dict[str, Any]) -> None:
    click.echo(f"{out} was written. Model {done.model.id} ({done.model.trained}).")
    waits = len({one.record for one in done.undecided})
    if options["history"]:
        said = f"{done.records:,} records of the history: {done.joined:,} found their person, {done.new:,} match nobody"
    elif options["known"]:
        said = f"{done.records:,} new records: {done.joined:,} joined a known person, {done.new:,} new persons begin"
    else:
        more = len(set((done.more or {}).values()))
        said = f"{done.records:,} records: {done.new:,} persons at {options['upper']}, {more:,} at {options['lower']}"
    click.echo(f"{said}; a person must decide about {waits:,}.")


def _say_effect(of: Effect, options: dict[str, Any]) -> None:
    """The counts at both thresholds, their difference, and what it means in words."""
    click.echo(f"\n{of.measure}, counted with the links of each threshold:")
    head = ("number", f"at {options['upper']}", f"at {options['lower']}", "difference")
    say_table(head, [tuple(row.values()) for row in _compared(of)], right=frozenset(head[1:]))
    points = of.difference("binary")
    click.echo(
        "The binary rate is not given at both: fewer than 30 entries."
        if points is None
        else f"Linkage moves the binary rate by {abs(points)} points between the two: quote it with both."
    )


def _compared(of: Effect) -> list[dict[str, Any]]:
    from caselight.method.statistics.proportions import Undefined

    numbers = [("persons", of.persons_fewer, of.persons_more)]
    numbers += [(name, getattr(of.fewer, name), getattr(of.more, name)) for name in COUNTS[1:]]
    rows: list[dict[str, Any]] = [{"number": n, "upper": a, "lower": b, "difference": b - a} for n, a, b in numbers]
    for name in RATES:
        rates = ["[u]" if isinstance(rate := getattr(at, name), Undefined) else str(rate) for at in (of.fewer, of.more)]
        apart = of.difference(name)
        rows.append({"number": name, "upper": rates[0], "lower": rates[1],
                     "difference": "[u]" if apart is None else str(apart)})  # fmt: skip
    return rows


def _as_data(done: Done, of: Effect | None, faults: list[Any]) -> dict[str, object]:
    return {
        "model": done.model.id, "trained": done.model.trained, "records": done.records, "joined": done.joined,
        "new": done.new, "undecided": len({one.record for one in done.undecided}),
        "persons_upper": len(set(done.fewer.values())) if done.fewer else None,
        "persons_lower": len(set(done.more.values())) if done.more else None,
        "effect": _compared(of) if of else None,
        "faults": [fault_as_data(fault) for fault in (*done.faults, *faults)],
    }  # fmt: skip
