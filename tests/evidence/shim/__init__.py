"""Small C libraries that are put before libc's own calls, compiled when they are needed and never kept."""

from __future__ import annotations

import subprocess
from pathlib import Path


def library(name: str, folder: Path) -> Path:
    """The library compiled from ``<name>.c`` into a folder of the run."""
    made = folder / f"{name}.so"
    source = Path(__file__).with_name(f"{name}.c")
    command = ["gcc", "-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", str(made), str(source), "-lpthread"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{source.name} could not be compiled:\n{done.stderr[-2000:]}")
    return made
