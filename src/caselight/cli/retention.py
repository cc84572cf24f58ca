"""``caselight retention``: how long records are kept, as the controller says, and when their clock starts."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from caselight.cli.opening import open_store
from caselight.cli.speaking import say_json, say_table


@click.group()
def retention() -> None:
    """Say how long records are kept, and from which day."""


@retention.command()
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def periods(as_json: bool) -> None:
    """List every kind of record: what is proposed, and what the controller confirmed."""
    open_store()
    from caselight.store.identities.queries import confirmed_lengths
    from caselight.store.identities.retention import PERIODS

    known = confirmed_lengths()
    rows = [
        (period.record, period.says, period.clock, period.proposed, *known.get(period.record, ("", "")))
        for period in PERIODS
    ]
    columns = ("record", "what", "from", "proposed", "confirmed", "owner")
    if as_json:
        say_json({"periods": [dict(zip(columns, row, strict=True)) for row in rows]})
        return
    say_table(columns, rows)


@retention.command()
@click.argument("lengths", metavar="RECORD=LENGTH...", nargs=-1)
@click.option("--as-proposed", is_flag=True, help="Every proposal that LENGTHS do not name.")
@click.option("--owner", required=True, metavar="NAME", help="Who answers for them.")
@click.option("--by", required=True, metavar="PERSON", help="Who writes it down, by key or e-mail address.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def confirm(lengths: tuple[str, ...], as_proposed: bool, owner: str, by: str, as_json: bool) -> None:
    """Write down the lengths that the controller confirmed, such as identity="6 months"."""
    open_store()
    from caselight.store.accounts.people import key_of
    from caselight.store.identities.actions.retention import confirm_retention
    from caselight.store.identities.queries import unconfirmed
    from caselight.store.identities.retention import PERIODS

    wanted = {period.record: period.proposed for period in PERIODS} if as_proposed else {}
    wanted |= {record: length for record, _, length in (one.partition("=") for one in lengths)}
    confirm_retention(by=key_of(by), owner=owner, lengths=wanted, at=datetime.now(UTC))
    left = unconfirmed()
    if as_json:
        say_json({"confirmed": wanted, "unconfirmed": left})
        return
    click.echo(f"{len(wanted)} confirmed. " + (f"Not yet: {', '.join(left)}." if left else "Nothing is open."))


@retention.command()
@click.argument("inspection")
@click.argument("day", metavar="DAY", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--by", required=True, metavar="PERSON", help="Who starts it, by key or e-mail address.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def start(inspection: str, day: datetime, by: str, as_json: bool) -> None:
    """Start the clock of INSPECTION on DAY: published, and the time to appeal over."""
    open_store()
    from caselight.store.accounts.people import key_of
    from caselight.store.identities.actions.retention import retain_from

    until = retain_from(by=key_of(by), inspection=inspection, starts=day.date(), at=datetime.now(UTC))
    if as_json:
        say_json({"inspection": inspection, "until": until})
        return
    click.echo(f"Who the children of {inspection} are, and the words about them, are kept until {until}.")
