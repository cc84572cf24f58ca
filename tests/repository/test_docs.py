"""What the documentation promises as a whole: every fault code and command is there, links lead somewhere, words are ours."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from tests.repository.fault_codes import fault_codes
from tests.repository.pages import ROOT, anchors, code, links, pages, rows, sections, text_of

from caselight.cli.main import group

COMMANDS = sections(text_of("docs/reference/commands.md"))
FAULTS = sections(text_of("docs/reference/faults.md"))


def commands(found: click.Command, name: str) -> dict[str, click.Command]:
    """Every command that does something, by its full name."""
    if not isinstance(found, click.Group):
        return {name: found}
    context = click.Context(found)
    inner = {sub: found.get_command(context, sub) for sub in found.list_commands(context)}
    return {key: value for sub, one in inner.items() if one for key, value in commands(one, f"{name} {sub}").items()}


ALL = commands(group, "caselight")


def test_every_command_is_documented_and_nothing_else() -> None:
    assert list(COMMANDS) == list(ALL)


@pytest.mark.parametrize("name", ALL)
def test_the_page_says_of_a_command_what_its_help_says(name: str) -> None:
    command, told = ALL[name], COMMANDS[name]
    context = click.Context(command, info_name=name)
    paragraphs = {" ".join(part.split()) for part in told.split("\n\n")}
    assert " ".join([name, *command.collect_usage_pieces(context)]) in paragraphs
    for paragraph in (command.help or "").split("\n\n"):
        assert " ".join(paragraph.split()) in paragraphs


@pytest.mark.parametrize("name", ALL)
def test_the_page_lists_every_option_with_its_help(name: str) -> None:
    told = {tuple(option.split("` ")): meaning for option, meaning in rows(COMMANDS[name], "Option")}
    options = [option for option in ALL[name].params if isinstance(option, click.Option)]
    context = click.Context(ALL[name])
    assert told == {_shown(option, context): option.help for option in options}


def _shown(option: click.Option, context: click.Context) -> tuple[str, ...]:
    metavar = "" if option.is_flag else f" {option.make_metavar(context)}"
    shown = f"`{option.opts[0]}{metavar}`"
    return (shown.removesuffix("`"), "(needed)") if option.required else (shown,)


def test_every_fault_code_of_the_source_is_documented_and_none_that_is_gone() -> None:
    documented = [code(row[0]) for section in FAULTS.values() for row in rows(section, "Code")]
    assert sorted(documented) == sorted(fault_codes())


def test_the_collector_of_fault_codes_finds_those_of_every_way_to_make_one() -> None:
    made = {
        "package.bad-date",  # Fault(…)
        "letter.all-with-exceptions",  # Refusal(…)
        "letter.notation",  # a function with a parameter `code`
        "letter.raw-html",  # a name `code`
    }
    assert made <= fault_codes()
    assert len(fault_codes()) > 250


def test_every_fault_says_what_it_means_and_how_to_mend_it() -> None:
    cells = [row for section in FAULTS.values() for row in rows(section, "Code")]
    assert [row for row in cells if len(row) != 3 or not all(cell.endswith((".", "?", "…")) for cell in row[1:])] == []


@pytest.mark.parametrize("page", pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for target, anchor in links(text):
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file.read_text("utf-8")), f"{target}#{anchor}"


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        page = page / "README.md" if page.is_dir() else page
        if page not in reached and page.suffix == ".md" and page.is_file():
            reached.add(page)
            waiting += [(page.parent / target).resolve() for target, _ in links(page.read_text("utf-8"))]
    assert set((ROOT / "docs").rglob("*.md")) - reached == set()


def test_the_picture_of_the_readme_is_small() -> None:
    assert (ROOT / "docs" / "images" / "letter-with-trace.png").stat().st_size < 200_000


def test_pages_use_british_spelling() -> None:
    american = re.compile(
        r"\b(\w+(ize|izes|ized|izing|ization)|judgment|behavior|color|center|analyze)\b", re.IGNORECASE
    )
    allowed = {"size", "sizes", "sized", "oversized", "prize", "sample_size"}
    found = {
        page.relative_to(ROOT).as_posix(): [hit for hit in hits if hit.lower() not in allowed]
        for page in pages()
        if (hits := [match[0] for match in american.finditer(re.sub(r"`[^`]*`", "", page.read_text("utf-8")))])
    }
    assert {name: hits for name, hits in found.items() if hits} == {}
