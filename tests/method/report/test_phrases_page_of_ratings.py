"""docs/reference/phrases.md is true of measures and ratings: every template, style and option, and what examples print."""

from __future__ import annotations

import re

import pytest
from tests.factories.english import english
from tests.method.report.rated_page import said
from tests.method.wording.test_phrases_page import PAGE, RATED

from caselight.method.report.graded import STAGES, STYLES
from caselight.method.report.reached import FORMS
from caselight.method.report.scores import FORMS as SCORE_FORMS


@pytest.mark.parametrize(("name", "text", "of", "prints"), RATED)
def test_the_example_prints_what_the_page_says_and_by_that_template(name: str, text: str, of: str, prints: str) -> None:
    changed = english().model_copy(update={"templates": {**english().templates, name: "changed"}})
    assert prints in said(of, english())
    assert prints not in said(of, changed)


@pytest.mark.parametrize(
    ("option", "values"), [("stage", STAGES), ("as", SCORE_FORMS), ("form", FORMS), ("places", ("0", "1", "2", "3"))]
)
def test_every_option_of_ratings_is_on_the_page(option: str, values: tuple[str, ...]) -> None:
    section = PAGE[PAGE.index("## Measures and ratings") :]
    row = re.search(rf"^\| `{option}` \| ([^|]+) \|", section, re.MULTILINE)
    assert row
    assert tuple(re.findall(r"`([^`]+)`", row[1])) == values


def test_every_style_of_ratings_is_on_the_page() -> None:
    section = PAGE[PAGE.index("## Measures and ratings") :]
    assert [name for name in STYLES if f"| `{name}` |" not in section] == []
