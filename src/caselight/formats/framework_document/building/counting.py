"""Checks across questions, counts, and the groups for which figures are given as well."""

from __future__ import annotations

from caselight.formats.framework_document.building.speaker import Speaker, anchor, anchor_id, each, in_title
from caselight.formats.framework_document.structure import (
    Block,
    Pairs,
    Row,
    Section,
    Words,
    filled,
    paragraph,
    words,
)
from caselight.method.framework.definition import Consistency, Count, Population
from caselight.method.framework.rules import ALWAYS


def checks(say: Speaker) -> list[Section]:
    """The checks across questions, each in a section of its own; none when there are none."""
    if not say.framework.consistency:
        return []
    inner = tuple(_check(say, check) for check in say.framework.consistency)
    return [Section("checks", say.word("document.checks"), (), inner)]


def _check(say: Speaker, check: Consistency) -> Section:
    title = in_title(check.id, say.text(check.says))
    unless: Words = ()
    if check.unless_note_on is not None:
        unless = (*words(" "), *say.phrase("document.unless_note", question=say.bare(check.unless_note_on)))
    rows = (
        ("document.subject", words(say.noun(check.subject))),
        ("question.holds_when", (*words(say.sentence(check.when)), *unless)),
        ("document.says", words(say.text(check.says))),
        ("document.cure", words(f"{say.text(check.cure)} {say.word(f'document.{check.severity}')}")),
        ("document.origin", say.origin(check.provenance, "check", title, anchor("check", check.id))),
    )
    pairs = Pairs(title, tuple((say.word(key), (paragraph(what),)) for key, what in rows))
    return Section(anchor_id("check", check.id), title, (pairs,))


def counts(say: Speaker) -> list[Section]:
    """Counts and populations in tables, and the number below which counts of children are held back."""
    framework, blocks = say.framework, list[Block]()
    if framework.counts:
        columns = ("document.count", "document.counted", "document.origin")
        rows = tuple(_count(say, count) for count in framework.counts)
        blocks.append(filled(say.word("document.counts"), tuple(map(say.word, columns)), rows))
    if framework.populations:
        groups = tuple(_population(say, population) for population in framework.populations)
        headings = ("document.population", "document.who", "document.figures", "document.origin")
        blocks.append(filled(say.word("document.populations"), tuple(map(say.word, headings)), groups))
    percentages = say.word("document.percentages" if framework.percentages else "document.no_percentages")
    blocks.append(paragraph(f"{say.word('document.small_number', number=framework.small_number)} {percentages}"))
    return [Section("counts", say.word("document.counts"), tuple(blocks))]


def _count(say: Speaker, count: Count) -> Row:
    every = say.word("document.every", noun=say.noun(count.subject))
    held = every if count.where == ALWAYS else f"{say.noun(count.subject, many=True)}: {say.when(count.where)}"
    answered: Words = ()
    if count.answered is not None:
        answered = (*words("; "), *say.phrase("document.answered", question=say.bare(count.answered)))
    small = f" ({say.word('document.small')})" if count.describes else ""
    origin = say.origin(count.provenance, "count", count.id, anchor("count", count.id))
    name = words(f"{count.id}: {say.text(count.label)}")
    return Row((name, (*words(held), *answered, *words(small)), origin), anchor_id("count", count.id))


def _population(say: Speaker, population: Population) -> Row:
    who = f"{say.noun(population.subject, many=True)}: {say.when(population.where)}"
    small = f" ({say.word('document.small')})" if population.describes else ""
    origin = say.origin(population.provenance, "count", population.id, anchor("group", population.id))
    name = words(f"{population.id}: {say.text(population.label)}")
    figures = each(population.figures, say.bare)
    return Row((name, words(who + small), figures, origin), anchor_id("group", population.id))
