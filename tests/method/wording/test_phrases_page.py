"""docs/reference/phrases.md is true: every template and style is there, and every example prints what the page says."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from tests.factories.english import english

from caselight.method.wording.amounts import Amount, Rate, Refusal, Setting
from caselight.method.wording.definition import Language
from caselight.method.wording.phrases import STYLES, phrase
from caselight.method.wording.quantifiers import scale_table

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "phrases.md").read_text("utf-8")
ROW = re.compile(r"^\| `([^`]+)` \| `([^`]+)` \| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
EXAMPLES = ROW.findall(PAGE)
RATED = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| ([^`|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)


def amount(text: str, one: str = "case", many: str = "cases") -> Amount:
    n, d = text.split(" of ")
    return Amount(int(n), int(d), 34, one, many, question="X")


def rates(figure: str) -> list[Rate]:
    noun = "the England and Wales average"
    if figure.startswith("stated: "):
        return [Rate(None, "m", noun, figure.removeprefix("stated: "))]
    return [Rate(Decimal(value.rstrip("%")), "m", noun) for value in figure.split(", ")]


def rendered(source: str, figure: str, language: Language) -> str | Refusal:
    """What the letter prints for an example of the page."""
    if source == "scale":
        return next(explained for words, explained in scale_table(language) if figure in words.split(", "))
    _, _, asked = source.strip("{}").partition(": ")
    style, *written = asked.split("; ")
    options = dict(option.split("=", 1) for option in written)
    main, *others = figure.split("; ")
    named = {}
    for other in others:
        key, text = other.split(" ", 1)
        named[key] = amount(text, "custodial case", "custodial cases")
    amounts = rates(main) if style in {"rates", "direction"} else [amount(main)]
    return phrase(style, amounts, language, options=options, setting=Setting(percentages=True, named=named))


def test_every_template_of_the_pack_is_on_the_page_as_it_is() -> None:
    assert {name: text for name, text, *_ in [*EXAMPLES, *RATED]} == english().templates


def test_every_style_and_option_is_on_the_page() -> None:
    for style, options in STYLES.items():
        row = re.search(rf"^\| `{re.escape(style)}` \| [^|]+ \| (.+) \|$", PAGE, re.MULTILINE)
        assert row, style
        assert set(re.findall(r"`([a-z]+)`", row[1])) == options


@pytest.mark.parametrize(("name", "text", "source", "figure", "prints"), EXAMPLES)
def test_the_example_prints_what_the_page_says(name: str, text: str, source: str, figure: str, prints: str) -> None:
    assert rendered(source, figure, english()) == prints


@pytest.mark.parametrize(("name", "text", "source", "figure", "prints"), EXAMPLES)
def test_the_example_uses_the_template_that_it_stands_beside(
    name: str, text: str, source: str, figure: str, prints: str
) -> None:
    changed = english().model_copy(update={"templates": {**english().templates, name: "changed {noun}"}})
    assert rendered(source, figure, changed) != prints
