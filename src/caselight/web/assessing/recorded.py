"""Filling a question with what was recorded: what is chosen, the note, the evidence, who answered and when, two answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from caselight.method.answers.addresses import Content
from caselight.method.answers.admissible import missing_faults
from caselight.method.answers.events import AnswerEvent
from caselight.method.framework.parts import NOT_RELEVANT
from caselight.store.audit.actions import as_text
from caselight.web.assessing.entries import Entry, Stand, Tick
from caselight.web.assessing.op_ids import new_op_id
from caselight.web.assessing.opening import MODERATED, Opened
from caselight.web.assessing.pairs import GATE, Pair


def filled(case: Opened, made: Entry, pair: Pair | None) -> Entry:
    """The question with its answers; what the sharing of a screen hides is left out."""
    at, here = case.visit.at, case.address(made.question, made.table, made.row)
    heads = case.heads.get(here, ())
    gates = case.heads.get(case.address(pair.gate.id, made.table, made.row), ()) if pair else ()
    told: dict[str, Any] = {
        "made": as_text(at),
        "op": new_op_id(at),
        "gate_op": new_op_id(at) if pair else "",
        "bases": " ".join(event.op_id for event in heads),
        "gate_bases": " ".join(event.op_id for event in gates),
        "closed_to": _closed(case, made, pair),
        "both": case.may_agree and case.in_question(here),
    }
    if not case.sharing:
        told |= _recorded(case, made, pair, heads, gates)
    return replace(made, **told)  # once: there are many parts, and each is looked at


def _recorded(
    case: Opened, made: Entry, pair: Pair | None, heads: tuple[AnswerEvent, ...], gates: tuple[AnswerEvent, ...]
) -> dict[str, Any]:
    """What of a question its answers say: what stands, what stands against it, and what they rest on."""
    shut = _gate_shut(gates, pair)
    counted = gates if shut else heads
    contested = gates if len(gates) > 1 else heads if len(heads) > 1 and not shut else ()
    told: dict[str, Any] = {
        "heads": tuple(_stand(case, made, event) for event in contested),
        "agreed": _agreed(case, made),
        **_evidence(case, made),
    }
    if len(counted) == 1 and not counted[0].withdrawn:
        told |= _decided(case, made, counted[0]) | _answered(case, made, counted[0], shut=shut)
    return told


def _decided(case: Opened, made: Entry, chosen: AnswerEvent) -> dict[str, Any]:
    """The answers that what stands was decided between: those that the visitor may read."""
    bases = [event for event in case.events if event.op_id in chosen.base_op_ids]
    if len(chosen.base_op_ids) < 2 or not chosen.resolves_reason:
        return {}
    return {"between": tuple(_stand(case, made, one) for one in bases), "because": chosen.resolves_reason}


def _gate_shut(gates: tuple[AnswerEvent, ...], pair: Pair | None) -> bool:
    """Whether the gate was answered so that the question is not asked."""
    return (
        bool(pair) and len(gates) == 1 and not gates[0].withdrawn and gates[0].value not in (_opens(pair), NOT_RELEVANT)
    )


def _opens(pair: Pair | None) -> str:
    return pair.opens if pair else ""


def _answered(case: Opened, made: Entry, event: AnswerEvent, *, shut: bool) -> dict[str, Any]:
    value = GATE + event.value if shut else event.value
    chosen = set(value.split("|"))
    picked = set(event.reasons)
    return {
        "options": tuple(option._replace(chosen=True) if option.value in chosen else option for option in made.options),
        "reasons": _ticked(made.reasons, picked),
        "good": _ticked(made.good, picked),
        "aside": _ticked(made.aside, picked),
        "value": value,
        "parts": _parts(made.kind, value),
        "note": event.note,
        "open": False,
        "saved": f"{case.name(event.actor)}, {case.clock(event.server_time or event.client_time)}",
        "lacks": lacks(case, event),
    }


def _ticked(ticks: tuple[Tick, ...], picked: set[str]) -> tuple[Tick, ...]:
    return tuple(tick._replace(ticked=True) if tick.value in picked else tick for tick in ticks)


def _parts(kind: str, value: str) -> tuple[str, str, str]:
    year, month, day = value.split("-") if kind == "date" and value.count("-") == 2 else ("", "", "")
    return day.lstrip("0"), month.lstrip("0"), year


LACKING = {
    "package.no-reason": "Select why, at least one reason.",
    "package.not-relevant-without-reason": "Select why it is not relevant.",
    "package.reason-needs-note": "Write a note that says what it was.",
    "package.answer-needs-note": "Write a note: this answer stands only with one.",
    "package.override-without-note": "Write a note that says why the worked-out answer is not right here.",
}


def lacks(case: Opened, event: AnswerEvent) -> tuple[str, ...]:
    """What the answer still needs before the case can be complete, in words of the page."""
    content = Content(*event[1:3], *event[4:8], event.value, event.reasons, bool(event.note), event.withdrawn)
    return tuple(LACKING.get(fault.code, fault.cure) for fault in missing_faults(content, case.framework))


def lacking(case: Opened) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each answer that stands and still needs something: its question, and what."""
    for sheet in case.sheets:
        for name, group in sheet.recorded.items():
            stands = name in case.framework.questions and sheet.standing(name).event is group[0]
            if stands and (cures := lacks(case, group[0])):
                yield name, cures


def _stand(case: Opened, made: Entry, event: AnswerEvent) -> Stand:
    labels: dict[str, str] = {tick.value: tick.label for tick in (*made.reasons, *made.good, *made.aside)}
    answers = {option.value.removeprefix(GATE): option.label for option in made.options}
    answers |= {option.value: option.label for option in made.options}
    said = ", ".join(answers.get(part, part) for part in event.value.split("|"))
    return Stand(
        event.op_id, case.name(event.actor), case.clock(event.server_time or event.client_time),
        "taken back" if event.withdrawn else said, ", ".join(labels.get(one, one) for one in event.reasons), event.note,
        event.withdrawn,
    )  # fmt: skip


def _agreed(case: Opened, made: Entry) -> str:
    """The moderated answer, where there is one: it counts in place of the first."""
    group = case.heads.get(case.address(made.question, made.table, made.row, MODERATED), ())
    if len(group) != 1 or group[0].withdrawn:
        return ""
    stand = _stand(case, made, group[0])
    return f"{stand.answer} ({stand.who}, {stand.when})"


def _closed(case: Opened, made: Entry, pair: Pair | None) -> tuple[str, ...]:
    """Who else answered this question, whose answer the visitor may not read yet."""
    names = {made.question, pair.gate.id} if pair else {made.question}
    actors = {actor for name in names for actor in case.closed.get((name, made.table, made.row), ())}
    return tuple(sorted(case.name(actor) for actor in actors))


def _evidence(case: Opened, made: Entry) -> dict[str, Any]:
    """Where in the file the answers to a question rest, and what is quoted, over all answers that may be read."""
    if not case.dossier.locators and not case.dossier.excerpts:
        return {}
    place: Any = (made.question, made.table, made.row)
    ops = {event.op_id for event in case.events if (event.question_id, event.table, event.row_key) == place}
    return {
        "places": tuple((one.document, one.where) for one in case.dossier.locators if one.op_id in ops),
        "quotes": tuple((one.text, one.alias) for one in case.dossier.excerpts if one.op_id in ops),
    }
