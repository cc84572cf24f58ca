#!/usr/bin/env python3
"""Checks a Caselight audit without Caselight: this one file, Python 3.11 or later, and ``cryptography`` for signatures.

    python verifier.py EXPORT [--heads FILE …] [--key receipts.pub] [--receipts FILE] [--audit-key FILE] [--json]

EXPORT is a folder that ``caselight audit-export`` wrote, or a SQLite database file of Caselight. HEADS are the files (or
folders of files) of signed heads that were kept *outside* the database: without them nobody can tell that the end of a
chain was cut off, or that a whole chain was written anew, and this program says so. It needs no secret; ``--audit-key``
is for those who hold it, and adds the seals. Nothing is written, and nothing is taken from a network.

Exit status: 0 everything agrees; 1 something disagrees, and the first row that does is named for each chain; 2 nothing
could be checked. It is one module, longer than others of the house, because an outsider reads and runs it alone.

The format. A *row* has the columns chain, n, at, by, act, object_kind, object_key, row, prev, hash, seal. ``row`` is
canonical JSON (keys sorted, no spaces, not escaped to ASCII) of {"act","at","by","chain","detail","n","object",
"schema"}; ``hash`` is SHA-256 of ``prev`` and ``row`` as UTF-8; ``prev`` of row 1 is 64 zeros; ``seal`` is HMAC-SHA256 of
``hash``. A *head* is {"at","chain","hash","key_id","kind","n","signature"}, Ed25519 over the canonical JSON of the fields
but ``key_id`` and ``signature``; a *receipt* is signed over all its other fields.

An *answer* names its row by ``chain_n``. ``payload_sha256`` is SHA-256 of the JSON array, without spaces, of the fields in
``PAYLOAD``. Where it has words, they lie sealed and are not exported: then the detail of its row holds ``coded_sha256``,
the same digest with the words left empty, and ``sealed_sha256``, SHA-256 of the id of the key and the sealed bytes. The
detail also holds ``address``, ``bases``, ``server_time`` where that is not the time of the row, and ``evidence``: of each
locator and excerpt the SHA-256 of the JSON array of the fields in ``PIECE``. A later row (of object kind ``evidence``)
may add evidence.

A *step* of a case, a quarantined message and what was decided about one say again what their row says: ``act``, ``object``,
``by``, ``at`` and ``detail``, but for the ``device`` of a message. Each is held against the rows of these acts, one for one.
All this can be checked when the keys are destroyed, and nobody can read the words any more.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

Record = dict[str, Any]
ORIGIN = "0" * 64
PAYLOAD = (
    "op_id", "tool", "subject_kind", "subject_key", "table", "row_key", "question_id", "pass", "value", "reasons",
    "note", "themes", "notable", "withdrawn", "actor", "device", "base_op_ids", "resolves_reason", "client_time",
    "framework_version",
)  # fmt: skip
ADDRESS = ("tool", "subject_kind", "subject_key", "table", "row_key", "question_id", "pass")
PIECE = ("kind", "op_id", "position", "key", "sealed_sha256")
LISTS = ("reasons", "themes", "base_op_ids")
REPEATED = ("chain", "n", "at", "by", "act")  # columns that say what the text of the row says
MOST = 50  # findings that are said to a person; JSON holds all
RECORDED = ("answer.recorded", "answer.imported")
STEPS = (
    "answer.quarantined", "answer.preferred", "message.recorded", "message.left-out", "case.completed", "case.moderated",
    "case.signed", "case.locked", "case.unlocked", "case.reopened", "unlock.asked", "unlock.allowed", "unlock.seconded",
    "unlock.refused",
)  # fmt: skip
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)

canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


# ── what is said ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Finding:
    """One thing that disagrees: in which chain, at which row (None: at none in particular), which kind, in a sentence."""

    chain: str
    n: int | None
    code: str
    says: str

    def __str__(self) -> str:
        return f"{self.chain}{'' if self.n is None else f', row {self.n}'}: {self.says} [{self.code}]"


@dataclass
class Report:
    """What was checked, what disagrees (the first row of each chain), and what could not be checked."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    chains: int = 0
    rows: int = 0
    heads: int = 0
    events: int = 0
    receipts: int = 0

    @property
    def agrees(self) -> bool:
        """Whether nothing disagrees. Read ``notes`` too: they say what was not looked at."""
        return not self.findings


class Answer(NamedTuple):
    """What the row of an answer says of it."""

    op_id: str
    digest: str
    coded: str
    sealed: str
    time: str
    place: str  # address and bases, as canonical JSON
    evidence: str  # as it was sent: receipts name it


@dataclass
class Chain:
    """What is known of a chain once it was read: as far as its rows agree."""

    name: str
    n: int = 0
    hash: str = ORIGIN
    whole: bool = True
    hashes: dict[int, str] = field(default_factory=dict)
    answers: dict[int, Answer] = field(default_factory=dict)
    evidence: dict[str, tuple[int, str]] = field(default_factory=dict)  # digest of a piece: its row, its op_id
    steps: dict[int, tuple[str, str]] = field(default_factory=dict)  # the digest of what the row says, and of whom
    purges: list[int] = field(default_factory=list)


# ── where it is read from ───────────────────────────────────────────────────────────────────────────────────────────


class Source(Protocol):
    """An audit export, wherever it lies."""

    def chains(self) -> Iterable[tuple[str, Iterator[Record]]]:
        """Each chain with its rows, in their order."""

    def tips(self) -> Iterable[Record]:
        """The last row of each chain, as the database remembers it."""

    def heads(self) -> Iterable[Record]:
        """The heads inside the database."""

    def events(self) -> Iterable[Record]:
        """The answers, without their words."""

    def evidence(self) -> Iterable[Record]:
        """The locators and excerpts, without their words."""

    def steps(self) -> Iterable[Record]:
        """The steps of cases, the quarantined messages and what was decided, without their words."""

    def public_key(self) -> str:
        """The public key that came along, or nothing."""


class Folder:
    """The folder of JSON lines that ``caselight audit-export`` writes."""

    def __init__(self, path: Path) -> None:
        if not (path / "rows").is_dir():
            raise FileNotFoundError(f"{path} has no folder rows: it is no audit export.")
        self.path = path

    def chains(self) -> Iterator[tuple[str, Iterator[Record]]]:
        for file in sorted((self.path / "rows").glob("*.jsonl")):
            first = next(lines(file), {})
            yield str(first.get("chain", file.stem)), lines(file)

    def tips(self) -> Iterator[Record]:
        return lines(self.path / "tips.jsonl")

    def heads(self) -> Iterator[Record]:
        return lines(self.path / "heads.jsonl")

    def events(self) -> Iterator[Record]:
        for file in sorted((self.path / "events").glob("*.jsonl")):
            yield from lines(file)

    def evidence(self) -> Iterator[Record]:
        for file in sorted((self.path / "evidence").glob("*.jsonl")):
            yield from lines(file)

    def steps(self) -> Iterator[Record]:
        for file in sorted((self.path / "steps").glob("*.jsonl")):
            yield from lines(file)

    def public_key(self) -> str:
        file = self.path / "receipts.pub"
        return file.read_text("utf-8").strip() if file.exists() else ""


STEP_COLUMNS = {  # the columns that a row of each table is told by, beside by, at, sealed and key_id
    "assessments_quarantined": "'answer.quarantined' AS act, 'message' AS kind, e.op_id AS about, received_from AS \"by\", "
    "received_at AS at, code, payload_sha256, evidence_sha256",
    "assessments_settlement": "'message.' || how AS act, 'message' AS kind, q.op_id AS about, e.\"by\" AS \"by\", e.at AS at, q.payload_sha256, "
    "q.evidence_sha256, e.op_id AS answer",
    "assessments_stance": "'answer.preferred' AS act, 'answer' AS kind, chosen AS about, e.\"by\" AS \"by\", e.at AS at, heads",
    "assessments_casestep": '\'case.\' || step AS act, subject_kind AS kind, subject_key AS about, e."by" AS "by", e.at AS at, events_sha256, '
    "second",
    "assessments_unlockstep": "'unlock.' || step AS act, 'unlock' AS kind, request AS about, e.\"by\" AS \"by\", e.at AS at, subject_kind, "
    "subject_key",
}
STEP_JOINS = {"assessments_settlement": "JOIN assessments_quarantined q ON q.id = e.message_id "}


class Database:
    """A SQLite file of Caselight, opened so that nothing in it can be changed."""

    EVENTS = (
        "SELECT e.*, i.key AS inspection FROM assessments_answerevent e "
        "JOIN inspections_inspection i ON i.id = e.inspection_id ORDER BY e.inspection_id, e.chain_n"
    )
    EVIDENCE = (
        "SELECT i.key AS inspection, 'locator' AS kind, op_id, position, '' AS key, sealed, key_id FROM assessments_locator e "
        "JOIN inspections_inspection i ON i.id = e.inspection_id UNION ALL "
        "SELECT i.key, 'excerpt', op_id, position, e.key, sealed, key_id FROM assessments_excerpt e "
        "JOIN inspections_inspection i ON i.id = e.inspection_id"
    )

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        self.connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        self.connection.execute("BEGIN")  # everything as it stood at one moment, while others go on writing

    def _rows(self, query: str, *values: object) -> Iterator[Record]:
        cursor = self.connection.execute(query, values)
        names = [column[0] for column in cursor.description]
        for found in cursor:
            yield dict(zip(names, found, strict=True))

    def chains(self) -> Iterator[tuple[str, Iterator[Record]]]:
        for found in self._rows("SELECT DISTINCT chain FROM audit_auditrow ORDER BY chain"):
            rows = self._rows("SELECT * FROM audit_auditrow WHERE chain = ? ORDER BY n, id", found["chain"])
            yield str(found["chain"]), rows

    def tips(self) -> Iterator[Record]:
        return self._rows("SELECT * FROM audit_tip WHERE n > 0")

    def heads(self) -> Iterator[Record]:
        for row in self._rows("SELECT chain, n, hash, at, signature, key_id FROM audit_head ORDER BY id"):
            yield {**row, "kind": "head"}

    def events(self) -> Iterator[Record]:
        for row in self._rows(self.EVENTS):
            lists = {name: str(row[name]).split("|") if row.get(name) else [] for name in LISTS}
            flags = {name: bool(row.get(name)) for name in ("notable", "withdrawn")}
            yield {**row, **lists, **flags, "note": "", "resolves_reason": "", "sealed_sha256": _sealed(row)}

    def evidence(self) -> Iterator[Record]:
        for row in self._rows(self.EVIDENCE):
            yield {**row, "sealed_sha256": _sealed(row)}

    def steps(self) -> Iterator[Record]:
        there = {row["name"] for row in self._rows("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table, columns in STEP_COLUMNS.items():
            if table not in there:
                continue
            join = f"{STEP_JOINS.get(table, '')}JOIN inspections_inspection i ON i.id = e.inspection_id"
            query = f"SELECT i.key AS inspection, e.sealed, e.key_id, {columns} FROM {table} e {join} ORDER BY e.id"  # noqa: S608 - our own constants
            for row in self._rows(query):
                yield _step(row)

    def public_key(self) -> str:
        return ""


TOLD = ("code", "payload_sha256", "evidence_sha256", "answer", "events_sha256", "second")


def _step(row: Record) -> Record:
    """A row of the database as an export holds it."""
    detail: Record = {name: row[name] for name in TOLD if name in row}
    if row["act"] == "answer.quarantined" and not row["evidence_sha256"]:
        del detail["evidence_sha256"]
    detail |= {"heads": str(row["heads"]).split("|")} if "heads" in row else {}
    detail |= {"subject": [row["subject_kind"], row["subject_key"]]} if "subject_kind" in row else {}
    told = {"inspection": row["inspection"], "act": row["act"], "object": [row["kind"], row["about"]], "by": row["by"]}
    return {**told, "at": _instant(str(row["at"])), "detail": {**detail, "sealed_sha256": _sealed(row)}}


def _instant(text: str) -> str:
    """An instant of the database as rows hold it: UTC, to the millisecond."""
    day, _, time = text.partition(" ")
    whole, _, part = time.partition(".")
    return f"{day}T{whole}.{part[:3]:0<3}Z"


def _sealed(row: Record) -> str:
    """The digest of what a row of the database holds sealed, whatever that is; nothing where there is nothing."""
    parts = (str(part).encode("utf-8", "surrogatepass") if not isinstance(part, bytes) else part
             for part in (row.get("key_id") or b"", row.get("sealed") or b""))  # fmt: skip
    whole = b"".join(parts)
    return hashlib.sha256(whole).hexdigest() if whole else ""


def opened(path: Path) -> Source:
    """A folder or a database file; ``OSError`` where it is neither."""
    if path.is_dir():
        return Folder(path)
    with path.open("rb") as stream:
        if stream.read(15) != b"SQLite format 3":
            raise OSError(f"{path} is neither an audit export nor a SQLite database.")
    return Database(path)


def lines(file: Path) -> Iterator[Record]:
    """The JSON objects of a file, one on each line; a line that holds none comes as an empty object."""
    if not file.exists():
        return
    with file.open(encoding="utf-8", errors="surrogateescape", newline="\n") as stream:
        for line in stream:
            if line.strip():
                yield _parsed(line)


def head_files(paths: Iterable[Path]) -> Iterator[Record]:
    """The heads of files, and of all files in folders. A line that a crash cut short is passed over."""
    for path in paths:
        path.stat()  # a file that was named and is not there must not pass for one without heads
        for file in sorted(path.glob("*.jsonl")) if path.is_dir() else [path]:
            yield from (head for head in lines(file) if head)


def number(value: object) -> int | None:
    """The number of a row; None for what is none."""
    return value if type(value) is int else None


def _parsed(text: str) -> Record:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


# ── signatures ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Keys:
    """The public keys that are believed, by their ids (the first 16 digits of the SHA-256 of the key)."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.known = {hashlib.sha256(raw).hexdigest()[:16]: raw for raw in map(bytes.fromhex, texts)}

    def signed(self, record: Mapping[str, Any], without: Sequence[str]) -> bool:
        """Whether a record was signed over its fields but ``without`` by a key that is believed."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        said = {name: value for name, value in record.items() if name not in without}
        try:
            key = Ed25519PublicKey.from_public_bytes(self.known[record["key_id"]])
            key.verify(bytes.fromhex(record["signature"]), canonical(said).encode())
        except (InvalidSignature, *UNREADABLE):
            return False
        return True


# ── the chain ───────────────────────────────────────────────────────────────────────────────────────────────────────


def check_chain(name: str, rows: Iterable[Record], audit_key: bytes = b"") -> tuple[Chain, Finding | None]:
    """Follow a chain from its first row until one disagrees."""
    chain = Chain(name)
    for row in rows:
        try:
            wrong = _wrong(chain, row, audit_key)
            if wrong is None:
                _follow(chain, row)
        except UNREADABLE:
            wrong = "row-unreadable", "the row cannot be read."
        if wrong:
            chain.whole = False
            return chain, Finding(name, chain.n + 1, *wrong)
    return chain, None


def _follow(chain: Chain, row: Record) -> None:
    """Go on to a row that agrees, and keep what it says of an answer or its evidence, or that a purge began."""
    n, op_id = chain.n + 1, row["object_key"]
    if row["act"] in RECORDED or row["object_kind"] == "evidence":
        said = json.loads(row["row"])["detail"]
        pieces = {str(digest): (n, op_id) for digest in said.get("evidence", ())}
        if row["act"] in RECORDED:
            digest, place = said["payload_sha256"], canonical([said["address"], said["bases"]])
            coded, sealed = said.get("coded_sha256", digest), said.get("sealed_sha256", "")
            time, evidence = said.get("server_time", row["at"]), said.get("evidence_sha256", "")
            chain.answers[n] = Answer(op_id, digest, coded, sealed, time, place, evidence)
        chain.evidence.update(pieces)
    if row["act"] in STEPS:
        chain.steps[n] = step_digest(json.loads(row["row"])), f"{row['object_kind']} {op_id}"
    if row["act"] == "purge.begun":
        chain.purges.append(n)
    chain.n, chain.hash = n, row["hash"]
    chain.hashes[n] = chain.hash


def _wrong(chain: Chain, row: Record, audit_key: bytes) -> tuple[str, str] | None:
    """What is wrong with the next row of a chain: a code and a sentence."""
    if row["n"] != chain.n + 1:
        return "row-missing", f"after row {chain.n} comes row {row['n']}: rows were removed, added or moved."
    if row["prev"] != chain.hash:
        return "row-unlinked", "the hash it names as the one before is not that of the row before."
    if hashlib.sha256((chain.hash + row["row"]).encode()).hexdigest() != row["hash"]:
        return "row-changed", "its text does not give its hash: it was changed after it was written."
    said = json.loads(row["row"])
    if canonical(said) != row["row"]:
        return "row-unreadable", "its text is not in the canonical form."
    told = [*(said[name] for name in REPEATED), *said["object"]]
    if told != [*(row[name] for name in REPEATED), row["object_kind"], row["object_key"]] or row["chain"] != chain.name:
        return "row-columns", "its columns say something else than its text."
    if audit_key and not hmac.compare_digest(hmac.digest(audit_key, row["hash"].encode(), "sha256").hex(), row["seal"]):
        return "row-unsealed", "its seal was not made with the audit key: somebody else wrote it."
    return None


def check_heads(chain: Chain, heads: Iterable[Record]) -> Finding | None:
    """Hold a chain against heads that are genuinely signed: the first that disagrees, with what it means."""
    agreed = checked = 0
    for head in sorted(heads, key=lambda head: head["n"]):
        n, at = head["n"], head["at"]
        if n == 0:
            continue
        if n > chain.n and not chain.whole:
            return None  # the rows after the first wrong one say nothing any more
        if n > chain.n:
            says = (
                f"the chain ends at row {chain.n}, and a head signed at {at} names row {n}: the end was cut off, or an "
            )
            return Finding(chain.name, chain.n + 1, "chain-cut", f"{says}older database was put in place of this one.")
        if n > checked:  # of two heads of one row, one agreeing and one not, the row is not beyond doubt
            agreed, checked = checked, n
        if chain.hashes.get(n) != head["hash"]:
            says = f"a head signed at {at} gives row {n} another hash: rows after row {agreed} were written anew, "
            return Finding(chain.name, agreed + 1, "chain-rewritten", f"{says}or another database stands here.")
    return None


def check_tip(chain: Chain, tips: Mapping[str, Record]) -> Finding | None:
    """Whether the database remembers the last row as the chain has it."""
    tip = tips.get(chain.name, {})
    if not chain.whole or (tip.get("n"), tip.get("hash")) == (chain.n, chain.hash):
        return None
    says = f"the database remembers row {tip.get('n', 0)} as the last of the chain, which ends at row {chain.n}."
    return Finding(chain.name, chain.n, "tip-disagrees", says)


# ── answers, evidence and receipts ────────────────────────────────────────────────────────────────────────────────────────────


def payload_digest(event: Mapping[str, Any]) -> str:
    """The digest of an answer, worked out again from its fields."""
    return hashlib.sha256(compact([event[name] for name in PAYLOAD]).encode("utf-8", "surrogatepass")).hexdigest()


def check_events(chains: Mapping[str, Chain], events: Iterable[Record], report: Report) -> Iterator[Finding]:
    """Hold each answer against its audit row, and each audit row of an answer against the answers."""
    seen: set[tuple[str, int | None]] = set()
    sealed = 0
    for event in events:
        report.events += 1
        name, n = f"inspection:{event.get('inspection', '')}", number(event.get("chain_n"))
        try:
            wrong = _wrong_event(chains.get(name, Chain(name)), event)
        except UNREADABLE:
            wrong = "event-unreadable", "an answer cannot be read."
        if (name, n) in seen and not wrong:
            wrong = "event-unrecorded", "two answers name this row as their own."
        if wrong:
            yield Finding(name, n, *wrong)
        seen.add((name, n))
        sealed += bool(event.get("sealed_sha256"))
    if sealed:
        report.notes.append(f"{sealed:,} answers have words, which are not here: their digests, sealed, were checked.")
    for name, chain in chains.items():
        for n in sorted(n for n in chain.answers if (name, n) not in seen):
            says = f"the answer {chain.answers[n].op_id} was recorded and is not there any more."
            yield Finding(name, n, "event-missing", says)


def _wrong_event(chain: Chain, event: Record) -> tuple[str, str] | None:
    op_id, n = event["op_id"], event["chain_n"]
    if n > chain.n and not chain.whole:
        return None
    kept = chain.answers.get(n)
    if kept is None or kept.op_id != op_id:
        return "event-unrecorded", f"the answer {op_id} names this row as its own, and the row does not speak of it."
    place = canonical([[event[name] for name in ADDRESS], event["base_op_ids"]])
    pairs = {
        "digest": (event["payload_sha256"], kept.digest),
        "hash": (event["chain_hash"], chain.hashes[n]),
        "time": (event["server_time"], kept.time),
        "words": (event["sealed_sha256"], kept.sealed),
        "content": (payload_digest(event), kept.coded),
        "place": (place, kept.place),
    }
    differ = [name for name, (one, other) in pairs.items() if one != other]
    if differ:
        says = f"the answer {op_id} is not as it was recorded ({', '.join(differ)}): it was changed afterwards."
        return "event-changed", says
    return None


def check_evidence(chains: Mapping[str, Chain], pieces: Iterable[Record]) -> Iterator[Finding]:
    """Hold each locator and excerpt against the audit rows, and the rows against what is there: once for each row."""
    left = {name: dict(chain.evidence) for name, chain in chains.items()}
    strange: set[tuple[str, str]] = set()
    for piece in pieces:
        name = f"inspection:{piece.get('inspection', '')}"
        digest = hashlib.sha256(
            compact([piece.get(part) for part in PIECE]).encode("utf-8", "surrogatepass")
        ).hexdigest()
        if left.get(name, {}).pop(digest, None) is None:
            strange.add((name, str(piece.get("op_id"))))
    wrong = {(name, n, op_id) for name, pieces_left in left.items() for n, op_id in pieces_left.values()}
    told = {(name, op_id) for name, _, op_id in wrong}
    for name, op_id in strange - told:
        chain = chains.get(name, Chain(name))
        rows = [n for n, answer in chain.answers.items() if answer.op_id == op_id]
        wrong.update((name, n, op_id) for n in rows)
        if not rows and chain.whole:  # else its row may stand behind the first wrong one
            yield Finding(name, None, "evidence-unrecorded", f"there is evidence of {op_id}, which no row speaks of.")
    for name, n, op_id in sorted(wrong):
        says = f"the evidence of the answer {op_id} is not as it was recorded: some was removed, changed or added."
        yield Finding(name, n, "evidence-changed", says)


def step_digest(said: Mapping[str, Any]) -> str:
    """The digest of what a row, or a step that is there, says: the act, about what, by whom and when, and its detail."""
    detail = {name: value for name, value in said["detail"].items() if name != "device"}
    told = canonical([said["act"], said["object"], said["by"], said["at"], detail])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def check_steps(chains: Mapping[str, Chain], steps: Iterable[Record]) -> Iterator[Finding]:
    """Hold each step and message against the audit rows, and the rows against what is there: one for one."""
    left: dict[tuple[str, str], list[int]] = {}
    for name, chain in chains.items():
        for n, (digest, _) in chain.steps.items():
            left.setdefault((name, digest), []).append(n)
    strange = [told for told in map(_told_step, steps) if not _taken_off(left, told)]
    gone = sorted((name, n) for (name, _), rows in left.items() for n in rows)
    explained = {(name, chains[name].steps[n][1]) for name, n in gone}
    for name, n in gone:
        says = f"what is kept of {chains[name].steps[n][1]} is not as this row says: it was removed, or changed afterwards."
        yield Finding(name, n, "step-changed", says)
    for name, _, about in strange:
        if (name, about) not in explained and chains.get(name, Chain(name)).whole:
            yield Finding(name, None, "step-unrecorded", f"something is kept of {about} that no row speaks of.")


def _told_step(step: Record) -> tuple[str, str, str]:
    """The chain of a step, the digest of what it says, and what it is about."""
    name = f"inspection:{step.get('inspection', '')}"
    try:
        return name, step_digest(step), " ".join(map(str, step["object"]))
    except UNREADABLE:
        return name, "", "something that cannot be read"


def _taken_off(left: dict[tuple[str, str], list[int]], told: tuple[str, str, str]) -> bool:
    """Whether a row says the same, which then is taken off: two that say the same need two rows."""
    rows = left.get(told[:2], [])
    return bool(rows) and rows.pop(0) > 0


def check_receipt(receipt: Record, keys: Keys, chains: Mapping[str, Chain] | None) -> Finding | None:
    """Check one receipt: its signature, and (where chains are given) that its row is still there."""
    name, n = str(receipt.get("chain", "?")), number(receipt.get("chain_index"))
    op_id = receipt.get("op_id", "?")
    if not keys.signed(receipt, ("signature",)):
        return Finding(name, n, "receipt-forged", f"the receipt for {op_id} was not signed by a key that is believed.")
    if chains is None:
        return None
    chain = chains.get(name, Chain(name))
    kept = chain.answers.get(-1 if n is None else n)
    if n is None or kept is None:
        return Finding(name, n, "receipt-unkept", f"there is a receipt for the answer {op_id}, and no such row.")
    told = [receipt.get(part) for part in ("chain_hash", "op_id", "payload_sha256")]
    if [*told, receipt.get("evidence_sha256", "")] != [chain.hashes[n], kept.op_id, kept.digest, kept.evidence]:
        return Finding(name, n, "receipt-unkept", f"the row does not say what the receipt for {op_id} says.")
    return None


# ── all of it ───────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Given:
    """What is held against an export: heads from outside, the keys that are believed, receipts, the key of the seals."""

    heads: Sequence[Record] = ()
    keys: Sequence[str] = ()
    receipts: Sequence[Record] = ()
    audit_key: bytes = b""


def verify(source: Source | None, given: Given) -> Report:
    """Check everything there is; nothing is raised for what disagrees, it is reported."""
    report = Report(receipts=len(given.receipts))
    keys = _keys(source, given, report)
    if not keys.known:
        report.notes.append("No public key was given: no signature was checked.")
    elif not given.keys:
        report.notes.append("The public key came with the export. Compare it with one that you got in another way.")
    chains = None if source is None else _check_source(source, given, keys, report)
    for receipt in given.receipts:
        _add(report, check_receipt(receipt, keys, chains))
    report.findings.sort(key=lambda finding: (finding.chain, finding.n or 0))
    return report


def _check_source(source: Source, given: Given, keys: Keys, report: Report) -> dict[str, Chain]:
    if not given.heads:
        report.notes.append("No heads from outside were given: an end cut off or a chain written anew is not seen.")
    heads = _believed([*source.heads(), *given.heads], keys, report)
    tips = {str(tip.get("chain")): tip for tip in source.tips()}
    chains: dict[str, Chain] = {}
    for name, rows in source.chains():
        if name in chains:
            _add(report, Finding(name, None, "chain-twice", "there are two chains of this name."))
            continue
        chains[name], wrong = check_chain(name, rows, given.audit_key)
        _add(report, wrong)
    for name in sorted({*heads, *tips} - {*chains}):
        chains[name] = Chain(name)
    for name, chain in chains.items():
        _add(report, check_heads(chain, heads.get(name, ())) or check_tip(chain, tips))
        report.rows += chain.n
    report.chains = len(chains)
    report.findings += check_events(chains, source.events(), report)
    report.findings += check_evidence(chains, source.evidence())
    report.findings += check_steps(chains, source.steps())
    for name, chain in chains.items():
        if chain.purges:
            says = f"{name}: purges (rows {', '.join(map(str, chain.purges))}) destroyed words that nobody can read any more; "
            report.notes.append(f"{says}their digests were checked all the same.")
    return chains


def _keys(source: Source | None, given: Given, report: Report) -> Keys:
    """The keys that are believed; one that came along and is none proves nothing, and is said."""
    if source is None or given.keys:
        return Keys(given.keys)
    try:
        own = source.public_key()
        return Keys([own] if own else [])
    except ValueError:
        _add(report, Finding("receipts.pub", None, "key-unreadable", "the public key of the export is none."))
        return Keys([])


def _believed(heads: Iterable[Record], keys: Keys, report: Report) -> dict[str, list[Record]]:
    """The heads by chain, without those that are only announced or not signed as they should be."""
    by_chain: dict[str, list[Record]] = {}
    for head in heads:
        if head.get("kind") == "announced" or not keys.known:
            continue
        report.heads += 1
        if keys.signed(head, ("signature", "key_id")) and number(head.get("n")) is not None:
            by_chain.setdefault(str(head.get("chain")), []).append({"at": "", "hash": "", **head})
        else:
            says = f"a head of {head.get('at', 'no time')} was not signed by a key that is believed."
            _add(report, Finding(str(head.get("chain", "?")), number(head.get("n")), "head-forged", says))
    return by_chain


def _add(report: Report, finding: Finding | None) -> None:
    if finding is not None:
        report.findings.append(finding)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read what was asked for, say what was found; the exit status."""
    parser = argparse.ArgumentParser(description="Check a Caselight audit without Caselight.")
    parser.add_argument("export", nargs="?", type=Path, help="the folder of an audit export, or a SQLite database")
    parser.add_argument(
        "--heads", type=Path, nargs="*", default=[], help="heads kept outside: files, or folders of them"
    )
    parser.add_argument("--key", type=Path, help="the public key (receipts.pub), got in another way than the export")
    parser.add_argument("--receipts", type=Path, help="receipts, one JSON object on a line")
    parser.add_argument("--audit-key", type=Path, help="the key of the seals, for those who hold it")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    asked = parser.parse_args(arguments)
    if asked.export is None and asked.receipts is None:
        parser.error("name an export, or receipts")
    try:
        report = verify(opened(asked.export) if asked.export else None, _given(asked))
    except (OSError, sqlite3.Error, ValueError) as error:
        sys.stderr.write(f"Nothing was checked: {error}\n")
        return 2
    said, encoding = as_json(report) if asked.json else as_text(report), sys.stdout.encoding or "utf-8"
    sys.stdout.write(said.encode(encoding, "backslashreplace").decode(encoding))
    return 0 if report.agrees else 1


def _given(asked: argparse.Namespace) -> Given:
    return Given(
        list(head_files(asked.heads)),
        asked.key.read_text("utf-8").split() if asked.key else (),
        _receipts(asked.receipts) if asked.receipts else (),
        bytes.fromhex(asked.audit_key.read_text("utf-8").strip()) if asked.audit_key else b"",
    )


def _receipts(file: Path) -> list[Record]:
    file.stat()
    return list(lines(file))


def as_text(report: Report) -> str:
    """What was found, for a person."""
    counted = f"{report.chains} chains, {report.rows:,} rows, {report.heads:,} heads, {report.events:,} answers, "
    end = "Everything agrees." if report.agrees else f"{len(report.findings):,} things disagree."
    more = len(report.findings) - MOST
    said = [
        *map(str, report.findings[:MOST]),
        *([f"… and {more:,} more."] if more > 0 else []),
        *(f"Note: {note}" for note in report.notes),
    ]
    return "\n".join([*said, f"{counted}{report.receipts:,} receipts. {end}\n"])


def as_json(report: Report) -> str:
    """What was found, for a program."""
    return json.dumps({"agrees": report.agrees, **asdict(report)}, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())
