"""What somebody changed: the lines of a completed workbook that say something else than when it was written.

A change is in codes, as an answer event needs it. Cells that contradict each other, and labels that are in no list, are
faults of their cells. A cell that is as it was written says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caselight.formats.workbook.answers_in_words import PLACE, reason_lists
from caselight.formats.workbook.book import SEPARATOR, Entry, Record, clean
from caselight.formats.workbook.items import Item
from caselight.formats.workbook.lists import TICK, Choices, folded
from caselight.formats.workbook.reading.completed import Completed
from caselight.formats.workbook.writing.cells.marked import Spot
from caselight.method.answers.fact_values import day
from caselight.method.faults import Fault, did_you_mean, quoted
from caselight.method.framework.parts import NOT_RELEVANT

ANSWER_FIELDS = ("answer", "not_relevant", "why", "others", "note", "where")
ACTION_FIELDS = ("action", "owner", "due")


@dataclass(frozen=True)
class Given:
    """What a line says now. ``value`` is empty when the answer was taken back; ``same`` names what was left as it was."""

    record: Record
    item: Item
    entry: Entry
    value: str
    reasons: tuple[str, ...]
    note: str
    places: tuple[tuple[str, str], ...]
    withdrawn: bool
    same: frozenset[str]

    def spot(self, name: str) -> Spot:
        """The cell of a field."""
        return self.record.address, self.item.key, name


@dataclass(frozen=True)
class Promised:
    """An action as it stands beside an answer now; without a text it was dropped."""

    record: Record
    item: Item
    entry: Entry
    text: str
    owner: str
    due: str


def changes(read: Completed) -> tuple[list[Given], list[Promised]]:
    """The answers and the actions that were changed, in the order of the workbook."""
    given: list[Given] = []
    promised: list[Promised] = []
    for record in read.book.everyone():
        items = read.contents.items(record.kind)
        for item in items:
            if item.sort == "option" or not item.fields:
                continue
            given += _given(read, record, item, items)
            promised += _promised(read, record, item)
    return given, promised


def _given(read: Completed, record: Record, item: Item, items: Sequence[Item]) -> Iterator[Given]:
    entry, now = record.entry(item.key), read.now(record, item)
    same = {name for name in ANSWER_FIELDS if name in now and now[name] == clean(entry.texts.get(name, ""))}
    ticks = _ticks(read, record, item, items) if item.type == "several" else None
    if ticks is not None:
        now["answer"], before = ticks
        same |= {"answer"} if ticks[0] == before else set()
    if any((record.address, item.key, name) in read.wrong for name in item.fields):
        return  # what is wrong with one of its cells was said, and the rest would be said wrongly
    if entry.locked or all(name in same for name in now if name in ANSWER_FIELDS):
        return
    made = _made(read, record, item, now, same=frozenset(same))
    if made is not None:
        yield made


def _ticks(read: Completed, record: Record, item: Item, items: Sequence[Item]) -> tuple[str, str]:
    """The options ticked now and before, as codes."""
    now, before = [], []
    for option in items:
        if option.sort != "option" or option.name != item.name:
            continue
        text, was = read.now(record, option)["answer"], record.entry(option.key).texts.get("answer", "")
        if text and folded(text) != TICK:
            says, cure = f"{quoted(text)} is not {TICK}.", f"Choose {TICK}, or empty the cell."
            read.note((record.address, option.key, "answer"), Fault("workbook.not-in-list", (option.key,), says, cure))
        now += [option.option] if text else []
        before += [option.option] if was else []
    return SEPARATOR.join(now), SEPARATOR.join(before)


def _made(read: Completed, record: Record, item: Item, now: dict[str, str], *, same: frozenset[str]) -> Given | None:
    entry = record.entry(item.key)
    answer, excuse = now.get("answer", ""), now.get("not_relevant", "")
    reasons_text = [now.get("why", ""), now.get("others", "")]
    spot = (record.address, item.key, "answer")
    if excuse and (answer or any(reasons_text)):
        says = "The line says both an answer, or reasons for one, and why it is not relevant."
        fault = Fault("workbook.answer-and-not-relevant", (item.key,), says, "Empty one of the two.")
        read.note((record.address, item.key, "not_relevant"), fault)
        return None
    if excuse:
        value: str | None = NOT_RELEVANT
        reasons = _codes(read, (record, item, "not_relevant"), excuse, (read.contents.lists["not_relevant"],))
    else:
        value = _value(read, record, item, answer)
        reasons = _reasons(read, record, item, value or "", reasons_text)
    stood = bool(entry.bases) or (item.sort == "fact" and "answer" in entry.texts)
    if value == "" and not stood:
        says = "Something is written beside a question that has no answer."
        fault = Fault("workbook.nothing-answered", (item.key,), says, "Answer the question, or empty its other cells.")
        read.note(spot, fault)
        return None
    if entry.contested and not now.get("note"):
        says = "Two answers stood here; what you chose decides between them, and nothing says why."
        read.note(
            (record.address, item.key, "note"), Fault("workbook.undecided", (item.key,), says, "Say why in the note.")
        )
        return None
    if value is None or reasons is None:
        return None
    # A fact that was supplied and is emptied becomes a fact that is not known; anything else is taken back.
    withdrawn = value == "" and not (item.sort == "fact" and item.key in _supplied(read, record))
    return Given(
        record, item, entry, value, reasons, now.get("note", ""), _places(now.get("where", "")), withdrawn, same
    )


def _supplied(read: Completed, record: Record) -> frozenset[str]:
    sheet = read.contents.sheets.get((record.kind, record.key))
    supplied = sheet.subject.supplied if sheet is not None and not record.row_key else {}
    return frozenset(f"fact:{name}" for name, value in supplied.items() if value is not None)


def _value(read: Completed, record: Record, item: Item, answer: str) -> str | None:
    """The code of an answer; nothing when it is not in its list."""
    if not answer or not item.answers or item.type == "several":
        return answer
    choices = read.contents.lists[item.answers]
    code = choices.code(answer)
    if code is None:
        says = f"{quoted(answer)} is not in the list of {item.name}."
        fault = Fault("workbook.not-in-list", (item.key,), says, did_you_mean(answer, choices.labels))
        read.note((record.address, item.key, "answer"), fault)
    return code


def _reasons(read: Completed, record: Record, item: Item, value: str, texts: Sequence[str]) -> tuple[str, ...] | None:
    if item.sort == "fact" or not any(texts):
        return ()
    lists = reason_lists(item.name, value, read.contents.lists, read.contents.package.framework)
    found: list[str] = []
    wrong = False
    for name, text in zip(("why", "others"), texts, strict=True):
        codes = _codes(read, (record, item, name), text, lists)
        wrong = wrong or codes is None
        found += [code for code in codes or () if code not in found]
    return None if wrong else tuple(found)


def _codes(
    read: Completed, where: tuple[Record, Item, str], text: str, lists: Sequence[Choices]
) -> tuple[str, ...] | None:
    """The codes of some labels in one cell; nothing when one of them is in no list."""
    record, item, name = where
    found: list[str] = []
    for label in filter(None, (part.strip() for part in text.split(SEPARATOR))):
        code = next((code for choices in lists if (code := choices.code(label)) is not None), None)
        if code is None:
            known = [one for choices in lists for one in choices.labels]
            says = f"{quoted(label)} is not among the reasons for this answer to {item.name}."
            read.note(
                (record.address, item.key, name),
                Fault("workbook.not-in-list", (item.key,), says, did_you_mean(label, known)),
            )
            return None
        found.append(code)
    return tuple(dict.fromkeys(found))


def _places(text: str) -> tuple[tuple[str, str], ...]:
    """Where in the file: ``document; page``, several with ``|`` between."""
    parts = (part.strip().partition(PLACE.strip()) for part in text.split(SEPARATOR))
    return tuple((document.strip(), where.strip()) for document, _, where in parts if document.strip() or where.strip())


def _promised(read: Completed, record: Record, item: Item) -> Iterator[Promised]:
    entry, now = record.entry(item.key), read.now(record, item)
    if "action" not in now or all(now[name] == clean(entry.texts.get(name, "")) for name in ACTION_FIELDS):
        return
    spot = (record.address, item.key, "action")
    if not now["action"] and (now["owner"] or now["due"]) and not entry.action:
        says = "An owner or a day is given, and nothing says what is to be done."
        read.note(spot, Fault("workbook.action-without-text", (item.key,), says, "Say it in one sentence."))
    elif not (now["due"] and day(now["due"]) is None):  # a day that is none is a fault of its own
        yield Promised(record, item, entry, now["action"], now["owner"], now["due"])
