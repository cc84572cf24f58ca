"""Any YAML of ours becomes a model or faults with a place; shown with the dates and lists of an inspection."""

import pytest
from pydantic import BaseModel, ConfigDict

from caselight.formats.located_yaml import read_yaml
from caselight.formats.typed_yaml import known_keys, read_as
from caselight.method.framework.definition import Framework
from caselight.method.inspection.definition import Dates


def faults_of(model: type[BaseModel], text: str) -> list[tuple[str, str]]:
    located = read_yaml(text.encode(), "inspection.yaml")
    return [(fault.code, str(fault.place)) for fault in read_as(model, located.value, located)[1]]


DATES = "announced: 2015-11-27\nfieldwork_from: 2015-12-14\nfieldwork_to: 2015-12-16\n"


def test_dates_are_read_from_text() -> None:
    located = read_yaml(DATES.encode(), "inspection.yaml")
    dates, faults = read_as(Dates, located.value, located)
    assert faults == []
    assert dates is not None
    assert dates.announced.isoformat() == "2015-11-27"


@pytest.mark.parametrize(
    ("code", "place", "text"),
    [
        ("yaml.not-a-date", "inspection.yaml:1:12", DATES.replace("2015-11-27", "2015-13-27")),
        ("yaml.not-a-date", "inspection.yaml:1:12", DATES.replace("2015-11-27", "soon")),
        ("yaml.wrong-type", "inspection.yaml:1:12", DATES.replace("2015-11-27", "[2015]")),
        ("yaml.does-not-fit", "inspection.yaml:1:1", DATES.replace("2015-12-16", "2015-12-01")),
        ("yaml.missing-key", "inspection.yaml:1:1", DATES.partition("\n")[2]),
        ("yaml.wrong-type", "inspection.yaml:1:1", "- a\n"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(code: str, place: str, text: str) -> None:
    assert faults_of(Dates, text) == [(code, place)]


class Shelf(BaseModel):
    """A model with a union of two lists and a mapping whose keys look like the names of branches."""

    model_config = ConfigDict(strict=True, extra="forbid")
    books: dict[str, int] | str
    size: int | float = 1


@pytest.mark.parametrize(
    ("faults", "text"),
    [
        ([("yaml.wrong-type", "inspection.yaml:1:8")], "books: 3\n"),  # one fault, not one per branch
        ([("yaml.wrong-type", "inspection.yaml:1:14")], "books: {str: x}\n"),
        ([("yaml.wrong-type", "inspection.yaml:2:7")], "books: x\nsize: true\n"),
        ([("yaml.wrong-type", "inspection.yaml:1:12"), ("yaml.wrong-type", "inspection.yaml:2:7")],
         "books: {a: x}\nsize: []\n"),
    ],
)  # fmt: skip
def test_a_union_gives_one_fault_about_what_was_meant(faults: list[tuple[str, str]], text: str) -> None:
    assert faults_of(Shelf, text) == faults


def test_the_keys_that_may_stand_somewhere_are_known() -> None:
    assert known_keys(Framework, ("bank",)) == ["id", "title"]
    assert {"all", "any", "not", "fact", "is"} <= set(known_keys(Framework, ("counts", 0, "where", "all", 3)))
    assert known_keys(Framework, ("wording", "en", "joins")) == []
