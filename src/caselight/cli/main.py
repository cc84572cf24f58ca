"""``caselight``: the group of commands, each imported only when it is called, so that every start is quick.

Exit status: 0 done, 1 faults (each said with its place and its cure), 2 wrong usage. No traceback reaches a user.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

import click

from caselight import __version__
from caselight.cli.lazy import Lazy
from caselight.cli.speaking import say_failure, say_faults
from caselight.method.faults import Faults

COMMANDS = {
    "new": "Begin something new: an inspection folder, or a framework.",
    "check": "Check an inspection folder, or a framework, and say everything that is wrong.",
    "differences": "Say what changed from one framework to another.",
    "migrate": "Move an open inspection to another framework.",
    "try": "Fill in a practice case of a framework, to see which questions apply.",
    "document": "Write a framework as a document that inspectors read.",
    "sample": "Draw the sample of an inspection, or draw it again and compare.",
    "workbook": "Write an inspection as Excel workbooks, and read completed ones.",
    "tally": "Count every question: how many of how many relevant cases.",
    "agreement": "Say how far two people agree on what both marked.",
    "compare": "Hold an inspection against another, or against a group.",
    "actions": "List what was agreed beside the answers: late ones first.",
    "explain": "Show what is behind a figure: the cases in each cell, and why.",
    "decide": "Record what a panel decides about a rating, with its reason.",
    "letter": "Write the letter and its data in every format.",
    "board-report": "Write what an audit found on two pages, for the board.",
    "accept": "Accept the claims of the letter as they stand, in your name.",
    "seal": "Renew the checksums of an inspection folder.",
    "pack": "Pack an inspection folder into one zip.",
    "unpack": "Unpack an inspection zip into a new folder.",
    "import": "Bring an inspection folder or zip into the store.",
    "export": "Take an inspection out of the store, as a folder or a zip.",
    "backup": "Write a backup of the store that only a key kept elsewhere opens.",
    "restore": "Bring a backup back into an empty place, verified.",
    "set-up": "Make the place of a team's Caselight, or bring it up to this version.",
    "serve": "Serve Caselight to a team.",
    "demo": "Serve a demonstration to try, on this machine alone.",
    "doctor": "Look for what is wrong with a team's Caselight, and say how to mend it.",
    "heads": "Sign the ends of the audit chains, and keep them outside the database.",
    "audit-export": "Write the audit for whoever wants to check it.",
    "verify": "Check the audit: of this store, or of an export.",
    "retention": "Say how long records are kept, and from which day.",
    "hold": "Keep a subject or an inspection from being purged, and let it go again.",
    "purge": "Destroy what may no longer be kept: two people, and a certificate.",
    "reoffending": "Proven reoffending: published rates, and rates computed from offence events.",
    "schema": "Print the JSON Schema of framework files, for your editor.",
}

MODULES = {
    "try": "trying",
    "board-report": "board_report",
    "import": "importing",
    "export": "exporting",
    "set-up": "set_up",
    "audit-export": "audit_export",
}  # a command whose name can be no module's


@click.group(
    cls=Lazy,
    says=COMMANDS,
    prefix="caselight.cli.",
    other_modules=MODULES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="caselight")
def group() -> None:
    """Quality inspections of casework, from the questions to the published letter."""


def main() -> None:
    """Run a command; say faults and failures in sentences."""
    # A command lives for seconds: looking for circular garbage after every 700 objects would take a tenth of them.
    gc.set_threshold(100_000, 20, 20)
    # Nothing that happens to be installed may change how a framework is read, or be looked for.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        group.main(standalone_mode=True)
    except Faults as faults:
        sys.exit(say_faults(faults, as_json="--json" in sys.argv))
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback reaches a user
        sys.exit(say_failure(error))


def console() -> NoReturn:
    """What the installed command calls: :func:`main`, and then the process ends at once.

    Whatever is left in memory goes with the process. Taking it apart object by object first, as Python would, takes
    an eighth of a short command. All that was registered to be done at the end is done, and all that was said is out.
    """
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    else:
        status = 0
    atexit._run_exitfuncs()  # noqa: SLF001 - the one way to do, before such an end, what an ordinary end does
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # whoever read it has gone, or never was
            stream.flush()
    os._exit(status)


if __name__ == "__main__":
    console()
