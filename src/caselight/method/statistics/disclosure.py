"""Which numbers must be held back from open data, so that no child can be recognised (letter.md, check 6).

A count of 1 to ``threshold`` children, its complement, and everything about practice whose base is such a group, are
hidden. Then further numbers are hidden until no protected one can be worked out by subtraction (``attack``). No
rounding. The choice of further numbers is simple, not the smallest possible.

Shares, intervals and phrases made from a hidden number go with it. The reasons are for the people who publish: printed
beside the gaps they would tell which numbers are small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from caselight.method.faults import Fault, Faults
from caselight.method.statistics.attack import Attack, Sum

THRESHOLD = 7
SMALL, SMALL_BASE, COMPLEMENT, WOULD_GIVE_AWAY = "small", "small base", "complement", "would give away"
QUOTED = 60


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number that may be printed.

    ``describes`` marks a count of children with an attribute; ``base`` names the group that this number is an answer
    about (the relevant cases of a question). ``printed`` is false for a number that stands in no table and can still be
    worked out (the children outside a sub-population). ``public`` is true for what everybody knows, such as the size
    of the sample: it is never hidden, because that would hide nothing.
    """

    key: str
    value: int
    describes: bool = False
    base: str = ""
    printed: bool = True
    public: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """Why a number is held back: ``small``, ``small base``, ``complement`` or ``would give away``, and of what."""

    reason: str
    because: str = ""


Numbers = Mapping[str, Number]


def suppress(numbers: Sequence[Number], sums: Sequence[Sum], threshold: int = THRESHOLD) -> dict[str, Hidden]:
    """The printed numbers to hold back, with the reason, in the order of ``numbers``.

    Raises ``figure.number-twice``, ``figure.negative-count``, ``figure.unknown-number`` and ``figure.sum-does-not-fit``
    for numbers that contradict themselves, and ``figure.cannot-be-hidden`` where a protected number follows from what
    everybody knows.

    >>> cases = [Number("ALL", 34, public=True), Number("LAC", 3, describes=True), Number("LAC.not", 31)]
    >>> [(key, hidden.reason) for key, hidden in suppress(cases, [Sum("ALL", ("LAC", "LAC.not"))]).items()]
    [('LAC', 'small'), ('LAC.not', 'complement')]
    """
    check_numbers(numbers, sums)
    by_key = {number.key: number for number in numbers}
    protected = _protected(by_key, threshold)
    hidden = protected | _complements(by_key, sums, protected)
    unseen = {key for key, number in by_key.items() if not number.public and (key in hidden or not number.printed)}
    hidden |= _hidden_further(by_key, Attack(_values(by_key), sums, unseen), list(protected))
    return {number.key: hidden[number.key] for number in numbers if number.key in hidden and number.printed}


def check_numbers(numbers: Sequence[Number], sums: Sequence[Sum]) -> None:
    """Refuse numbers that contradict themselves; the codes are those of :func:`suppress`.

    >>> check_numbers([Number("LAC", 3)], [])
    """
    by_key = {number.key: number for number in numbers}
    faults = [*_number_faults(numbers, by_key), *_sum_faults(by_key, sums)]
    if faults:
        raise Faults(faults)


def _values(numbers: Numbers) -> dict[str, int]:
    return {key: number.value for key, number in numbers.items()}


def _protected(numbers: Numbers, threshold: int) -> dict[str, Hidden]:
    """The numbers that must not be known: small counts of children, and answers about groups that are that small."""

    def is_small_group(number: Number | None) -> bool:
        return number is not None and number.describes and 1 <= number.value <= threshold

    hidden = {}
    for key, number in numbers.items():
        if is_small_group(number):
            hidden[key] = Hidden(SMALL)
        elif is_small_group(numbers.get(number.base)):
            hidden[key] = Hidden(SMALL_BASE, number.base)
    return hidden


def _complements(numbers: Numbers, sums: Sequence[Sum], protected: Mapping[str, Hidden]) -> dict[str, Hidden]:
    """The other part of a sum of two, where one part is a small count of children."""
    found = {}
    for item in sums:
        for part in item.parts if len(item.parts) == 2 else ():
            other = item.parts[1] if part == item.parts[0] else item.parts[0]
            small = other in protected and protected[other].reason == SMALL
            if small and part not in protected and not numbers[part].public:
                found[part] = Hidden(COMPLEMENT, other)
    return found


def _hidden_further(numbers: Numbers, attack: Attack, protected: Sequence[str]) -> dict[str, Hidden]:
    """Hide one number after the other until every protected one is safe. Hiding more never makes another less safe."""
    hidden = {}
    exposed = []
    for key in protected:
        while not attack.is_safe(key):
            further = _next_to_hide(numbers, attack, key)
            if further is None:
                exposed.append(key)
                break
            hidden[further] = Hidden(WOULD_GIVE_AWAY, key)
            attack.hide(further)
    if exposed:
        raise Faults(_cannot_be_hidden(key) for key in exposed)
    return hidden


def _next_to_hide(numbers: Numbers, attack: Attack, key: str) -> str | None:
    """The nearest, part before total, not 0 before 0, smallest number that makes ``key`` safe; else the first of them."""
    order = sorted(
        (distance, is_total, numbers[near].value == 0, numbers[near].value, near)
        for distance, is_total, near in attack.seen_around(key)
        if not numbers[near].public
    )
    candidates = [near for *_, near in order]
    alone = (near for near in candidates if attack.is_safe_without(key, near))
    return next(alone, next(iter(candidates), None))


def _number_faults(numbers: Sequence[Number], by_key: Numbers) -> Iterator[Fault]:
    times = Counter(number.key for number in numbers)
    for key in (key for key, count in times.items() if count > 1):
        yield Fault(
            "figure.number-twice",
            (key,),
            f"“{key[:QUOTED]}” is given {times[key]} times.",
            "Give each number one key.",
        )
    for key, number in by_key.items():
        if number.value < 0:
            yield Fault(
                "figure.negative-count",
                (key,),
                f"“{key[:QUOTED]}” is {number.value}.",
                "A count is 0 or more: look for the step that subtracted too much.",
            )
        if number.base and number.base not in by_key:
            yield _unknown(number.base, f"the base of “{key[:QUOTED]}”")


def _sum_faults(by_key: Numbers, sums: Sequence[Sum]) -> Iterator[Fault]:
    values = _values(by_key)
    for item in sums:
        unknown = [key for key in item.keys if key not in by_key]
        yield from (_unknown(key, f"the sum of “{item.total[:QUOTED]}”") for key in unknown)
        if not unknown and item.surplus(values):
            parts = " + ".join(str(values[part]) for part in item.parts)
            yield Fault(
                "figure.sum-does-not-fit",
                (item.total,),
                f"“{item.total[:QUOTED]}” is {values[item.total]}, but its parts are {parts}.",
                "Count the parts again, or name all of them.",
            )


def _unknown(key: str, where: str) -> Fault:
    return Fault(
        "figure.unknown-number",
        (key,),
        f"“{key[:QUOTED]}”, named in {where}, is not among the numbers.",
        "Give the number, or take its key out.",
    )


def _cannot_be_hidden(key: str) -> Fault:
    return Fault(
        "figure.cannot-be-hidden",
        (key,),
        f"“{key[:QUOTED]}” can be worked out from what everybody knows, whatever is held back.",
        "Leave the figures it belongs to out of the open data.",
    )
