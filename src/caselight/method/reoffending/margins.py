"""Every way in which released reoffending counts add up: breakdowns, totals, pooled years and earlier releases.

The suppression is only as good as this list: a sum that is forgotten here is one that an attacker remembers. Where the
parts of a total are not all released, what is left over is a number too, printed nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from caselight.method.faults import Fault, Faults
from caselight.method.statistics.attack import Sum
from caselight.method.statistics.disclosure import Number

ALL = "all"
COUNTS = ("entries", "reoffenders", "reoffences")
PEOPLE = frozenset({"entries", "reoffenders"})

At = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Released:
    """The counts of one line of a release: its period first, then one value per breakdown, :data:`ALL` for a total.

    A count that an earlier release held back is ``None``.
    """

    at: At
    entries: int | None
    reoffenders: int | None
    reoffences: int | None = None

    def count(self, name: str) -> int | None:
        """One of the counts by its name."""
        found: int | None = getattr(self, name)
        return found


@dataclass(slots=True)
class Margins:
    """The numbers, the sums, and pairs of which the first is never more than the second."""

    numbers: dict[str, Number] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    at_most: list[tuple[str, str]] = field(default_factory=list)


def key_of(at: At, count: str) -> str:
    """The key of a count.

    >>> key_of(("2019-Q1", "all"), "entries")
    '2019-Q1 / all: entries'
    """
    return f"{' / '.join(at)}: {count}"


def margins(
    rows: Sequence[Released], *, pooled: Mapping[str, Sequence[str]], earlier: Iterable[Released] = ()
) -> Margins:
    """All that is known together once ``rows`` are released beside ``earlier``.

    ``pooled`` names the periods that a period is the sum of. Raises ``reoffending.row-twice`` and
    ``reoffending.impossible-counts``.
    """
    _check(rows)
    found = Margins()
    for row in rows:
        _row(found, row)
    before = {row.at: row for row in earlier}
    for row in before.values():
        _earlier(found, row)
    together = {**before, **{row.at: row for row in rows}}
    for row in together.values():
        for parts in _parts(row.at, together, pooled):
            _sum(found, row, [together[at] for at in parts])
    return found


def _check(rows: Sequence[Released]) -> None:
    seen: set[At] = set()
    faults = []
    for row in rows:
        if row.at in seen:
            faults.append(Fault("reoffending.row-twice", row.at, f"“{' / '.join(row.at)}” stands in the release twice.",
                                "Keep one of the two lines."))  # fmt: skip
        seen.add(row.at)
        e, r, n = row.entries, row.reoffenders, row.reoffences
        if e is None or r is None:
            faults.append(_contradict(row.at, "has no entries or no reoffenders"))
        elif r > e or (n is not None and (n < r or (n > 0) != (r > 0))):
            faults.append(_contradict(row.at, f"has {e} entries, {r} reoffenders and {n} reoffences"))
    if faults:
        raise Faults(faults)


def _contradict(at: At, what: str) -> Fault:
    says = f"“{' / '.join(at)}” {what}, which cannot be."
    return Fault("reoffending.impossible-counts", at, says, "Count again from the events.")


def _row(found: Margins, row: Released, *, printed: bool = True) -> None:
    """The counts of a line, with those who did not reoffend, whom no table prints."""
    for count in COUNTS:
        value = row.count(count)
        if value is not None:
            _add(found, Number(key_of(row.at, count), value, describes=count in PEOPLE, printed=printed))
    if row.entries is not None and row.reoffenders is not None:
        _complement(found, row)
    if row.reoffences is not None:
        found.at_most.append((key_of(row.at, "reoffenders"), key_of(row.at, "reoffences")))


def _complement(found: Margins, row: Released) -> None:
    assert row.entries is not None and row.reoffenders is not None  # noqa: S101, PT018 - says it to the type checker
    entries, reoffenders, others = (key_of(row.at, name) for name in ("entries", "reoffenders", "not reoffending"))
    # Of nobody at all, and of nobody who reoffended, there is nothing to learn but what is printed anyway.
    describes = row.reoffenders > 0
    _add(found, Number(others, row.entries - row.reoffenders, describes=describes, printed=False))
    found.sums.append(Sum(entries, (reoffenders, others)))


def _add(found: Margins, number: Number) -> None:
    found.numbers.setdefault(number.key, number)


def _earlier(found: Margins, row: Released) -> None:
    """What an earlier release printed: the same number is public; another one is public beside it, with the change."""
    for count in COUNTS:
        value, key = row.count(count), key_of(row.at, count)
        if value is None:
            continue
        now = found.numbers.get(key)
        if now is None or now.value == value:
            found.numbers[key] = Number(key, value, describes=count in PEOPLE, public=True)
        else:
            _changed(found, now, value, people=count in PEOPLE)
    others = found.numbers.get(key_of(row.at, "not reoffending"))
    if others and all(found.numbers[key_of(row.at, name)].public for name in ("entries", "reoffenders")):
        found.numbers[others.key] = Number(others.key, others.value, printed=False, public=True)


def _changed(found: Margins, now: Number, value: int, *, people: bool) -> None:
    before, change = f"{now.key} (earlier)", f"{now.key} (change)"
    _add(found, Number(before, value, public=True))
    _add(found, Number(change, abs(now.value - value), describes=people, printed=False))
    more, less = (now.key, before) if now.value > value else (before, now.key)
    found.sums.append(Sum(more, (less, change)))


def _parts(at: At, rows: Mapping[At, Released], pooled: Mapping[str, Sequence[str]]) -> Iterator[list[At]]:
    """The sets of lines that this line is the total of: one breakdown at a time, several where no single one is there."""
    totals = [place for place, value in enumerate(at) if (value in pooled if place == 0 else value == ALL)]
    met: list[set[int]] = []
    for size in range(1, len(totals) + 1):
        for places in combinations(totals, size):
            if any(one <= set(places) for one in met):
                continue
            parts = [other for other in rows if _is_part(other, at, set(places), pooled)]
            if parts:
                met.append(set(places))
                yield parts


def _is_part(other: At, at: At, places: set[int], pooled: Mapping[str, Sequence[str]]) -> bool:
    for place, (theirs, ours) in enumerate(zip(other, at, strict=True)):
        if place not in places:
            if theirs != ours:
                return False
        elif theirs not in pooled[ours] if place == 0 else theirs == ALL:
            return False
    return True


def _sum(found: Margins, total: Released, parts: Sequence[Released]) -> None:
    """One sum for each count, with what is left over where parts are missing."""
    left: dict[str, int] = {}
    for count in COUNTS:
        whole, values = total.count(count), [part.count(count) for part in parts]
        known = [value for value in values if value is not None]
        if whole is None or len(known) < len(values):
            continue
        left[count] = whole - sum(known)
        if left[count] < 0:
            raise Faults([_contradict(total.at, f"has fewer {count} than its parts together")])
    rest = (*total.at, "the rest of", *(part.at[place] for part in parts[:1] for place in range(len(part.at))))
    if left.get("entries"):
        _row(found, Released(rest, left["entries"], left.get("reoffenders")), printed=False)
    for count, beside in left.items():
        keys = tuple(key_of(part.at, count) for part in parts)
        beyond = key_of(rest, count)
        if beside and beyond not in found.numbers:
            _add(found, Number(beyond, beside, describes=count in PEOPLE, printed=False))
        found.sums.append(Sum(key_of(total.at, count), (*keys, beyond) if beside else keys))
