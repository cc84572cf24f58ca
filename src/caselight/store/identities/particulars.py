"""Who a child is, as one frozen value, and the bytes it is sealed as."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from caselight.method.inspection.package import Identity


@dataclass(frozen=True, slots=True)
class Particulars:
    """An identity as a package carries it, and what a package does not carry: carers, school and address."""

    identity: Identity
    carers: tuple[str, ...] = ()
    school: str = ""
    address: str = ""

    @property
    def subject_key(self) -> str:
        """Whose particulars these are."""
        return self.identity.subject_key

    def taking(self, identity: Identity) -> Particulars:
        """The same with another name, birth date or id: a package brings no carers, and so takes none away."""
        return replace(self, identity=identity)


def as_bytes(particulars: Particulars) -> bytes:
    """The value as JSON: what is sealed."""
    identity = particulars.identity
    born = identity.date_of_birth
    return json.dumps(
        {
            "name": identity.name,
            "nicknames": identity.nicknames,
            "born": born.isoformat() if born else "",
            "local_id": identity.local_id,
            "carers": particulars.carers,
            "school": particulars.school,
            "address": particulars.address,
        },
        ensure_ascii=False,
    ).encode()


def from_bytes(subject_key: str, sealed: bytes) -> Particulars:
    """The value that :func:`as_bytes` wrote."""
    told = json.loads(sealed)
    born = date.fromisoformat(told["born"]) if told["born"] else None
    identity = Identity(subject_key, told["name"], tuple(told["nicknames"]), born, told["local_id"])
    return Particulars(identity, tuple(told["carers"]), told["school"], told["address"])
