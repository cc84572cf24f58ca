"""What every framework of this repository keeps to, beyond what the reader checks."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import BaseModel

from caselight.formats.framework_yaml import framework_faults, read_framework
from caselight.formats.letter.source import read_letter
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Text
from caselight.method.framework.questions import Question
from caselight.method.framework.rules import references
from caselight.method.report.letter import Bound, Words
from caselight.method.wording.quantities import find_quantities

HERE = Path(__file__).parents[2]
SQS = HERE / "packs" / "sqs"
BILINGUAL = HERE / "tests" / "specimens" / "bilingual"

ASKED = """
R1 R1t R1t.cause R2.due R2 R3 R4 R4b R5 R6.due R6 R7
P1 P2.due P2 P3 P4 P5.needed P5 P6 P7.due P7 P8.victim P8 P9.needed P9
C1 C2.due C2 C3 C4.issues C4 C6.due C6 C7 C8.indicators C8 C9.needed C9
D1 D2.factors D2 E1a E1b.relevant E1b E1 E2 E3 X1.problem X1
M1 M2 M3.needs M3 M4 M5 M6
"""


@pytest.fixture(scope="module")
def sqs() -> Framework:
    return read_framework(SQS)


@pytest.fixture(scope="module")
def bilingual() -> Framework:
    return read_framework(BILINGUAL)


def judgements(framework: Framework) -> list[Question]:
    return [question for question in framework.questions.values() if question.kind == "judgement"]


@pytest.mark.parametrize("folder", [SQS, BILINGUAL], ids=["sqs", "bilingual"])
def test_a_framework_of_this_repository_has_no_fault(folder: Path) -> None:
    assert framework_faults(folder)[1] == []


def test_the_screening_asks_every_question_of_the_catalogue_in_its_order(sqs: Framework) -> None:
    assert [question.id for question in sqs.asked("sqs")] == ASKED.split()


def test_a_gate_stands_directly_before_the_question_it_opens(sqs: Framework) -> None:
    questions = list(sqs.questions.values())
    for gate, opened in pairwise(questions):
        if gate.kind == "gate":
            assert ("answer", gate.id) in references(opened.when), gate.id
            assert set(gate.said) == {"yes", "no"}


def test_every_judgement_comes_with_guidance_prompts_and_good_practice(sqs: Framework) -> None:
    for question in judgements(sqs):
        assert question.guidance is not None
        sentences = re.findall(r"[.?](?:\s|$)", question.guidance.in_("en"))
        assert 2 <= len(sentences) <= 5, (question.id, len(sentences))
        assert 2 <= len(question.prompts) <= 5, question.id
        assert 2 <= len(sqs.good_of(question)) <= 4, question.id
        assert sqs.reasons_of(question)[-1].needs_note, question.id


def test_short_names_fit_tables_and_charts(sqs: Framework) -> None:
    assert [q.id for q in sqs.questions.values() if len(q.short.in_("en")) > 45] == []


def test_what_describes_a_child_is_marked_for_the_small_number_rules(sqs: Framework) -> None:
    assert {item.id for item in sqs.counts if item.describes} == {"CUSTODY", "MAPPA", "LAC", "EXPLOITATION"}
    assert {q.id for q in judgements(sqs) if q.describes} == {"R7", "P3", "P6", "C7", "C8"}


def test_the_starting_letter_binds_every_question_that_makes_a_figure(sqs: Framework) -> None:
    letter = read_letter((SQS / "letter.md").read_bytes(), "en")
    bound = {key for block in letter.blocks for part in block.parts if isinstance(part, Bound) for key in part.keys}
    figures = {question.id for question in sqs.questions.values() if question.kind in ("judgement", "computed")}
    assert figures - bound == set()


@pytest.mark.parametrize(
    ("folder", "file", "language"),
    [
        (SQS, "letter.md", "en"),
        (BILINGUAL, "letter.md", "en"),
        (BILINGUAL, "letter.cy.md", "cy"),
    ],
)
def test_a_starting_letter_states_no_quantity_of_its_own(folder: Path, file: str, language: str) -> None:
    words = read_framework(folder).wording[language]
    letter = read_letter((folder / file).read_bytes(), language, file)
    prose = [part.text for block in letter.blocks for part in block.parts if isinstance(part, Words)]
    assert [found for text in prose for found in find_quantities(text, words)] == []


@pytest.mark.parametrize("file", sorted((HERE / "packs").glob("*/letter*.md")), ids=lambda file: file.parent.name)
def test_a_starting_letter_names_no_file_because_it_is_published(file: Path) -> None:
    assert re.findall(r"\w+\.(?:csv|md|ya?ml|json)\b", file.read_text("utf-8")) == []


def test_a_sentence_of_the_screening_that_is_printed_only_sometimes_prints_no_share_of_no_case() -> None:
    sometimes = re.findall(r"^\{if: (\S+)\}(.*)$", (SQS / "letter.md").read_text("utf-8"), re.MULTILINE)
    shares = [(condition, key) for condition, text in sometimes for key in re.findall(r"\{([\w.@]+): of\b", text)]
    assert [pair for pair in shares if pair[0] != pair[1]] == []


def test_every_welsh_text_of_the_specimen_is_marked_as_a_placeholder(bilingual: Framework) -> None:
    unmarked = [text for text in welsh(bilingual) if re.search(r"[^\W\d]{2}", holes_out(text)) and "[CY]" not in text]
    assert unmarked == ["cy-GB"]


def holes_out(text: str) -> str:
    return re.sub(r"\{[^}]*\}", "", text)


def welsh(value: object) -> Iterator[str]:
    """Every Welsh text of a framework, its phrase templates included."""
    if isinstance(value, Text):
        yield value.in_("cy")
    elif isinstance(value, Framework):
        yield from value.wording["cy"].templates.values()
        yield from (text for name, _ in value for text in welsh(getattr(value, name)))
    elif isinstance(value, BaseModel):
        yield from (text for name, _ in value for text in welsh(getattr(value, name)))
    elif isinstance(value, dict):
        yield from (text for item in value.values() for text in welsh(item))
    elif isinstance(value, tuple):
        yield from (text for item in value for text in welsh(item))


def test_the_specimen_has_every_phrase_template_in_both_languages(sqs: Framework, bilingual: Framework) -> None:
    wanted = set(sqs.wording["en"].templates)
    assert {code: wanted - set(words.templates) for code, words in bilingual.wording.items()} == {
        "en": set(),
        "cy": set(),
    }


# Templates, tags, macros and calls: what a program could be hidden in. Words such as "important" are none of these.
CODE = re.compile(
    r"\{\{|\{%|\$\{|\$\(|<\s*/?\s*[a-z!?]|!!|__|\b(?:eval|exec|compile|open|system)\s*\(|\blambda\b"
    r"|\bimport\s+\w+\s*$|\bfrom\s+\w+\s+import\b|^\s*import\b|^\s*(?:def|class)\s+\w+|\bjavascript:|^#!",
    re.IGNORECASE | re.MULTILINE,
)
PLANTED = """
{{ 7 * 7 }}
{% for case in cases %}
${HOME}
$(date)
<script>
</div>
<!-- hidden -->
<?php
!!python/object
().__class__
eval("1")
exec (text)
open('file')
lambda case: case
import os
from os import path
def grade(cases):
javascript:alert
#!/bin/sh
"""


def code_in(folder: Path) -> list[str]:
    """Every file of a folder that is not plain data or text, and every line in one that could be code."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix not in (".yaml", ".md"):
            found.append(path.name)
            continue
        text = path.read_text(encoding="utf-8")
        found += [f"{path.name}: {line}" for line in text.splitlines() if CODE.search(line)]
    return found


@pytest.mark.parametrize("folder", ["packs", "tests/specimens"])
def test_no_pack_and_no_specimen_contains_code(folder: str) -> None:
    assert code_in(HERE / folder) == []


@pytest.mark.parametrize("line", PLANTED.strip().splitlines())
@pytest.mark.parametrize("file", ["framework.yaml", "README.md"])
def test_code_that_is_planted_in_a_pack_is_found(line: str, file: str, tmp_path: Path) -> None:
    pack = tmp_path / "pack" / "themes"
    shutil.copytree(HERE / "packs" / "facility-review", pack)
    assert code_in(tmp_path) == []
    with (pack / file).open("a", encoding="utf-8") as text:
        text.write(f"\n{line}\n")
    assert code_in(tmp_path) == [f"{file}: {line}"]


def test_a_program_beside_a_pack_is_found(tmp_path: Path) -> None:
    (tmp_path / "rules.py").write_text("", encoding="utf-8")
    assert code_in(tmp_path) == ["rules.py"]
