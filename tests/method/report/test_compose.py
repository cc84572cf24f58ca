"""What a letter is put together from: one title, each section once, fixed text that holds only text, conditions."""

from __future__ import annotations

import pytest
from tests.factories.letters import codes, context, found

from caselight.formats.letter.source import read_source
from caselight.method.report.trace import trace

REFUSED = [
    ("# One\n\n# Two\n\n{A: rests}", "letter.title-twice"),
    ("{if: A}\n\n{A: rests}", "letter.empty-paragraph"),
    ("{if: LATER}\n\n{A: rests}", "letter.empty-paragraph"),
    ("- {if: A}\n- Other. {A: rests}", "letter.empty-paragraph"),
    (
        "## {section: strengths}\n\nOne. {A: rests}\n\n## {section: strengths}\n\nTwo. {A: rests}",
        "letter.section-twice",
    ),
    ("## {section: summary}\n\nOne. {A: rests}", "letter.section-twice"),
    ("### {theme: T}\n\nOne. {A: rests}\n\n### {theme: T}\n\nTwo. {A: rests}", "letter.section-twice"),
]


@pytest.mark.parametrize(("source", "code"), REFUSED)
def test_refused_with_its_code_and_a_place(source, code):
    assert [fault.place.line for fault in found(source) if fault.code == code]


def test_two_sections_and_one_title_are_no_fault():
    assert not codes(
        "# A\n\nGood. {A: rests}\n\n## {section: strengths}\n\n- Better. {A: rests}\n\n### {theme: T}\n\nA. {A: rests}"
    )


@pytest.mark.parametrize("inner", ["{fixed: context}", "{fixed: other}", "## {section: strengths}", "### {theme: T}"])
def test_fixed_text_holds_no_fixed_text_section_or_theme(inner):
    fixed = {
        "context": read_source(inner, "en", "fixed").blocks,
        "other": read_source("{fixed: context}", "en", "f").blocks,
    }
    assert "letter.nested-fixed-text" in codes("{fixed: context}\n\nOne. {A: rests}", fixed=fixed)


@pytest.mark.parametrize(("fact", "shown"), [("fact.published", True), ("fact.none", False)])
def test_condition_on_a_fact_holds_when_the_fact_has_a_value(fact, shown):
    made = context()
    figures = {**made.figures}
    published = figures["fact.published"]
    figures["fact.none"] = type(published)(
        **{name: getattr(published, name) for name in published.__slots__} | {"key": "fact.none", "text": {"value": ""}}
    )
    letter = trace(
        read_source(
            f"## {{section: summary}}\n\n{{if: {fact}}} It is out. {{A: rests}}\n\nOne. {{A: rests}}", "en", "letter.md"
        ),
        context(figures=figures),
    )
    assert ("It is out." in [passage.words for passage in letter.passages]) is shown
