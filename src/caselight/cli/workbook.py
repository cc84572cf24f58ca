"""``caselight workbook out`` and ``caselight workbook in``: an inspection as spreadsheets, and back."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from caselight.cli.speaking import fault_as_data, say_faults, say_json

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def workbook() -> None:
    """Write an inspection as Excel workbooks, and read completed ones."""


@workbook.command()
@click.argument("folder", type=FOLDER)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--case", "cases", metavar="KEY", multiple=True, help="Only this subject; may be given several times.")
@click.option(
    "--per", type=click.Choice(["worker"]), help="A workbook for each worker, FILE with the worker's key in its name."
)
@click.option(
    "--layout", type=click.Choice(["sheets", "rows"]), default="sheets",
    help="A sheet for each subject, or a row for each (default: sheets).",
)  # fmt: skip
@click.option("--pass", "pass_", metavar="PASS", default="first", help="The pass it is for (default: first).")
@click.option("--language", default="", metavar="CODE", help="The language of the questions (default: the first).")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def out(folder: Path, file: Path, *, as_json: bool, **wanted: Any) -> None:
    """Write the inspection FOLDER as the workbook FILE, with what was answered so far."""
    from caselight.procedures.workbooks.writing_out import Wish, write_workbooks

    wish = Wish(by_worker=wanted.pop("per") == "worker", **wanted)
    written = write_workbooks(folder, file, wish)
    if as_json:
        say_json({"files": [{"file": str(one.file), "subjects": one.subjects} for one in written]})
        return
    for one in written:
        click.echo(
            f"{one.file}: {one.subjects} {'sheet' if wish.layout == 'sheets' else 'row'}{'' if one.subjects == 1 else 's'}."
        )


@workbook.command("in")
@click.argument("folder", type=FOLDER)
@click.argument("files", metavar="FILE...", type=FILE, nargs=-1, required=True)
@click.option("--by", default="", metavar="KEY", help="Who answered, where a workbook does not say it.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def in_(folder: Path, files: tuple[Path, ...], by: str, as_json: bool) -> None:
    """Read completed workbooks into the inspection FOLDER: all of them, or nothing where anything is wrong."""
    from caselight.procedures.workbooks.reading_in import Refused, read_workbooks

    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        read = read_workbooks(folder, files, by, now)
    except Refused as refused:
        if as_json:
            say_json({"faults": [fault_as_data(f) for f in refused], "copies": [str(copy) for copy in refused.copies]})
        else:
            say_faults(refused)
            click.echo("Nothing was read in.", err=True)
            for copy in refused.copies:
                click.echo(f"{copy} shows it beside the cells; correct it there and read that file in.", err=True)
        sys.exit(1)
    if as_json:
        files_ = [{"file": f.file, "by": f.author, "answers": f.answers, "actions": f.actions} for f in read.files]
        say_json({"files": files_, "contested": read.contested, "faults": [fault_as_data(f) for f in read.faults]})
        return
    say_faults(read.faults)
    for one in read.files:
        click.echo(f"{one.file}: {_said(one.answers, 'answer')} and {_said(one.actions, 'action')} by {one.author}.")
    if read.contested:
        click.echo(f"{_said(read.contested, 'answer')} stand in two ways; each needs a decision.")


def _said(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
