"""``caselight migrate``: move an open inspection to another framework."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("framework")
@click.option("--by", required=True, help="Who moves it: a key of the team.")
@click.option("--on", required=True, help="The day, as 2016-01-20.")
@click.option("--why", required=True, help="The reason, in words.")
@click.option(
    "--screening", default="", help="The screening to ask (default: the one of the same name, else the first)."
)
@click.option("--try", "only_try", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def migrate(folder: Path, framework: str, screening: str, *, only_try: bool, as_json: bool, **who: str) -> None:
    """Move the inspection in FOLDER to FRAMEWORK, and say which answers are not taken over.

    FRAMEWORK is a framework folder or the name of a shipped pack.
    """
    from caselight.cli.speaking import say_json, say_table
    from caselight.method.inspection.migration import WHY
    from caselight.procedures import migrating

    by = migrating.By(who["by"], who["on"], who["why"])
    found = migrating.migrate(folder, framework, by, screening=screening, only_try=only_try)
    left = [
        (one.event.subject_key, one.event.question_id, one.event.value, WHY[one.why], one.about) for one in found.left
    ]
    columns = ("subject", "question", "answer", "why", "about")
    if as_json:
        say_json({"taken": len(found.taken), "left": [dict(zip(columns, row, strict=True)) for row in left]})
        return
    would = "would be" if only_try else "were"
    click.echo(f"{len(found.taken)} answers {would} taken over, {len(left)} {would} not.")
    if left:
        say_table(columns, left)
    if not only_try:
        click.echo("What was recorded before is kept. Claims of the letter have to be accepted again.")
