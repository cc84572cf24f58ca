"""What a sender gets for each message: a receipt, once the judgement is committed, or a refusal that says why not.

A receipt is signed (Ed25519, which gives the same bytes every time), so that a message sent again gets the same
receipt, byte for byte, and nothing more than the event and its place in the chain need be kept. Each can be verified
alone, with the public key and nothing else. A device drops its own copy only for a receipt whose digest is its own.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from caselight.store.audit import keys

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Receipt:
    """A judgement is kept: which, with which content, and where in which chain. ``signature`` covers the other fields.

    ``evidence_sha256`` is the digest of the locators and excerpts that are kept with it, as they were sent; empty for none.
    """

    op_id: str
    payload_sha256: str
    chain: str
    chain_index: int
    chain_hash: str
    signature: str
    key_id: str
    evidence_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A message was not taken as an answer: why, and what to do. ``kept``: it lies in quarantine, for a person."""

    code: str
    says: str
    cure: str
    op_id: str = ""
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Committed:
    """A recorded event and its place in the chain: what a receipt says, before it is signed."""

    op_id: str
    payload_sha256: str
    chain: str
    chain_index: int
    chain_hash: str
    evidence_sha256: str = ""

    def signed(self, key_id: str) -> Receipt:
        """The receipt, under the key of this id. Only ever called after the commit: what it says must be true."""
        said = {
            "op_id": self.op_id,
            "payload_sha256": self.payload_sha256,
            "chain": self.chain,
            "chain_index": self.chain_index,
            "chain_hash": self.chain_hash,
            "key_id": key_id,
            "evidence_sha256": self.evidence_sha256,
        }
        signature, _ = keys.sign(_canonical(said).encode())
        return Receipt(
            self.op_id, self.payload_sha256, self.chain, self.chain_index, self.chain_hash, signature, key_id,
            self.evidence_sha256,
        )  # fmt: skip


def signing_key() -> str:
    """The id of the key that signs: worked out once for many receipts, and refused where there is none to be had."""
    return keys.key_id(keys.public_key())


def genuine(receipt: Receipt, public_key: str) -> bool:
    """Whether a receipt was signed with the key whose public half is given (64 hexadecimal digits)."""
    said = asdict(receipt)
    signature = said.pop("signature")
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(
            bytes.fromhex(signature), _canonical(said).encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True
