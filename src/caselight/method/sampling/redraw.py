"""Drawing again: whether a stored sample is the one that its design, its seed and its caseload give.

Anyone may ask, years later. Removals and replacements are part of the record and must fit the draw too: no reserve may
have been passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from caselight.method.faults import Fault
from caselight.method.framework.sampling import AssessedTwice
from caselight.method.sampling.design import Caseload, Design
from caselight.method.sampling.draw import DRAWN, REMOVED, REPLACEMENT, RESERVE, Drawn, draw, marked_twice
from caselight.method.sampling.removal import same_stratum, turn

# What became of a case that the draw gave so.
BECOMES = {DRAWN: (DRAWN, REMOVED), RESERVE: (RESERVE, REPLACEMENT, REMOVED)}
QUOTED = 60
Step = tuple[str, str, int]


def redraw(
    caseload: Caseload, design: Design, stored: Sequence[Drawn], marking: AssessedTwice | None = None
) -> tuple[Fault, ...]:
    """Every way in which ``stored`` is not what the design gives; empty when it is the same sample.

    ``marking`` is who the design has assessed twice. Codes: ``sample.listed-twice``, ``sample.not-stored``,
    ``sample.not-drawn``, ``sample.not-as-drawn``, ``sample.replacement-unknown``, ``sample.reserve-passed-over``,
    ``sample.second-not-as-drawn``. Raises what :func:`draw` raises.

    >>> design = Design(size=1, seed="spring")
    >>> redraw({"a": {}, "b": {}}, design, draw({"a": {}, "b": {}}, design))
    ()
    """
    again = draw(caseload, design)
    expected = {case.case_key: case for case in (marked_twice(again, design.seed, marking) if marking else again)}
    return (
        *_membership(expected, stored),
        *_replacements(expected, stored),
        *_passed_over(stored, within=bool(design.quotas)),
        *_second(expected, stored),
    )


def history_faults(expected: Sequence[Step], stored: Sequence[Step]) -> tuple[Fault, ...]:
    """Where the stored history of the sizes is not the one that the design gives: the first step that differs.

    A step is a part (empty: the whole), the reason and the size.

    >>> history_faults([("", "BY_RULE", 9)], [("", "BY_RULE", 8)])[0].code
    'sample.history-differs'
    """
    pairs = enumerate(zip_longest(expected, stored), start=1)
    step, wanted, found = next(((n, a, b) for n, (a, b) in pairs if a != b), (0, None, None))
    if not step:
        return ()
    says = f"Step {step} of the history of sizes is stored as {_step(found)}, but the design gives {_step(wanted)}."
    cure = "Check the design, the size that was chosen and the caseload, or draw the sample again."
    return (Fault("sample.history-differs", ("sampling", step - 1), says, cure),)


def _step(step: Step | None) -> str:
    return f"{step[0][:QUOTED] or 'the whole'}, {step[1][:QUOTED]}, {step[2]}" if step else "nothing"


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


def _second(expected: Mapping[str, Drawn], stored: Sequence[Drawn]) -> Iterator[Fault]:
    """Who is assessed twice is drawn too; a replacement takes it over from the case whose place it took."""
    handed_on = {case.replaced_by: case.twice for case in stored if case.replaced_by}
    for case in stored:
        drawn = expected.get(case.case_key)
        if drawn and case.twice != (drawn.twice or handed_on.get(case.case_key, False)):
            says = f"“{case.case_key[:QUOTED]}” is {'' if case.twice else 'not '}marked to be assessed twice, and the draw says otherwise."
            cure = "Correct the column assessed_twice, or draw the sample again."
            yield Fault("sample.second-not-as-drawn", ("sample", case.case_key), says, cure)


def _passed_over(stored: Sequence[Drawn], *, within: bool) -> Iterator[Fault]:
    """A reserve that still waits was waiting then, so it shows when somebody else went first.

    ``within``: only cases of the same stratum had a turn.
    """
    by_key = {case.case_key: case for case in stored}
    waiting = [case for case in stored if case.status == RESERVE]
    for case in stored:
        taken = by_key.get(case.replaced_by)
        in_turn = [reserve for reserve in waiting if not within or same_stratum(reserve, case.stratum)]
        if taken is None or not in_turn:
            continue
        following = min(in_turn, key=lambda reserve: turn(reserve, case.stratum))
        if turn(following, case.stratum) < turn(taken, case.stratum):
            yield Fault(
                "sample.reserve-passed-over",
                ("sample", case.case_key),
                f"“{taken.case_key[:QUOTED]}” took the place of “{case.case_key[:QUOTED]}”, but it was the turn of "
                f"“{following.case_key[:QUOTED]}”.",
                "Use reserves in their order, or remove the reserve that was passed over, with its reason.",
            )
