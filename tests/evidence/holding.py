"""Holds the database of a server under test against the receipts that its devices were given, on either database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.evidence.judging import Verdict, compared, forged, judged


def held(folder: Path, address: str, receipts: Mapping[str, Mapping[str, Any]]) -> Verdict:
    """What is lost, split or untrue in the database at ``address``, whose keys lie in ``folder``."""
    if address.startswith("sqlite:"):
        return judged(folder, receipts)
    import psycopg

    with psycopg.connect(address) as connection:

        def ask(query: str) -> Iterable[tuple[Any, ...]]:
            return connection.execute(query).fetchall()  # type: ignore[arg-type]

        return compared(ask, receipts)


def forged_receipts(folder: Path, receipts: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Receipts that do not verify with the public key alone."""
    public = (folder / "keys" / "receipts.pub").read_text("ascii").strip()
    return forged(receipts.values(), public)
