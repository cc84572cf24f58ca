"""Locators and excerpts as sealed rows and back: where in the file an answer rests, and the words quoted.

Two digests stand in the audit: of what the recorder sent (``sent_digest``: the receipt names it), and of each row as it
is kept (``Kept.rows``: whoever has no key can check it, also once the words are destroyed).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Max

from caselight.method.answers.evidence import Excerpt, Locator
from caselight.store.assessments import models
from caselight.store.assessments.words import DESTROYED, Words, opened_text, sealed_digest
from caselight.store.audit.models import AuditRow

MANY = 500  # rows in one statement
Row = models.Locator | models.Excerpt

_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(slots=True)
class Kept:
    """Evidence that was sealed and is not inserted yet; ``rows`` are the digests of the rows of each event."""

    locators: list[models.Locator] = field(default_factory=list)
    excerpts: list[models.Excerpt] = field(default_factory=list)
    rows: dict[str, list[str]] = field(default_factory=dict)

    def insert(self) -> None:
        """Insert the rows, when the audit has theirs."""
        if self.locators:
            models.Locator.objects.bulk_create(self.locators, batch_size=MANY)
        if self.excerpts:
            models.Excerpt.objects.bulk_create(self.excerpts, batch_size=MANY)


def seal_evidence(
    inspection_id: int, words: Words, about: Mapping[str, str], evidence: tuple[Iterable[Locator], Iterable[Excerpt]]
) -> Kept:
    """Seal locators and excerpts; ``about`` gives the subject key of each event."""
    kept, start = Kept(), 0
    for n, locator in enumerate(evidence[0]):
        start = start if n else _next(models.Locator, inspection_id)
        text = json.dumps([locator.document, locator.where], ensure_ascii=False)
        sealed, key_id = words.seal_text(about[locator.op_id], text, f"locator:{locator.op_id}")
        place = {"inspection_id": inspection_id, "position": start + n, "op_id": locator.op_id}
        kept.locators.append(models.Locator(**place, sealed=sealed, key_id=key_id))
    for n, one in enumerate(evidence[1]):
        start = start if n else _next(models.Excerpt, inspection_id)
        text = json.dumps([one.text, one.alias, one.alias_checked_by, one.speaker], ensure_ascii=False)
        sealed, key_id = words.seal_text(about[one.op_id], text, f"excerpt:{one.key}")
        place = {"inspection_id": inspection_id, "position": start + n, "op_id": one.op_id, "key": one.key}
        kept.excerpts.append(models.Excerpt(**place, sealed=sealed, key_id=key_id))
    made: list[Row] = [*kept.locators, *kept.excerpts]
    for row in made:
        kept.rows.setdefault(row.op_id, []).append(_digest([*_told(row).values()]))
    return kept


def _told(row: Row) -> dict[str, object]:
    excerpt = isinstance(row, models.Excerpt)
    return {
        "kind": "excerpt" if excerpt else "locator",
        "op_id": row.op_id,
        "position": row.position,
        "key": row.key if isinstance(row, models.Excerpt) else "",
        "sealed_sha256": sealed_digest(bytes(row.sealed), row.key_id),
    }


def wordless_evidence(inspection: str) -> Iterator[dict[str, object]]:
    """The evidence of an inspection as an audit export holds it: what it belongs to, and never a sealed word."""
    for model in (models.Locator, models.Excerpt):
        rows = model.objects.filter(inspection__key=inspection).order_by("position", "id")
        for row in rows.iterator(chunk_size=5_000):
            yield {"inspection": inspection, **_told(row)}


def sent_digest(op_id: str, locators: Sequence[Locator], excerpts: Sequence[Excerpt]) -> str:
    """The digest of the evidence of one event as its recorder sent it, in whatever order; nothing where there is none.

    SHA-256 of the JSON array, without spaces, of the op_id and the sorted digests of the pieces; of a piece, of the array
    of ``"locator"``, document, where, or of ``"excerpt"``, key, text, alias, alias_checked_by, speaker.
    """
    if not locators and not excerpts:
        return ""
    places = [_digest(["locator", one.document, one.where]) for one in locators]
    quotes = [_digest(["excerpt", one.key, one.text, one.alias, one.alias_checked_by, one.speaker]) for one in excerpts]
    return _digest([op_id, sorted([*places, *quotes])])


def named_digests(chain: str, numbers: Collection[int]) -> dict[int, str]:
    """Of these rows of a chain those that name the digest of evidence that was sent, and which."""
    found: dict[int, str] = {}
    wanted = sorted(numbers)
    for at in range(0, len(wanted), MANY):
        rows = AuditRow.objects.filter(chain=chain, n__in=wanted[at : at + MANY]).values_list("n", "row")
        found |= {n: json.loads(row)["detail"].get("evidence_sha256", "") for n, row in rows}
    return found


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(_compact(parts).encode("utf-8", "surrogatepass")).hexdigest()


def locators(inspection: str) -> tuple[Locator, ...]:
    """Every locator of an inspection, in order; what was destroyed says so."""
    rows = models.Locator.objects.filter(inspection__key=inspection).order_by("position", "id")
    found = []
    for op_id, sealed, key_id in rows.values_list("op_id", "sealed", "key_id"):
        text = opened_text(inspection, f"locator:{op_id}", bytes(sealed), key_id)
        document, where = (DESTROYED, DESTROYED) if text is None else json.loads(text)
        found.append(Locator(op_id, document, where))
    return tuple(found)


def excerpts(inspection: str) -> tuple[Excerpt, ...]:
    """Every excerpt of an inspection, in order; of what was destroyed only the key is left."""
    rows = models.Excerpt.objects.filter(inspection__key=inspection).order_by("position", "id")
    found = []
    for key, op_id, sealed, key_id in rows.values_list("key", "op_id", "sealed", "key_id"):
        text = opened_text(inspection, f"excerpt:{key}", bytes(sealed), key_id)
        found.append(Excerpt(key, op_id, *([DESTROYED] if text is None else json.loads(text))))
    return tuple(found)


def evidence_of(inspection: str, op_ids: Iterable[str]) -> tuple[tuple[Locator, ...], tuple[Excerpt, ...]]:
    """Where in the file these answers rest, and the words quoted for them."""
    wanted = set(op_ids)
    if not wanted:
        return (), ()
    places = models.Locator.objects.filter(inspection__key=inspection).order_by("position", "id")
    quotes = models.Excerpt.objects.filter(inspection__key=inspection).order_by("position", "id")
    found: list[Locator] = []
    for op_id, sealed, key_id in places.values_list("op_id", "sealed", "key_id"):
        if op_id in wanted:
            text = opened_text(inspection, f"locator:{op_id}", bytes(sealed), key_id)
            found.append(Locator(op_id, *((DESTROYED, DESTROYED) if text is None else json.loads(text))))
    said: list[Excerpt] = []
    for key, op_id, sealed, key_id in quotes.values_list("key", "op_id", "sealed", "key_id"):
        if op_id in wanted:
            text = opened_text(inspection, f"excerpt:{key}", bytes(sealed), key_id)
            said.append(Excerpt(key, op_id, *([DESTROYED] if text is None else json.loads(text))))
    return tuple(found), tuple(said)


def _next(model: type[models.Locator] | type[models.Excerpt], inspection_id: int) -> int:
    last = model.objects.filter(inspection_id=inspection_id).aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1
