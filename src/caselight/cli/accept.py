"""``caselight accept FOLDER --by NAME``: a person has read the claims of the letter and accepts them as they stand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from caselight.cli.speaking import say_json


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--by", required=True, metavar="KEY", help="Your key in the team of inspection.yaml.")
@click.option("--on", "on", default="", metavar="DATE", help="The day of acceptance (default: today).")
@click.option("--claim", "only", multiple=True, metavar="ID", help="Only this claim; may be given several times.")
@click.option("--language", default="", metavar="CODE", help="The language of the letter (default: the first).")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def accept(folder: Path, by: str, on: str, only: tuple[str, ...], language: str, as_json: bool) -> None:
    """Accept the claims of the letter in FOLDER: their sentences, figures and the answers behind them."""
    from caselight.procedures.accepting import accept_claims

    day = on or datetime.now(UTC).date().isoformat()
    accepted = accept_claims(folder, by, day, only=only, language=language)
    if as_json:
        say_json({"accepted": [row.claim for row in accepted]})
        return
    click.echo(f"{len(accepted)} claims are accepted by {by} on {day}.")
