"""Whether what computes is installed: it comes with an extra, and the rest of Caselight works without it."""

from __future__ import annotations

from importlib.util import find_spec

from caselight.method.faults import Fault, stop

NEEDED = ("pyarrow", "numba", "duckdb", "ibis")


def required(*names: str, extra: str = "reoffending", what: str = "Computing reoffending from many rows") -> None:
    """Stop with a plain refusal where a package is missing. Raises ``reoffending.extra-missing``.

    >>> required("json")
    """
    missing = [name for name in names or NEEDED if find_spec(name) is None]
    if missing:
        says = f"Not installed: {', '.join(missing)}. {what} needs them."
        stop(Fault("reoffending.extra-missing", (extra,), says, f'Install them: pip install "caselight[{extra}]".'))
