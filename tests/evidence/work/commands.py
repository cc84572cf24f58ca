"""The command as somebody types it, in a process that has its modules loaded already."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import Any


def typed(arguments: list[str]) -> dict[str, Any]:
    """Its exit status, and what it said where."""
    from caselight.cli.main import main

    sys.argv = ["caselight", *arguments]
    out, err = io.StringIO(), io.StringIO()
    code: int | str | None = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code
    status = code if isinstance(code, int) else int(code is not None)
    return {"status": status, "out": out.getvalue(), "err": err.getvalue()}
