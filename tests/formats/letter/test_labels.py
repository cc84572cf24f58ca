"""Every word that a writer asks for has an English default, and pack data can replace it without breaking anything."""

import re
from importlib.resources import files

import pytest

from caselight.formats.letter.labels import ENGLISH, Labels

SOURCE = files("caselight.formats.letter")
LITERAL = re.compile(r'"((?:page|annex|term|figure|part|interval|unit|table)\.[a-z_.]+)"')


def sources() -> str:
    """Every module and template of the letter, except the table itself."""
    folders = (SOURCE, SOURCE / "docx", SOURCE / "templates")
    found = [path for folder in folders for path in folder.iterdir() if path.name.endswith((".py", ".j2"))]
    return "\n".join(path.read_text("utf-8") for path in found if path.name != "labels.py")


def test_every_label_that_a_writer_names_has_an_english_default() -> None:
    named = {key for key in LITERAL.findall(sources()) if not key.endswith((".", "_"))}
    assert len(named) > 50
    assert named - set(ENGLISH) == set()


@pytest.mark.parametrize("part", ["relevant", "not_relevant", "unanswered", "contested", "sufficient", "insufficient",
                                  "not_relevant_by_rule", "not_relevant_by_inspector", "with", "without"])  # fmt: skip
def test_every_part_of_a_figure_has_a_name(part: str) -> None:
    assert f"part.{part}" in ENGLISH


@pytest.mark.parametrize(
    ("own", "key", "holes", "words"),
    [
        ({}, "figure.of", {"n": 2, "d": 3, "unit": "cases"}, "2 of 3 cases"),
        ({"figure.of": "{n} o {d}"}, "figure.of", {"n": 2, "d": 3, "unit": "achos"}, "2 o 3"),
        ({"figure.of": "{n} {slip} {"}, "figure.of", {"n": 2}, "2 {slip} {"),
        ({"figure.of": ""}, "figure.of", {"n": 1, "d": 1, "unit": "case"}, "1 of 1 case"),
    ],
)
def test_a_letters_own_label_wins_and_an_unknown_hole_stays(
    own: dict[str, str], key: str, holes: dict[str, object], words: str
) -> None:
    assert Labels(own)(key, **holes) == words


@pytest.mark.parametrize(
    ("subject", "number", "noun"),
    [("case", 1, "case"), ("case", 0, "cases"), ("case_manager", 2, "case managers"), ("victim", 1, "subject")],
)
def test_the_noun_follows_the_number(subject: str, number: int, noun: str) -> None:
    assert Labels({}).unit(subject, number) == noun
