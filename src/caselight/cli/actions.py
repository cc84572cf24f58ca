"""``caselight actions FOLDER``: what was agreed beside the answers, as of a day, late ones first."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from caselight.cli.speaking import say_json, say_table

COLUMNS = ("state", "due", "days late", "action", "about", "owner", "what")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--on", "on", default="", metavar="DATE", help="The day that lateness is told from (default: today).")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def actions(folder: Path, on: str, as_json: bool) -> None:
    """List the actions of an inspection FOLDER: late ones first, then those that are open, done and dropped."""
    from caselight.procedures.following_up import followed

    day = on or datetime.now(UTC).date().isoformat()
    found = followed(folder, day)
    if as_json:
        say_json({"on": day, "actions": [_as_data(item) for item in found]})
        return
    say_table(COLUMNS, [_row(item) for item in found], right=frozenset({"days late"}))
    states = [item.state for item in found]
    counts = ", ".join(f"{states.count(state)} {state}" for state in ("late", "open", "done", "dropped"))
    click.echo(f"On {day}: {counts}.")


def _row(item) -> tuple[object, ...]:  # type: ignore[no-untyped-def]
    action = item.action
    return (
        item.state, action.due or "no day", item.days_late or "", action.id, item.about or "the service",
        action.owner or "nobody", action.text,
    )  # fmt: skip


def _as_data(item) -> dict[str, object]:  # type: ignore[no-untyped-def]
    action = item.action
    return {
        "action_id": action.id,
        "state": item.state,
        "days_late": item.days_late,
        "subject_kind": action.subject_kind,
        "subject_key": action.subject_key,
        "question_id": action.question_id,
        "text": action.text,
        "owner": action.owner,
        "due": action.due,
        "status": action.status,
    }
