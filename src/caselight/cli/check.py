"""``caselight check FOLDER``: everything that is wrong with an inspection or a framework, all at once."""

from __future__ import annotations

from pathlib import Path

import click

from caselight.cli.speaking import fault_as_data, say_faults, say_json
from caselight.method.faults import Severity


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def check(folder: Path, as_json: bool) -> None:
    """Check an inspection FOLDER (or its zip), or a framework folder, and say everything that is wrong.

    Exit status 1 when there is an error; warnings and hints alone leave it at 0.
    """
    from caselight.procedures.checking import check_folder

    checked = check_folder(folder)
    failed = any(fault.severity is Severity.ERROR for fault in checked.faults)
    if as_json:
        say_json({"what": checked.what, "ok": not failed, "faults": [fault_as_data(f) for f in checked.faults]})
    else:
        say_faults(checked.faults)
        counts = {level: sum(f.severity is level for f in checked.faults) for level in Severity}
        said = ", ".join(f"{number} {level.value}{'s' if number != 1 else ''}" for level, number in counts.items())
        click.echo(f"{checked.what}: {said}." if checked.faults else f"{checked.what}: nothing is wrong.")
    raise SystemExit(int(failed))
