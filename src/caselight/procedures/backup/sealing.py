"""One encrypted file of several: a tar with a manifest of digests, under the public key of somebody who is not here."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from caselight.method.faults import Fault, Faults
from caselight.store.audit.durable import sync_names

MANIFEST = "manifest.json"
SCHEMA = "caselight.backup/1"
OF_STORE, OF_KEYS = "store", "keys"  # what kind of the two a file is
CHUNK = 1 << 20


def write_sealed(target: Path, members: Mapping[str, Path], manifest: Mapping[str, Any], recipient: str) -> str:
    """Write the members and their manifest as one encrypted file, whole or not at all; the SHA-256 of that file."""
    to = _recipient(recipient)
    sizes = {name: path.stat().st_size for name, path in sorted(members.items())}
    digests = {name: {"sha256": sha256(members[name], size), "size": size} for name, size in sizes.items()}
    text = json.dumps({**manifest, "schema": SCHEMA, "files": digests}, sort_keys=True, indent=1).encode()
    part = target.with_name(f".{target.name}.part")
    try:
        with open(part, "wb", opener=_private) as sealed:
            _encrypt(_Pieces(archived(text, members, sizes)), sealed, to)
            sealed.flush()
            os.fsync(sealed.fileno())
        digest = sha256(part)
        part.replace(target)
        sync_names(target.parent)
        return digest
    finally:
        part.unlink(missing_ok=True)


def archived(manifest: bytes, members: Mapping[str, Path], sizes: Mapping[str, int]) -> Iterator[bytes]:
    """A tar of the manifest and so many first bytes of each member, piece by piece: it stands in no file of its own."""
    yield from _entry(MANIFEST, io.BytesIO(manifest), len(manifest))
    for name, size in sizes.items():
        with members[name].open("rb") as content:
            yield from _entry(name, content, size)
    yield bytes(2 * tarfile.BLOCKSIZE)


def new_pair() -> tuple[str, str]:
    """A fresh pair: the secret key, which belongs on no machine that takes backups, and the recipient made of it."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def write_secret(file: Path, secret: str, recipient: str) -> None:
    """Write a secret key into a new file that only its owner reads; ``Faults`` where a file is there already."""
    try:
        with open(file, "x", opener=_private, encoding="utf-8") as stream:
            stream.write(f"# opens backups made for {recipient}\n{secret}\n")
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError:
        says = f"There is a file {file.name} already, which may hold the only key of other backups."
        raise Faults([Fault("backup.key-exists", (file.name,), says, "Name a new file.")]) from None


def open_sealed(source: Path, folder: Path, identity: str) -> dict[str, Any]:
    """Open an encrypted file into an empty folder and hold every member against the manifest, which is returned.

    ``Faults`` for a wrong key, a damaged or truncated file, a member too many or too few, and a schema from elsewhere.
    """
    plain = folder / ".plain.tar"
    try:
        with source.open("rb") as sealed, open(plain, "wb", opener=_private) as stream:
            pyrage.decrypt_io(sealed, stream, [_identity(identity)])
        with tarfile.open(plain) as archive:
            archive.extractall(folder, filter="data")
        for path in folder.rglob("*"):  # folders have no entry of their own, and so the rights that are usual here
            path.chmod(0o700 if path.is_dir() else 0o600)
    except pyrage.DecryptError as error:
        raise Faults([_refused(source, str(error))]) from None
    except (tarfile.TarError, OSError, EOFError) as error:
        raise Faults([_damaged(source, "it is no archive of ours")]) from error
    finally:
        plain.unlink(missing_ok=True)
    return _checked(source, folder)


def sha256(path: Path, size: int | None = None) -> str:
    """The SHA-256 of a file, in hexadecimal; with a size, of its first bytes: heads and the ledger may grow meanwhile."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        left = path.stat().st_size if size is None else size
        while left > 0 and (chunk := stream.read(min(CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
    return digest.hexdigest()


def _checked(source: Path, folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        wanted = manifest["files"]
    except (OSError, ValueError, KeyError, TypeError):
        raise Faults([_damaged(source, "its manifest cannot be read")]) from None
    if manifest.get("schema") != SCHEMA:
        says = f"The backup {source.name} was made in a form that this version does not know."
        raise Faults([Fault("backup.unknown-form", (source.name,), says, "Restore it with the version that made it.")])
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {MANIFEST}
    wrong = sorted(there ^ set(wanted)) or [
        name for name in sorted(wanted) if sha256(folder / name) != wanted[name]["sha256"]
    ]
    if wrong:
        raise Faults([_damaged(source, f"{wrong[0]} is not what the manifest says")])
    return dict(manifest)


def _refused(source: Path, why: str) -> Fault:
    if "matching" in why.lower():
        says = f"This key does not open {source.name}."
        return Fault(
            "backup.wrong-key", (source.name,), says, "Use the key that belongs to the recipient it was made for."
        )
    return _damaged(source, "it was cut short or changed")


def _damaged(source: Path, why: str) -> Fault:
    says = f"The backup {source.name} is damaged: {why}."
    return Fault("backup.damaged", (source.name,), says, "Restore another backup; nothing was changed.")


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        says = "The recipient of the backup is no public key (age1…)."
        cure = "Make a pair with caselight new backup-key, and name its public half in CASELIGHT_BACKUP_RECIPIENT."
        raise Faults([Fault("backup.no-recipient", (), says, cure)]) from None


def _identity(text: str) -> Any:
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        return pyrage.x25519.Identity.from_str(lines[0] if lines else "")
    except pyrage.IdentityError:
        says = "The key file holds no secret key (AGE-SECRET-KEY-…)."
        raise Faults([Fault("backup.no-key", (), says, "Give the file that caselight new backup-key made.")]) from None


def _entry(name: str, content: BinaryIO, size: int) -> Iterator[bytes]:
    """One member of a tar: its header, its content, and zeros to the end of the last block."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    yield entry.tobuf()
    left = size
    while left:
        chunk = content.read(min(CHUNK, left))
        if not chunk:
            raise OSError(f"{name} became shorter while it was read.")
        left -= len(chunk)
        yield chunk
    yield bytes(-size % tarfile.BLOCKSIZE)


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a stream that can be read; what went wrong in making them is kept, for the reader loses it."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""
        self.failed: Exception | None = None

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; 0 at the end."""
        try:
            while not self._left:
                self._left = next(self._pieces)
        except StopIteration:
            return 0
        except Exception as error:
            self.failed = error
            raise
        n = min(len(buffer), len(self._left))
        buffer[:n], self._left = self._left[:n], self._left[n:]
        return n


def _encrypt(pieces: _Pieces, sealed: BinaryIO, to: Any) -> None:
    try:
        pyrage.encrypt_io(io.BufferedReader(pieces, CHUNK), sealed, [to])
    except Exception:
        if pieces.failed is not None:
            raise pieces.failed from None
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
