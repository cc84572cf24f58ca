"""``caselight seal FOLDER``: renew the checksums of an inspection folder."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.speaking import say_json


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def seal(folder: Path, as_json: bool) -> None:
    """Write datapackage.json: what each file of FOLDER is, with its size and checksum."""
    from caselight.formats.package.seal import seal as seal_folder

    seal_folder(folder)
    if as_json:
        say_json({"sealed": str(folder)})
        return
    click.echo(f"{folder} is sealed: datapackage.json names every file with its checksum.")
