"""Words that the people of an inspection and of the service tell each other, sealed, and opened again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from caselight.store.identities.sealing import about, key_for, open_, seal

DESTROYED = "(destroyed)"


def sealed_words(inspection: str, of: str, words: Sequence[str], *, case_key: str = "") -> tuple[bytes, str]:
    """The words, sealed with the key of a case, or of the inspection itself; and the id of that key.

    ``of`` is what they belong to. Raises ``identity.key-destroyed`` for what was purged.
    """
    key_id = key_for(inspection, case_key)
    text = json.dumps(list(words), ensure_ascii=False).encode("utf-8", "surrogatepass")
    return seal(key_id, text, about(inspection, "told", of)), key_id


def opened_words(inspection: str, of: str, sealed: bytes | memoryview, key_id: str, n: int) -> tuple[str, ...]:
    """The words, of which there are ``n``; each :data:`DESTROYED` where the key is."""
    plain = open_(key_id, sealed, about(inspection, "told", of))
    return (DESTROYED,) * n if plain is None else tuple(json.loads(plain.decode("utf-8", "surrogatepass")))


def digest(sealed: bytes, key_id: str) -> str:
    """What the audit says of sealed words: it tells nothing about them, and stays right when they are destroyed."""
    return hashlib.sha256(key_id.encode() + sealed).hexdigest()
