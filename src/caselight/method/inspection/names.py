"""Names where there must be none: a label, or an alias, that is a known name of this inspection.

Only read when the private folder was asked for. The text of the letter is checked where the letter is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from caselight.method.faults import Fault
from caselight.method.inspection.package import Identity, Package


def folded(text: str) -> str:
    """A name without the differences that hide it: case, accents written in two ways, and spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def name_faults(package: Package) -> Iterator[Fault]:
    """A fault for each label and each alias that equals a known name, nickname or local id."""
    known = {folded(name) for identity in package.identities for name in _names(identity)} - {""}
    for index, subject in enumerate(package.subjects):
        if folded(subject.label) in known:
            says = "The label is a known name of somebody in this inspection."
            yield Fault("package.name-as-label", ("subjects", index, "label"), says, "Use a label that means nothing.")
    for index, excerpt in enumerate(package.excerpts):
        if folded(excerpt.alias) in known:
            says = "The alias is a known name of somebody in this inspection."
            yield Fault("package.name-as-alias", ("excerpts", index, "alias"), says, "Invent another alias.")


def _names(identity: Identity) -> Iterator[str]:
    yield identity.name
    yield identity.local_id
    yield from identity.nicknames
    yield from identity.name.split()
