"""``caselight restore``: a backup back into an empty place, verified, or nothing."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.opening import open_store
from caselight.cli.speaking import say_json

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--keys", type=FILE, help="The copy of the keys (default: keys.age beside the backup).")
@click.option("--key", "secret", type=FILE, required=True, help="The file with the secret key for backups.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def restore(file: Path, keys: Path | None, secret: Path, as_json: bool) -> None:
    """Restore the backup FILE into the empty folder that CASELIGHT_DATA names."""
    open_store()
    from caselight.procedures.backup.restoring import restore as restored
    from caselight.procedures.backup.taking import KEYS_FILE

    done = restored(file, keys or file.with_name(KEYS_FILE), identity=secret.read_text("utf-8"))
    if as_json:
        say_json({"made_at": done.made_at, "rows": done.rows, "destroyed_again": done.destroyed_again})
        return
    click.echo(f"Restored as of {done.made_at}: {done.rows:,} rows.")
    if done.destroyed_again:
        click.echo(f"{done.destroyed_again} keys that were purged since then were destroyed again.")
    click.echo("Now run: caselight verify, then caselight serve.")
