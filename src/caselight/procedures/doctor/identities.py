"""Who the keys belong to: lost and orphaned keys, purges that are not finished, and what an old backup brought back."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.method.faults import Fault, Severity
from caselight.store.identities import queries


def examine() -> Iterator[Fault]:
    """The findings."""
    if lost := queries.lost_keys():
        yield Fault("doctor.keys-lost", ("keys",), f"{len(lost)} subjects have a key that is neither kept nor destroyed.",
                    "Bring the newest copy of the keyring back; what is sealed under them cannot be read until then.")  # fmt: skip
    if back := queries.resurrected():
        yield Fault("doctor.purged-again-there", ("identities",), f"{len(back)} subjects that were purged are in the database again.",
                    "An old backup was restored. Start caselight serve: it purges them again at once.")  # fmt: skip
    if unfinished := queries.unfinished():
        yield Fault("doctor.purge-unfinished", ("purges",), f"{len(unfinished)} purges were begun and are not finished.",
                    "Start caselight serve: it finishes them.", Severity.WARNING)  # fmt: skip
    if kinds := queries.unconfirmed():
        yield Fault("doctor.retention-unconfirmed", ("retention",), f"{len(kinds)} kinds of record have no confirmed period.",
                    "The controller confirms how long each is kept before real cases are examined.", Severity.WARNING)  # fmt: skip
    if orphans := queries.orphan_keys():
        yield Fault("doctor.orphan-keys", ("keys",), f"{len(orphans)} keys belong to nobody.",
                    "Nothing: what they were made for was not recorded in the end.", Severity.HINT)  # fmt: skip
