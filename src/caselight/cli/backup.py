"""``caselight backup``: a copy of everything that only a key kept elsewhere opens."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from caselight.cli.opening import open_store
from caselight.cli.speaking import say_json


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--for", "recipient", default="", metavar="KEY", help="The public key (age1…) it is made for.")
@click.option(
    "--by", default="", metavar="PERSON", help="Who takes it, by key or e-mail address; without it, the machine."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def backup(folder: Path, recipient: str, by: str, as_json: bool) -> None:
    """Write a new backup into FOLDER, better on another machine, and replace the copy of the keys there."""
    open_store()
    from django.conf import settings

    from caselight.procedures.backup.taking import take_backup
    from caselight.store.accounts.people import key_of

    at = datetime.now(UTC)
    taken = take_backup(
        folder, recipient=recipient or settings.BACKUP_RECIPIENT, by=key_of(by) if by else "system", at=at
    )
    if as_json:
        say_json({"file": str(taken.file), "keys": str(taken.keys), "sha256": taken.sha256, "rows": taken.rows})
        return
    click.echo(f"{taken.file}: {taken.rows:,} rows.")
    click.echo(f"{taken.keys}: the keys, in place of the copy that was there.")
    click.echo("A backup counts when it has been restored: caselight restore, into an empty place.")
