"""``caselight tally FOLDER``: every question as n of d, with what is not relevant, unanswered and contested."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.speaking import say_json, say_table

COLUMNS = ("figure", "what", "sufficient", "relevant", "not relevant", "unanswered", "contested", "95% interval")
NUMBERS = frozenset(COLUMNS[2:7])


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--theme", default="", metavar="ID", help="Only the questions of one theme.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def tally(folder: Path, theme: str, as_json: bool) -> None:
    """Count every question of an inspection FOLDER."""
    from caselight.procedures.counting import tallied

    figures = tallied(folder, theme)
    if as_json:
        from caselight.formats.tables.json import interval_as_data

        say_json(
            {
                "figures": [
                    {
                        "key": f.key,
                        "kind": f.kind,
                        "label": f.label,
                        "theme": f.theme,
                        "sufficient": f.sufficient,
                        "relevant": f.relevant,
                        "not_relevant": f.not_relevant,
                        "unanswered": f.unanswered,
                        "contested": f.contested,
                        "interval": interval_as_data(f.interval),
                    }
                    for f in figures
                ]
            }
        )
        return
    say_table(COLUMNS, [_row(f) for f in figures], right=NUMBERS)


def _row(figure) -> tuple[object, ...]:  # type: ignore[no-untyped-def]
    interval = figure.interval
    shown = f"{interval.low:.2f} to {interval.high:.2f}" if interval and interval.low is not None else "none"
    if figure.kind == "count":
        return figure.key, figure.label, figure.sufficient, "", "", figure.unanswered or "", "", ""
    return (
        figure.key,
        figure.label,
        figure.sufficient,
        figure.relevant,
        figure.not_relevant,
        figure.unanswered,
        figure.contested,
        shown,
    )
