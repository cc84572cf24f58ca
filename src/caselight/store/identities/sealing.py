"""Sealing: text that can be read only with the key of the subject it is about, and no more once that key is destroyed.

AES-256-GCM with a random 96-bit nonce. A sealed text is one version byte, the nonce, and the ciphertext with its tag.
What it is about (``context``) is authenticated with it, so that no sealed text can be moved to another place.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime

from cryptography.exceptions import InvalidTag
from django.db import connection, transaction

from caselight.method.faults import Fault, stop
from caselight.store.identities.keyring import keyring
from caselight.store.identities.models import SubjectKey

VERSION = b"\x01"
NONCE = 12  # bytes
_text = json.encoder.encode_basestring_ascii
MANY = 500  # subjects in one statement
_KEYS = 'SELECT "subject_key", "key_id" FROM "identities_subjectkey" WHERE "inspection" = %s AND "subject_key" IN'


def about(inspection: str, kind: str, key: str) -> bytes:
    """What a sealed text belongs to, as it is authenticated: never two places with the same bytes.

    Put together by hand, in a fifth of the time, for there is one for every note of a page.

    >>> about("é", 'a"b', "k") == json.dumps(["é", 'a"b', "k"]).encode()
    True
    """
    return f"[{_text(inspection)}, {_text(kind)}, {_text(key)}]".encode()


def seal(key_id: str, plaintext: bytes, context: bytes) -> bytes:
    """Seal a text; ``Faults`` where the key is destroyed."""
    cipher = keyring().cipher(key_id)
    if cipher is None:
        stop(
            Fault(
                "identity.key-destroyed",
                (key_id,),
                "The key of this subject was destroyed by a purge, so nothing more can be kept about them.",
                "Nothing can be done: what was purged stays so. Record it for another subject if it was sent here by mistake.",
            )
        )
    nonce = os.urandom(NONCE)
    return VERSION + nonce + cipher.encrypt(nonce, plaintext, VERSION + context)


def open_(key_id: str, sealed: bytes | memoryview, context: bytes) -> bytes | None:
    """The text; None where its key is destroyed. ``Faults`` where it was changed or belongs to another place."""
    cipher = keyring().cipher(key_id)
    if cipher is None:
        return None
    try:
        whole = bytes(sealed)
        if whole[:1] != VERSION:
            raise InvalidTag
        return cipher.decrypt(whole[1 : 1 + NONCE], whole[1 + NONCE :], VERSION + context)
    except (InvalidTag, ValueError):
        stop(
            Fault(
                "identity.sealed-text-damaged",
                (key_id,),
                "A sealed text does not open with its key: it was changed, or belongs to another place.",
                "Run caselight doctor, and restore the newest backup that verifies.",
            )
        )


def new_case_key() -> str:
    """A random case key of 128 bits, derived from nothing."""
    return secrets.token_hex(16)


def key_for(inspection: str, subject_key: str) -> str:
    """The key of one subject, made where there is none. An empty ``subject_key`` stands for the inspection itself."""
    return keys_for(inspection, [subject_key])[subject_key]


def keys_for(inspection: str, subject_keys: Iterable[str]) -> Mapping[str, str]:
    """The key of each subject, made where there is none: first in the keyring and on disk, then its row.

    The key of a purged subject is still named; sealing with it is refused and opening gives None.
    """
    wanted = list(dict.fromkeys(subject_keys))
    known = _known(inspection, wanted)
    missing = [one for one in wanted if one not in known]
    if not missing:
        return known
    made = keyring().make(len(missing))
    rows = [
        SubjectKey(inspection=inspection, subject_key=subject, key_id=key_id)
        for subject, key_id in zip(missing, made, strict=True)
    ]
    with transaction.atomic():
        # Another process may have been first: then its key is the key, and ours an orphan.
        SubjectKey.objects.bulk_create(rows, ignore_conflicts=True, batch_size=MANY)
    return known | _known(inspection, missing)


def locked_keys(inspection: str) -> list[tuple[str, datetime | None]]:
    """Each subject of an inspection and when it was purged, held until the transaction ends.

    Whatever is kept of a subject, and whatever lets it go, is done under this lock, so that one of two comes first.
    """
    rows = SubjectKey.objects.select_for_update().filter(inspection=inspection).order_by("id")
    return list(rows.values_list("subject_key", "purged_at"))


def _known(inspection: str, subject_keys: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for at in range(0, len(subject_keys), MANY):
        some = subject_keys[at : at + MANY]
        with connection.cursor() as cursor:
            cursor.execute(f"{_KEYS} ({', '.join(['%s'] * len(some))})", [inspection, *some])
            found.update(cursor.fetchall())
    return found
