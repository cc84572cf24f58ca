"""The front of the document: which framework this is, and how far its rules are known, with every unchecked rule named."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from caselight.formats.framework_document.building.speaker import CHECKED, Known, Speaker, anchor_id, joined
from caselight.formats.framework_document.structure import (
    Block,
    Pairs,
    Paragraph,
    Points,
    Row,
    Section,
    Words,
    filled,
    paragraph,
    words,
)
from caselight.method.framework.parts import Mark

KINDS = ("question", "part", "fact", "count", "check", "measure", "cut", "rating", "agreement", "sample")


def front(say: Speaker, digest: str) -> tuple[Block, ...]:
    """What the framework is, in its own words and in a short table."""
    framework = say.framework
    rows = [
        ("document.identity", framework.id),
        ("document.version", framework.version),
        ("document.valid_from", framework.valid_from or ""),
        ("document.languages", ", ".join(framework.wording[code].name for code in framework.languages)),
        ("document.bank", say.text(framework.bank.title)),
        ("document.in_all", _in_all(say)),
        ("document.digest", digest),
    ]
    shown = tuple((say.word(key), (paragraph(what),)) for key, what in rows if what)
    return Paragraph(words(say.text(framework.about)), "lead"), Pairs(say.word("document.details"), shown)


def _in_all(say: Speaker) -> str:
    questions = say.framework.questions.values()
    kinds = Counter(question.kind for question in questions)
    return say.word(
        "document.in_all_says",
        questions=len(questions),
        themes=len(say.framework.themes),
        judgements=kinds["judgement"],
        gates=kinds["gate"],
        data=kinds["data"],
        computed=kinds["computed"],
    )


def known(say: Speaker) -> Section:
    """How far the rules are known: how many of each mark, and every rule that is not checked, as a link to it."""
    numbers = Counter(rule.mark for rule in say.known)
    rows = tuple(
        Row((words(say.word(f"mark.{m}")), words(say.word(f"mark.{m}.means")), words(str(numbers[m])))) for m in Mark
    )
    columns = ("document.mark", "document.means", "document.number")
    texts = say.phrase("document.texts", origin=say.marked(say.framework.texts_provenance))
    blocks: list[Block] = [
        paragraph(say.word("document.known_says")),
        paragraph(texts),
        filled(say.word("document.marks"), tuple(map(say.word, columns)), rows),
        *_unchecked(say),
    ]
    return Section("known", say.word("document.known"), tuple(blocks))


def _unchecked(say: Speaker) -> list[Block]:
    rules = [rule for rule in say.known if rule.mark not in CHECKED]
    if not rules:
        return [paragraph(say.word("document.all_checked"))]
    title = Paragraph(words(say.word("document.unchecked_list"), strong=True), "unchecked")
    items = []
    ordered = sorted(rules, key=lambda rule: (rule.mark.value, KINDS.index(rule.kind)))
    for (mark, kind), group in groupby(ordered, key=lambda rule: (rule.mark, rule.kind)):
        name = f"{say.word(f'mark.{mark.value}')}. {say.word(f'kind.{kind}')}: "
        items.append((*words(name), *joined(_links(list(group)))))
    return [title, Points(tuple(items))]


def _links(rules: list[Known]) -> list[Words]:
    """Each rule once, as a link to where it stands."""
    return [words(name, href=target) for name, target in dict.fromkeys((rule.name, rule.anchor) for rule in rules)]


def sources(say: Speaker) -> list[Section]:
    """The list of sources with their addresses; none when nothing is cited."""
    if not say.framework.sources:
        return []
    columns = (say.word("document.source"), say.word("document.address"))
    rows = tuple(
        Row((words(key), words(what, href=what if what.startswith(("https://", "http://")) else "")),
            anchor_id("source", key))
        for key, what in say.framework.sources.items()
    )  # fmt: skip
    title = say.word("document.sources")
    return [Section("sources", title, (filled(title, columns, rows),))]
