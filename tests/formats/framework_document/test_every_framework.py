"""The document of every pack and specimen: each question with when it applies, each rule labelled, page and Word alike."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from docx import Document
from lxml import html

from caselight.formats.framework_document.docx import framework_docx
from caselight.formats.framework_document.html import framework_html
from caselight.formats.framework_document.structure import Pairs, Paragraph, Points, Section, Table
from caselight.method.framework.in_words import in_words
from caselight.method.framework.parts import Mark, Provenance
from caselight.method.framework.rules import ALWAYS

UNCHECKED = "Rule not checked against the source text."


@pytest.fixture(scope="module")
def page(document):
    """The page, parsed."""
    return html.fromstring(framework_html(document))


@pytest.fixture(scope="module")
def word(document):
    """The body of the Word document."""
    return Document(io.BytesIO(framework_docx(document))).element.body


def sections(found: tuple[Section, ...]) -> Iterator[Section]:
    for section in found:
        yield section
        yield from sections(section.sections)


def texts(section: Section) -> Iterator[str]:
    """Every text under one heading, itself included."""
    yield section.title
    for block in section.blocks:
        if isinstance(block, Table):
            yield from block.columns
            yield from ("".join(run.text for run in cell) for row in block.rows for cell in row.cells)
        elif isinstance(block, Pairs):
            for name, inside in block.rows:
                yield name
                yield from (text for one in inside for text in _words(one))
        else:
            yield from _words(block)


def _words(block: Paragraph | Points) -> list[str]:
    items = block.items if isinstance(block, Points) else (block.words,)
    return ["".join(run.text for run in words) for words in items]


def test_every_question_is_there_with_its_text_and_when_it_applies_in_words(framework, document):
    language = framework.languages[0]
    by_anchor = {section.anchor: section for section in sections(document.sections)}
    for question in framework.questions.values():
        said = "\n".join(texts(by_anchor[f"question-{question.id}"]))
        assert question.id in said
        assert question.text.in_(language) in said
        if question.when != ALWAYS:
            assert in_words(question.when, framework, language)[1:] in said
        for reason in (*framework.reasons_of(question), *framework.good_of(question)):
            assert reason.label.in_(language) in said
        for prompt in question.prompts:
            assert prompt.in_(language) in said


def test_every_rule_that_is_not_checked_is_labelled_where_it_stands_and_listed_at_the_front(framework, document):
    front = document.sections[0]
    listed = {run.href for block in front.blocks if isinstance(block, Points) for item in block.items for run in item}
    for question in framework.questions.values():
        unchecked = question.provenance.mark in (Mark.GENERAL, Mark.OWN)
        section = next(s for s in sections(document.sections) if s.anchor == f"question-{question.id}")
        if unchecked:
            assert f"#question-{question.id}" in listed
            assert any(UNCHECKED in text for text in texts(section))


def test_the_number_of_rules_at_the_front_is_the_number_of_provenances_of_the_framework(framework, document):
    table = next(block for block in document.sections[0].blocks if isinstance(block, Table))
    counted = sum(int(row.cells[2][0].text) for row in table.rows)
    # The texts as a whole and the fixed paragraphs of letters are not rules.
    assert counted == len(list(provenances(framework))) - 1 - len(framework.letter.fixed) - shared(framework)


def provenances(value: object) -> Iterator[Provenance]:
    if isinstance(value, Provenance):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from provenances(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from provenances(item)
    elif hasattr(type(value), "model_fields") and not hasattr(value, "root"):
        for name in type(value).model_fields:
            yield from provenances(getattr(value, name))


def shared(framework) -> int:
    """Marks of reasons in shared lists: said once for each question that uses the list, and not where the list stands."""
    number = sum(len(list(provenances(reasons))) for reasons in framework.reason_lists.values())
    for question in framework.questions.values():
        for given, listed in (
            (question.reasons, framework.reasons_of(question)),
            (question.good, framework.good_of(question)),
        ):
            if isinstance(given, str):
                number -= len(list(provenances(listed)))
    return number


def test_every_link_inside_leads_to_an_anchor_that_is_there_once(page):
    anchors = page.xpath("//@id")
    assert len(anchors) == len(set(anchors))
    assert {link[1:] for link in page.xpath("//@href") if link.startswith("#")} <= set(anchors)


def test_headings_skip_no_level_and_there_is_one_title(page):
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_page_and_word_document_say_the_same(document, page, word):
    told = flat(" ".join(page.xpath("//main//text()[not(ancestor::nav)]")))
    written = flat(" ".join(text.text or "" for text in word.iter("{*}t")))
    for section in sections(document.sections):
        for text in texts(section):
            assert flat(text) in told
            assert flat(text) in written


def flat(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_tables_of_the_word_document_have_a_title_and_a_heading_that_repeats(document, word):
    for table in word.iter("{*}tbl"):
        assert table.find(".//{*}tblCaption") is not None
    repeated = len(list(word.iter("{*}tblHeader")))
    assert repeated == sum(isinstance(b, Table) for s in sections(document.sections) for b in s.blocks)


def test_links_of_the_word_document_lead_to_bookmarks(word):
    attribute = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    there = {mark.get(f"{attribute}name") for mark in word.iter("{*}bookmarkStart")}
    wanted = {link.get(f"{attribute}anchor") for link in word.iter("{*}hyperlink")} - {None}
    assert wanted <= there
