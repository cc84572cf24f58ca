"""``caselight reoffending comparators``: published rates read, checked, and kept with an inspection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from caselight.cli.speaking import fault_as_data, say_faults, say_json, say_table

if TYPE_CHECKING:
    from caselight.formats.reoffending_tables.reading import Read
    from caselight.method.reoffending.published import Published
    from caselight.procedures.reoffending.comparators import Choice

Command = Callable[..., Any]
FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
NUMBERS = frozenset({"entries", "reoffenders", "reoffences", "binary"})
RELEASE = (
    click.option("--published", metavar="DAY", default="", help="The day of publication, such as 2022-01-27."),
    click.option("--measure", metavar="ID", default="", help="The measure, where the day does not decide it."),
    click.option("--dash", type=click.Choice(["nil", "not-applicable", "not-available"]), default=None,
                 help="What - stands for, where the table does not say it."),
)  # fmt: skip
CHOICE = (
    click.option("--area", "areas", metavar="NAME", multiple=True, help="Only this area, by name or code."),
    click.option("--cohort", "cohorts", metavar="NAME", multiple=True, help="Only this cohort, as it is printed."),
    click.option("--people", type=click.Choice(["children", "adults", "all"]), help="Only these people."),
    click.option("--group", metavar="NAME", default="", help="This group of a breakdown, in place of the total."),
)


def _with(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.group()
def comparators() -> None:
    """Read, check and keep published rates of reoffending."""


@comparators.command()
@FILE
@_with(*RELEASE, *CHOICE, JSON)
def show(file: Path, published: str, measure: str, dash: str | None, as_json: bool, **choice: Any) -> None:
    """Show the published figures of FILE, each with its measure; rates that were not printed come from the counts."""
    from caselight.procedures.reoffending.comparators import Choice, chosen

    read, meant = _read(file, published, measure, dash), _choice(**choice)
    cells = list(read.cells) if meant == Choice() else chosen(read.cells, meant)
    rows = [_row(cell) for cell in cells]
    if as_json:
        say_json({"sha256": read.sha256, "figures": rows, "faults": [fault_as_data(fault) for fault in read.faults]})
        return
    _say_by_measure(rows)


@comparators.command()
@FILE
@_with(*RELEASE, JSON)
def check(file: Path, published: str, measure: str, dash: str | None, as_json: bool) -> None:
    """Hold every printed rate of FILE against its counts, and every year against its quarters."""
    from caselight.method.reoffending.checking import published_faults, years_against_quarters

    read = _read(file, published, measure, dash)
    faults = [*read.faults, *published_faults(read.cells)]
    rates = [(cell, name) for cell in read.cells for name in cell.rates if cell.recomputed(name) is not None]
    done = {"figures": len(read.cells), "rates": len(rates), "years": len(list(years_against_quarters(read.cells)))}
    if as_json:
        say_json({**done, "faults": [fault_as_data(fault) for fault in faults]})
    else:
        said = "{figures:,} figures: {rates:,} printed rates held against their counts, {years:,} years against their quarters."
        click.echo(said.format(**done))
        say_faults(faults)
        click.echo("All of them agree." if not faults else f"{len(faults):,} do not agree, or cannot be.")
    if faults:
        raise SystemExit(1)


@comparators.command("import")
@FILE
@_with(*RELEASE, *CHOICE)
@click.option("--into", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The inspection folder.")
@click.option("--inspection", metavar="KEY", default="", help="The inspection in the store, in place of a folder.")
@click.option("--by", metavar="PERSON", default="", help="Who keeps them in the store: key or e-mail address.")
@JSON
def import_(  # noqa: PLR0913 - one for each option
    file: Path,
    published: str,
    measure: str,
    dash: str | None,
    into: Path | None,
    inspection: str,
    by: str,
    as_json: bool,
    **choice: Any,
) -> None:
    """Keep the chosen rates of FILE with an inspection, and with each the year before and the national rate.

    The letter names them by the keys that are shown. What was kept is never changed.
    """
    from caselight.procedures.reoffending.comparators import keep_in_folder, keep_in_store, to_keep

    if (into is None) == (not inspection) or bool(inspection) != bool(by):
        raise click.UsageError("Give --into FOLDER, or --inspection KEY and --by PERSON.")
    found = to_keep(_read(file, published, measure, dash), _choice(**choice))
    if into is not None:
        new = keep_in_folder(into, found)
    else:
        from caselight.cli.opening import open_store

        open_store()
        from caselight.store.accounts.people import key_of

        new = keep_in_store(inspection, found, by=key_of(by), at=datetime.now(UTC))
    rows = [{"key": one.key, "label": one.label, **_row(one.cell)} for one in found]
    if as_json:
        say_json({"new": new, "comparators": rows})
        return
    _say_by_measure(rows)
    click.echo(f"{new} new, {len(found) - new} were kept already.")


@comparators.command()
@click.argument("rate")
@click.option("--most", type=click.IntRange(1, 1_000_000), default=500, help="The most entries to look for.")
@JSON
def counts(rate: str, most: int, as_json: bool) -> None:
    """Say which counts give RATE, a binary rate in per cent as it is printed: 49.6."""
    from caselight.method.reoffending.implied import counts_giving
    from caselight.method.reoffending.published import PrintedRate

    try:
        printed = PrintedRate(Decimal(rate.removesuffix("%")))
    except InvalidOperation:
        raise click.UsageError(f"{rate[:20]} is no rate such as 49.6.") from None
    found = counts_giving(printed.value or Decimal(0), printed.places, most)
    if as_json:
        say_json({"rate": rate, "most": most, "number": found.number, "lowest": found.lowest, "ranges": found.ranges})
        return
    lowest = f"the lowest is {found.lowest[0]} of {found.lowest[1]}" if found.lowest else "none"
    click.echo(
        f"{found.number:,} pairs of reoffenders and entries give {rate}, with {most:,} entries at most: {lowest}."
    )
    for shown, (reoffenders, entries) in enumerate(found.pairs):
        if shown == 20:
            click.echo("  …")
            break
        click.echo(f"  {reoffenders} of {entries}")


@comparators.command()
@FILE
@click.option("--area", "areas", metavar="NAME", multiple=True, required=True, help="An area, as the census names it.")
@click.option("--definition", metavar="WORDS", required=True, help="Whose share: “not White” or “not White British”.")
@click.option("--ages", metavar="WORDS", required=True, help="Of which ages the table is, such as “all ages”.")
@click.option("--table", metavar="ID", default="QS201EW", help="The id of the census table.")
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="An inspection folder to keep them in.",
)
@JSON
def population(  # noqa: PLR0913 - one for each option
    file: Path, areas: tuple[str, ...], definition: str, ages: str, table: str, into: Path | None, as_json: bool
) -> None:
    """Say the share of a population from a census table FILE, with its definition and its ages."""
    from caselight.procedures.reoffending.populations import as_external, keep_shares, shares_of

    shares = shares_of(file, areas, definition, table=table, ages=ages)
    new = keep_shares(into, shares) if into is not None else 0
    rows = [{"key": as_external(one).key, "value": f"{one.value}%", "is": one.says} for one in shares]
    if as_json:
        say_json({"new": new, "shares": rows})
        return
    say_table(tuple(rows[0]), [tuple(row.values()) for row in rows], right=frozenset({"value"}))
    if into is not None:
        click.echo(f"{new} new, {len(shares) - new} were kept already.")


def _say_by_measure(rows: list[dict[str, str]]) -> None:
    """A table for each measure: figures of two do not stand in one."""
    from caselight.method.reoffending.measures import title_of

    for measure in sorted({row["measure"] for row in rows}):
        of = [
            {name: cell for name, cell in row.items() if name != "measure"} for row in rows if row["measure"] == measure
        ]
        click.echo(f"{measure}: {title_of(measure)}")
        say_table(tuple(of[0]), [tuple(row.values()) for row in of], right=NUMBERS)
        click.echo()


def _read(file: Path, published: str, measure: str, dash: str | None) -> Read:
    from caselight.formats.reoffending_tables.about import About
    from caselight.formats.reoffending_tables.dashes import Dash
    from caselight.formats.reoffending_tables.reading import read_published

    try:
        day = date.fromisoformat(published) if published else None
    except ValueError:
        raise click.UsageError(f"--published {published[:20]} is no day such as 2022-01-27.") from None
    return read_published(file, About(day, measure, dash=Dash(dash.replace("-", " ")) if dash else None))


def _choice(areas: tuple[str, ...], cohorts: tuple[str, ...], people: str | None, group: str) -> Choice:
    from caselight.method.reoffending.published import People
    from caselight.procedures.reoffending.comparators import Choice

    whom = {"children": People.CHILDREN, "adults": People.ADULTS, "all": People.ALL_AGES}
    return Choice(areas, cohorts, whom.get(people or ""), group)


def _row(cell: Published) -> dict[str, str]:
    shown = {
        name: f"{count.value:,}" if count.value is not None else f"({count.state})"
        for name, count in cell.counts.items()
    }
    rate = cell.quoted()
    return {
        "area": cell.area.name, "cohort": cell.cohort.name, "people": str(cell.people),
        "group": " / ".join(cell.breakdown), "measure": cell.measure, **shown,
        "binary": "(not to be quoted)" if rate is None else f"{rate}%",
    }  # fmt: skip
