"""The keys that lie outside the database, in ``settings.KEYS``: each is made once and read from then on.

``receipts.key`` (Ed25519) signs receipts and heads; ``receipts.pub``, beside it, is given to everybody who wants to
check them. ``audit.key`` (HMAC-SHA256) seals audit rows for whoever holds it. All three hold one line of hexadecimal.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from caselight.method.faults import Fault, Faults
from caselight.store.audit.durable import sync_names


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


def kept(name: str) -> bytes:
    """The 32 secret bytes of a key file of that name, made with fresh ones where there is none."""
    path = settings.KEYS / name
    with suppress(FileExistsError):
        if not path.exists():
            _write_once(path, secrets.token_hex(32) + "\n", 0o600)
    text = path.read_text("utf-8").strip()
    if len(text) != 64 or not set(text) <= set("0123456789abcdef"):
        raise Faults([
            Fault("audit.key-damaged", (name,), f"The key file {name} does not hold 64 hexadecimal digits.",
                  "Bring the key back from its own backup. A new key cannot stand in for it.")
        ])  # fmt: skip
    return bytes.fromhex(text)


@cache
def _receipts(folder: Path) -> tuple[Ed25519PrivateKey, str]:
    private = Ed25519PrivateKey.from_private_bytes(kept("receipts.key"))
    public = _public(private)
    beside = folder / "receipts.pub"
    if not beside.exists():
        with suppress(FileExistsError):
            _write_once(beside, public + "\n", 0o644)
    return private, key_id(public)


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
