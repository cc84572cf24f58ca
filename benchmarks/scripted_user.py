"""What pages.md measures against Word and Excel, done by a script that types and clicks in Chromium as a person would.

Each task is done once, from its first key to the page that says that it is done. The table gives the measure, what
hands do (keys and clicks, and how long they would take), what the machine makes a person wait for, and both together:
what is left of the measure is for reading and thinking, which no script does.

    python -m benchmarks.scripted_user [--database sqlite|postgresql] [--only case letter …]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import django

from benchmarks.measuring import DATABASES, machine

HEAD = """\
| Task | Measure | Keys, clicks | Hands | Machine | Together | What came of it |
|---|--:|--:|--:|--:|--:|---|
"""


def main() -> None:
    """Do everything on the database that is asked for, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scripted_user", description=__doc__)
    parser.add_argument("--database", choices=DATABASES, default=DATABASES[0])
    parser.add_argument("--only", nargs="+", default=(), help="only these tasks, by the names in scripted_tasks.py")
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()  # the people and their lists are made from what the store knows
    from benchmarks.scripted_tasks import tasks

    sys.stdout.write(f"{machine()}\n\n{HEAD}")
    with tempfile.TemporaryDirectory() as folder:
        for task in tasks(asked.database, Path(folder), asked.only):
            sys.stdout.write(task.row)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
