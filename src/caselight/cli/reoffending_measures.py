"""``caselight reoffending measures``: what each measure is, option by option, and where that was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from caselight.cli.speaking import say_json, say_table

if TYPE_CHECKING:
    from caselight.method.reoffending.measures import Measure

MARKS = {"source": "read", "recomputed": "recomputed", "specialist": "to be confirmed", "ours": "our choice"}


@click.command()
@click.argument("id_", metavar="[ID]", default="")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def measures(id_: str, *, as_json: bool) -> None:
    """List the measures of reoffending; with ID, every option of one and where it comes from."""
    from caselight.method.reoffending.measures import measure
    from caselight.method.reoffending.measures import measures as every

    chosen = [measure(id_)] if id_ else list(every().values())
    if as_json:
        say_json({"measures": [_data(one) for one in chosen]})
    elif not id_:
        rows = [(one.id, one.title, one.published, "yes" if one.options else "by name only") for one in chosen]
        say_table(("measure", "what", "published", "computed"), rows)
    else:
        _say(chosen[0])


def _say(one: Measure) -> None:
    click.echo(f"{one.id}: {one.title} ({one.jurisdiction}), published {one.published}.")
    click.echo(f"Counts {one.outcome}. {one.source}")
    if one.provenance:
        click.echo("")
        rows = [(each.option, _value(each.value), MARKS[each.mark], each.source) for each in one.provenance]
        say_table(("option", "value", "standing", "source"), rows)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) or "none" if isinstance(value, list) else str(value)


def _data(one: Measure) -> dict[str, Any]:
    options = [
        {"option": each.option, "value": each.value, "mark": str(each.mark), "source": each.source}
        for each in one.provenance
    ]
    return {
        "id": one.id,
        "title": one.title,
        "version": one.version,
        "published": one.published,
        "outcome": one.outcome,
        "jurisdiction": one.jurisdiction,
        "window": str(one.window),
        "fingerprint": one.options.fingerprint if one.options else None,
        "options": options,
    }
