"""Accepting claims: a person of the team has read them, and from now on a change behind them makes them stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from caselight.formats.files import locked
from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_accepted
from caselight.method.answers.fact_values import day
from caselight.method.faults import Fault, Place, did_you_mean, refuse
from caselight.method.inspection.package import Accepted, Package
from caselight.method.report.traced import Claim, TracedLetter
from caselight.procedures.drafting import draft


def accept_claims(
    folder: Path, by: str, on: str, *, only: Sequence[str] = (), language: str = ""
) -> tuple[Accepted, ...]:
    """Accept the claims of a letter as they stand (all, or ``only`` some) and record who did, in ``accepted.csv``.

    Earlier acceptances of the same claims are replaced; those of claims that are no longer in the letter are dropped.
    Raises :class:`Faults` for somebody who is not of the team, a day that cannot be, or a claim that is not there.
    """
    with locked(folder):
        package = read_package(folder, private=True)
        return _accepted_by(package, folder, by, on, only=only, language=language or package.inspection.languages[0])


def _accepted_by(
    package: Package, folder: Path, by: str, on: str, *, only: Sequence[str], language: str
) -> tuple[Accepted, ...]:
    letter = draft(package, language)
    refuse([*_wrong_person(package, by), *_wrong_day(on), *_wrong_claims(letter, only)])
    fresh = {
        claim.id: _accepted(claim, by, on, letter.language) for claim in letter.claims if not only or claim.id in only
    }
    known = {claim.id for claim in letter.claims}
    kept = [
        row
        for row in package.accepted
        if row.language != letter.language or (row.claim in known and row.claim not in fresh)
    ]
    write_accepted(folder, replace(package, accepted=(*kept, *fresh.values())))
    return tuple(fresh.values())


def _accepted(claim: Claim, by: str, on: str, language: str) -> Accepted:
    return Accepted(claim.id, claim.sentence, claim.keys, claim.values, claim.snapshot, by, on, language)


def _wrong_person(package: Package, by: str) -> list[Fault]:
    team = [member.key for member in package.inspection.team]
    if by in team:
        return []
    return [
        Fault(
            "accept.not-of-the-team",
            ("by",),
            f"“{by[:60]}” is not in the team of this inspection.",
            did_you_mean(by, team),
            place=Place("inspection.yaml"),
        )
    ]


def _wrong_day(on: str) -> list[Fault]:
    if day(on):
        return []
    return [Fault("accept.day", ("on",), f"“{on[:60]}” is not a day.", "Write it as 2016-01-20.")]


def _wrong_claims(letter: TracedLetter, only: Sequence[str]) -> list[Fault]:
    known = [claim.id for claim in letter.claims]
    return [
        Fault("accept.unknown-claim", (claim,), f"The letter has no claim “{claim[:60]}”.", did_you_mean(claim, known))
        for claim in only
        if claim not in known
    ]
