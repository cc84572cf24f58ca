"""What the page on encoding criteria shows of the pack is what stands in the pack."""

from __future__ import annotations

import textwrap

import pytest
from tests.repository.pages import ROOT, fenced, text_of

PACK = ROOT / "packs" / "facility-review"
EXCERPTS = [
    block.text
    for block in fenced(text_of("docs/how-to/encode-a-framework-from-criteria.md"))
    if block.kind == "yaml" and not block.file
]


def files() -> list[str]:
    return [textwrap.dedent(path.read_text("utf-8")) for path in sorted(PACK.rglob("*.yaml"))]


@pytest.mark.parametrize("number", range(len(EXCERPTS)))
def test_excerpt_stands_in_the_pack_line_by_line(number: int) -> None:
    assert any(EXCERPTS[number] in text for text in files())


def test_there_are_excerpts_of_every_step() -> None:
    shown = "".join(EXCERPTS)
    steps = [
        "rated: site",
        "points: {themes:",
        "grades:",
        "cuts:",
        "caps:",
        "duties:",
        "not_relevant_reasons:",
        "questions:",
    ]
    assert [step for step in steps if step not in shown] == []
