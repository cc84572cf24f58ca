"""The keyring: one random key for each subject, wrapped by ``vault.key``, in a small file outside the database.

A backup of the database does not hold it, and of the keyring itself only the newest copy is kept: destroying a key
therefore shuts old backups too. A key is on disk before a row that needs it is written. So a transaction that is rolled
back may leave a key without a row, which is harmless and which ``doctor`` counts; a row without a key cannot come about.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

from caselight.method.faults import Fault, stop
from caselight.store.audit import keys
from caselight.store.identities.ledger import Ledger

FILE, LEDGER, VAULT_KEY = "keyring.sqlite3", "destroyed.jsonl", "vault.key"
REMEMBERED = 4096  # unwrapped keys in memory at most


class Keyring:
    """The keyring of one folder. Safe for threads; a process that was forked opens the file anew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger = Ledger(folder / LEDGER)
        self._lock = threading.RLock()
        self._forget()

    def begin(self) -> None:
        """Make the file, and the key that wraps, where they are not there."""
        with self._lock:
            self._wrapping(self._open())

    def make(self, n: int) -> list[str]:
        """So many new keys, on disk when this returns; their ids."""
        ids = [secrets.token_hex(16) for _ in range(n)]
        with self._lock:
            connection = self._open()
            wrapping = self._wrapping(connection)
            rows = [(one, aes_key_wrap(wrapping, secrets.token_bytes(32))) for one in ids]
            with connection:
                connection.executemany("INSERT INTO child_key (id, wrapped) VALUES (?, ?)", rows)
        return ids

    def destroy(self, ids: Iterable[str]) -> None:
        """Destroy keys for good: first named in the ledger, then overwritten in the keyring. Again changes nothing."""
        wanted = list(ids)
        with self._lock:
            self._forget_keys()
            self.ledger.add(wanted)
            self._remove(wanted)

    def settle(self) -> int:
        """Apply the ledger to the keyring, as at each start and after a restore; how many keys were still there."""
        with self._lock:
            self._forget_keys()
            return self._remove(sorted(self.ledger.ids() & set(self.ids())))

    def mentions(self, ids: Iterable[str]) -> list[str]:
        """Which keys the bytes of the file still name, or the ledger does not: what a purge looks at in the end."""
        with self._lock:  # while nobody here holds a lock of the file, which reading it past SQLite would drop
            content = (self.folder / FILE).read_bytes()
            destroyed = Ledger(self.ledger.path).ids()
        return [one for one in ids if one.encode() in content or one not in destroyed]

    def ids(self) -> list[str]:
        """The ids of all keys that the file holds."""
        with self._lock:
            return [row[0] for row in self._open().execute("SELECT id FROM child_key ORDER BY id")]

    def exists(self, key_id: str) -> bool:
        """Whether there is such a key and it is not destroyed."""
        return self.cipher(key_id) is not None

    def cipher(self, key_id: str) -> AESGCM | None:
        """The key, ready for use; None where it is destroyed. A key that is neither there nor destroyed is a fault."""
        if self.ledger.version() != self._version:
            self._forget_keys()
        found = self._keys.get(key_id)  # without the lock: one step of a dictionary is whole by itself
        if found is not None:
            return found
        with self._lock:
            return None if key_id in self.ledger.ids() else self._unwrapped(key_id)

    def copy(self, to: Path) -> None:
        """A copy of the file as it stands, made by SQLite itself (to read the file past it would drop its locks)."""
        with self._lock:
            other: Any = sqlite.connect(str(to))
            try:
                self._open().backup(other)
            finally:
                other.close()
        to.chmod(0o600)

    def close(self) -> None:
        """Close the file and forget every key in memory."""
        with self._lock:
            if self._connection is not None and self._pid == os.getpid():
                self._connection.close()
            self._forget()

    def _forget(self) -> None:
        self._connection: Any = None
        self._pid = os.getpid()
        self._version = self.ledger.version()
        self._keys: dict[str, AESGCM] = {}

    def _forget_keys(self) -> None:
        """Forget every key in memory, as soon as any process has destroyed one."""
        with self._lock:
            self._version = self.ledger.version()
            self._keys = {}

    def _open(self) -> Any:
        if self._connection is not None and self._pid == os.getpid():
            return self._connection
        self._forget()
        path = self.folder / FILE
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        connection = sqlite.connect(str(path), timeout=20, check_same_thread=False)
        connection.executescript(
            "PRAGMA journal_mode=DELETE;PRAGMA synchronous=EXTRA;PRAGMA secure_delete=ON;PRAGMA trusted_schema=OFF;"
            "CREATE TABLE IF NOT EXISTS child_key (id TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;"
        )
        self._connection, self._pid = connection, os.getpid()
        return connection

    def _wrapping(self, connection: Any) -> bytes:
        """The key that wraps. A new one is made only while the keyring is empty: it could open nothing that is there."""
        path = self.folder / VAULT_KEY
        if not path.exists() and connection.execute("SELECT 1 FROM child_key LIMIT 1").fetchone():
            stop(vault_key_missing())
        if not path.exists():
            keys.make_one(VAULT_KEY)
        return keys.kept(VAULT_KEY)

    def _unwrapped(self, key_id: str) -> AESGCM | None:
        connection = self._open()
        row = connection.execute("SELECT wrapped FROM child_key WHERE id = ?", (key_id,)).fetchone()
        if row is None:
            if key_id in self.ledger.ids():  # destroyed by another process a moment ago
                return None
            stop(
                Fault(
                    "identity.key-lost",
                    (key_id,),
                    "A key is not in the keyring, and no purge destroyed it.",
                    "Put the newest copy of the keyring and of destroyed.jsonl back, then run caselight doctor.",
                )
            )
        try:
            cipher = AESGCM(aes_key_unwrap(self._wrapping(connection), bytes(row[0])))
        except InvalidUnwrap:
            stop(
                Fault(
                    "identity.wrong-vault-key",
                    (VAULT_KEY,),
                    "vault.key does not open this keyring.",
                    "Put back the vault.key that belongs to the keyring; they are kept together.",
                )
            )
        if len(self._keys) >= REMEMBERED:
            del self._keys[next(iter(self._keys))]  # the oldest
        self._keys[key_id] = cipher
        return cipher

    def _remove(self, ids: Sequence[str]) -> int:
        connection = self._open()
        with connection:
            connection.executemany("DELETE FROM child_key WHERE id = ?", [(one,) for one in ids])
        return len(ids)


def vault_key_missing() -> Fault:
    """The fault of a keyring that nothing opens."""
    return Fault(
        "identity.vault-key-missing",
        (VAULT_KEY,),
        "The keyring holds keys, but the file vault.key that opens them is not there.",
        "Put the kept copy of vault.key back into the folder of keys.",
    )


_rings: dict[str, Keyring] = {}
_guard = threading.Lock()


def keyring() -> Keyring:
    """The keyring of ``settings.KEYS``."""
    folder = str(settings.KEYS)
    found = _rings.get(folder)
    if found is None:
        with _guard:
            found = _rings.setdefault(folder, Keyring(Path(folder)))
    return found
