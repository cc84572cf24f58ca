"""How the command line answers: faults as sentences or JSON, tables, and what happens when something breaks."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from typing import Any

import click

from caselight.method.faults import Fault, Severity

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}


def say_faults(faults: Iterable[Fault], *, as_json: bool = False) -> int:
    """Print every fault and give the exit status: 1 when one of them is an error."""
    faults = tuple(faults)
    failed = any(fault.severity is Severity.ERROR for fault in faults)
    if as_json:
        click.echo(json.dumps({"faults": [fault_as_data(fault) for fault in faults]}, ensure_ascii=False, indent=1))
        return int(failed)
    for fault in faults:
        where = str(fault.place) if fault.place else ".".join(str(step) for step in fault.where)
        click.echo(f"{where}: {click.style(fault.severity.value, fg=COLOURS[fault.severity])} {fault.code}", err=True)
        click.echo(f"    {fault.says}", err=True)
        click.echo(f"    {fault.cure}", err=True)
    return int(failed)


def fault_as_data(fault: Fault) -> dict[str, Any]:
    """A fault for a program: code, severity, place, cause and cure."""
    place = fault.place
    return {
        "code": fault.code,
        "severity": fault.severity.value,
        "says": fault.says,
        "cure": fault.cure,
        "where": list(fault.where),
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


def say_failure(error: Exception) -> int:
    """Say that Caselight itself, or the machine, failed; the traceback only when it was asked for."""
    if os.environ.get("CASELIGHT_TRACEBACK"):
        traceback.print_exc()
    if isinstance(error, OSError):
        click.echo(f"{error.filename or 'The file'} could not be used: {error.strerror or error}.", err=True)
        click.echo("    Check that it exists, that you may write there, and that the disk is not full.", err=True)
        return 1
    click.echo(f"Caselight failed in a way it should not: {type(error).__name__}: {str(error)[:200]}", err=True)
    click.echo("    Nothing was written. Please report it, with CASELIGHT_TRACEBACK=1 set to see where.", err=True)
    return 1


def say_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: frozenset[str] = frozenset()) -> None:
    """Print a table; numbers of the columns in ``right`` stand to the right.

    On a terminal it is folded to fit. In a pipe or a file every row is one line, for whatever reads it next.
    """
    cells = [[str(value) for value in row] for row in rows]
    if sys.stdout.isatty():
        _say_fitted(columns, cells, right)
        return
    widths = [max(len(row[place]) for row in (columns, *cells)) for place in range(len(columns))]
    for row in (columns, *cells):
        aligned = zip(columns, row, widths, strict=True)
        click.echo(
            "  ".join(f"{c:>{width}}" if name in right else f"{c:<{width}}" for name, c, width in aligned).rstrip()
        )


def _say_fitted(columns: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    # What stands in brackets or between colons is somebody's words, not a style or a picture.
    Console(highlight=False, markup=False, emoji=False).print(table)


def say_json(value: object) -> None:
    """Print a value for a program."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))
