"""Which texts of an event are words, and how they are sealed: under the key of the subject they are about (ADR 0017).

Words are the note, the reason of a resolution, and an answer that is written instead of chosen. They lie in one sealed
text, behind one plain byte that says which of them there are, so that what was destroyed can still be told from what
was never written. Coded answers, whole numbers and dates stay plain: they are counted after the words are gone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable

from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.fact_values import FACT
from caselight.method.framework.definition import Framework
from caselight.store.identities import sealing
from caselight.store.identities.keyring import keyring

DESTROYED = "(destroyed)"
_decode = json.JSONDecoder().decode
_NOTE, _REASON, _VALUE = 1, 2, 4
_CODED = re.compile(r"[A-Za-z0-9_.\-]{0,40}(?:\|[A-Za-z0-9_.\-]{1,40})*")


class Words:
    """Seals and opens the words of one inspection's events. Keys are looked up once for each subject."""

    def __init__(self, inspection: str, framework: Framework) -> None:
        self.inspection = inspection
        self._written = _written(framework)
        self._known = {*framework.questions, *(FACT + fact.id for fact in framework.facts)}
        self._keys: dict[str, str] = {}

    def ready(self, subject_keys: Iterable[str]) -> None:
        """Look up, or make, the keys of many subjects at once."""
        self._keys.update(sealing.keys_for(self.inspection, subject_keys))

    def key(self, subject_key: str) -> str:
        """The key of a subject, made when there is none."""
        if subject_key not in self._keys:
            self.ready([subject_key])
        return self._keys[subject_key]

    def usable(self, subject_key: str) -> bool:
        """Whether words about a subject can be kept: not once they were purged."""
        return keyring().exists(self.key(subject_key))

    def any(self, event: AnswerEvent) -> bool:
        """Whether an event holds words."""
        return bool(event.note or event.resolves_reason or self._is_written(event))

    def seal(self, event: AnswerEvent) -> tuple[str, bytes, str]:
        """The value that stays plain, what is sealed, and the key: the last two are empty where nothing is."""
        written = self._is_written(event)
        mark = (_NOTE if event.note else 0) | (_REASON if event.resolves_reason else 0) | (_VALUE if written else 0)
        if not mark:
            return event.value, b"", ""
        texts = [event.note, event.resolves_reason, event.value if written else ""]
        key_id = self.key(event.subject_key)
        sealed = bytes([mark]) + sealing.seal(key_id, _encoded(texts), _about(self.inspection, event.op_id))
        return ("" if written else event.value), sealed, key_id

    def _is_written(self, event: AnswerEvent) -> bool:
        name = event.question_id
        if not event.value or name in self._written:
            return bool(event.value)
        # Of a framework that the inspection was migrated from nothing is known here: a code looks like one.
        return name not in self._known and _CODED.fullmatch(event.value) is None

    def seal_text(self, subject_key: str, text: str, of: str) -> tuple[bytes, str]:
        """Some other text about a subject, and its key; ``of`` is what it belongs to."""
        key_id = self.key(subject_key)
        return sealing.seal(key_id, text.encode("utf-8", "surrogatepass"), _about(self.inspection, of)), key_id


def opened(inspection: str, op_id: str, sealed: bytes, key_id: str) -> tuple[str, str, str | None]:
    """The note, the reason and the written value (None: the value is plain); :data:`DESTROYED` where the key is."""
    mark = sealed[0]
    plain = sealing.open_(key_id, bytes(sealed[1:]), _about(inspection, op_id))
    if plain is None:
        note, reason, value = (DESTROYED if mark & bit else "" for bit in (_NOTE, _REASON, _VALUE))
    else:
        note, reason, value = _decode(plain.decode("utf-8", "surrogatepass"))
    return note, reason, value if mark & _VALUE else None


def opened_text(inspection: str, of: str, sealed: bytes, key_id: str) -> str | None:
    """Another text; None where its key is destroyed."""
    plain = sealing.open_(key_id, bytes(sealed), _about(inspection, of))
    return None if plain is None else plain.decode("utf-8", "surrogatepass")


def sealed_digest(sealed: bytes, key_id: str) -> str:
    """The digest of a text as it lies sealed, with the id of its key; nothing where nothing is sealed.

    It says nothing about the words, so it may stand in the audit for ever, and be checked when they are destroyed.
    """
    return hashlib.sha256(key_id.encode() + sealed).hexdigest() if sealed or key_id else ""


def _about(inspection: str, of: str) -> bytes:
    """What a sealed text is bound to, so that it cannot be moved to another row."""
    return sealing.about(inspection, "assessments", of)


def _encoded(texts: list[str]) -> bytes:
    return json.dumps(texts, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _written(framework: Framework) -> frozenset[str]:
    questions = (q.id for q in framework.questions.values() if q.type == "text" and q.scale is None)
    return frozenset((*questions, *(FACT + fact.id for fact in framework.facts if fact.type == "text")))
