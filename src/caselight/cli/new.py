"""``caselight new inspection DIR --framework ID``: a new inspection folder with its framework inside."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.speaking import say_json


@click.group()
def new() -> None:
    """Begin something new: an inspection folder."""


@new.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--framework",
    "framework",
    required=True,
    metavar="ID",
    help="The framework: the name of a shipped pack (sqs), or a folder that holds one.",
)
@click.option("--service", default="", help="The full name of the inspected service.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def inspection(folder: Path, framework: str, service: str, as_json: bool) -> None:
    """Make FOLDER into a new inspection: every file of the package, the framework, and its starting letter if it has one."""
    from caselight.procedures.beginning import new_inspection

    files = new_inspection(folder, framework, service)
    if as_json:
        say_json({"folder": str(folder), "files": files})
        return
    click.echo(f"{folder} is ready:")
    for name in files:
        click.echo(f"  {name}")
    click.echo(f"Next: fill in {folder / 'inspection.yaml'} and caseload.csv, then run: caselight check {folder}")
