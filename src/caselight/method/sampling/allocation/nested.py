"""Parts within parts: stratum, cluster, unit, worker. The same method at each level, then the cap per worker.

The cap counts a worker's cases across the whole sample. What is taken from a worker goes round and round to workers of
the same unit who have cases left and room, the smallest number first; when there are none, the sample ends short and
says so (frameworks.md, 8.5 and 8.6).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from caselight.method.faults import Fault, Severity
from caselight.method.sampling.allocation.changes import Change, Part, Why, sizes_after
from caselight.method.sampling.allocation.methods import NONE
from caselight.method.sampling.allocation.quotas import Bounds, within_quotas

NOT_KNOWN = "not known"
BoundsOf = Callable[[Part, Iterable[str]], Mapping[str, Bounds]]


@dataclass(frozen=True, slots=True)
class Allocation:
    """How many cases each innermost part gives, the whole history of sizes, and what a person should know."""

    sizes: Mapping[Part, int]
    changes: tuple[Change, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Nested:
    """The innermost parts with the cases they hold, strata in order, and how a level is allocated.

    ``bounds`` gives the quotas of the parts directly inside a part.
    """

    held: Mapping[Part, int]
    method: str
    bounds: BoundsOf

    def allocate(self, n: int, buffer: Fraction = NONE, before: Iterable[Change] = ()) -> Allocation:
        """``n`` cases and the buffer over the strata, and each stratum's number over what is inside it.

        ``before`` is the history of the size of the whole; what follows is added to it.
        """
        sizes: dict[Part, int] = {}
        changes: list[Change] = list(before)
        faults: list[Fault] = []
        waiting: list[tuple[Part, int, Fraction]] = [((), n, buffer)]
        while waiting:
            part, size, extra = waiting.pop(0)
            inside = self._inside(part)
            if not inside:
                sizes[part] = size
                continue
            bounds = self.bounds(part, inside)
            log, found = within_quotas(self.method, inside, size, bounds, buffer=extra)
            changes += [replace(change, part=(*part, *change.part)) for change in log.changes]
            faults += found
            if not part and log.total > size:
                changes.append(Change(part, Why.WITH_BUFFER, log.total))
            waiting += [((*part, name), given, NONE) for name, given in log.sizes.items()]
        ordered = {part: sizes[part] for part in self.held}
        changes += _upwards(changes, ordered, Why.LOWERED_TO_QUOTAS)
        return Allocation(ordered, tuple(changes), tuple(faults))

    def _inside(self, part: Part) -> dict[str, int]:
        """The parts directly inside a part, with the cases they hold."""
        depth = len(part)
        found: dict[str, int] = {}
        for path, held in self.held.items():
            if path[:depth] == part and len(path) > depth:
                found[path[depth]] = found.get(path[depth], 0) + held
        return found


def capped(allocation: Allocation, held: Mapping[Part, int], most: int) -> Allocation:
    """The allocation with no worker (the last step of each part) above ``most`` cases in the whole sample.

    Units are gone through in their order, with one running count of each worker. Cases of no known worker are not
    counted. Warns ``sample.worker-cap-short`` of what no worker of the unit could take.
    """
    sizes = dict(allocation.sizes)
    used: Counter[str] = Counter()
    changes = list(allocation.changes)
    short: list[tuple[Part, int]] = []
    for unit, parts in _units(sizes).items():
        room = {part: most - used[part[-1]] for part in parts if part[-1] != NOT_KNOWN}
        over = 0
        for part, free in room.items():
            if sizes[part] > free:
                over += sizes[part] - free
                sizes[part] = free
                changes.append(Change(part, Why.LOWERED_TO_WORKER_CAP, free))
        left = _passed_on(sizes, parts, held, room, over)
        changes += [Change(part, Why.RAISED_FOR_WORKER_CAP, sizes[part]) for part in left.raised]
        if left.over:
            short.append((unit, left.over))
        for part in room:
            used[part[-1]] += sizes[part]
    changes += _upwards(changes, sizes, Why.LOWERED_AS_WORKERS_ARE_FULL)
    return Allocation(sizes, tuple(changes), (*allocation.faults, *(_short(unit, by, most) for unit, by in short)))


def _upwards(changes: Sequence[Change], sizes: Mapping[Part, int], why: Why) -> list[Change]:
    """The changes that make every part the sum of what is inside it again, the innermost first."""
    sums: Counter[Part] = Counter({(): 0})
    for part, size in sizes.items():
        for depth in range(len(part)):
            sums[part[:depth]] += size
    known = sizes_after(changes)
    outer = sorted((part for part in sums if known.get(part, sums[part]) != sums[part]), key=len, reverse=True)
    return [Change(part, why, sums[part]) for part in outer]


@dataclass(frozen=True, slots=True)
class _Left:
    raised: tuple[Part, ...]
    over: int


def _passed_on(
    sizes: dict[Part, int], parts: Sequence[Part], held: Mapping[Part, int], room: Mapping[Part, int], over: int
) -> _Left:
    """Give ``over`` cases to other workers of the unit, one each in turn, the smallest number first."""
    before = dict(sizes)
    in_turn = sorted(parts, key=lambda part: sizes[part])
    while over:
        open_ = [part for part in in_turn if sizes[part] < min(held[part], room.get(part, held[part]))]
        if not open_:
            break
        for part in open_[:over]:
            sizes[part] += 1
            over -= 1
    return _Left(tuple(part for part in parts if sizes[part] > before[part]), over)


def _units(sizes: Mapping[Part, int]) -> dict[Part, list[Part]]:
    units: dict[Part, list[Part]] = {}
    for part in sizes:
        units.setdefault(part[:-1], []).append(part)
    return units


def _short(unit: Part, by: int, most: int) -> Fault:
    says = f"The sample ends {by} short in {' > '.join(unit) or 'the whole'}: every worker there has {most} cases or no more to give."
    cure = "Say so in the report, or raise the cap; cases of other units do not take their place."
    return Fault("sample.worker-cap-short", ("sample", "most_per_worker"), says, cure, Severity.WARNING)
