"""What R5 does inside Django: fills a store, writes while a backup is taken, and says what a store holds."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def fill(rows: int) -> list[str]:
    """The cast, their inspections and so many audit rows, each in its own transaction: their hashes, acknowledged."""
    from tests.factories.store import seeded

    seeded(AT)
    return write(rows)


def write(rows: int) -> list[str]:
    """So many more audit rows, each committed before its hash is given."""
    from django.db import transaction

    from caselight.store.audit.actions import record
    from caselight.store.audit.acts import Act

    given = []
    for n in range(rows):
        with transaction.atomic():
            of = ("answer", f"op-{n}")
            link = record(chain="inspection:testshire", by="i1", act=Act.ANSWER_RECORDED, of=of, detail={}, at=AT)
        given.append(link.hash)
    return given


def keys(n: int) -> list[str]:
    """So many new child keys."""
    from caselight.store.identities.keyring import keyring

    return keyring().make(n)


def destroy(ids: list[str]) -> int:
    """Destroy keys, as a purge does."""
    from caselight.store.identities.keyring import keyring

    keyring().destroy(ids)
    return len(ids)


def present(ids: list[str]) -> list[str]:
    """Those of the keys that can still be used."""
    from caselight.store.identities.keyring import keyring

    return [one for one in ids if keyring().exists(one)]


def held() -> dict[str, Any]:
    """What the store holds: the hashes of its audit, whether its chain is whole, rows of each table, what 50 reads say."""
    from django.apps import apps

    from caselight.store.audit.models import AuditRow

    found = list(AuditRow.objects.order_by("chain", "n").values_list("chain", "n", "prev", "row", "hash"))
    prev: dict[str, tuple[int, str]] = {}
    whole = True
    for chain, n, before, row, digest in found:
        last = prev.get(chain, (0, "0" * 64))
        whole &= (n, before) == (last[0] + 1, last[1])
        whole &= hashlib.sha256((before + row).encode()).hexdigest() == digest
        prev[chain] = (n, digest)
    ours = [model for model in apps.get_models() if model.__module__.startswith("caselight.store")]
    return {
        "hashes": [row[4] for row in found],
        "whole": whole,
        "rows": {model._meta.db_table: model.objects.count() for model in ours},
        "reads": [
            str(list(model.objects.order_by("pk").values()[:50])) for model in ours if "audit" not in model.__module__
        ],
    }
