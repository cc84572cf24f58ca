"""``caselight board-report FOLDER``: what an audit found on two pages, for the board."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.speaking import fault_as_data, say_faults, say_json


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Where to write the report (default: out/ and the name of FOLDER).",
)
@click.option(
    "--on", "on", default="", metavar="DATE", help="The day that actions are seen from (default: publication)."
)
@click.option("--language", default="", metavar="CODE", help="The language of the report (default: the first).")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def board_report(folder: Path, out: Path | None, on: str, language: str, as_json: bool) -> None:
    """Write the report to the board of an audit FOLDER on two pages, as DOCX and HTML, from its letter and actions."""
    from caselight.procedures.boarding import write_board_report

    reported = write_board_report(folder, out or Path("out") / folder.resolve().name, on, language)
    if as_json:
        say_json(
            {
                "files": [str(path) for path in reported.files],
                "ready": reported.ready,
                "faults": [fault_as_data(fault) for fault in reported.faults],
            }
        )
        return
    say_faults(reported.faults)
    for path in reported.files:
        click.echo(path)
    if not reported.ready:
        click.echo("The report is marked as a draft: mend the faults above first.", err=True)
