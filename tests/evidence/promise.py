"""What a promise is, and what came of attacking it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SQLITE, POSTGRESQL = "sqlite", "postgresql"


@dataclass(frozen=True)
class Run:
    """One run of an attack: its seed, how many trials, on which database, and an empty folder of its own."""

    seed: int
    trials: int
    database: str
    folder: Path
    tier: int = 1
    lively: bool = False  # whether its database may skip what guards against a crash


@dataclass(frozen=True)
class Outcome:
    """What came of it. ``figures`` are measured values worth writing down, ``said`` what failed, in sentences."""

    trials: int
    failures: int
    figures: Mapping[str, Any] = field(default_factory=dict)
    said: Sequence[str] = ()


@dataclass(frozen=True)
class Promise:
    """A promise: its id, what it says, how it is attacked, the fault planted as a control, and trials for each tier.

    ``attack`` runs against the product as it is; ``planted`` runs the same attack against the product with the named
    fault planted, and must come back with failures. ``lively`` says that no crash is any part of it: its files then lie in
    memory and its PostgreSQL does not flush.
    """

    id: str
    says: str
    attack: Callable[[Run], Outcome]
    planted: Callable[[Run], Outcome]
    fault: str
    trials: tuple[int, int, int]
    databases: tuple[str, ...] = (SQLITE, POSTGRESQL)
    not_modelled: str = ""
    planted_trials: int | None = None
    lively: bool = False
