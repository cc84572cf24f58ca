"""``caselight explain FOLDER FIGURE``: the cases behind a number and why a case is not among them, or a rating's chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caselight.cli.speaking import say_json

if TYPE_CHECKING:
    from caselight.method.analysis.figure import Figure
    from caselight.procedures.counting import Link

CELLS = {
    "sufficient": "Sufficient",
    "insufficient": "Not sufficient",
    "not_relevant_by_rule": "Not relevant, by the rule",
    "not_relevant_by_inspector": "Not relevant, by the inspector",
    "unanswered": "Not yet answered",
    "contested": "Two answers: needs a decision",
}


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("figure")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def explain(folder: Path, figure: str, as_json: bool) -> None:
    """Show what is behind FIGURE (for instance P5, or C4@custody) in an inspection FOLDER."""
    from caselight.procedures.counting import explained

    found, chain = explained(folder, figure)
    if as_json:
        say_json(_chain_as_data(found, chain) if chain else _figure_as_data(found))
    elif chain:
        for link in chain:
            _say_link(link)
    else:
        _say_figure(found)


def _chain_as_data(found: Figure, chain: Sequence[Link]) -> dict[str, object]:
    return {"key": found.key, "label": found.label, "chain": [_link_as_data(link) for link in chain]}


def _figure_as_data(found: Figure) -> dict[str, object]:
    from caselight.formats.tables.json import interval_as_data

    return {
        "key": found.key,
        "label": found.label,
        "sufficient": found.sufficient,
        "relevant": found.relevant,
        "cells": {cell.value: list(keys) for cell, keys in found.cells.items()},
        "why": dict(found.why),
        "reasons": [list(reason) for reason in found.reasons],
        "interval": interval_as_data(found.interval),
        "value": found.value,
        "source": found.source,
    }


def _say_figure(found: Figure) -> None:
    click.echo(f"{found.key}  {found.definition or found.label}")
    if found.value is not None or not found.cells:
        value = found.value if found.value is not None else found.text.get("value", found.direction)
        click.echo(f"  {value}  {found.measure} {found.cohort} {found.source}".rstrip())
        return
    click.echo(f"  {found.sufficient} of {found.relevant}" + (f", {found.where}" if found.where else ""))
    for cell, title in CELLS.items():
        _say_cell(title, [key for name, keys in found.cells.items() if name == cell for key in keys], found.why)
    for code, label, times in found.reasons:
        click.echo(f"  Reason {code} ({label}): {times}")
    if found.interval:
        low, high = found.interval.low, found.interval.high
        span = f"{low:.3f} to {high:.3f}, " if low is not None and high is not None else ""
        click.echo(f"  Interval: {span}{found.interval.method}. {found.interval.why}")


def _say_cell(title: str, keys: list[str], why: Mapping[str, str]) -> None:
    """One cell: how many, and the cases, grouped by the reason why they stand there."""
    if not keys:
        return
    click.echo(f"  {title}: {len(keys)}")
    by_reason = sorted(keys, key=lambda key: (why.get(key, ""), key))
    for reason, group in groupby(by_reason, key=lambda key: why.get(key, "")):
        shown = ", ".join(group)
        click.echo(f"    {shown}" + (f"  because {reason}" if reason else ""))


def _link_as_data(link: Link) -> dict[str, object]:
    from caselight.formats.tables.rated import number_as_data, reached_as_data

    figure = link.figure
    return {
        "depth": link.depth,
        "key": figure.key,
        "kind": figure.kind,
        "label": figure.label,
        "result": link.result,
        "decides": link.decides,
        "steps": list(link.steps),
        **({"number": number_as_data(figure.number)} if figure.number else {}),
        **({"reached": reached_as_data(figure.reached)} if figure.reached else {}),
    }


def _say_link(link: Link) -> None:
    """One figure of the chain, indented below what it was made into."""
    figure, before = link.figure, "    " * link.depth
    mark = "  (this decided)" if link.decides else ""
    counted = f"  counts {figure.question}" if figure.question else ""
    click.echo(f"{before}{figure.key}  {figure.label}: {link.result or 'no value'}{mark}{counted}")
    for step in link.steps:
        click.echo(f"{before}  {step}.")
