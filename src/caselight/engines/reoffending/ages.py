"""The entries of some ages only: those of children, where the events are of adults too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.results import Found, Group, Groups
from caselight.method.faults import Fault, stop
from caselight.method.reoffending.months import Window
from caselight.method.reoffending.options import band_label
from caselight.method.reoffending.rates import Counts


@dataclass(frozen=True, slots=True)
class Ages:
    """From one age to another, both in it, in completed years at entry. They are whole age bands of the measure."""

    low: int
    high: int

    def labels(self, bands: tuple[int, ...]) -> frozenset[str]:
        """The bands of these ages. Raises ``reoffending.not-bands`` where they would cut one.

        >>> sorted(Ages(10, 17).labels((10, 12, 15, 18)))
        ['10-11', '12-14', '15-17']
        """
        inside = [
            place for place, low in enumerate(bands[:-1]) if self.low <= low and bands[place + 1] <= self.high + 1
        ]
        if not inside or (bands[inside[0]], bands[inside[-1] + 1] - 1) != (self.low, self.high):
            stop(
                Fault(
                    "reoffending.not-bands",
                    ("ages",),
                    f"The ages {self.low} to {self.high} are not made of whole age bands of this measure.",
                    f"Begin on one of {_list(bands[:-1])}, and end on one of {_list(low - 1 for low in bands[1:])}.",
                )
            )
        return frozenset(band_label(place, bands) for place in inside)


def of_ages(found: Found, question: Question, ages: Ages, by: tuple[str, ...]) -> Found:
    """What a question that was broken down by age found for some ages, broken down by no more than ``by``.

    Of the entries, where rows were asked, those of the ages are left.
    """
    labels = ages.labels(question.options.age_bands)

    def groups() -> Iterator[Group]:
        sums: dict[tuple[Window, tuple[str, ...]], Counts] = {}
        for group in found.groups:
            if group.by["age"] in labels:
                key = (group.window, tuple(group.by[name] for name in by))
                sums[key] = sums[key] + group.counts if key in sums else group.counts
        for (window, names), counts in sums.items():
            yield Group(window, dict(zip(by, names, strict=True)), counts)

    entries = tuple(row for row in found.entries if row.age is not None and ages.low <= row.age <= ages.high)
    return replace(found, groups=Groups(groups), entries=entries)


def _list(ages: Iterable[int]) -> str:
    return ", ".join(map(str, ages))
