"""What somebody wrote on removing a case from the sample: words about a child, sealed under the key of the case."""

from __future__ import annotations

from caselight.store.identities import sealing

DESTROYED = "(destroyed)"


def sealed(inspection: str, case_key: str, note: str) -> dict[str, bytes | str]:
    """The fields of a row that hold a note; none where there is none."""
    if not note:
        return {"note": ""}
    key_id = sealing.key_for(inspection, case_key)
    words = sealing.seal(key_id, note.encode("utf-8", "surrogatepass"), _about(inspection, case_key))
    return {"note": "", "sealed_note": words, "key_id": key_id}


def opened(inspection: str, case_key: str, words: bytes, key_id: str) -> str:
    """The note; :data:`DESTROYED` where its key is."""
    plain = sealing.open_(key_id, words, _about(inspection, case_key))
    return DESTROYED if plain is None else plain.decode("utf-8", "surrogatepass")


def _about(inspection: str, case_key: str) -> bytes:
    return sealing.about(inspection, "removed", case_key)
