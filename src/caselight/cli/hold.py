"""``caselight hold``: reasons why nothing may be purged."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

import click

from caselight.cli.opening import open_store
from caselight.cli.speaking import say_json, say_table


@click.group()
def hold() -> None:
    """Keep a subject, or a whole inspection, from being purged, and let it go again."""


@hold.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def list_(as_json: bool) -> None:
    """List the holds that stand."""
    open_store()
    from caselight.store.identities.queries import holds

    found = holds()
    if as_json:
        say_json({"holds": [asdict(one) for one in found]})
        return
    rows = [
        (one.number, one.inspection, one.subject_key or "(all)", one.placed_by, f"{one.placed_at:%Y-%m-%d}",
         one.confirmed_by or "nobody yet", one.lift_asked_by)
        for one in found
    ]  # fmt: skip
    say_table(("hold", "inspection", "subject", "placed by", "on", "confirmed by", "asked to lift"), rows)


@hold.command()
@click.argument("inspection")
@click.argument("subject", default="")
@click.option("--why", required=True, metavar="TEXT", help="The reason; it is sealed.")
@click.option("--by", required=True, metavar="PERSON", help="Who places it, by key or e-mail address.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def place(inspection: str, subject: str, why: str, by: str, as_json: bool) -> None:
    """Hold SUBJECT of INSPECTION, or without one the whole INSPECTION. It works at once."""
    open_store()
    from caselight.store.accounts.people import key_of
    from caselight.store.identities.actions.holds import place_hold

    number = place_hold(by=key_of(by), inspection=inspection, subject_key=subject, reason=why, at=datetime.now(UTC))
    _say(number, "placed; somebody else confirms it", as_json)


@hold.command()
@click.argument("number", type=int)
@click.option(
    "--by", required=True, metavar="PERSON", help="Who confirms it: not who placed it, by key or e-mail address."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def confirm(number: int, by: str, as_json: bool) -> None:
    """Confirm the hold NUMBER."""
    open_store()
    from caselight.store.accounts.people import key_of
    from caselight.store.identities.actions.holds import confirm_hold

    confirm_hold(by=key_of(by), hold=number, at=datetime.now(UTC))
    _say(number, "confirmed", as_json)


@hold.command()
@click.argument("number", type=int)
@click.option("--by", required=True, metavar="PERSON", help="Who lifts it, by key or e-mail address.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def lift(number: int, by: str, as_json: bool) -> None:
    """Ask that the hold NUMBER be lifted, or as a second person lift it: the dates count again."""
    open_store()
    from caselight.store.accounts.people import key_of
    from caselight.store.identities.actions.holds import lift_hold

    done = lift_hold(by=key_of(by), hold=number, at=datetime.now(UTC))
    if as_json:
        say_json({"hold": number, "lifted": done})
        return
    _say(number, "lifted" if done else "to be lifted; it holds until somebody else says the same", as_json)


def _say(number: int, what: str, as_json: bool) -> None:
    if as_json:
        say_json({"hold": number})
        return
    click.echo(f"Hold {number} is {what}.")
