"""``caselight demo``: a demonstration with invented inspections, served to this machine alone until Ctrl+C."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from caselight.cli.opening import open_store
from caselight.cli.serve import run_server
from caselight.cli.speaking import say_json
from caselight.method.faults import Fault, Faults, stop

HERE, PORT = "127.0.0.1", 8000
FOLDER = Path.home() / ".caselight-demonstration"
SETTINGS = "caselight.config.demonstration"
AGAIN = "Make it anew with --again; what was changed in it is forgotten."


@click.command()
@click.option("--examples", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("examples"),
              metavar="FOLDER", help="The examples that it is made from (default: examples).")  # fmt: skip
@click.option("--data", type=click.Path(path_type=Path), default=FOLDER, metavar="FOLDER",
              help="The folder that it lives in (default: ~/.caselight-demonstration).")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="The port (default: 8000, else a free one).")
@click.option("--again", is_flag=True, help="Make it anew, and forget what was changed in it.")
@click.option("--no-serve", is_flag=True, help="Make it, or look that it is there, and serve nothing.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Say as JSON where it lives and is served; what is going on goes to the error channel.",
)
def demo(examples: Path, data: Path, port: int | None, *, again: bool, no_serve: bool, as_json: bool) -> None:
    """Serve a demonstration with invented inspections, in which a button makes you anybody."""
    from caselight.procedures import demonstration_folder as place

    bound = None if no_serve else _port(port)
    folder = data.expanduser().absolute()
    lock = place.claim(folder)
    _open(folder)
    try:
        _there(folder, examples.absolute(), datetime.now(UTC), again=again)
        if as_json:
            say_json({"data": str(folder)} | ({"address": f"http://{HERE}:{bound}/"} if bound else {}))
        if bound is not None:
            _serve(bound)
    finally:
        os.close(lock)


def _say(text: str) -> None:
    click.echo(text, err=bool(click.get_current_context().params["as_json"]))


def _port(wanted: int | None) -> int:
    """The port that was asked for, or one that nobody listens at."""
    free = _free(wanted or PORT) or (0 if wanted else _free(0))
    if not free:
        stop(Fault("demo.port-taken", ("port",), f"Another program listens at port {wanted}.",
                   "Leave out --port, and a free one is found, or end the other program."))  # fmt: skip
    return free


def _free(port: int) -> int:
    """The port where nothing listens at it (for 0, any such), else 0."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HERE, port))
        except OSError:
            return 0
        return int(probe.getsockname()[1])


def _open(folder: Path) -> None:
    """Only what lies in the folder counts: nothing that is set for a team's Caselight is touched."""
    for name in [name for name in os.environ if name.startswith("CASELIGHT_") and name != "CASELIGHT_TRACEBACK"]:
        del os.environ[name]
    os.environ.update(CASELIGHT_DATA=str(folder), DJANGO_SETTINGS_MODULE=SETTINGS)
    open_store()


def _there(folder: Path, examples: Path, at: datetime, *, again: bool) -> None:
    """The demonstration as it was left, or a new one where there is none, it was cut off in the making, or ``again``."""
    from django.db import connections

    from caselight.procedures import demonstration_folder as place

    try:
        if place.until(folder) is None or again:
            _make(folder, examples, at)
        else:
            _reuse(folder, at)
    finally:
        connections.close_all()


def _make(folder: Path, examples: Path, at: datetime) -> None:
    from caselight.procedures import demonstration_folder as place
    from caselight.procedures.demonstrating.making import demonstrate
    from caselight.procedures.setting_up import set_up

    _say("Making the demonstration: invented inspections in each state. This takes about a quarter of a minute.")
    place.clear(folder)
    set_up(at=at)
    place.made(folder, demonstrate(examples, at=at))


def _reuse(folder: Path, at: datetime) -> None:
    """Bring it up to this version. Raises ``demo.broken`` where that cannot be done, or where somebody is missing."""
    from django.db import DatabaseError

    from caselight.procedures import demonstration_folder as place
    from caselight.procedures.demonstrating.making import stands
    from caselight.procedures.setting_up import set_up

    try:
        set_up(at=at)
        wrong = "" if stands() else "Some of its people or inspections are gone."
    except Faults as faults:
        wrong = " ".join(fault.says for fault in faults.faults)
    except DatabaseError as error:
        wrong = f"Its database says: {' '.join(str(error).split())[:200]}."
    if wrong:
        stop(Fault("demo.broken", (str(folder),), f"The demonstration cannot be used any more. {wrong}", AGAIN))
    _say("The demonstration is as you left it.")
    last = place.until(folder)
    if last is not None and last < at.date():
        _say(f"Its fieldwork ended on {last.day} {last:%B %Y}. {AGAIN}")


def _serve(port: int) -> None:
    from caselight.procedures.serving.starting import prepare

    def ready(_server: Any) -> None:
        _say(f"\n    http://{HERE}:{port}/\n\nOpen it in a browser on this machine and choose who you are. No password is needed.\n"
                   "Ctrl+C ends it; the same command goes on from there.")  # fmt: skip

    prepare()
    run_server({"bind": [f"{HERE}:{port}"], "workers": 1, "threads": 8, "when_ready": ready, "loglevel": "error"})
