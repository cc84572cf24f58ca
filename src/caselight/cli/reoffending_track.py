"""``caselight reoffending track FILE``: a service's own reoffending, as known on a day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caselight.cli.speaking import fault_as_data, say_faults, say_json, say_table

if TYPE_CHECKING:
    from caselight.method.reoffending.reconciling import Reconciliation
    from caselight.method.reoffending.tracking import View
    from caselight.procedures.reoffending.tracking import Tracked

DAY = click.DateTime(["%Y-%m-%d"])
COLUMNS = (
    "cohort",
    "entries",
    "reoffenders",
    "reoffences",
    "charged only",
    "binary",
    "95% interval",
    "days left",
    "state",
)
NUMBERS = frozenset({*COLUMNS[1:6], "days left"})


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--from", "first", type=DAY, required=True, metavar="DAY", help="The first day of the cohorts: 2022-04-01."
)
@click.option("--to", "last", type=DAY, required=True, metavar="DAY", help="Their last day.")
@click.option("--measure", default="EW-3M", metavar="ID", help="The measure (default: EW-3M).")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="What the columns and words of FILE mean, as TOML.")  # fmt: skip
@click.option("--as-of", type=DAY, metavar="DAY", help="As known on this day (default: the day of the delivery).")
@click.option("--delivered", type=DAY, metavar="DAY", help="The day of the delivery (default: today).")
@click.option("--person", default="", metavar="ID", help="Show this person's days instead.")
@click.option("--published", default="", metavar="E,R,N",
              help="Entries, reoffenders and reoffences that were published, to say why they differ.")  # fmt: skip
@click.option("--published-measure", default="", metavar="ID", help="Their measure (default: that of --measure).")
@click.option("--extract", type=DAY, metavar="DAY", help="The day of the published extract (default: as --as-of).")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def track(file: Path, first: datetime, last: datetime, measure: str, mapping: Path | None, **options: Any) -> None:
    """Follow the offence events of FILE: what is proven, what is charged, and how long there is to go."""
    from caselight.procedures.reoffending.tracking import Wanted
    from caselight.procedures.reoffending.tracking import track as follow

    delivered = options["delivered"].date() if options["delivered"] else datetime.now().astimezone().date()
    as_of = options["as_of"].date() if options["as_of"] else delivered
    found = follow(file, mapping, Wanted(measure, first.date(), last.date(), as_of, delivered))
    if options["person"]:
        _say_person(found, options["person"], as_json=options["as_json"])
        return
    why = _reconciled(found, options, measure, as_of) if options["published"] else None
    if options["as_json"]:
        say_json(_as_data(found, why))
        return
    say_faults(found.delivery.faults)
    _say(found, why)


def _say_person(found: Tracked, person: str, *, as_json: bool) -> None:
    days = found.tracker.timeline(person)
    if as_json:
        say_json({"days": [{"day": day, "what": what, "of": of} for day, what, of in days]})
    else:
        say_table(("day", "what", "of"), days)


def _reconciled(found: Tracked, options: dict[str, Any], measure: str, as_of: date) -> Reconciliation:
    from caselight.method.reoffending.rates import Counts
    from caselight.procedures.reoffending.tracking import reconciled

    parts = options["published"].split(",")
    if len(parts) != 3 or not all(part.strip().isdecimal() for part in parts):
        raise click.BadParameter("write three whole numbers, such as 94,41,118", param_hint="--published")
    extract = options["extract"].date() if options["extract"] else as_of
    published = Counts(*(int(part) for part in parts))
    return reconciled(found, published, options["published_measure"] or measure, extract)


def _say(found: Tracked, why: Reconciliation | None) -> None:
    delivery, view = found.delivery, found.together
    click.echo(
        f"{delivery.rows:,} rows: {len(delivery.known):,} kept, {delivery.repeats:,} repeats, {delivery.set_aside:,} set aside."
    )
    click.echo(f"{view.measure}, as known on {view.as_of}. Charged only: nothing proven yet, something charged.\n")
    rows = [_row(label, one) for label, one in found.cohorts]
    say_table(
        COLUMNS, [*rows, _row("together", view), _row(f"at {found.last_year.as_of}", found.last_year)], right=NUMBERS
    )
    shown = [top for top in found.tops if top.people in {1, 2, 3, 5, 10, 20}]
    if shown:
        click.echo("\n" + "; ".join(f"the first {top.people}: {top.percent}% of reoffences" for top in shown))
    if why is not None:
        click.echo(f"\nFrom {_rate(why.quoted)} as quoted to {_rate(why.steps[-1].counts)} as published:")
        say_table(("reason", "entries", "reoffenders", "binary", "points"),
                  [(s.reason, s.counts.entries, s.counts.reoffenders, _rate(s.counts), s.points) for s in why.steps],
                  right=frozenset({"entries", "reoffenders", "binary", "points"}))  # fmt: skip


def _row(label: str, view: View) -> tuple[object, ...]:
    of = view.counts
    left = max((one.wait_left for one in view.follows), default=0)
    return label, of.entries, of.reoffenders, of.reoffences, view.charged, _rate(of), _interval(view), left, view.state


def _rate(counts: Any) -> str:
    from caselight.method.statistics.proportions import Undefined

    return "[u]" if isinstance(counts.binary, Undefined) else f"{counts.binary}%"


def _interval(view: View) -> str:
    from caselight.method.statistics.proportions import Undefined

    if isinstance(view.counts.binary, Undefined) or isinstance(view.interval, Undefined):
        return "[u]"
    about = "about " if view.approximate else ""
    return f"{about}{100 * view.interval.low:.1f} to {100 * view.interval.high:.1f}%"


def _as_data(found: Tracked, why: Reconciliation | None) -> dict[str, object]:
    delivery = found.delivery
    data: dict[str, object] = {
        "rows": delivery.rows, "kept": len(delivery.known), "repeats": delivery.repeats, "set_aside": delivery.set_aside,
        "faults": [fault_as_data(fault) for fault in delivery.faults],
        "cohorts": [_view_as_data(label, view) for label, view in found.cohorts],
        "together": _view_as_data("together", found.together),
        "last_year": _view_as_data("last year", found.last_year),
        "concentration": [{"people": t.people, "reoffences": t.reoffences, "percent": str(t.percent)} for t in found.tops],
    }  # fmt: skip
    if why is not None:
        data["reasons"] = [
            {"reason": s.reason, "entries": s.counts.entries, "reoffenders": s.counts.reoffenders,
             "binary": _rate(s.counts), "points": None if s.points is None else str(s.points)} for s in why.steps
        ]  # fmt: skip
    return data


def _view_as_data(label: str, view: View) -> dict[str, object]:
    of = view.counts
    return {
        "cohort": label, "measure": view.measure, "as_of": view.as_of, "entries": of.entries, "reoffenders": of.reoffenders,
        "reoffences": of.reoffences, "charged_only": view.charged, "binary": _rate(of), "interval": _interval(view),
        "days_left": max((one.wait_left for one in view.follows), default=0), "state": view.state,
    }  # fmt: skip
