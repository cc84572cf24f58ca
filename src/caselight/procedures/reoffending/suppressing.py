"""A table of reoffending counts made fit for release: the least held back, the attack on the rest, written whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from caselight.engines.reoffending.packages import required
from caselight.formats.reoffending_release import read_release, write_release
from caselight.method.reoffending.margins import Released, margins

if TYPE_CHECKING:
    from caselight.engines.suppression.suppressing import Suppressed


@dataclass(frozen=True, slots=True)
class Asked:
    """The threshold, whether zeros are shown, which periods are sums of which, what was released before, and how long.

    ``seconds`` limit the search. What is found by then is safe, and its gap to the least is said.
    """

    threshold: int = 10
    zeros: str = "shown"
    pooled: Mapping[str, tuple[str, ...]] | None = None
    earlier: Sequence[Path] = ()
    seconds: float = 60.0


def suppressed(rows: Sequence[Released], asked: Asked) -> Suppressed:
    """What must be held back of some rows. Raises ``reoffending.extra-missing`` without scipy, and what the search raises."""
    required("scipy")
    from caselight.engines.suppression.suppressing import suppress
    from caselight.engines.suppression.table import NoMoreThan, Rule, Table, Zeros

    before = [row for path in asked.earlier for row in read_release(path).rows]
    found = margins(rows, pooled=asked.pooled or {}, earlier=before)
    orders = tuple(NoMoreThan(lesser, greater) for lesser, greater in found.at_most)
    rule = Rule(asked.threshold, Zeros(asked.zeros))
    return suppress(Table(tuple(found.numbers.values()), tuple(found.sums), orders, rule), seconds=asked.seconds)


def suppress_file(source: Path, target: Path, asked: Asked) -> Suppressed:
    """Read a table, and write it to ``target`` with what must be held back marked."""
    release = read_release(source)
    found = suppressed(release.rows, asked)
    write_release(target, release, found.hidden)
    return found
