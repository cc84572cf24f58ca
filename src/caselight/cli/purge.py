"""``caselight purge``: what is due, and its destruction by two people."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from caselight.cli.opening import open_store
from caselight.cli.speaking import say_json, say_table

if TYPE_CHECKING:
    from caselight.store.identities.purging.certificates import Certificate


@click.group()
def purge() -> None:
    """Destroy what may no longer be kept: proposed by one person, confirmed by another."""


@purge.command()
@click.option("--inspection", default="", metavar="KEY", help="Only this inspection.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def due(inspection: str, as_json: bool) -> None:
    """List the subjects whose day has passed, and the purges that are not finished."""
    open_store()
    from caselight.store.identities import queries

    found, asked = queries.due(datetime.now(UTC).date(), inspection=inspection), queries.asked()
    if as_json:
        say_json({"due": [asdict(one) for one in found], "purges": [asdict(one) for one in asked]})
        return
    subjects = [
        (one.inspection, one.subject_key or "(the inspection)", one.retain_until, "on hold" if one.on_hold else "")
        for one in found
    ]
    say_table(("inspection", "subject", "kept until", "hold"), subjects)
    children = [one for one in found if one.subject_key]
    click.echo(f"{len(children)} subjects are due, {sum(one.on_hold for one in children)} of them on hold.")
    if asked:
        rows = [(one.key, one.inspection, one.asked_by, one.confirmed_by, one.step, one.subjects) for one in asked]
        say_table(("purge", "inspection", "asked by", "confirmed by", "step", "subjects"), rows)


@purge.command()
@click.argument("inspection")
@click.argument("subjects", nargs=-1)
@click.option("--by", required=True, metavar="PERSON", help="Who proposes it, by key or e-mail address.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def propose(inspection: str, subjects: tuple[str, ...], by: str, as_json: bool) -> None:
    """Propose to purge SUBJECTS of INSPECTION; without any, all that are due and not on hold."""
    open_store()
    from caselight.store.accounts.people import key_of
    from caselight.store.identities import queries
    from caselight.store.identities.actions import proposals

    at = datetime.now(UTC)
    free = [one.subject_key for one in queries.due(at.date(), inspection=inspection) if not one.on_hold]
    wanted = subjects or free
    key = proposals.propose(by=key_of(by), inspection=inspection, subject_keys=wanted, at=at)
    count = len(set(wanted) - {""})
    if as_json:
        say_json({"purge": key, "subjects": count, "inspection_itself": "" in wanted})
        return
    itself = " and for what the inspection itself keeps" if "" in wanted else ""
    click.echo(f"Purge {key} is proposed for {count} subjects{itself}. Somebody else confirms it:")
    click.echo(f"    caselight purge confirm {key} --by …")


@purge.command()
@click.argument("key")
@click.option(
    "--by", required=True, metavar="PERSON", help="Who confirms it: not who proposed it, by key or e-mail address."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def confirm(key: str, by: str, as_json: bool) -> None:
    """Confirm the purge KEY and carry it out. There is no way back."""
    open_store()
    from caselight.store.accounts.people import key_of
    from caselight.store.identities.actions import proposals, purges

    at, who = datetime.now(UTC), key_of(by)
    proposals.confirm(by=who, key=key, at=at)
    _say([purges.purge(by=who, key=key, at=at)], as_json)


@purge.command()
@click.option("--by", required=True, metavar="PERSON", help="Who has it finished, by key or e-mail address.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def resume(by: str, as_json: bool) -> None:
    """Finish purges that were interrupted, and purge again whom a restored backup brought back."""
    open_store()
    from caselight.store.accounts.people import key_of
    from caselight.store.identities.actions import purges

    at, who = datetime.now(UTC), key_of(by)
    again = purges.reapply(by=who, at=at)
    _say(purges.resume(by=who, at=at), as_json, again)


def _say(certificates: list[Certificate], as_json: bool, again: int = 0) -> None:
    if as_json:
        certified = [
            {"purge": one.purge, "sha256": one.sha256, "inspection_stays": one.inspection_stays, **one.counts}
            for one in certificates
        ]
        say_json({"certificates": certified, "again": again})
        return
    for one in certificates:
        click.echo(f"Purged {one.counts['subjects']} subjects of {one.inspection}. Certificate: {one.sha256}")
        if one.inspection_stays:
            click.echo("What the inspection itself keeps, such as its files, stays until its last subject is due.")
    if again:
        click.echo(f"{again} subjects that a restored backup had brought back were purged again.")
    if not certificates and not again:
        click.echo("Nothing was left to finish.")
