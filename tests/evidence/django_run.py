"""How an attack runs Django code: in a process of its own, with a fresh database and keys, through the real settings.

    found = in_django(run, "tests.evidence.work.tampering:attack", seed=run.seed, trials=run.trials)

The function is called with the keyword arguments, which must be plain JSON values, and returns one. What it raises is
raised here as :class:`WorkFailed`, with its last lines. Evidence modules themselves never import Django: one process
runs them all, on both databases.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.evidence.databases import environment, fresh
from tests.evidence.promise import Run

ROOT = Path(__file__).parents[2]


class WorkFailed(RuntimeError):  # noqa: N818 - said as a state
    """The process ended without an answer; the end of what it said is in the message."""


def in_django(
    run: Run,
    function: str,
    /,
    *,
    database: str | None = None,
    env: Mapping[str, str] | None = None,
    migrate: bool = True,
    **arguments: Any,
) -> Any:
    """What ``module:function`` returns, run where Django is set up on a migrated database.

    The database is a fresh one unless ``database`` gives an address (then the same one can be used twice); ``env`` adds
    to the environment. Data, keys and heads lie in ``run.folder``.
    """
    address = database or fresh(run)
    process = started(run.folder, address, function, env=env, migrate=migrate, **arguments)
    return answer_of(process, function)


def answer_of(process: subprocess.Popen[bytes], function: str) -> Any:
    """What a started process answers, once it has ended."""
    answer, said = process.communicate()
    if process.returncode:
        raise WorkFailed(f"{function} ended with {process.returncode}:\n{said.decode('utf-8', 'replace')[-3000:]}")
    return json.loads(answer.decode().rpartition("\x1e")[2])


def started(
    folder: Path,
    address: str,
    function: str,
    /,
    *,
    env: Mapping[str, str] | None = None,
    migrate: bool = True,
    **arguments: Any,
) -> subprocess.Popen[bytes]:
    """The same as a process that runs beside ours; its answer is JSON after the last record separator it prints."""
    told = json.dumps({"function": function, "arguments": arguments, "migrate": migrate})
    return subprocess.Popen(
        [sys.executable, "-m", "tests.evidence.django_run", told],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **environment(folder, address), **(env or {})},
    )


def main(told: str) -> None:
    """In the process of its own: set up Django, migrate, call, answer."""
    import django

    django.setup()
    work = json.loads(told)
    if work["migrate"]:
        from caselight.procedures.serving.upgrading import upgrade

        upgrade()
    module, _, name = work["function"].partition(":")
    answer = getattr(import_module(module), name)(**work["arguments"])
    sys.stdout.write("\x1e" + json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
