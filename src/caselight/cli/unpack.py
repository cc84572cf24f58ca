"""``caselight unpack ARCHIVE FOLDER``: an inspection zip as a new folder, whole and verified, or not at all."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.speaking import say_json


@click.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def unpack(archive: Path, folder: Path, as_json: bool) -> None:
    """Unpack ARCHIVE into FOLDER, which must not exist yet."""
    from caselight.formats.package.archive import unpack as unpack_archive

    unpack_archive(archive, folder)
    if as_json:
        say_json({"folder": str(folder)})
        return
    click.echo(f"{folder} holds the inspection.")
