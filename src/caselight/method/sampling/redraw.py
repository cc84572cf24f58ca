"""Drawing again: whether a stored sample is the one that its design, its seed and its caseload give.

Anyone may ask, years later. Removals and replacements are part of the record and must fit the draw too: no reserve may
have been passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from caselight.method.faults import Fault
from caselight.method.sampling.design import Caseload, Design
from caselight.method.sampling.draw import DRAWN, REMOVED, REPLACEMENT, RESERVE, Drawn, draw
from caselight.method.sampling.removal import turn

BECOMES = {DRAWN: (DRAWN, REMOVED), RESERVE: (RESERVE, REPLACEMENT, REMOVED)}
QUOTED = 60


def redraw(caseload: Caseload, design: Design, stored: Sequence[Drawn]) -> tuple[Fault, ...]:
    """Every way in which ``stored`` is not what the design gives; empty when it is the same sample.

    Codes: ``sample.listed-twice``, ``sample.not-stored``, ``sample.not-drawn``, ``sample.not-as-drawn``,
    ``sample.replacement-unknown``, ``sample.reserve-passed-over``. Raises what :func:`draw` raises.

    >>> design = Design(size=1, seed="spring")
    >>> redraw({"a": {}, "b": {}}, design, draw({"a": {}, "b": {}}, design))
    ()
    """
    expected = {case.case_key: case for case in draw(caseload, design)}
    return (*_membership(expected, stored), *_replacements(expected, stored), *_passed_over(stored))


def _membership(expected: Mapping[str, Drawn], stored: Sequence[Drawn]) -> Iterator[Fault]:
    times = Counter(case.case_key for case in stored)
    for key in (key for key, count in times.items() if count > 1):
        yield Fault(
            "sample.listed-twice",
            ("sample", key),
            f"“{key[:QUOTED]}” stands in the sample {times[key]} times.",
            "Keep one row for each case.",
        )
    for key in (key for key in expected if key not in times):
        yield Fault(
            "sample.not-stored",
            ("sample", key),
            f"The draw gives “{key[:QUOTED]}” as {expected[key].status}, but the sample does not list it.",
            "Restore the row, or draw the sample again.",
        )
    for case in stored:
        yield from _as_drawn(expected.get(case.case_key), case)


def _as_drawn(expected: Drawn | None, case: Drawn) -> Iterator[Fault]:
    if expected is None:
        yield Fault(
            "sample.not-drawn",
            ("sample", case.case_key),
            f"The draw does not give “{case.case_key[:QUOTED]}”.",
            "Check the seed, the design and the caseload, or take the row out.",
        )
    elif (expected.stratum, expected.order) != (case.stratum, case.order) or (
        case.status not in BECOMES[expected.status]
    ):
        yield Fault(
            "sample.not-as-drawn",
            ("sample", case.case_key),
            f"“{case.case_key[:QUOTED]}” is stored as {_place(case)}, but the draw gives {_place(expected)}.",
            "Check the seed, the design and the caseload, or draw the sample again.",
        )


def _place(case: Drawn) -> str:
    return f"{case.status[:QUOTED]}, number {case.order} of {case.stratum[:QUOTED]}"


def _replacements(expected: Mapping[str, Drawn], stored: Sequence[Drawn]) -> Iterator[Fault]:
    """A removed case names a reserve that was used, nobody else does, and every replacement is named once."""
    used = {case.case_key for case in stored if case.status in (REPLACEMENT, REMOVED)}
    reserves = {key for key, case in expected.items() if case.status == RESERVE}
    named = Counter(case.replaced_by for case in stored if case.replaced_by)
    for case in stored:
        taken = case.replaced_by
        fits = not taken or (case.status == REMOVED and taken in (used & reserves) - {case.case_key})
        if not fits or named[taken] > 1 or (case.status == REPLACEMENT and not named[case.case_key]):
            yield Fault(
                "sample.replacement-unknown",
                ("sample", case.case_key),
                f"“{case.case_key[:QUOTED]}” is {case.status[:QUOTED]} and says “{taken[:QUOTED]}” took its place; "
                "the rows of the sample do not agree.",
                "A removed case names the one reserve that took its place, and that case has the status replacement.",
            )


def _passed_over(stored: Sequence[Drawn]) -> Iterator[Fault]:
    """A reserve that still waits was waiting then, so it shows when somebody else went first."""
    by_key = {case.case_key: case for case in stored}
    waiting = [case for case in stored if case.status == RESERVE]
    for case in stored:
        taken = by_key.get(case.replaced_by)
        if taken is None or not waiting:
            continue
        following = min(waiting, key=lambda reserve: turn(reserve, case.stratum))
        if turn(following, case.stratum) < turn(taken, case.stratum):
            yield Fault(
                "sample.reserve-passed-over",
                ("sample", case.case_key),
                f"“{taken.case_key[:QUOTED]}” took the place of “{case.case_key[:QUOTED]}”, but it was the turn of "
                f"“{following.case_key[:QUOTED]}”.",
                "Use reserves in their order, or remove the reserve that was passed over, with its reason.",
            )
