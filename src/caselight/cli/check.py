"""``caselight check FOLDER``: everything that is wrong with an inspection or a framework, all at once, or at every save."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from caselight.cli.speaking import fault_as_data, say_faults, say_json
from caselight.method.faults import Severity

if TYPE_CHECKING:
    from caselight.procedures.checking import Checked

TURN = 0.4  # seconds between two looks at the files


@click.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--watch", is_flag=True, help="Check again at every save and say what changed, until Ctrl-C.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def check(folder: Path, watch: bool, as_json: bool) -> None:
    """Check an inspection FOLDER (or its zip), or a framework folder, and say everything that is wrong.

    Exit status 1 when there is an error; warnings and hints alone leave it at 0.
    """
    from caselight.procedures.checking import check_folder

    if watch and as_json:
        raise click.UsageError("--watch speaks to a person. Leave out --json, or call check --json at every save.")
    if watch:
        _watch(folder)
        return
    checked = check_folder(folder)
    failed = any(fault.severity is Severity.ERROR for fault in checked.faults)
    if as_json:
        say_json({"what": checked.what, "ok": not failed, "faults": [fault_as_data(f) for f in checked.faults]})
    else:
        say_faults(checked.faults)
        click.echo(_summary(checked))
    raise SystemExit(int(failed))


def _watch(folder: Path) -> None:
    """Say what is wrong, and then what each save changed. Ctrl-C ends it, with nothing more to say."""
    from caselight.procedures.watching import watch

    try:
        for number, change in enumerate(watch(folder, lambda: time.sleep(TURN))):
            for fault in change.went:
                click.echo(f"{click.style('mended', fg='green')} {fault.place or ''} {fault.code}: {fault.says}")
            say_faults(change.came)
            click.echo(_summary(change.checked))
            if number == 0:
                click.echo(f"Watching {folder}. Each save is checked; Ctrl-C ends.")
    except KeyboardInterrupt:
        return


def _summary(checked: Checked) -> str:
    counts = {level: sum(fault.severity is level for fault in checked.faults) for level in Severity}
    said = ", ".join(f"{number} {level.value}{'s' if number != 1 else ''}" for level, number in counts.items())
    return f"{checked.what}: {said}." if checked.faults else f"{checked.what}: nothing is wrong."
