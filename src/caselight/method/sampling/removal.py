"""Taking a case out of the sample with a coded reason, and the reserve that takes its place.

The next reserve of the same stratum takes the place. Where the stratum has none left, the next of any stratum does,
and the sample says so; with none at all it ends short and says so. A reserve that turns out unfit is removed in the same
way and nobody takes its place.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from caselight.method.faults import Fault, Faults, Severity
from caselight.method.sampling.design import WITHIN
from caselight.method.sampling.draw import REMOVED, REPLACEMENT, RESERVE, Drawn

QUOTED = 60


class Removal(NamedTuple):
    """A sample after a case was removed: who took its place (empty: nobody), and what a person should know."""

    sample: tuple[Drawn, ...]
    replacement: str
    faults: tuple[Fault, ...]


def remove(
    sample: Sequence[Drawn], case_key: str, reason: str, reasons: Collection[str], *, across: bool = True
) -> Removal:
    """The sample without ``case_key``, with its replacement, in the same row order.

    ``reasons`` are the codes that the framework allows; ``across`` says whether a case of another stratum may take the
    place, which a design with quotas forbids. A case that was assessed twice hands that on to its replacement. Raises ``sample.unknown-removal-reason``,
    ``sample.case-not-in-sample`` and ``sample.already-removed``. What is returned beside the sample are hints:
    ``sample.replaced-across-strata`` and the warning ``sample.ends-short``.

    >>> two = (Drawn("a", "all", 1, "drawn"), Drawn("b", "all", 2, "reserve"))
    >>> [case.status for case in remove(two, "a", "resentenced", {"resentenced"}).sample]
    ['removed', 'replacement']
    """
    found = _removable(sample, case_key, reason, reasons)
    removed = replace(found, status=REMOVED, removed_reason=reason)
    if not found.examined:
        return Removal(_with(sample, removed), "", ())
    reserves = [case for case in sample if case.status == RESERVE and (across or same_stratum(case, found.stratum))]
    if not reserves:
        return Removal(_with(sample, removed), "", (_short(removed),))
    following = min(reserves, key=lambda case: turn(case, found.stratum))
    other = following.stratum != found.stratum
    note = f"Takes the place of a case of the stratum {found.stratum}, which has no reserve left." if other else ""
    changed = _with(
        sample,
        replace(removed, replaced_by=following.case_key),
        replace(following, status=REPLACEMENT, note=note, twice=found.twice),
    )
    return Removal(changed, following.case_key, (_across(found, following),) if other else ())


def turn(reserve: Drawn, stratum: str) -> tuple[int, int, str]:
    """The lowest of these is the reserve whose turn it is when a case of ``stratum`` is removed.

    The own part first, then the nearest (the same unit, the same cluster, the same stratum), then the place in the
    draw, then the part by name.

    >>> turn(Drawn("k", "b", 7, "reserve"), "a") > turn(Drawn("k", "a", 9, "reserve"), "a")
    True
    """
    own, other = stratum.split(WITHIN), reserve.stratum.split(WITHIN)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(own, other, strict=False)))
    return -shared if own != other else -len(own) - 1, reserve.order, reserve.stratum


def same_stratum(case: Drawn, stratum: str) -> bool:
    """Whether a case belongs to the stratum, in whichever cluster of it."""
    return case.stratum.split(WITHIN, maxsplit=1)[0] == stratum.split(WITHIN, maxsplit=1)[0]


def _removable(sample: Sequence[Drawn], case_key: str, reason: str, reasons: Collection[str]) -> Drawn:
    faults = []
    if reason not in reasons:
        faults.append(
            Fault(
                "sample.unknown-removal-reason",
                ("sample", case_key),
                f"“{reason[:QUOTED]}” is not a reason for which a case may be removed.",
                f"Give one of: {', '.join(sorted(reasons))}.",
            )
        )
    found = next((case for case in sample if case.case_key == case_key), None)
    if found is None:
        faults.append(
            Fault(
                "sample.case-not-in-sample",
                ("sample", case_key),
                f"“{case_key[:QUOTED]}” is not in the sample.",
                "Give the key of a case that was drawn.",
            )
        )
    elif found.status == REMOVED:
        faults.append(
            Fault(
                "sample.already-removed",
                ("sample", case_key),
                f"“{case_key[:QUOTED]}” was removed already: {found.removed_reason[:QUOTED]}.",
                "Give the key of a case that is still in the sample.",
            )
        )
    if faults or found is None:
        raise Faults(faults)
    return found


def _with(sample: Sequence[Drawn], *changed: Drawn) -> tuple[Drawn, ...]:
    by_key = {case.case_key: case for case in changed}
    return tuple(by_key.get(case.case_key, case) for case in sample)


def _short(removed: Drawn) -> Fault:
    return Fault(
        "sample.ends-short",
        ("sample", removed.case_key),
        f"No reserve is left to take the place of “{removed.case_key[:QUOTED]}”, so the sample ends one case short.",
        "Ask for more reserves in the design: the cases drawn stay the same.",
        Severity.WARNING,
    )


def _across(removed: Drawn, replacement: Drawn) -> Fault:
    return Fault(
        "sample.replaced-across-strata",
        ("sample", removed.case_key),
        f"The stratum {removed.stratum} has no reserve left, so a case of {replacement.stratum} takes the place.",
        "Look at how like the caseload the sample still is, or ask for more reserves in the design.",
        Severity.HINT,
    )
