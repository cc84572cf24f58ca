"""Locators and excerpts as sealed rows and back: where in the file an answer rests, and the words quoted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django.db.models import Max

from caselight.method.answers.evidence import Excerpt, Locator
from caselight.store.assessments import models
from caselight.store.assessments.words import DESTROYED, Words, opened_text

MANY = 500  # rows in one statement


def keep_locators(
    inspection_id: int,
    words: Words,
    locators: Iterable[Locator],
    about: Mapping[str, str],
) -> None:
    """Add locators; ``about`` gives the subject key of each event."""
    start = _next(models.Locator, inspection_id)
    made = []
    for n, locator in enumerate(locators):
        text = json.dumps([locator.document, locator.where], ensure_ascii=False)
        sealed, key_id = words.seal_text(about[locator.op_id], text, f"locator:{locator.op_id}")
        made.append(
            models.Locator(
                inspection_id=inspection_id,
                position=start + n,
                op_id=locator.op_id,
                sealed=sealed,
                key_id=key_id,
            )
        )
    models.Locator.objects.bulk_create(made, batch_size=MANY)


def keep_excerpts(
    inspection_id: int,
    words: Words,
    excerpts: Iterable[Excerpt],
    about: Mapping[str, str],
) -> None:
    """Add excerpts, in the same manner."""
    start = _next(models.Excerpt, inspection_id)
    made = []
    for n, one in enumerate(excerpts):
        text = json.dumps([one.text, one.alias, one.alias_checked_by, one.speaker], ensure_ascii=False)
        sealed, key_id = words.seal_text(about[one.op_id], text, f"excerpt:{one.key}")
        made.append(
            models.Excerpt(
                inspection_id=inspection_id,
                position=start + n,
                key=one.key,
                op_id=one.op_id,
                sealed=sealed,
                key_id=key_id,
            )
        )
    models.Excerpt.objects.bulk_create(made, batch_size=MANY)


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
