"""How an attack runs Django code: in a process of its own, with a fresh database and keys, through the real settings.

    found = in_django(run, "tests.evidence.work.tampering:attack", seed=run.seed, trials=run.trials)

The function is called with the keyword arguments, which must be plain JSON values, and returns one. What it raises is
raised here as :class:`WorkFailed`, with its last lines. Evidence modules themselves never import Django: one process
runs them all, on both databases. Where the environment holds nothing that only a fresh interpreter can heed, the
process is forked from one that has Django loaded (``tests.evidence.forking``).
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

from tests.evidence.databases import environment, migrated
from tests.evidence.forking import Forked
from tests.evidence.promise import Run

ROOT = Path(__file__).parents[2]
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"
OF_ANOTHER_INTERPRETER = {"DJANGO_SETTINGS_MODULE", "LD_PRELOAD"}


class WorkFailed(RuntimeError):  # noqa: N818 - said as a state
    """The process ended without an answer; the end of what it said is in the message."""


def in_django(
    run: Run,
    function: str,
    /,
    *,
    database: str | None = None,
    env: Mapping[str, str] | None = None,
    migrate: bool = False,
    **arguments: Any,
) -> Any:
    """What ``module:function`` returns, run where Django is set up on a migrated database.

    The database is a fresh one unless ``database`` gives an address (then the same one can be used twice, and
    ``migrate`` says that it is empty); ``env`` adds to the environment. Data, keys and heads lie in ``run.folder``.
    """
    address = database or migrated(run)
    process = started(run.folder, address, function, env=env, migrate=migrate, **arguments)
    return answer_of(process, function)


def answer_of(process: subprocess.Popen[bytes] | Forked, function: str) -> Any:
    """What a started process answers, once it has ended."""
    if isinstance(process, Forked):
        answer, said = process.ended()
        status = 0 if answer else 1
    else:
        printed, errors = process.communicate()
        answer, said = printed.decode().rpartition("\x1e")[2], errors.decode("utf-8", "replace")
        status = process.returncode
    if status or not answer:
        raise WorkFailed(f"{function} ended with {status}:\n{said[-3000:]}")
    return json.loads(answer)


def started(
    folder: Path,
    address: str,
    function: str,
    /,
    *,
    env: Mapping[str, str] | None = None,
    migrate: bool = False,
    **arguments: Any,
) -> subprocess.Popen[bytes] | Forked:
    """The same as a process that runs beside ours."""
    told = json.dumps({"function": function, "arguments": arguments, "migrate": migrate})
    surroundings = {**environment(folder, address), **(env or {})}
    if not OF_ANOTHER_INTERPRETER & (env or {}).keys():
        return Forked(function, surroundings, told)
    return subprocess.Popen(  # its answer is JSON after the last record separator it prints
        [sys.executable, "-m", "tests.evidence.django_run", told],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, **surroundings},
    )


def worked(work: Mapping[str, Any]) -> Any:
    """Where Django is set up: migrate, call, and give what was returned."""
    from django.conf import settings

    # Pages name their files plainly: nothing is gathered here, because no browser asks for them.
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN}}
    if work["migrate"]:
        from caselight.procedures.serving.upgrading import upgrade

        upgrade()
    module, _, name = work["function"].partition(":")
    return getattr(import_module(module), name)(**work["arguments"])


def main(told: str) -> None:
    """In the process of its own: set up Django, work, answer."""
    import django

    django.setup()
    sys.stdout.write("\x1e" + json.dumps(worked(json.loads(told))))


if __name__ == "__main__":
    main(sys.argv[1])
