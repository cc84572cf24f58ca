"""``caselight pack FOLDER``: an inspection folder as one zip, without the private folder unless asked."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.speaking import say_json


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("archive", type=click.Path(path_type=Path), required=False)
@click.option("--with-private", is_flag=True, help="Also pack private/: names, dates of birth and local numbers.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def pack(folder: Path, archive: Path | None, with_private: bool, as_json: bool) -> None:
    """Pack FOLDER into ARCHIVE (default: FOLDER.zip)."""
    from caselight.formats.package.archive import pack as pack_folder

    place = folder.resolve()
    target = archive or place.with_name(f"{place.name}.zip")  # a name may have a point in it
    pack_folder(folder, target, with_private=with_private)
    if as_json:
        say_json({"archive": str(target), "private": with_private})
        return
    click.echo(
        f"{target} holds {folder}" + (", with the names of its people." if with_private else ", without private/.")
    )
