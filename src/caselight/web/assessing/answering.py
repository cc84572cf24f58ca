"""From a form to answers: what was chosen, under the ids and over the bases that the page carried.

A form that was sent twice records once: its ids are those of the page. One that was sent, and then changed by going
back, builds on its own first sending. One from a stale page builds on what the page showed, and so contradicts what
came meanwhile and overwrites nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.http import QueryDict

from caselight.method.answers.events import AnswerEvent, payload_digest
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.answers.fact_values import FACT
from caselight.method.framework.parts import NOT_RELEVANT
from caselight.store.audit.actions import as_text
from caselight.web.assessing.entries import Entry
from caselight.web.assessing.op_ids import new_op_id
from caselight.web.assessing.opening import Opened
from caselight.web.assessing.pairs import GATE, Pair

DEVICE = "browser"
LISTS = {"reasons": "reason", "good": "good", "aside": "aside"}  # what an answer opens, and the name of its ticks


@dataclass(frozen=True)
class Draft:
    """What somebody filled in for one question; ``entry`` is the question as it stands now."""

    entry: Entry
    pair: Pair | None
    data: QueryDict

    def text(self, name: str) -> str:
        """A field as it was typed."""
        return self.data.get(name, "").replace("\r\n", "\n").strip()

    @property
    def value(self) -> str:
        """The answer as it is recorded: an option, several joined, a number, a day, a text."""
        if self.entry.kind == "checkboxes":
            offered = [option.value for option in self.entry.options]
            picked = set(self.data.getlist("value"))
            return "|".join(value for value in offered if value in picked)
        if self.entry.kind == "date" and self.text("value") != NOT_RELEVANT:
            return self._day()
        return self.text("value") or (self.text("written") if self.entry.kind in ("text", "number") else "")

    def _day(self) -> str:
        parts = [self.text(f"value-{part}") for part in ("year", "month", "day")]
        if not any(parts):
            return ""
        return f"{parts[0]:0>4}-{parts[1]:0>2}-{parts[2]:0>2}"

    @property
    def reasons(self) -> tuple[str, ...]:
        """The ticks that belong to the answer; those of another answer were ticked before it was changed."""
        option = next((one for one in self.entry.options if one.value == self.value), None)
        shows = option.shows if option else "reasons good"
        return tuple(
            tick
            for name in shows.split()
            for tick in self.data.getlist(LISTS[name])
            if tick in {known.value for known in getattr(self.entry, name)}
        )

    @property
    def evidence(self) -> bool:
        """Whether a place in the file or words to quote were filled in."""
        return any(self.text(name) for name in ("document", "where", "quote"))

    def kept(self, error: str) -> Entry:
        """The question with what was typed, for a page that says why it was not saved."""
        picked = {self.text("value"), *self.data.getlist("value")}
        ticked = {name: set(self.data.getlist(field)) for name, field in LISTS.items()}
        return replace(
            self.entry,
            error=error,
            options=tuple(option._replace(chosen=option.value in picked) for option in self.entry.options),
            reasons=tuple(tick._replace(ticked=tick.value in ticked["reasons"]) for tick in self.entry.reasons),
            good=tuple(tick._replace(ticked=tick.value in ticked["good"]) for tick in self.entry.good),
            aside=tuple(tick._replace(ticked=tick.value in ticked["aside"]) for tick in self.entry.aside),
            value=self.text("written") or self.entry.value,
            parts=(self.text("value-day"), self.text("value-month"), self.text("value-year")),
            note=self.text("note"),
            bases=self.text("bases"),
            gate_bases=self.text("gate_bases"),
            op=self.text("op"),
            gate_op=self.text("gate_op"),
            typed=(self.text("document"), self.text("where"), self.text("quote"), self.text("alias")),
        )


class Part(NamedTuple):
    """One answer of a form: the question it belongs to, what it says, and the id and bases that the page carried."""

    question: str
    value: str
    reasons: tuple[str, ...]
    note: str
    op: str
    bases: tuple[str, ...]


class Sending(NamedTuple):
    """What is sent to the store for one form; no event where everything stands already."""

    events: tuple[AnswerEvent, ...]
    locators: tuple[Locator, ...]
    excerpts: tuple[Excerpt, ...]


def sending(case: Opened, draft: Draft, *, client_time: str, withdrawn: bool = False) -> Sending:
    """The events of a form, with the evidence that was filled in."""
    known = {event.op_id: event for event in case.dossier.events}
    made = [_event(case, draft, part, client_time, withdrawn=withdrawn) for part in parts(draft)]
    fresh = [event for event in (_settled(case, event, known, draft) for event in made) if event is not None]
    carrier = next((event for event in fresh if event.question_id == draft.entry.question), None)
    if carrier is None or withdrawn:
        return Sending(tuple(fresh), (), ())
    return Sending(tuple(fresh), tuple(_places(draft, carrier)), tuple(_quotes(draft, carrier, case.visit.user)))


def parts(draft: Draft) -> Iterator[Part]:
    """The answers that a form holds: one, or of a gate with its question two."""
    entry, value, note = draft.entry, draft.value, draft.text("note")
    bases, gate_bases = tuple(draft.text("bases").split()), tuple(draft.text("gate_bases").split())
    if draft.pair is None:
        yield Part(entry.question, value, draft.reasons, note, draft.text("op"), bases)
        return
    gate, op = draft.pair.gate.id, draft.text("gate_op")
    if value.startswith(GATE):
        yield Part(gate, value.removeprefix(GATE), (), note, op, gate_bases)
        return
    aside = draft.reasons if value == NOT_RELEVANT else ()
    yield Part(gate, value if aside else draft.pair.opens, aside, note if aside else "", op, gate_bases)
    yield Part(entry.question, value, draft.reasons, note, draft.text("op"), bases)


def _event(case: Opened, draft: Draft, part: Part, client_time: str, *, withdrawn: bool) -> AnswerEvent:
    tool, kind, key, table, row, question, pass_ = case.address(part.question, draft.entry.table, draft.entry.row)
    fields: dict[str, Any] = {
        "op_id": part.op, "tool": tool, "subject_kind": kind, "subject_key": key, "table": table, "row_key": row,
        "question_id": question, "pass_": pass_, "value": "" if withdrawn else part.value,
        "reasons": () if withdrawn else part.reasons, "note": "" if withdrawn else part.note, "themes": (),
        "notable": False, "withdrawn": withdrawn, "actor": case.visit.user, "device": DEVICE, "base_op_ids": part.bases,
        "resolves_reason": "", "client_time": client_time, "server_time": as_text(case.visit.at),
        "framework_version": case.framework.version, "payload_sha256": "",
    }  # fmt: skip
    return digested(AnswerEvent(**fields))


def digested(event: AnswerEvent) -> AnswerEvent:
    """The event with the digest that belongs to it."""
    return event._replace(payload_sha256=payload_digest(event))


def _settled(case: Opened, event: AnswerEvent, known: Mapping[str, AnswerEvent], draft: Draft) -> AnswerEvent | None:
    """The event as it is to be sent; None where one of the person's own that stands says the same.

    With new evidence an answer is recorded anew, for evidence belongs to an event.
    """
    standing = case.heads.get(event.address, ())
    own = [head for head in standing if head.actor == event.actor and said(head) == said(event)]
    carries = draft.evidence and event.question_id == draft.entry.question and not _same_evidence(draft)
    if own and not carries:
        return None
    if event.withdrawn and not standing:
        return None
    before = known.get(event.op_id)
    if before is None:
        return event
    if said(before) == said(event) and before.client_time == event.client_time and not carries:
        return event  # the receipt that was given before
    return digested(event._replace(op_id=new_op_id(case.visit.at), base_op_ids=(before.op_id,)))


def _same_evidence(draft: Draft) -> bool:
    """Whether what was filled in as evidence stands there already: the form was sent twice."""
    place = (draft.text("document"), draft.text("where"))
    quote = (draft.text("quote"), draft.text("alias"))
    return (place in draft.entry.places or not any(place)) and (quote in draft.entry.quotes or not quote[0])


def said(event: AnswerEvent) -> tuple[object, ...]:
    """What an answer says, apart from who recorded it and when."""
    return event.value, event.reasons, event.note, event.withdrawn


def _places(draft: Draft, event: AnswerEvent) -> Iterator[Locator]:
    document, where = draft.text("document"), draft.text("where")
    if (document or where) and (document, where) not in draft.entry.places:
        yield Locator(event.op_id, document, where)


def _quotes(draft: Draft, event: AnswerEvent, by: str) -> Iterator[Excerpt]:
    text, alias = draft.text("quote"), draft.text("alias")
    if text and (text, alias) not in draft.entry.quotes:
        key = f"{event.question_id.removeprefix(FACT)}-{event.op_id[-6:]}"
        yield Excerpt(key, event.op_id, text, alias, by if alias else "")
