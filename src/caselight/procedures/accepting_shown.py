"""Accepting claims of a letter in the store: only as they were shown. What changed meanwhile is read again first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from caselight.method.faults import Fault, Faults, refuse
from caselight.method.inspection.package import Accepted
from caselight.method.report.traced import Claim
from caselight.procedures.lettering import Looked, letter_package, look
from caselight.store.reports.actions import accept_claims
from caselight.store.reports.queries import newest_of
from caselight.store.reports.signers import signs_as


def look_at_saved(key: str, language: str) -> Looked:
    """The newest saved version of the letter, traced."""
    return look(letter_package(key), language, newest_of(key, language)[1])


def as_shown(claim: Claim) -> str:
    """A digest of all that a person sees of a claim, and of the answers behind it."""
    seen = [claim.id, claim.sentence, list(claim.keys), list(claim.values), claim.snapshot]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def accept_shown(key: str, language: str, shown: Mapping[str, str], *, by: str, at: datetime) -> int:
    """Accept the claims with these ids as they were shown (their digests), in the name of ``by``; how many.

    Raises :class:`Faults`, and accepts nothing, for a letter that cannot be traced (its own faults), for no claim
    (``accept.nothing``) and for one that has changed since (``accept.changed-meanwhile``).
    """
    looked = look_at_saved(key, language)
    if looked.letter is None:
        raise Faults(looked.faults)
    claims = {claim.id: claim for claim in looked.letter.claims}
    if not shown:
        refuse([Fault("accept.nothing", ("claims",), "No sentence was selected.", "Select the sentences to accept.")])
    refuse(_changed(id_) for id_, seen in shown.items() if id_ not in claims or as_shown(claims[id_]) != seen)
    signer, day = signs_as(key, by), at.date().isoformat()
    fresh = [
        Accepted(one.id, one.sentence, one.keys, one.values, one.snapshot, signer, day, language)
        for one in map(claims.__getitem__, shown)
    ]
    accept_claims(by=by, inspection=key, accepted=fresh, at=at)
    return len(fresh)


def _changed(claim: str) -> Fault:
    says = "A sentence or a figure behind it has changed since the page was shown."
    return Fault("accept.changed-meanwhile", (claim,), says, "Read it as it is now, and accept that.")
