"""What a purge certifies: how much went, under which keys, and who asked for it. It names nobody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from caselight.store.identities.models import Purge


@dataclass(frozen=True, slots=True)
class Certificate:
    """The certificate of one purge. ``text`` is canonical JSON, ``sha256`` its digest, which stands in the chain.

    ``inspection_stays``: what the inspection itself keeps, such as its files, can still be read.
    """

    purge: str
    inspection: str
    counts: dict[str, int]
    key_ids: tuple[str, ...]
    inspection_stays: bool
    text: str

    @property
    def sha256(self) -> str:
        """What the audit row of the purge holds."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def issued(
    purge: Purge, counts: dict[str, int], key_ids: Sequence[str], *, inspection_stays: bool, finished_at: str
) -> Certificate:
    """A new certificate."""
    told: dict[str, Any] = {
        "purge": purge.key,
        "inspection": purge.inspection,
        "counts": counts,
        "keys": sorted(key_ids),
        "inspection_stays": inspection_stays,
        "asked_by": purge.asked_by,
        "confirmed_by": purge.confirmed_by,
        "finished_at": finished_at,
    }
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return read(text)


def read(text: str) -> Certificate:
    """The certificate that a text holds."""
    told = json.loads(text)
    keys, stays = tuple(told["keys"]), told["inspection_stays"]
    return Certificate(told["purge"], told["inspection"], told["counts"], keys, stays, text)
