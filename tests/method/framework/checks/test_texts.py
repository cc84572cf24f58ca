"""Every text is there in every language, and every source is listed."""

import pytest
from tests.factories import minimal, told

from caselight.method.framework.checks.texts import text_faults

TITLE = "title: A small framework for tests"


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("framework.missing-language", [("languages: [en]", "languages: [en, cy]"), (TITLE, "title: «Small")]),
        ("framework.missing-language", [("languages: [en]", "languages: [en, cy]"), (TITLE, "title: «{en: Small}")]),
        ("framework.surplus-language", [(TITLE, "title: {en: Small, cy: «Bach}")]),
        ("framework.language-code", [("languages: [en]", "languages: [en, «../en]")]),
        ("framework.empty-text", [(TITLE, 'title: «" "')]),
        ("framework.empty-text", [(TITLE, 'title: {en: «" "}')]),
        ("framework.unknown-source", [("source: BOOK}", "source: «BOOKS}")]),
        ("framework.unknown-source", [("source: BOOK}", 'source: «"BOOK, FILM"}')]),
    ],
)
def test_texts_cover_the_languages_and_sources_are_listed(code: str, changes: list[tuple[str, str]]) -> None:
    faults, place = told(*changes)
    assert (code, place) in faults


def test_a_language_without_wording_is_told_beside_the_wording() -> None:
    faults, place = told(("languages: [en]", "languages: [en, cy]"), ("  en:\n    name", "  «en:\n    name"))
    assert ("framework.missing-language", place) in faults


def test_every_text_of_a_framework_is_looked_at() -> None:
    bilingual = minimal().model_copy(update={"languages": ("en", "cy")})
    paths = {fault.where for fault in text_faults(bilingual) if fault.code == "framework.missing-language"}
    assert {
        ("title",),
        ("bank", "title"),
        ("screenings", 1, "title"),
        ("scales", 0, "options", 1, "label"),
        ("facts", 0, "said", "yes"),
        ("reason_lists", "usual", 0, "label"),
        ("themes", 0, "questions", 3, "guidance"),
        ("consistency", 0, "cure"),
        ("sample", "removal_reasons", 0, "label"),
        ("letter", "sections", "opening"),
        ("letter", "fixed", 0, "text"),
        ("wording", "cy"),
    } <= paths
