"""``caselight decide FOLDER RATING GRADE --by KEY --why "…"``: a panel decides otherwise than the rule, with a reason."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

import click

from caselight.cli.speaking import say_json


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("rating")
@click.argument("grade")
@click.option(
    "--by", required=True, metavar="KEY", help="Who records the decision: a key in the team of inspection.yaml."
)
@click.option("--why", required=True, metavar="TEXT", help="The panel's reason. It is printed beside the rating.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def decide(folder: Path, rating: str, grade: str, by: str, why: str, as_json: bool) -> None:
    """Record in FOLDER that the panel decides on GRADE for RATING; the grade by the rule is kept beside it."""
    from caselight.procedures.deciding import decide_rating

    decided = decide_rating(folder, rating, grade, by=by, why=why, stamp=_stamp(datetime.now(UTC)))
    if as_json:
        changed = [{"rating": key, "from": before, "to": after} for key, before, after in decided.changed]
        say_json({"op_id": decided.event.op_id, "rating": rating, "grade": grade, "changed": changed})
        return
    click.echo(f"The decision about {rating} is recorded.")
    for key, before, after in decided.changed:
        click.echo(f"  {key}: {before} is now {after}")
    if not decided.changed:
        click.echo("  No grade is another than before.")


def _stamp(now: datetime) -> tuple[str, str]:
    """A new UUID of version 7 for this instant, and the instant as events write it."""
    milliseconds = int(now.timestamp() * 1000)
    digits = f"{milliseconds:012x}7{secrets.randbits(12):03x}{0x8 | secrets.randbits(2):x}{secrets.randbits(60):015x}"
    op_id = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    return op_id, now.strftime("%Y-%m-%dT%H:%M:%SZ")
