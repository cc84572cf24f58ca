"""``caselight differences``: what changed between two frameworks."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("before", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the differences for a program.")
def differences(before: Path, after: Path, *, as_json: bool) -> None:
    """Say what was added, dropped, replaced and changed from the framework BEFORE to the framework AFTER.

    Both are folders of a framework, or of an inspection.
    """
    from dataclasses import asdict

    from caselight.cli.speaking import say_json, say_table
    from caselight.procedures.differing import differing, said

    found = differing(before, after)
    if as_json:
        say_json(asdict(found) | {"comparable": found.comparable})
        return
    click.echo(f"From {found.before} to {found.after}: " + ("nothing differs." if found.none else "what differs."))
    if not found.none:
        say_table(("what", "which", "how", "comparable"), said(found))
    click.echo(f"{len(found.comparable)} questions can be compared.")
