"""``caselight heads``: sign the ends of the audit chains and keep them outside the database; for cron."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

import click

from caselight.cli.opening import open_store
from caselight.cli.speaking import say_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def heads(as_json: bool) -> None:
    """Sign the end of each audit chain that grew, and keep it outside the database."""
    open_store()
    from caselight.store.audit.heads import write_heads

    written = write_heads(at=datetime.now(UTC))
    if as_json:
        say_json({"heads": [asdict(head) for head in written]})
        return
    for head in written:
        click.echo(f"{head.chain}, row {head.n}: {head.hash}")
    click.echo(f"{len(written):,} heads were written." if written else "No chain grew: no head was written.")
