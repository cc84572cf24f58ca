"""How like the caseload a sample is: sample beside caseload, per characteristic and value, in cases.

No test of significance: an inspector sees how many cases a group is above or below its fair number, and groups that are
off by more than two cases are flagged (pages.md, Sample). Shares are exact fractions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from caselight.method.caseload.case import FactValue
from caselight.method.faults import Fault, Faults
from caselight.method.sampling.design import Caseload

TOLERATED_CASES = 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """One value of one characteristic in the caseload and in the sample. An empty ``value`` means not known.

    ``expected`` is the number of sampled cases at the caseload's share, ``difference`` how many the sample has more
    (or, negative, fewer); ``off`` marks a difference of more than two cases. ``sample_share`` is ``None`` for an empty
    sample.
    """

    characteristic: str
    value: str
    caseload_n: int
    caseload_share: Fraction
    sample_n: int
    sample_share: Fraction | None
    expected: Fraction
    difference: Fraction

    @property
    def off(self) -> bool:
        """Whether the group is off by more than two cases."""
        return abs(self.difference) > TOLERATED_CASES


def compare(
    caseload: Caseload, sampled: Collection[str], characteristics: Mapping[str, Sequence[str]]
) -> tuple[Comparison, ...]:
    """The rows of the representativeness table.

    ``characteristics`` maps each fact to its values in the order of the framework (empty: the values as they occur,
    numbers by size, then text). Values that occur beyond those follow; not known comes last. Values that occur nowhere
    are kept, with nought. Raises ``sample.case-not-in-caseload`` for sampled keys that the caseload does not have.

    >>> [row.sample_n for row in compare({"a": {"sex": "male"}, "b": {"sex": "female"}}, ["a"], {"sex": ()})]
    [0, 1]
    """
    chosen = sorted(set(sampled))
    unknown = [key for key in chosen if key not in caseload]
    if unknown:
        raise Faults(
            Fault(
                "sample.case-not-in-caseload",
                ("sample", key),
                f"“{key[:60]}” is in the sample but not among the eligible cases.",
                "Correct the key, or mark the case as eligible in the caseload.",
            )
            for key in unknown
        )
    return tuple(
        row for name, values in characteristics.items() for row in _rows(caseload, chosen, (name, tuple(values)))
    )


def _rows(
    caseload: Caseload, chosen: Sequence[str], characteristic: tuple[str, tuple[str, ...]]
) -> Iterator[Comparison]:
    name, listed = characteristic
    everybody = Counter(_text(facts.get(name)) for facts in caseload.values())
    inside = Counter(_text(caseload[key].get(name)) for key in chosen)
    extra = sorted((value for value in everybody if value and value not in listed), key=_numbers_first)
    for value in (*listed, *extra, *([""] if everybody[""] else [])):
        share = Fraction(everybody[value], len(caseload)) if caseload else Fraction(0)
        expected = share * len(chosen)
        yield Comparison(
            name,
            value,
            caseload_n=everybody[value],
            caseload_share=share,
            sample_n=inside[value],
            sample_share=Fraction(inside[value], len(chosen)) if chosen else None,
            expected=expected,
            difference=inside[value] - expected,
        )


def _text(value: FactValue) -> str:
    return "" if value is None else str(value)


def _numbers_first(value: str) -> tuple[bool, int, str]:
    is_number = value.isascii() and value.isdigit() and len(value) < 10
    return not is_number, int(value) if is_number else 0, value
