"""A process for what comes from outside: little memory and time, no secrets, nothing that it can open.

The parent starts a module of ours with nothing but the bytes (:func:`answer_of`); the module loads what it needs, limits
itself (:func:`limit`), and only then looks at them. It may fail without harm.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

SECONDS = 40  # of the processor
MEMORY = 1_500_000_000  # bytes


def limit() -> None:
    """From now on no more time, memory, files, connections or processes than reading needs, where there are limits."""
    try:
        import resource
    except ImportError:  # not on every system
        return
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(what, (most, most))


def answer_of(module: str, name: str, data: bytes, seconds: float) -> dict[str, Any]:
    """What the process says of a file; nothing where it was ended, or failed."""
    given = json.dumps(name).encode() + b"\n" + data
    command = (sys.executable, "-I", "-m", module)
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=seconds, env={}, check=False)  # noqa: S603 - our own module
        told = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def given() -> tuple[str, bytes]:
    """In the process: the name and the bytes of the file."""
    name, _, data = sys.stdin.buffer.read().partition(b"\n")
    return str(json.loads(name)), data
