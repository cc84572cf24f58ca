"""``caselight reoffending demo FOLDER``: everything about reoffending once through, with invented events."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.progress import progress
from caselight.cli.reoffending_suppress import quiet_solver
from caselight.cli.speaking import say_json


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--people", type=click.IntRange(1_000, 3_000_000), default=300_000, metavar="N",
              help="How many people to invent (default: 300000).")  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0), default=1, metavar="N", help="The same seed gives the same people (default: 1)."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def demo(folder: Path, people: int, seed: int, as_json: bool) -> None:
    """Invent events, compute, follow a service, hold back and draw, into a new FOLDER."""
    from caselight.procedures.reoffending.demonstrating import demonstrate

    with progress(quiet=as_json) as doing, quiet_solver():
        made = demonstrate(folder, people=people, seed=seed, doing=doing)
    of = made.national
    if as_json:
        say_json({"folder": str(made.folder), "rows": made.rows, "entries": of.entries, "reoffenders": of.reoffenders,
                  "reoffences": of.reoffences, "held_back": made.held_back, "protected": made.protected,
                  "left_out": made.explained, "two_ids": made.two_ids.in_words()})  # fmt: skip
        return
    click.echo(f"{made.rows:,} invented offences are in {made.folder}, with what they come to.")
    click.echo(
        f"Year to March 2020: {of.entries:,} cohort entries, binary {of.binary}%, {of.per_reoffender} per reoffender."
    )
    click.echo(f"In the service's table {made.held_back} counts are held back, so that {made.protected} are protected.")
    for line in (*made.two_ids.in_words(), *made.explained):
        click.echo(line)
