"""``caselight import SOURCE``: a package brought into the store, as a new inspection or as more of one that is there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from caselight.cli.opening import open_store
from caselight.cli.speaking import fault_as_data, say_faults, say_json


@click.command("import")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--by", required=True, metavar="PERSON", help="Who brings it in: the key or e-mail address of a person.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def importing(source: Path, by: str, *, as_json: bool) -> None:
    """Bring SOURCE, an inspection folder or zip, into the store. The same again changes nothing."""
    open_store()
    from caselight.procedures.importing import import_package
    from caselight.procedures.serving.starting import prepare
    from caselight.store.accounts.people import key_of

    prepare()
    done = import_package(source, by=key_of(by), at=datetime.now(UTC))
    if as_json:
        say_json({
            "inspection": done.key, "new": done.new, "changed": done.changed, "rows": dict(done.rows),
            "names": done.names, "snapshot": done.snapshot, "faults": [fault_as_data(fault) for fault in done.faults],
        })  # fmt: skip
        return
    say_faults(done.faults)
    if not done.changed:
        click.echo(f"Nothing was changed: the store has all of {done.key} already.")
        return
    click.echo(f"{done.key} is a new inspection in the store." if done.new else f"{done.key} has grown in the store.")
    for file, count in done.rows.items():
        click.echo(f"    {file}: {count} added")
    if done.names:
        click.echo(f"    names of {done.names} people are in the vault")
    click.echo(f"The snapshot of its answers is {done.snapshot}.")
