"""Whether a message can be taken as an answer, and if not, why: one rule after the other, each with a code of its own.

Nothing here writes. A concurrent edit is no fault: an event whose bases are no longer the heads is recorded, and the
question is contested until a named person resolves it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from caselight.method.answers.events import Address, AnswerEvent, payload_digest
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.answers.fact_values import day
from caselight.store.assessments.receipts import Refusal
from caselight.store.assessments.room import RECORDING, Room
from caselight.store.assessments.rows import NO_TEXT
from caselight.store.assessments.words import Words

NOTE = 20_000  # characters of a note, a reason, or a written answer
QUOTED = 10_000  # characters of an excerpt
LONGEST = {  # characters, as the columns are
    "tool": 60, "subject_kind": 60, "subject_key": 100, "table": 60, "row_key": 100, "question_id": 100, "pass_": 20,
    "actor": 100, "device": 100, "client_time": 40, "framework_version": 100,
}  # fmt: skip
LISTED = 50  # reasons, themes or bases
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?Z")


@dataclass(frozen=True, slots=True)
class Judged:
    """What a message is held against: the inspection, the sender, what is recorded already and what came before it.

    ``addresses`` are those of every event that a base may name; an accepted event of the same message is added.
    """

    room: Room
    by: str
    words: Words
    subjects: frozenset[tuple[str, str]]
    locked: frozenset[tuple[str, str]]
    addresses: dict[str, Address]
    excerpt_keys: set[str]
    locators: Mapping[str, tuple[Locator, ...]] = field(default_factory=dict)
    excerpts: Mapping[str, tuple[Excerpt, ...]] = field(default_factory=dict)


def damaged(event: AnswerEvent, judged: Judged) -> Refusal | None:
    """Why a message cannot even be kept: the sender still has it, and what came is not what was recorded."""
    if not _UUID7.fullmatch(event.op_id):
        return _refused(
            event, "answer.malformed-id", "The op_id is not a UUID of version 7 in small letters.",
            "Give the event a UUID of version 7.", kept=False,
        )  # fmt: skip
    if _oversize(event, judged):
        return _refused(
            event, "answer.oversize", "A text or a list of the event is longer than is taken.",
            f"Keep notes under {NOTE:,} characters, excerpts under {QUOTED:,}, lists under 50 items.", kept=False,
        )  # fmt: skip
    if _malformed(event, judged):
        return _refused(
            event, "answer.malformed", "A field of the event is no text, no list of codes, or no instant that can be.",
            "Send texts without NUL, list items without “|”, and instants in UTC as in 2015-12-14T09:30:00Z.", kept=False,
        )  # fmt: skip
    if event.payload_sha256 != payload_digest(event):
        return _refused(
            event, "answer.digest", "The digest does not fit the content, so the message was changed on its way.",
            "Send it again as it was recorded.", kept=False,
        )  # fmt: skip
    return None


def refused(event: AnswerEvent, judged: Judged) -> Refusal | None:
    """Why a message is not taken as an answer; the first rule that it breaks."""
    return next((refusal for rule in RULES if (refusal := rule(event, judged)) is not None), None)


def _refused(event: AnswerEvent, code: str, says: str, cure: str, *, kept: bool = True) -> Refusal:
    return Refusal(code, says, cure, event.op_id, kept)


def _oversize(event: AnswerEvent, judged: Judged) -> bool:
    texts, lists = (event.value, event.note, event.resolves_reason), (event.reasons, event.themes, event.base_op_ids)
    quotes = judged.excerpts.get(event.op_id, ())
    places = judged.locators.get(event.op_id, ())
    return (
        any(len(getattr(event, name)) > limit for name, limit in LONGEST.items())
        or any(len(items) > LISTED or any(len(item) > 100 for item in items) for items in lists)
        or any(len(text) > NOTE for text in texts)
        or any(len(part) > QUOTED for quote in quotes for part in (quote.key, quote.text, quote.alias, quote.speaker))
        or any(len(quote.key) > 100 for quote in quotes)
        or any(len(place.document) + len(place.where) > QUOTED for place in places)
    )


def _malformed(event: AnswerEvent, judged: Judged) -> bool:
    lists = (*event.reasons, *event.themes, *event.base_op_ids)
    quotes = (
        text
        for quote in judged.excerpts.get(event.op_id, ())
        for text in (quote.key, quote.text, quote.alias, quote.alias_checked_by, quote.speaker)
    )
    places = (text for place in judged.locators.get(event.op_id, ()) for text in (place.document, place.where))
    texts = "".join((*event[1:9], event.note, *event[14:16], event.resolves_reason, *lists, *quotes, *places))
    return (
        NO_TEXT.search(texts) is not None
        or any(not item or "|" in item for item in lists)
        or not _is_instant(event.client_time)
        or not event.framework_version.isprintable()
        or not all(field.isprintable() for field in (*event[1:8], event.actor, event.device))
    )


def _is_instant(text: str) -> bool:
    return _INSTANT.fullmatch(text) is not None and day(text[:10]) is not None


def purged(event: AnswerEvent, judged: Judged) -> Refusal | None:
    """Of a subject that was purged no words are kept, not even in quarantine."""
    words = judged.words.any(event) or event.op_id in judged.locators or event.op_id in judged.excerpts
    known = (event.subject_kind, event.subject_key) in judged.subjects
    if not words or not known or judged.words.usable(event.subject_key):
        return None
    return _refused(
        event, "answer.purged", "What is known of this subject was purged, so no words about them can be kept.",
        "Nothing can be done: what was purged stays so.", kept=False,
    )  # fmt: skip


def own(event: AnswerEvent, judged: Judged) -> Refusal | None:
    """Nobody records in another's name."""
    if event.actor == judged.by:
        return None
    return _refused(
        event, "answer.not-own", "The event names another person than the one who sent it.",
        "Let each person send their own answers.",
    )  # fmt: skip


def _state(event: AnswerEvent, judged: Judged) -> Refusal | None:
    if judged.room.state in RECORDING:
        return None
    return _refused(
        event, "answer.not-recording", "The inspection is in a state in which nothing is recorded.",
        "Ask the lead inspector whether it should go back to fieldwork or moderation, and send the answer again.",
    )  # fmt: skip


def _version(event: AnswerEvent, judged: Judged) -> Refusal | None:
    if event.framework_version == judged.room.framework.version:
        return None
    return _refused(
        event, "answer.framework-version", "The answer was recorded with another version of the framework.",
        f"Bring the device up to date, and record it again with version {judged.room.framework.version}.",
    )  # fmt: skip


def _subject(event: AnswerEvent, judged: Judged) -> Refusal | None:
    if (event.subject_kind, event.subject_key) in judged.subjects:
        return None
    return _refused(
        event, "answer.unknown-subject", "The inspection has no such case, case manager or other subject.",
        "Check which inspection the device is signed in to.",
    )  # fmt: skip


def _locked(event: AnswerEvent, judged: Judged) -> Refusal | None:
    if (event.subject_kind, event.subject_key) not in judged.locked:
        return None
    return _refused(
        event, "answer.locked", "The case is signed and locked.",
        "Ask the lead inspector and a second person to unlock it, and send the answer again.",
    )  # fmt: skip


_NO_QUESTION = Refusal("answer.unknown-question", "The framework has no such question or rating for this subject.", "")
_OTHER_FORM = Refusal("answer.wrong-tool", "The question is not of this form, or the form not about this subject.", "")
_NO_PLACE = Refusal("answer.wrong-place", "No answer can stand at this question, row and pass.", "")
_PLACES = {
    "package.unknown-question": _NO_QUESTION,
    "package.unknown-rating": _NO_QUESTION,
    "package.unknown-tool": _OTHER_FORM,
    "package.wrong-tool": _OTHER_FORM,
    "package.wrong-subject-kind": _OTHER_FORM,
}


def _place(event: AnswerEvent, judged: Judged) -> Refusal | None:
    fault, _ = judged.room.verdict(event)
    if fault is None:
        return None
    return replace(_PLACES.get(fault.code, _NO_PLACE), cure=fault.cure, op_id=event.op_id)


def _value(event: AnswerEvent, judged: Judged) -> Refusal | None:
    _, fault = judged.room.verdict(event)
    if fault is None:
        return None
    return _refused(event, "answer.inadmissible", "The framework does not know this answer or this reason.", fault.cure)


def _bases(event: AnswerEvent, judged: Judged) -> Refusal | None:
    for base in event.base_op_ids:
        address = judged.addresses.get(base)
        if address is None:
            return _refused(
                event, "answer.unknown-base", "The event builds on one that has not arrived.",
                "Send the earlier event first, then this one again.",
            )  # fmt: skip
        if address != event.address:
            return _refused(
                event, "answer.stale-base", "The event builds on one that answers something else.",
                "Open the question as it stands now and answer it again.",
            )  # fmt: skip
    return _resolution(event)


def _resolution(event: AnswerEvent) -> Refusal | None:
    if len(set(event.base_op_ids)) > 1 and not event.resolves_reason.strip():
        return _refused(
            event, "answer.resolution-without-reason", "The event takes the place of several answers without a reason.",
            "Say why this answer stands.",
        )  # fmt: skip
    if event.resolves_reason and not event.base_op_ids:
        return _refused(
            event, "answer.resolution-without-heads", "The event resolves a contested answer and names none.",
            "Name every answer that it decides between.",
        )  # fmt: skip
    return None


def _quotes(event: AnswerEvent, judged: Judged) -> Refusal | None:
    keys = [quote.key for quote in judged.excerpts.get(event.op_id, ())]
    if len(set(keys)) == len(keys) and not judged.excerpt_keys.intersection(keys) and all(keys):
        return None
    return _refused(
        event, "answer.excerpt-key", "An excerpt has no key, or one that another excerpt has.",
        "Give each excerpt a key of its own.",
    )  # fmt: skip


Rule = Callable[[AnswerEvent, Judged], Refusal | None]
RULES: tuple[Rule, ...] = (_state, _version, _subject, _locked, _place, _value, _bases, _quotes)
