"""How cases are chosen: which are eligible, how the sample is drawn, the designs by name, reasons for removal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caselight.formats.framework_document.building.choosing.sizes import divider, quota_words, size_words, stratum_words
from caselight.formats.framework_document.building.speaker import Speaker, anchor_id, each, joined
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
from caselight.method.framework.rules import ALWAYS
from caselight.method.framework.sampling import (
    SampleDefaults,
    SampleDesign,
    Window,
)

Pair = tuple[str, tuple[Paragraph | Points, ...]]
HERE = "#choosing"


def choosing(say: Speaker) -> list[Section]:
    """Eligibility, the sample, and its designs; none when the framework leaves all of it to the inspection."""
    framework, blocks, inner = say.framework, list[Block](), list[Section]()
    if framework.eligibility is not None:
        blocks.append(Pairs(say.word("document.window"), (_window(say, framework.eligibility),)))
    if framework.sample is not None:
        blocks += _sample(say, framework.sample)
        inner = [_design(say, design) for design in framework.sample.designs]
    if not blocks:
        return []
    return [Section("choosing", say.word("document.choosing"), tuple(blocks), tuple(inner))]


def _window(say: Speaker, window: Window) -> Pair:
    said = say.phrase(
        "window.says",
        fact=say.fact(window.start_fact),
        latest=str(window.latest_days_before_announcement),
        earliest=str(window.earliest_days_before_fieldwork),
    )
    also = () if window.also == ALWAYS else words(f" {say.word('window.also', when=say.when(window.also))}")
    title = say.word("document.window")
    origin = say.origin(window.provenance, "sample", title, HERE)
    return title, (paragraph((*said, *also)), paragraph(origin))


def _sample(say: Speaker, sample: SampleDefaults) -> list[Block]:
    said = [say.phrase("sample.strata", facts=each(sample.strata, say.fact))] if sample.strata else []
    said.append(words(say.word("sample.allocation", name=sample.allocation)))
    said.append(words(say.word("sample.reserves", number=sample.reserves)))
    title = say.word("document.sample")
    origin = say.origin(sample.provenance, "sample", title, HERE)
    pairs = Pairs(title, ((title, (paragraph(joined(said, " ")), paragraph(origin))),))
    columns = (say.word("document.reason"), say.word("document.note"))
    needed = say.word("document.note_needed")
    rows = [Row((words(say.text(r.label)), words(needed if r.needs_note else ""))) for r in sample.removal_reasons]
    return [pairs, filled(say.word("document.removal"), columns, tuple(rows))]


def _design(say: Speaker, design: SampleDesign) -> Section:
    target = anchor_id("design", design.id)
    rows = (*_population(say, design), *_drawing(say, design), *_around(say, design))
    origin = (say.word("document.origin"), (paragraph(_origin(say, design, "", design.provenance)),))
    title = say.word("document.design", title=say.text(design.title))
    return Section(target, title, (Pairs(title, (*rows, origin)),), brief=say.text(design.title))


def _origin(say: Speaker, design: SampleDesign, part: str, provenance: Any) -> Words:
    name = f"{say.text(design.title)}: {part}" if part else say.text(design.title)
    return say.origin(provenance, "sample", name, f"#{anchor_id('design', design.id)}")


def _pair(say: Speaker, key: str, what: str | Words | Points) -> Pair:
    return say.word(key), (what if isinstance(what, Points) else paragraph(what),)


def _population(say: Speaker, design: SampleDesign) -> Iterator[Pair]:
    everyone = design.where == ALWAYS
    yield _pair(say, "design.where", f"{say.word('design.everyone')}." if everyone else say.sentence(design.where))
    if design.window is not None:
        yield _window(say, design.window)
    if design.exclusions:
        items = [
            (*words(f"{say.text(e.label)}: {say.when(e.when)}. "), *_origin(say, design, e.id, e.provenance))
            for e in design.exclusions
        ]
        yield _pair(say, "design.exclusions", Points(tuple(items)))
    if design.same_person is not None:
        same = design.same_person
        facts = joined([each(names, say.fact) for names in same.agree_in], say.word("design.or"))
        said = say.phrase(
            "design.same_person_says",
            label=say.text(same.label),
            facts=facts,
            keep=say.word(f"keep.{same.keep}"),
            by=say.fact(same.by),
        )
        yield _pair(say, "design.same_person", (*said, *words(" "), *_origin(say, design, same.id, same.provenance)))


def _drawing(say: Speaker, design: SampleDesign) -> Iterator[Pair]:
    yield _pair(say, "design.size", size_words(say, design.size))
    if design.buffer_share:
        yield _pair(say, "design.buffer", f"{say.word('design.buffer_says', share=design.buffer)}.")
    if design.stratify_by:
        yield _pair(say, "design.strata", each(design.stratify_by, lambda name: divider(say, name)))
    if design.strata:
        items = [
            (*words(f"{say.text(s.label)}: {say.when(s.when)}. "), *_origin(say, design, s.id, s.provenance))
            for s in design.strata
        ]
        otherwise = stratum_words(say, design, design.otherwise) if design.otherwise else ""
        other = [words(say.word("design.otherwise", name=otherwise))] if otherwise else []
        yield _pair(say, "design.strata", Points((*items, *other)))
    if design.clusters:
        yield _pair(say, "design.clusters", each(design.clusters, lambda name: divider(say, name)))
    yield _pair(say, "document.how", say.word("sample.allocation", name=design.allocation))
    if design.quotas:
        yield _pair(
            say, "design.quotas", Points(tuple(words(quota_words(say, design, quota)) for quota in design.quotas))
        )


def _around(say: Speaker, design: SampleDesign) -> Iterator[Pair]:
    if design.most_per_worker is not None:
        yield _pair(say, "design.most_per_worker", str(design.most_per_worker))
    yield _pair(say, "document.sample", say.word("sample.reserves", number=design.reserves))
    if design.assessed_twice is not None:
        double = design.assessed_twice
        said = say.word("design.double_says", share=double.share, number=double.at_least)
        origin = _origin(say, design, say.word("design.double"), double.provenance)
        yield _pair(say, "design.double", (*words(f"{said}. "), *origin))
    if design.tools:
        titles = {tool.id: say.text(tool.title) for tool in say.framework.tools}
        yield _pair(say, "design.tools", ", ".join(titles.get(name, name) for name in design.tools))
