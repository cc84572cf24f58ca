"""``caselight audit-export FOLDER``: the audit as plain files, to be checked by anybody."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from caselight.cli.opening import open_store
from caselight.cli.speaking import say_json


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def audit_export(folder: Path, as_json: bool) -> None:
    """Write the audit into FOLDER, which must not exist yet, for whoever wants to check it."""
    open_store()
    from caselight.procedures.exporting_audit import export_audit

    exported = export_audit(folder)
    if as_json:
        say_json({"folder": str(folder), **asdict(exported)})
        return
    click.echo(f"{folder}: {exported.chains:,} chains, {exported.rows:,} rows, {exported.events:,} answers.")
    click.echo("It holds no names and no words about a child. Send the heads along from where they are kept.")
