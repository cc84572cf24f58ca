"""``caselight agreement FOLDER``: how far two people agree on what both marked, question by question."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caselight.cli.speaking import say_json

if TYPE_CHECKING:
    from caselight.method.statistics.proportions import Undefined
    from caselight.procedures.agreeing import Agreed, Interval, Measured

NAMES = {
    "gwet_ac1": "Gwet's AC1",
    "gwet_ac2": "Gwet's AC2",
    "krippendorff_alpha": "Krippendorff's alpha",
    "cohen_kappa": "Cohen's kappa",
    "weighted_kappa": "weighted kappa",
}
WHETHER, HOW = "Does it apply?", "How was it answered, where both thought that it applies?"


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--question", default="", metavar="ID", help="Only this question, with every case marked by both.")
@click.option("--seed", default=1, show_default=True, metavar="N", help="The seed of the resampled ranges.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def agreement(folder: Path, question: str, seed: int, *, as_json: bool) -> None:
    """Say how far two people agree on the cases of an inspection FOLDER that both marked."""
    from caselight.procedures.agreeing import agreed, agreed_as_data

    found = agreed(folder, question, seed=seed)
    if as_json:
        say_json({"questions": agreed_as_data(found)})
        return
    if not found:
        click.echo("Nothing here was marked by two people.")
    for item in found:
        for line in _lines(item, every=bool(question)):
            click.echo(line)


def _lines(item: Agreed, *, every: bool) -> Iterator[str]:
    marked = item.marked
    yield f"{marked.question}  {marked.label}"
    if marked.contested:
        yield f"  {marked.contested} left out: two answers within one pass, which nobody has decided between."
    yield from _figure(WHETHER, item.applies, marked.rule.minimum_units)
    yield from _figure(HOW, item.answers, marked.rule.minimum_units)
    for unit in marked.units if every else ():
        moderated = f", moderated: {unit.moderated}" if unit.moderated else ""
        yield f"  {unit.unit}  first: {unit.first}, second: {unit.second}{moderated}"
    yield ""


def _figure(asks: str, measured: Measured, minimum: int) -> Iterator[str]:
    figure = measured.figure
    if figure.share is None:
        yield f"  {asks}  Nothing marked by both."
        return
    low, high = (f"{end:.0%}" for end in figure.share)
    yield f"  {asks}  {figure.agreed} of {figure.units} alike (95% range {low} to {high})."
    yield from _table(measured)
    if figure.few:
        yield f"    Fewer than {minimum}, so no coefficient."
    for coefficient, interval in measured.coefficients:
        name = NAMES[coefficient.name] + (f", {coefficient.weights}" if coefficient.weights else "")
        value = f"undefined: {coefficient.undefined}" if coefficient.undefined else _two(coefficient.value)
        flags = "".join(f"; {flag}" for flag in coefficient.flags)
        yield f"    {name}: {value}{'' if coefficient.undefined else _range(interval)}{flags}"
    if figure.flagged:
        yield "    Flagged: the first coefficient is below what the framework asks to be told of."


def _range(interval: Interval) -> str:
    from caselight.engines.agreement.bootstrap import Resampled

    if not isinstance(interval, Resampled):
        return f" (no range: {interval.reason})"
    left_out = f", {interval.undefined} of {interval.resamples} resamples left out" if interval.undefined else ""
    return f" (95% range {_two(interval.low)} to {_two(interval.high)}{left_out})"


def _two(value: float | Undefined) -> str:
    return f"{round(value, 2) + 0.0:.2f}" if isinstance(value, float) else value.reason  # and no minus before nought


def _table(measured: Measured) -> Iterator[str]:
    labels, cells = measured.figure.labels, measured.figure.ratings.table()
    first, widths = max(len("first / second"), *map(len, labels)), [max(len(label), 4) for label in labels]
    yield f"    {'first / second':<{first}}" + "".join(f"  {one:>{w}}" for one, w in zip(labels, widths, strict=True))
    for label, row in zip(labels, cells, strict=True):
        yield f"    {label:<{first}}" + "".join(f"  {n:>{w}}" for n, w in zip(row, widths, strict=True))
