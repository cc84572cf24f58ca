"""A new framework is right from its first check, in whatever languages, and an inspection can begin with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caselight.formats.framework_yaml import framework_faults, read_framework
from caselight.formats.letter.source import read_letter
from caselight.method.faults import Faults
from caselight.method.report.letter import Bound
from caselight.procedures.beginning import new_inspection
from caselight.procedures.beginning_framework import new_framework
from caselight.procedures.checking import check_folder

LANGUAGES = [(), ("en",), ("cy",), ("en", "cy"), ("cy", "en"), ("en", "cy", "pl"), ("pt-BR",)]


@pytest.mark.parametrize("languages", LANGUAGES)
def test_new_framework_has_no_fault(languages, tmp_path):
    new_framework(tmp_path / "ours", "Our audit", languages)
    framework, faults = framework_faults(tmp_path / "ours")
    assert faults == []
    assert framework.languages == (languages or ("en",))
    assert framework.title.in_(framework.languages[0]) == "Our audit"


@pytest.mark.parametrize("languages", LANGUAGES)
def test_inspection_can_begin_with_it(languages, tmp_path):
    new_framework(tmp_path / "ours", "Our audit", languages)
    new_inspection(tmp_path / "spring", str(tmp_path / "ours"), "Testshire")
    assert {fault.code for fault in check_folder(tmp_path / "spring").faults} <= {"letter.not-yet"}


def test_it_shows_a_gate_with_what_it_opens_a_fact_and_reasons_with_a_note(tmp_path):
    new_framework(tmp_path / "ours", "", ())
    framework = read_framework(tmp_path / "ours")
    assert [question.kind for question in framework.questions.values()] == [
        "judgement",
        "gate",
        "judgement",
        "judgement",
    ]
    assert framework.reasons_of(framework.questions["A1"])[-1].needs_note
    assert framework.title.in_("en") == "ours"


def test_its_letter_binds_every_question_that_makes_a_figure(tmp_path):
    new_framework(tmp_path / "ours", "", ("en", "cy"))
    framework = read_framework(tmp_path / "ours")
    figures = {question.id for question in framework.questions.values() if question.kind == "judgement"}
    for file, language in (("letter.md", "en"), ("letter.cy.md", "cy")):
        letter = read_letter((tmp_path / "ours" / file).read_bytes(), language, file)
        bound = {key for block in letter.blocks for part in block.parts if isinstance(part, Bound) for key in part.keys}
        assert figures <= bound


def test_texts_in_another_language_are_marked_until_somebody_translates_them(tmp_path):
    new_framework(tmp_path / "ours", "Ein cwestiynau", ("cy", "en"))
    framework = read_framework(tmp_path / "ours")
    assert framework.title.in_("cy") == "Ein cwestiynau"
    assert framework.questions["A1"].text.in_("cy").startswith("[cy] ")
    assert not framework.questions["A1"].text.in_("en").startswith("[")


@given(title=st.text(max_size=80))
def test_title_may_be_anything(title, tmp_path_factory):
    folder = tmp_path_factory.mktemp("title") / "ours"
    new_framework(folder, title, ("en", "cy"))
    assert framework_faults(folder)[1] == []


@pytest.mark.parametrize("name", ["zürich", "2026", "true", "日本", "a b"])
def test_folder_may_be_called_anything(name, tmp_path):
    new_framework(tmp_path / name, "", ())
    assert framework_faults(tmp_path / name)[1] == []


@pytest.mark.parametrize("code", ["", "English", "e", "en_GB", "../x", "en\ncy"])
def test_what_is_no_language_is_refused_and_nothing_is_written(code, tmp_path):
    with pytest.raises(Faults) as raised:
        new_framework(tmp_path / "ours", "", (code,))
    assert [fault.code for fault in raised.value] == ["new.language"]
    assert not (tmp_path / "ours").exists()


def test_it_writes_over_nothing(tmp_path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "thesis.txt").write_text("mine", "utf-8")
    with pytest.raises(Faults) as raised:
        new_framework(tmp_path / "ours", "", ())
    assert [fault.code for fault in raised.value] == ["new.folder-exists"]
    assert [path.name for path in (tmp_path / "ours").iterdir()] == ["thesis.txt"]


def test_the_same_call_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        new_framework(tmp_path / name / "ours", "Our audit", ("en", "cy"))
    one, two = (sorted(p for p in (tmp_path / name).rglob("*") if p.is_file()) for name in ("one", "two"))
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]
