"""The kernel at work: compiled over batches of any size, or as plain Python over the rows of one person.

A batch may end in the middle of a person: those rows are kept and go before the next batch. So memory holds one batch,
one person and the counts, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from caselight.engines.reoffending import kernel
from caselight.engines.reoffending.asking import BREAKDOWNS, EPOCH, Question, Shape, asked, labels, name_of, rules
from caselight.engines.reoffending.columns import KINDS
from caselight.engines.reoffending.kernel import MISSING, Columns, Out
from caselight.engines.reoffending.results import Found, Group, Groups
from caselight.method.faults import Fault, stop
from caselight.method.reoffending.cleaning import Drop, Note
from caselight.method.reoffending.cohort import Row
from caselight.method.reoffending.rates import Counts, state

CODES, COUNTS = 1 + len(BREAKDOWNS), 4  # lines of ``Sums.groups``: which group it is, and what it came to


class Sums(NamedTuple):
    """What a part of the rows came to, as whole numbers: to be sent somewhere, and added to those of the other parts.

    ``groups`` has a line for each of the codes of a group (window, area, sex, age band, previous band), then those of
    ``kernel``; ``last`` is the day of the last entry of each window, ``tally`` the rows under each rule.
    """

    groups: Any
    last: Any
    tally: Any
    rows: int


@dataclass
class Run:
    """One computation under way: batches go in, and :meth:`found` says what they came to."""

    question: Question
    areas: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    plain: bool = False
    rows: int = 0
    entries: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._sweep = kernel.sweep if self.plain else kernel.compiled()
        self._asked = asked(self.question)
        self._codes = len(self.areas), len(self.sexes)
        self._shape = Shape.of(self.question, *self._codes)
        self._rules = rules(self.question, self._shape)
        self._room = _numbers(kernel.LINES, 1)
        status = _numbers(3)
        status[kernel.LAST] = -(2**62)
        self._out = Out(
            counts=_numbers(4, self._shape.cells),
            last_index=_numbers(len(self.question.windows)) + MISSING,
            tally=_numbers(len(Drop) + len(Note)),
            status=status,
            rows=_numbers(kernel.FIELDS, 1),
        )

    def comes_after(self, person: int) -> None:
        """Say before the first rows that another run has those up to this person."""
        self._out.status[kernel.LAST] = person

    def take(self, rows: Columns, upto: int) -> None:
        """Take in the rows before ``upto``: whole persons, each after all before it. Raises ``reoffending.not-sorted``."""
        if upto == 0:
            return
        self._make_room(rows, upto)
        self._sweep(rows, upto, self._asked, self._rules, self._room, self._out)
        self.rows += upto
        if self._out.status[kernel.DISORDER]:
            stop(
                Fault(
                    "reoffending.not-sorted",
                    ("rows",),
                    "The rows are not sorted by person, proven date, occasion, offence and offence date.",
                    "Sort them first; the command does it by itself.",
                )
            )
        self._collect()

    def _make_room(self, rows: Columns, upto: int) -> None:
        """Room for the longest history there can be, for codes not seen before, and for the entries of a batch."""
        if upto > self._room.shape[1]:
            self._room = _numbers(kernel.LINES, upto)
            if self.question.rows:
                many = upto * self.question.most_overlapping
                self._out = self._out._replace(rows=_numbers(kernel.FIELDS, many))
        area = max(_highest(rows.area, upto), _highest(rows.police_area, upto))
        self._widen(area + 1, _highest(rows.sex, upto) + 1)

    def _widen(self, areas: int, sexes: int) -> None:
        """Move the counts to where they belong once there are more areas or sexes."""
        codes = max(self._codes[0], areas), max(self._codes[1], sexes)
        if codes == self._codes:
            return
        before, counts = self._shape, self._out.counts
        self._codes, self._shape = codes, Shape.of(self.question, *codes)
        self._rules = rules(self.question, self._shape)
        self._out = self._out._replace(counts=_numbers(4, self._shape.cells))
        there = counts[0].nonzero()[0]
        to = sum(stride * places for stride, places in zip(self._shape.strides(), before.places(there), strict=True))
        self._out.counts[:, to] = counts[:, there]

    def _collect(self) -> None:
        """Take the entries of the batch as values, so that the next one has room."""
        written = int(self._out.status[kernel.WRITTEN])
        self.entries += [self._row(fields) for fields in self._out.rows[:, :written].T.tolist()]
        self._out.status[kernel.WRITTEN] = 0

    def _row(self, fields: list[int]) -> Row:
        person, window, index, occasion, kind, reoffences, severe, days, previous, age, area, sex = fields
        return Row(
            person=str(person),
            window=self.question.ordered[window],
            index=_day(index),
            occasion=str(occasion),
            kind=KINDS[kind],
            reoffences=reoffences,
            severe=bool(severe) if self.question.options.serious else None,
            days_to_first=None if days < 0 else days,
            previous=previous,
            age=None if age < 0 else age,
            area=_named(self.areas, area),
            sex=_named(self.sexes, sex),
        )

    def sums(self) -> Sums:
        """What all rows came to so far."""
        import numpy as np

        counts = self._out.counts
        there = counts[0].nonzero()[0]
        groups = np.vstack([*self._shape.places(there), counts[:, there]])
        return Sums(groups, self._out.last_index, self._out.tally, self.rows)

    def add(self, other: Sums) -> None:
        """Take in what other rows came to: those of other persons."""
        codes, counts = other.groups[:CODES], other.groups[CODES:]
        if codes.size:
            self._widen(int(codes[1].max()), int(codes[2].max()))  # a place of 0 stands for what is not known
            to = sum(stride * places for stride, places in zip(self._shape.strides(), codes, strict=True))
            self._out.counts[:, to] += counts
        self._add_beside(other.last, other.tally, other.rows)

    def join(self, other: Run) -> None:
        """Take in what a run of the same question came to with the rows of later persons; its own counts grow as wide."""
        self._widen(*other._codes)
        other._widen(*self._codes)
        self._out.counts[:] += other._out.counts
        self._add_beside(other._out.last_index, other._out.tally, other.rows)
        self.entries += other.entries

    def _add_beside(self, last: Any, tally: Any, rows: int) -> None:
        """What there is beside the counts of groups."""
        import numpy as np

        np.maximum(self._out.last_index, last, out=self._out.last_index)
        self._out.tally[:] += tally
        self.rows += rows

    def last_days(self) -> list[date | None]:
        """The day of the last entry of each window; None where nobody entered."""
        return [None if day == MISSING else _day(day) for day in self._out.last_index.tolist()]

    def found(self) -> Found:
        """What all rows came to."""
        question, out = self.question, self._out
        return Found(
            measure=question.measure.id,
            options=question.options.fingerprint,
            as_of=question.as_of,
            groups=Groups(self._groups),
            states={
                window: state(window, day, question.options, question.as_of)
                for window, day in zip(question.ordered, self.last_days(), strict=True)
            },
            rows=self.rows,
            drops={rule: int(count) for rule, count in zip(Drop, out.tally[: len(Drop)], strict=True) if count},
            notes={note: int(count) for note, count in zip(Note, out.tally[len(Drop) :], strict=True) if count},
            entries=tuple(self.entries),
        )

    def _groups(self) -> Iterator[Group]:
        question, counts = self.question, self._out.counts
        there = counts[0].nonzero()[0]
        windows, places = (at.tolist() for at in divmod(there, self._shape.cells // len(question.windows)))
        by = self._named(set(places))  # windows share what a place stands for
        entries, reoffenders, reoffences, severe = counts[:, there].tolist()
        known = severe if question.options.serious else [None] * len(severe)
        found = map(Counts, entries, reoffenders, reoffences, known)
        for window, place, counted in zip(windows, places, found, strict=True):
            yield Group(question.ordered[window], by[place], counted)

    def _named(self, places: Iterable[int]) -> dict[int, dict[str, str]]:
        """What places within a window stand for, for the breakdowns that were asked."""
        names = labels(self.question, self._shape.sizes, self.areas, self.sexes)
        lines = [(name, 1 + BREAKDOWNS.index(name)) for name in self.question.by]
        at = {place: self._shape.places(place) for place in places}
        return {place: {name: names[line - 1][at[place][line]] for name, line in lines} for place in at}


def _highest(codes: Any, upto: int) -> int:
    return int(codes[:upto].max() if hasattr(codes, "max") else max(codes[:upto]))


def _named(names: tuple[str, ...], code: int) -> str:
    return "" if code < 0 else name_of(names, code)


def _day(number: int) -> date:
    return EPOCH + timedelta(days=int(number))


def _numbers(lines: int, many: int = 0) -> Any:
    """Zeros: so many in a line, or several lines whose n-th numbers lie side by side, as they are used together."""
    import numpy as np

    if not many:
        return np.zeros(lines, dtype=np.int64)
    return np.zeros((max(many, 2), lines), dtype=np.int64).T  # of one alone nobody could say how it lies
