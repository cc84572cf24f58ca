"""Check 7: a claim whose figures have changed since a person accepted it. The old and the new sentence stand together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from caselight.method.faults import Fault, Place, Severity
from caselight.method.inspection.package import Accepted
from caselight.method.report.context import Context
from caselight.method.report.lint.words import STYLE
from caselight.method.report.traced import Claim


def with_acceptance(claims: Iterable[Claim], accepted: Iterable[Accepted]) -> tuple[Claim, ...]:
    """Each claim with whether it stands accepted as it is; ``stale`` holds the sentence as it was accepted."""
    by_claim = {row.claim: row for row in accepted}
    return tuple(_marked(claim, by_claim.get(claim.id)) for claim in claims)


def _marked(claim: Claim, row: Accepted | None) -> Claim:
    if row is None:
        return claim
    now = (claim.snapshot, claim.keys, claim.values, claim.sentence)
    same = (row.snapshot, row.keys, row.values, row.sentence) == now
    return replace(claim, accepted=True) if same else replace(claim, stale=row.sentence)


def stale_faults(claims: Sequence[Claim], context: Context) -> Iterator[Fault]:
    """A fault for each stale claim, and one that lists what nobody has accepted yet."""
    by_claim = {row.claim: row for row in context.accepted}
    for claim in claims:
        if claim.stale:
            yield _stale(claim, by_claim[claim.id])
    waiting = [claim for claim in claims if not claim.accepted and not claim.stale]
    if waiting:
        shown = ", ".join(claim.id for claim in waiting[:8]) + (" …" if len(waiting) > 8 else "")
        yield Fault(
            "letter.not-accepted",
            ("letter",),
            f"{len(waiting)} claims are not accepted yet: {shown}.",
            "Read them and accept them: caselight accept DIR --by NAME.",
            Severity.WARNING,
            Place("accepted.csv"),
        )
    yield from _unsigned(claims, context)
    yield from _strangers(claims, context)


def _strangers(claims: Sequence[Claim], context: Context) -> Iterator[Fault]:
    """An acceptance is somebody's word: of a person of the team, whose key stands in inspection.yaml."""
    team = {member.key for member in context.inspection.team}
    here = {claim.id for claim in claims}
    for name in sorted({row.accepted_by for row in context.accepted if row.claim in here} - team):
        yield Fault(
            "letter.accepted-by-stranger",
            ("letter",),
            f"Claims were accepted by “{name[:60]}”, who is not in the team.",
            "Have somebody of the team accept them, or add the person to the team.",
            Severity.WARNING,
            Place("accepted.csv"),
        )


def _stale(claim: Claim, row: Accepted) -> Fault:
    if claim.style == STYLE:
        says = "The words of the letter beside its figures, or what stands at its head and end, have changed."
        cure = "Read the letter again and accept it."
        return Fault("letter.words-changed", (claim.id,), says, cure, Severity.WARNING, claim.place)
    before, now = ", ".join(row.values), ", ".join(claim.values)
    changed = f"the figures were {before} and are {now}" if before != now else "the cases behind the figures changed"
    if row.snapshot == claim.snapshot:
        changed = "the sentence was edited"
    return Fault(
        "letter.stale",
        (claim.id,),
        f"Claim {claim.id} is stale: {changed}. Accepted: “{row.sentence}” Now: “{claim.sentence}”",
        "Read the sentence again, change it if need be, and accept it.",
        Severity.WARNING,
        claim.place,
    )


def _unsigned(claims: Sequence[Claim], context: Context) -> Iterator[Fault]:
    """The headline judgement is signed by the lead inspector, whose acceptance is the signature."""
    leads = {member.key for member in context.inspection.team if member.role == "lead_inspector"}
    by_claim = {row.claim: row for row in context.accepted}
    for claim in claims:
        if claim.style == "headline" and claim.accepted and by_claim[claim.id].accepted_by not in leads:
            yield Fault(
                "letter.headline-not-signed",
                (claim.id,),
                f"The headline was accepted by {by_claim[claim.id].accepted_by}, who does not lead.",
                "Have the lead inspector accept it.",
                Severity.WARNING,
                claim.place,
            )
