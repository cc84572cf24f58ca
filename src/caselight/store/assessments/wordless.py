"""Answers as an audit export holds them: every coded field and the place in the chain, and never a sealed word."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.store.assessments.models import AnswerEvent
from caselight.store.assessments.words import sealed_digest

Record = dict[str, object]
PLAIN = (
    "op_id", "tool", "subject_kind", "subject_key", "table", "row_key", "question_id", "value", "notable", "withdrawn",
    "actor", "device", "client_time", "server_time", "framework_version", "payload_sha256", "chain_n", "chain_hash",
)  # fmt: skip
LISTS = ("reasons", "themes", "base_op_ids")
PAGE = 5_000  # events


def wordless(inspection: str) -> Iterator[Record]:
    """The answers of an inspection in the order recorded, with the digest of the sealed words in place of the words."""
    last = -1
    while True:
        some = AnswerEvent.objects.filter(inspection__key=inspection, chain_n__gt=last).order_by("chain_n")
        page = list(some.values(*PLAIN, *LISTS, "pass_kind", "sealed", "key_id")[:PAGE])
        if not page:
            return
        last = page[-1]["chain_n"]
        for row in page:
            record: Record = {name: row[name] for name in PLAIN}
            record |= {name: row[name].split("|") if row[name] else [] for name in LISTS}
            record |= {"inspection": inspection, "pass": row["pass_kind"], "note": "", "resolves_reason": ""}
            yield record | {"sealed_sha256": sealed_digest(bytes(row["sealed"]), row["key_id"])}
