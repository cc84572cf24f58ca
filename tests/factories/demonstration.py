"""A demonstration as somebody serves it at a terminal, in a process of its own, ended as a terminal ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "caselight.cli.main"]
PATIENCE_SECONDS = 180


def environment(**more: str) -> dict[str, str]:
    """What a person's shell holds, without settings of a team's Caselight."""
    ours = ("CASELIGHT_", "DJANGO_SETTINGS_MODULE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | more


class Served:
    """A demonstration that is served until it is ended, and what it printed."""

    def __init__(self, folder: Path, *arguments: str, **more: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "demo", "--data", str(folder), *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, env=environment(**more), cwd=ROOT, start_new_session=True,
        )  # fmt: skip
        self.said = ""
        end = time.monotonic() + PATIENCE_SECONDS
        while "Ctrl+C" not in self.said and time.monotonic() < end and self.process.stdout is not None:
            self.said += self.process.stdout.readline()

    @property
    def url(self) -> str:
        """The address that it printed."""
        return next(line.strip() for line in self.said.splitlines() if line.strip().startswith("http://"))

    def end(self, how: signal.Signals) -> int:
        """End it, and give its exit status; what it says at the end is kept too."""
        os.killpg(self.process.pid, how)  # as a terminal does: to all that is in the foreground
        rest, _ = self.process.communicate(timeout=60)
        self.said += rest
        return self.process.returncode
