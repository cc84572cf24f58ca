"""``caselight compare FOLDER OTHER…``: one inspection beside another, or beside several as a group."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caselight.cli.speaking import say_json, say_table

if TYPE_CHECKING:
    from caselight.method.analysis.comparison import Compared, Comparison
    from caselight.method.statistics.two_samples import Counted

COLUMNS = ("figure", "what", "one", "other", "points", "95% range", "chance", "adjusted", "")
NUMBERS = frozenset(COLUMNS[2:8])
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("folder", type=FOLDER)
@click.argument("others", type=FOLDER, nargs=-1, required=True)
@click.option("--by", default="", metavar="FACT", help="Also divide the cases by a fact, and say what turns round.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def compare(folder: Path, others: tuple[Path, ...], by: str, *, as_json: bool) -> None:
    """Hold the inspection FOLDER against OTHERS: one other inspection, or several as a group."""
    from caselight.procedures.comparing import compared, compared_as_data

    found = compared(folder, others, by=by)
    if as_json:
        say_json(compared_as_data(found))
        return
    click.echo(f"One: {found.one}. Other: {', '.join(found.other)}.")
    if found.compared:
        say_table(COLUMNS, [_row(item) for item in found.compared], right=NUMBERS)
    for line in (*_parts(found), *_remarks(found)):
        click.echo(line)
    if found.refused:
        click.echo("Not compared:")
        say_table(("figure", "why"), [(item.key, item.why) for item in found.refused])


def _row(item: Compared) -> tuple[object, ...]:
    points = f"{100 * item.difference:+.0f}"
    span = f"{100 * item.low:+.0f} to {100 * item.high:+.0f}"
    said = ", ".join(word for word, held in (("stands out", item.stands_out), ("turns round", item.reversed)) if held)
    return item.key, item.label, _of(item.one), _of(item.other), points, span, *_chances(item), said


def _chances(item: Compared) -> tuple[str, str]:
    return tuple("<0.001" if value < 0.001 else f"{value:.3f}" for value in (item.chance, item.adjusted))  # type: ignore[return-value]


def _of(side: Counted) -> str:
    return f"{side.sufficient}/{side.relevant}"


def _parts(found: Comparison) -> Iterator[str]:
    """What turns round, with the parts in which it does."""
    for item in found.compared:
        if item.reversed:
            higher, lower = ("higher", "lower") if item.difference > 0 else ("lower", "higher")
            parts = ", ".join(f"{part.label} {_of(part.one)} and {_of(part.other)}" for part in item.strata)
            yield f"{item.key} is {higher} as a whole and {lower} or the same in each part of {found.by}: {parts}."


def _remarks(found: Comparison) -> Iterator[str]:
    """What the tests assume and what a reader should know, each once with the figures it is about."""
    said: dict[str, list[str]] = {}
    for item in found.compared:
        for sentence in (item.assumes, *item.notes):
            said.setdefault(sentence, []).append(item.key)
    for sentence, keys in said.items():
        yield f"{', '.join(keys)}: {sentence}"
    if found.compared:
        yield (
            f"Stands out: of all that do, at most {found.rate:.0%} are expected to be chance alone "
            f"({len(found.compared)} compared)."
        )
