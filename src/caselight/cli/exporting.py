"""``caselight export KEY TARGET``: an inspection of the store as a folder or a zip, without names unless asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from caselight.cli.opening import open_store
from caselight.cli.speaking import say_json


@click.command("export")
@click.argument("key")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--by", required=True, metavar="PERSON", help="Who takes it out: the key or e-mail address of a person.")
@click.option("--names", is_flag=True, help="Also take out who the subjects are; each name read is recorded.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def exporting(key: str, target: Path, by: str, *, names: bool, as_json: bool) -> None:
    """Take the inspection KEY out of the store into TARGET: a new folder, or a zip where it ends with .zip."""
    open_store()
    from caselight.procedures.exporting import export_package
    from caselight.procedures.serving.starting import prepare
    from caselight.store.accounts.people import key_of

    prepare()
    done = export_package(key, target, by=key_of(by), at=datetime.now(UTC), names=names)
    if as_json:
        say_json({"inspection": done.key, "target": str(target), "events": done.events, "names": done.names,
                  "snapshot": done.snapshot})  # fmt: skip
        return
    told = f"with the names of {done.names} people" if names else "without names"
    click.echo(f"{target} holds {done.key}, {told}. The snapshot of its answers is {done.snapshot}.")
