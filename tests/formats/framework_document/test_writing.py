"""What a framework says is written as text, the same each time, and in its own language alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories.documents import page, with_question
from tests.factories.small import framework

from caselight.formats.framework_document.document import framework_document
from caselight.formats.framework_document.docx import framework_docx
from caselight.formats.framework_document.html import framework_html
from caselight.formats.framework_document.labels import ENGLISH
from caselight.formats.framework_yaml import framework_faults


def test_text_from_a_framework_is_never_markup() -> None:
    said = with_question(text="<script>alert(1)</script>", guidance="a & b")
    assert "<script>" not in said
    assert "a &amp; b" in said


@pytest.mark.parametrize("address", ["javascript:alert(1)", "A book", "ftp://x", 'https://x" onclick="y'])
def test_only_addresses_of_pages_are_links(address: str) -> None:
    said = page(sources={"BOOK": address})
    assert 'href="javascript' not in said
    assert 'onclick="y' not in said
    assert ('href="http' in said) == address.startswith("https")


def test_the_same_framework_gives_the_same_bytes() -> None:
    one, two = (framework_document(framework(), "en") for _ in range(2))
    assert framework_html(one) == framework_html(two)
    assert framework_docx(one) == framework_docx(two)


def test_document_in_another_language_has_no_english_word_of_ours() -> None:
    folder = Path(__file__).parents[2] / "specimens" / "bilingual"
    found, _ = framework_faults(folder)
    own = found.letter.labels
    assert [key for key in ENGLISH if key not in own] == []
    words = framework_document(found, "cy").words.values()
    assert all(text.startswith("[CY] ") for text in words)
