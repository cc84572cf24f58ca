"""``caselight doctor``: what is wrong with this machine's Caselight, why, and how to mend it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from caselight.cli.opening import open_store
from caselight.cli.speaking import say_faults


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def doctor(*, as_json: bool) -> None:
    """Look at settings, versions, disks, keys, clock, database, audit and backups."""
    open_store()
    from caselight.procedures.doctor import examine

    found = examine(at=datetime.now(UTC))
    status = say_faults(found, as_json=as_json)
    if not found and not as_json:
        click.echo("Everything is well.")
    sys.exit(status)
