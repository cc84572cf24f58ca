"""The keys that lie outside the database, in ``settings.KEYS``: made together, once, and read from then on.

``receipts.key`` (Ed25519) signs receipts and heads; ``receipts.pub``, beside it, is given to everybody who wants to
check them. ``audit.key`` (HMAC-SHA256) seals audit rows for whoever holds it; under ``blocking.key`` names are compared.
Each holds one line of hexadecimal. As soon as the audit has a row, a key that is missing was lost: a new one would fit
nothing that was recorded under the old one, so none is made.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from caselight.method.faults import Fault, Faults
from caselight.store.audit.durable import sync_names

SECRET = ("audit.key", "blocking.key", "receipts.key")
PUBLIC = "receipts.pub"


def sign(message: bytes) -> tuple[str, str]:
    """The Ed25519 signature of a message (128 hexadecimal digits), and the id of the key that made it."""
    private, key_id = _receipts(settings.KEYS)
    return private.sign(message).hex(), key_id


def seal(text: str) -> str:
    """HMAC-SHA256 of a text under ``audit.key``, in hexadecimal: what only a holder of the key can make."""
    return sealer()(text)


def sealer() -> Callable[[str], str]:
    """:func:`seal` for many texts, which looks the key up once."""
    key = _audit(settings.KEYS)
    return lambda text: hmac.digest(key, text.encode(), "sha256").hex()


def public_key() -> str:
    """The public key that checks receipts and heads: 64 hexadecimal digits."""
    return _public(_receipts(settings.KEYS)[0])


def key_id(public: str) -> str:
    """The id of a public key: the first 16 digits of the SHA-256 of its 32 bytes."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def used() -> bool:
    """Whether anything was recorded under these keys: everything that is, leaves a row in the audit."""
    from caselight.store.audit.models import AuditRow

    return AuditRow.objects.exists()


def make() -> None:
    """Make every key that is not there. ``Faults`` (``audit.key-missing``) where something was recorded under one."""
    names = (*SECRET, PUBLIC)
    if _missing(names) and used() and (lost := _missing(names)):  # asked again: another may have made them, and a row
        raise Faults([_lost(name) for name in lost])
    for name in _missing(SECRET):
        make_one(name)
    if _missing([PUBLIC]):
        with suppress(FileExistsError):
            public = _public(Ed25519PrivateKey.from_private_bytes(kept("receipts.key")))
            _write_once(settings.KEYS / PUBLIC, public + "\n", 0o644)


def make_one(name: str) -> None:
    """Make a key file of that name with 32 fresh bytes, where there is none."""
    with suppress(FileExistsError):
        _write_once(settings.KEYS / name, secrets.token_hex(32) + "\n", 0o600)


def wrong() -> list[Fault]:
    """What speaks against these keys: lost, damaged, or a public key of another one; nothing before they are used."""
    if not used():
        return []
    found = [_lost(name) for name in _missing((*SECRET, PUBLIC))]
    for name in sorted({*SECRET} - {*_missing(SECRET)}):
        try:
            kept(name)
            if name == "receipts.key" and not _missing([PUBLIC]):
                _fitting(settings.KEYS)
        except Faults as faults:
            found += faults.faults
    return found


def kept(name: str) -> bytes:
    """The 32 secret bytes of a key file of that name; before anything was recorded it is made where there is none."""
    path = settings.KEYS / name
    if not path.exists():
        make()
    text = path.read_text("utf-8").strip()
    if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise Faults([
            Fault("audit.key-damaged", (name,), f"The key file {name} does not hold 64 hexadecimal digits.",
                  "Bring the key back from its own backup. A new key cannot stand in for it.")
        ])  # fmt: skip
    return bytes.fromhex(text)


@cache
def _receipts(folder: Path) -> tuple[Ed25519PrivateKey, str]:
    if _missing([PUBLIC]):
        make()
    private = _fitting(folder)
    return private, key_id(_public(private))


def _fitting(folder: Path) -> Ed25519PrivateKey:
    """The key that signs. ``Faults`` (``audit.key-apart``) where the public key beside it is that of another."""
    private = Ed25519PrivateKey.from_private_bytes(kept("receipts.key"))
    if (folder / PUBLIC).read_text("utf-8").strip() != _public(private):
        raise Faults([
            Fault("audit.key-apart", ("receipts.key",), f"The key in receipts.key is not that of {PUBLIC} beside it.",
                  "Bring both back from the newest copy of the keys; a receipt signed with another key fits no other.")
        ])  # fmt: skip
    return private


def _missing(names: Sequence[str]) -> list[str]:
    return [name for name in names if not (settings.KEYS / name).exists()]


def _lost(name: str) -> Fault:
    return Fault("audit.key-missing", (name,), f"The key file {name} is not there, and something was recorded under it.",
                 "Bring it back from the newest copy of the keys (keys.age). A new key cannot stand in for it.")  # fmt: skip


@cache
def _audit(folder: Path) -> bytes:
    del folder  # names what is remembered
    return kept("audit.key")


def _public(private: Ed25519PrivateKey) -> str:
    return private.public_key().public_bytes_raw().hex()


def _write_once(path: Path, text: str, mode: int) -> None:
    """A file that is there whole or not at all, and never replaces another: ``FileExistsError`` where one is there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(beside, path)  # fails where another process was first, and then that one's key is the key
    finally:
        beside.unlink()
    sync_names(path.parent)
