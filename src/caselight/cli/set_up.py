"""``caselight set-up``: makes the place where a team's Caselight lives, or brings it up to this version."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from caselight.cli.opening import open_store
from caselight.cli.speaking import say_json


@click.command("set-up")
@click.option("--administrator", default="", metavar="EMAIL", help="Make the first administrator, with this address.")
@click.option("--name", default="", metavar="NAME", help="The administrator's name (default: the address).")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def set_up(administrator: str, name: str, *, as_json: bool) -> None:
    """Make the data folder, the keys and the database, or bring them up to this version."""
    open_store()
    from caselight.procedures.setting_up import set_up as make

    done = make(at=datetime.now(UTC), email=administrator, name=name)
    if as_json:
        say_json({"migrations": done.migrations, "administrator": done.administrator, "link": done.link})
        return
    click.echo(f"The database is ready; {done.migrations or 'no'} changes were made to it.")
    if done.administrator:
        click.echo(
            f"Open this page where Caselight is served, within three days, to set the password of {done.administrator}:"
        )
        click.echo(f"    {done.link}")
