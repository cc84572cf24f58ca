"""S8: what is purged is gone from every byte we hold, and what is on hold is not purged."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from tests.evidence.databases import environment, fresh, migrated, postgresql
from tests.evidence.django_run import in_django
from tests.evidence.promise import POSTGRESQL, Outcome, Promise, Run
from tests.evidence.r5_backup import caselight
from tests.evidence.searching import files, found, spellings, written

WORK = "tests.evidence.work.purging"
CHILDREN = "tests.evidence.work.children"
POINTS = (
    "ledger", "begun/after", "keys/before", "certificate", "rows/after", "none", "begun/before", "keys/after",
    "rows/before", "overwritten/before", "overwritten/after",
)  # fmt: skip
MOMENTS = ("before", "proposed", "confirmed")
BATCH = 25  # children purged in one store
PLANTS = ("column", "key", "row", "hold")
Child = dict[str, Any]


def attack(run: Run) -> Outcome:
    """Children with sentinels in every field, purged while the purge is killed; then every byte is searched."""
    said: list[str] = []
    figures: Counter[str] = Counter()
    for number, start in enumerate(range(0, run.trials, BATCH)):
        children = list(range(start, min(start + BATCH, run.trials)))
        said += _Store(run, number).all_of_it(children, figures)
    return Outcome(run.trials, min(len(said), run.trials), dict(figures), said)


def planted(run: Run) -> Outcome:
    """Four faults, each of which must be seen: a name in a column, a key or a row left, a hold that is not asked for."""
    caught = _Store(run, 0).with_faults()
    missed = [f"Not seen: {plant}." for plant in PLANTS if not caught[plant]]
    return Outcome(len(PLANTS), 0 if missed else len(PLANTS), {}, missed or [caught[plant][0] for plant in PLANTS])


class _Store:
    """A Caselight of its own, its backups, and the key for them that lies elsewhere."""

    def __init__(self, run: Run, number: int) -> None:
        self.run, self.chance = run, Random(f"{run.seed}/{number}")
        self.home = run.folder / str(number)
        self.data, self.backups, self.temporary = (self.home / name for name in ("data", "backups", "temporary"))
        for folder in (self.data, self.temporary):
            folder.mkdir(parents=True)
        self.address = migrated(replace(run, folder=self.data))

    def all_of_it(self, children: Sequence[int], figures: Counter[str]) -> list[str]:
        """Keep, back up, purge, back up the keys, search, open, restore; what failed."""
        told, kept = self._populated(len(children))
        carried, gone = self._django("carry", work=CHILDREN, seed=self.chance.getrandbits(32))
        recipient = self._backup_key()
        backup = self._backed_up(recipient)
        points = [[child["subject"], POINTS[n % len(POINTS)], ""] for n, child in zip(children, told, strict=True)]
        holds = [[child["subject"], moment, ""] for child, moment in zip(kept, MOMENTS, strict=True)]
        said = self._django("purge", children=points, held=holds) + self._django("purge_other")
        real = told
        told, kept = [*told, gone], [*kept, carried]
        self._backed_up(recipient).unlink()  # of the keys only the newest copy is kept
        said += self._seen(told, kept, figures)
        said += _opened(told, kept, [self.data / "keys"], figures)
        figures["purges killed"] += sum(point != "none" for _, point, _ in points)
        figures["holds attacked"] += len(holds)
        return said + self._restored(backup, told, kept, figures, real)

    def with_faults(self) -> dict[str, list[str]]:
        """What is seen of each planted fault: three children, and one on hold."""
        told, kept = self._populated(3, column="T0")
        faults = ("column", "key", "row")
        children = [[child["subject"], "none", plant] for child, plant in zip(told, faults, strict=True)]
        figures: Counter[str] = Counter()
        said = self._django("purge", children=children, held=[[kept[0]["subject"], "confirmed", "hold"]])
        seen = self._seen(told, kept[1:], figures)
        opened = _opened(told, kept[1:], [self.data / "keys"], figures)
        return {
            "column": [one for one in seen if one.startswith(("T0: the first", "T0: the last"))],
            "key": [one for one in opened if one.startswith("T1:")],
            "row": [one for one in said if one.startswith("T2: a row is left")],
            "hold": [one for one in said if "although it was on hold" in one],
        }

    def _populated(self, n: int, column: str = "") -> tuple[list[Child], list[Child]]:
        keys = [f"T{number}" for number in range(n + len(MOMENTS))]
        told = self._django("populate", work=CHILDREN, seed=self.chance.getrandbits(32), children=keys, column=column)
        return told[:n], told[n:]

    def _seen(self, told: Sequence[Child], kept: Sequence[Child], figures: Counter[str]) -> list[str]:
        """What of the purged children stands in any byte: words and keys anywhere, rows where rows are."""
        everywhere = files(self.home, *self._cluster())
        # A name is in no byte even of a child who was not purged; a row is in the files of a database, or it is gone.
        nowhere, gone, there = _secrets(told) | _words(kept), _rows(told), _rows(kept)
        hits = found(everywhere, nowhere | gone | there)
        in_log = [label for label, path in hits if label in gone and "pg_wal" in path.parts]
        said = [
            f"{label} stands in {_short(path)}."
            for label, path in hits
            if label in nowhere or (label in gone and "pg_wal" not in path.parts)
        ]
        if there.keys() - {label for label, _ in hits}:
            said.append("The search is blind: it does not find what was not purged.")
        figures["files searched"] += len(everywhere)
        figures["megabytes searched"] += sum(path.stat().st_size for path in everywhere if path.exists()) >> 20
        figures["rows in PostgreSQL's log that no key opens"] += len(set(in_log))
        return said

    def _restored(
        self,
        backup: Path,
        told: Sequence[Child],
        kept: Sequence[Child],
        figures: Counter[str],
        children: Sequence[Child],
    ) -> list[str]:
        """Restore the backup made before the purge, with the newest keys: nobody who was purged is back."""
        target = self.home / "restored"
        target.mkdir()
        address = self._fresh(target)
        done = caselight(environment(target, address), "restore", str(backup), "--keys", str(self.backups / "keys.age"),
                         "--key", str(self.home / "backup.key"), "--json")  # fmt: skip
        if done.returncode:
            return [f"The backup was not restored: {done.stderr[-300:]}"]
        said = _opened(told, kept, [target / "keys"], figures)
        run = replace(self.run, folder=target)
        said += in_django(run, f"{WORK}:back", database=address, children=list(children))
        figures["backups restored"] += 1
        return said

    def _backup_key(self) -> str:
        made = caselight({}, "new", "backup-key", str(self.home / "backup.key"), "--json")
        return str(json.loads(made.stdout)["recipient"])

    def _backed_up(self, recipient: str) -> Path:
        env = environment(self.data, self.address) | self._temporary()
        done = caselight(env, "backup", str(self.backups), "--for", recipient, "--json")
        if done.returncode:
            raise AssertionError(f"No backup: {done.stderr}")
        file = Path(json.loads(done.stdout)["file"])
        return file.rename(file.with_name(f"{len(list(self.backups.iterdir()))}-{file.name}"))

    def _django(self, function: str, *, work: str = WORK, **arguments: Any) -> Any:
        run = replace(self.run, folder=self.data)
        return in_django(run, f"{work}:{function}", database=self.address, env=self._temporary(), **arguments)

    def _temporary(self) -> dict[str, str]:
        return {"TMPDIR": str(self.temporary), "SQLITE_TMPDIR": str(self.temporary)}

    def _fresh(self, folder: Path) -> str:
        return fresh(replace(self.run, folder=folder))

    def _cluster(self) -> list[Path]:
        """PostgreSQL's whole folder, with everything it holds in memory written down."""
        if self.run.database != POSTGRESQL:
            return []
        import psycopg

        server = postgresql(lively=self.run.lively)
        with psycopg.connect(server._conninfo("postgres"), autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        return [server.home]


def _secrets(children: Iterable[Child]) -> dict[str, set[bytes]]:
    """Of each child the words, and the key: as it is, and wrapped."""
    keys = {
        f"{child['subject']}: the {name}": written(bytes.fromhex(child[name]))
        for child in children
        for name in ("key", "wrapped")
    }
    return _words(children) | keys


def _words(children: Iterable[Child]) -> dict[str, set[bytes]]:
    texts = {
        f"{child['subject']}: the {field}": text for child in children for field, text in child["sentinels"].items()
    }
    forms = {label: spellings(text) for label, text in texts.items()}
    for child in (one for one in children if "born" in one):
        born = date.fromisoformat(child["born"])
        dates = (born.isoformat(), f"{born:%d/%m/%Y}", f"{born.day} {born:%B %Y}")
        forms[f"{child['subject']}: the birth date"] = {form for one in dates for form in spellings(one)}
    return forms


def _rows(children: Iterable[Child]) -> dict[str, set[bytes]]:
    """Of each child the row of the vault, by its end (a database may keep a long one apart), and the fingerprints."""
    children = [child for child in children if "person" in child]
    rows = {f"{child['subject']}: the row": {bytes.fromhex(child["person"])[-40:]} for child in children}
    return rows | {
        f"{child['subject']}: fingerprint {n}": {digest.encode()}
        for child in children
        for n, digest in enumerate(child["digests"])
    }


def _opened(told: Sequence[Child], kept: Sequence[Child], keys: Iterable[Path], figures: Counter[str]) -> list[str]:
    """Try every key that is still held on every ciphertext there ever was, without the product."""
    held = [key for folder in keys for key in _keys(folder)]
    said = []
    for child in (*told, *kept):
        texts = [bytes.fromhex(text) for text in child["texts"]]
        words = [word.encode() for word in child["sentinels"].values()]
        opened = sum(any(word in _decrypted(key, text) for key in held for word in words) for text in texts)
        figures["ciphertexts tried with every key"] += len(texts)
        if child in told and opened:
            said.append(f"{child['subject']}: {opened} of {len(texts)} texts open.")
        if child in kept and opened != len(texts):
            said.append("The search is blind: what was not purged does not open.")
    return said


def _decrypted(key: bytes, sealed: bytes) -> bytes:
    """What a key makes of a sealed text, whatever its tag says: an attacker does not care what belongs where."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    counter = sealed[1:13] + b"\0\0\0\2"  # GCM counts from two
    return Cipher(algorithms.AES(key), modes.CTR(counter)).decryptor().update(sealed[13:-16])


def _keys(folder: Path) -> list[bytes]:
    """Every key in a folder of keys, unwrapped."""
    from cryptography.hazmat.primitives.keywrap import aes_key_unwrap

    wrapping = bytes.fromhex((folder / "vault.key").read_text().strip())
    ring = sqlite3.connect(folder / "keyring.sqlite3")
    try:
        rows = ring.execute("SELECT wrapped FROM child_key").fetchall()
    finally:
        ring.close()
    return [aes_key_unwrap(wrapping, bytes(row[0])) for row in rows]


def _short(path: Path) -> str:
    return "/".join(path.parts[-3:])


PROMISE = Promise(
    id="S8",
    says="What is purged is gone from every byte we hold, and what is on hold is not purged.",
    attack=attack,
    planted=planted,
    fault="a name kept in a column; a key not destroyed; a row not deleted; a hold not asked for",
    trials=(5, 50, 500),
    planted_trials=len(PLANTS),
    not_modelled=(
        "Blocks that a disk or file system keeps after a file was overwritten or cut; copies by a replica or an archive "
        "of PostgreSQL's log, which hold ciphertext without its key; memory of running processes; a copy of the keyring "
        "that somebody kept against the rules; the digest of an event, by which a guessed note could be confirmed; uploads."
    ),
)
