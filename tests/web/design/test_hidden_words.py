"""What a screen reader hears beside what is seen goes on as words, on every page that a test fetches."""

from __future__ import annotations

import pytest
from lxml import html
from tests.web.auditing import hidden_words_begin_as_words

HIDDEN = '<span class="govuk-visually-hidden">'


def found(text: str) -> list[str]:
    return list(hidden_words_begin_as_words(html.document_fromstring(f"<main><button>{text}</button></main>")))


@pytest.mark.parametrize("text", ["Decide{}, Case 1</span>", "Decide{}: Case 1</span>", "Decide{}about Case 1</span>"])
def test_a_name_with_a_stray_sign_or_without_a_space_is_named(text: str) -> None:
    assert found(text.format(HIDDEN))


@pytest.mark.parametrize(
    "text", ["Decide{} about Case 1</span>", "Decide {}(Case 1)</span>", "{}Error:</span> Enter a day", "{}</span>"]
)
def test_a_name_that_reads_as_words_passes(text: str) -> None:
    assert found(text.format(HIDDEN)) == []
