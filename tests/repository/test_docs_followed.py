"""The README and the tutorial can be followed: their files are written, their commands run, and what is printed compared."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.repository.console import fits, run_page
from tests.repository.pages import fenced, text_of

FOLLOWED = [
    "README.md",
    "docs/tutorial/first-letter.md",
    "docs/how-to/change-a-framework.md",
    "docs/how-to/write-a-framework.md",
    "docs/how-to/encode-a-framework-from-criteria.md",
]


@pytest.mark.parametrize("name", FOLLOWED)
def test_every_command_of_the_page_prints_what_the_page_shows(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run_page(text_of(name), tmp_path, monkeypatch)
    assert ran
    for step in ran:
        assert fits(step.said, step.printed), "\n".join([f"$ {step.command}", *step.printed])


def test_the_readme_shows_the_two_commands_of_the_project() -> None:
    (first, *_) = [block for block in fenced(text_of("README.md")) if block.kind == "sh"]
    assert [line.split("#")[0].strip() for line in first.text.splitlines()] == ["./start demo", "./start test"]


def test_an_ellipsis_stands_for_any_lines_and_nothing_else_does() -> None:
    assert fits(["a", "…", "d"], ["a", "b", "c", "d"])
    assert fits(["…"], [])
    assert not fits(["a", "d"], ["a", "b", "d"])
    assert not fits(["a"], ["b"])
