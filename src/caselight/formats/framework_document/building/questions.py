"""The themes with every question: what is asked, when it applies in words, guidance, answers, reasons, and how computed."""

from __future__ import annotations

from collections.abc import Iterator

from caselight.formats.framework_document.building.asking import reason_words
from caselight.formats.framework_document.building.computing import computed_blocks, computed_words
from caselight.formats.framework_document.building.speaker import Speaker, anchor, anchor_id, each
from caselight.formats.framework_document.structure import (
    Pairs,
    Paragraph,
    Points,
    Section,
    Words,
    paragraph,
    words,
)
from caselight.method.framework.questions import Question, Theme
from caselight.method.framework.rules import ALWAYS

Pair = tuple[str, tuple[Paragraph | Points, ...]]


def theme_section(say: Speaker, theme: Theme) -> Section:
    """A theme with its questions in their order."""
    title = say.text(theme.title)
    heading = title if theme.number is None else say.word("document.theme", number=theme.number, title=title)
    sections = tuple(_question(say, question) for question in theme.questions)
    return Section(anchor_id("theme", theme.id), heading, (), sections)


def _question(say: Speaker, question: Question) -> Section:
    blocks = (
        Paragraph(words(say.text(question.text)), "lead"),
        Pairs(question.id, tuple(_pairs(say, question))),
        *computed_blocks(say, question),
    )
    title = f"{question.id}: {say.text(question.short)}"
    return Section(anchor_id("question", question.id), title, blocks, brief=question.id)


def _pairs(say: Speaker, question: Question) -> Iterator[Pair]:
    yield from _sort(say, question)
    yield from _applies(say, question)
    yield from _help(say, question)
    yield from _answered(say, question)
    yield from _counted(say, question)
    yield from _kinship(say, question)
    target = anchor("question", question.id)
    yield _pair(say, "document.origin", say.origin(question.provenance, "question", question.id, target))


def _pair(say: Speaker, key: str, what: str | Words | Points) -> Pair:
    return say.word(key), (what if isinstance(what, Points) else paragraph(what),)


def _sort(say: Speaker, question: Question) -> Iterator[Pair]:
    override = question.computed is not None and question.computed.may_override
    said = say.word(f"question.{'computed_override' if override else question.kind}")
    if len(say.framework.tools) > 1:
        tool = next((say.text(tool.title) for tool in say.framework.tools if tool.id == question.tool), question.tool)
        said = f"{said} {say.word('question.form', tool=tool)}"
    yield _pair(say, "question.kind", said)


def _applies(say: Speaker, question: Question) -> Iterator[Pair]:
    noun = say.noun(say.framework.subject_of(question))
    always = say.word("question.always", noun=noun)
    yield _pair(say, "question.when", always if question.when == ALWAYS else say.sentence(question.when))
    if question.not_relevant_when is not None:
        yield _pair(say, "question.not_relevant_when", say.sentence(question.not_relevant_when))
    if question.required_when != ALWAYS:
        yield _pair(say, "question.required_when", say.sentence(question.required_when))
    if question.never_not_relevant:
        yield _pair(say, "question.never_not_relevant", say.word("question.never_not_relevant_says"))
    if question.variants:
        items = []
        for variant in question.variants:
            said = say.word("question.variant", when=say.clause(variant.when), text=say.text(variant.text))
            items.append(words(f"{said} {say.text(variant.guidance)}".rstrip()))
        yield _pair(say, "question.variants", Points(tuple(items)))


def _help(say: Speaker, question: Question) -> Iterator[Pair]:
    if question.guidance is not None:
        yield _pair(say, "question.guidance", say.text(question.guidance))
    if question.prompts:
        yield _pair(say, "question.prompts", Points(tuple(words(say.text(prompt)) for prompt in question.prompts)))
    if question.informed_by:
        names = each(question.informed_by, say.bare)
        yield _pair(say, "question.informed_by", say.phrase("question.informed_by_says", questions=names))


def _answered(say: Speaker, question: Question) -> Iterator[Pair]:
    scale = say.framework.scale_by_id.get(question.scale or "")
    if scale is not None:
        yield _pair(say, "question.answers", "; ".join(say.text(option.label) for option in scale.options))
    elif question.type is not None:
        yield _pair(say, "question.answers", say.word(f"type.{question.type}"))
    target = anchor("question", question.id)
    for key, reasons in (
        ("question.reasons", say.framework.reasons_of(question)),
        ("question.good", say.framework.good_of(question)),
    ):
        if reasons:
            yield _pair(say, key, Points(reason_words(say, reasons, target)))
    if question.computed is not None:
        yield _pair(say, "question.rule", computed_words(say, question.computed))


def _counted(say: Speaker, question: Question) -> Iterator[Pair]:
    if question.points != 1:
        yield _pair(say, "question.score", say.word("question.points", points=say.number(question.points)))
    if question.critical:
        yield _pair(say, "question.critical", say.word("question.critical_says"))
    if question.polarity == "adverse":
        yield _pair(say, "question.polarity", say.word("document.adverse"))
    if question.unit is not None:
        yield _pair(say, "question.unit", say.text(question.unit))
    if question.describes:
        yield _pair(say, "question.describes", say.word("question.describes_says"))


def _kinship(say: Speaker, question: Question) -> Iterator[Pair]:
    if question.also_in:
        titles = {theme.id: say.text(theme.title) for theme in say.framework.themes}
        yield _pair(say, "question.also_in", ", ".join(titles.get(name, name) for name in question.also_in))
    if question.replaces:
        yield _pair(say, "question.replaces", ", ".join(question.replaces))
