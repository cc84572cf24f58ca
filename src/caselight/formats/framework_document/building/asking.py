"""Who is looked at, what is known beforehand, and how questions can be answered."""

from __future__ import annotations

from caselight.formats.framework_document.building.speaker import Speaker, anchor, anchor_id, in_title, joined
from caselight.formats.framework_document.structure import Block, Row, Section, Table, Words, filled, paragraph, words
from caselight.method.framework.parts import Fact, Option, Reason, Scale, Subject


def looked_at(say: Speaker) -> Section:
    """Subjects, forms, selections of questions, and the facts of each subject."""
    blocks = [_subjects(say), *_rated(say), _tools(say), _screenings(say), *_facts(say)]
    return Section("looked-at", say.word("document.looked_at"), tuple(blocks))


def _subjects(say: Speaker) -> Table:
    columns = ("document.one", "document.many", "document.how_found")
    rows = [
        Row((words(say.text(subject.one)), words(say.text(subject.many)), words(_how_found(say, subject))))
        for subject in say.framework.subjects
    ]
    return filled(say.word("document.subjects"), tuple(map(say.word, columns)), tuple(rows))


def _how_found(say: Speaker, subject: Subject) -> str:
    if subject.found_in:
        return say.word("document.found_in", subject=say.noun(subject.found_in))
    return say.word("document.sampled" if subject.sampled else "document.not_sampled")


def _rated(say: Speaker) -> list[Block]:
    if say.framework.rated is None:
        return []
    what = say.word("document.colon", name=say.word("document.rated"), what=say.noun(say.framework.rated))
    return [paragraph(f"{what}.")]


def _tools(say: Speaker) -> Table:
    rows = []
    for tool in say.framework.tools:
        number = sum(question.tool == tool.id for question in say.framework.questions.values())
        rows.append(Row((words(say.text(tool.title)), words(say.noun(tool.subject)), words(str(number)))))
    columns = ("document.tool", "document.subject", "document.questions")
    return filled(say.word("document.tools"), tuple(map(say.word, columns)), tuple(rows))


def _screenings(say: Speaker) -> Table:
    rows = [
        Row(
            (
                words(say.text(item.title)),
                joined([say.bare(name) for name in item.questions]) or words(say.word("document.every_question")),
            )
        )
        for item in say.framework.screenings
    ]
    columns = tuple(map(say.word, ("document.screening", "document.questions")))
    return filled(say.word("document.screenings"), columns, tuple(rows))


def _facts(say: Speaker) -> list[Block]:
    """A table of facts for each subject that has some."""
    tables: list[Block] = []
    for subject in say.framework.subjects:
        facts = [fact for fact in say.framework.facts if fact.subject == subject.id]
        if facts:
            title = say.word("document.colon", name=say.word("document.facts"), what=say.text(subject.one))
            columns = ("document.fact", "document.values", "document.supplied", "document.origin")
            rows = tuple(_fact(say, fact) for fact in facts)
            tables.append(filled(title, tuple(map(say.word, columns)), rows))
    return tables


def _fact(say: Speaker, fact: Fact) -> Row:
    name = say.text(fact.label)
    values = ", ".join(say.text(option.label) for option in fact.options) or say.word(f"type.{fact.type}")
    supplied = say.word(f"document.{fact.supplied_by}")
    needed = f" ({say.word('document.needed')})" if fact.required else ""
    small = f" ({say.word('document.small')})" if fact.describes else ""
    origin = say.origin(fact.provenance, "fact", name, anchor("fact", fact.id))
    return Row((words(name), words(values + small), words(supplied + needed), origin), anchor_id("fact", fact.id))


def answers(say: Speaker) -> Section:
    """The scales, and the reasons why a question may be not relevant."""
    blocks: list[Block] = []
    for scale in say.framework.scales:
        blocks += _scale(say, scale)
    if say.framework.not_relevant_reasons:
        columns = (say.word("document.reason"), say.word("document.note"))
        rows = tuple(_reason(say, reason) for reason in say.framework.not_relevant_reasons)
        blocks.append(filled(say.word("document.not_relevant_reasons"), columns, rows))
    return Section("answers", say.word("document.answers"), tuple(blocks))


def _scale(say: Speaker, scale: Scale) -> list[Block]:
    sorts = (("data_only", scale.data_only), ("several", scale.multiple), ("adverse", scale.polarity == "adverse"))
    notes = [key for key, holds in sorts if holds]
    columns = ("document.answer", "document.counts_as", "document.points", "document.note")
    rows = [_option(say, option, counted=not scale.data_only) for option in scale.options]
    table = filled(say.word("document.scale", name=in_title(scale.id)), tuple(map(say.word, columns)), rows)
    return [table, *(paragraph(say.word(f"document.{key}")) for key in notes)]


def _option(say: Speaker, option: Option, *, counted: bool) -> Row:
    counts = say.word(f"outcome.{option.outcome.value if option.outcome else 'none'}") if counted else ""
    note = say.word("document.note_needed") if option.needs_note else ""
    texts = (say.text(option.label), counts, say.number(option.points), note)
    return Row(tuple(words(text) for text in texts))


def _reason(say: Speaker, reason: Reason) -> Row:
    return Row((words(say.text(reason.label)), words(say.word("document.note_needed") if reason.needs_note else "")))


def reason_words(say: Speaker, reasons: tuple[Reason, ...], target: str) -> tuple[Words, ...]:
    """Reasons as the items of a list; one with a mark of its own says where it comes from."""
    items = []
    for reason in reasons:
        label = say.text(reason.label)
        shown = say.word("document.with_note", label=label) if reason.needs_note else label
        origin = say.origin(reason.provenance, "part", label, target)
        items.append((*words(shown), *((*words(". "), *origin) if origin else ())))
    return tuple(items)
