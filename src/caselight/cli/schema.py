"""``caselight schema``: the JSON Schema of framework files, so that an editor completes and validates."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.speaking import say_json


@click.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Write it to a file.")
@click.option("--json", "as_json", is_flag=True, help="The schema is JSON with and without this.")
def schema(out: Path | None, as_json: bool) -> None:
    """Print the JSON Schema (draft 2020-12) of framework.yaml and its parts."""
    from caselight.formats.framework_schema import framework_schema

    del as_json
    if out is None:
        say_json(framework_schema())
        return
    from caselight.procedures.writing import write_json

    write_json(out, framework_schema())
    click.echo(f"{out} is written. Point your editor's YAML language server at it.")
