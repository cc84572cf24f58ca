"""Every quantity in prose is found, and innocent sentences carry none."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.english import english

from caselight.method.wording.amounts import Amount
from caselight.method.wording.guards import agrees
from caselight.method.wording.quantities import find_dates, find_quantities

REFERENCE = Path(__file__).parents[2] / "reference" / "quantity-phrases.json"
PUBLISHED = json.loads(REFERENCE.read_text("utf-8"))["phrases"]


def words(text: str, allowed: tuple[str, ...] = ()) -> list[str]:
    return [found for _, _, found in find_quantities(text, english(), allowed)]


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: f"{entry['id']} {entry['words']}")
def test_every_quantity_of_the_published_letter_is_found(entry: dict[str, str]) -> None:
    assert words(entry["words"])


@pytest.mark.parametrize(
    "entry",
    [entry for entry in PUBLISHED if entry["n"] is not None],
    ids=lambda entry: f"{entry['id']} {entry['words']}",
)
def test_every_number_that_the_published_letter_fixes_agrees_with_its_figure_and_with_no_neighbour(
    entry: dict[str, str | int],
) -> None:
    n, d, side = int(entry["n"]), int(entry["d"]), str(entry["side"])
    right = Amount(n, d, 34, "case", "cases")
    assert agrees(str(entry["words"]), right, english(), side=side) is None
    if any(letter.isdigit() for letter in str(entry["words"])):
        wrong = Amount(n - 1, d, 34, "case", "cases")
        assert agrees(str(entry["words"]), wrong, english(), side=side) is not None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Reviews took place in 23 out of 25 relevant cases.", ["23 out of 25"]),
        ("All but three of the sample were sufficient.", ["All but three of the sample"]),
        ("ALMOST ALL plans were sufficient.", ["ALMOST ALL"]),
        ("almost\u00a0all plans", ["almost\u00a0all"]),
        ("al\u200bl plans", ["al\u200bl"]),
        ("most\u00adly good", ["most\u00adly"]),
        ("twenty-eight plans", ["twenty-eight"]),
        ("twenty eight plans", ["twenty eight"]),
        ("twenty\u2011eight plans", ["twenty\u2011eight"]),
        ("two thirds of plans", ["two thirds"]),
        ("about half of them", ["about half"]),
        ("a third of plans", ["a third"]),
        ("one in three cases", ["one in three"]),
        ("½ of the plans", ["½"]),
        ("82% of plans", ["82%"]),
        ("82 per cent of plans", ["82 per cent"]),
        ("5.7 percentage points", ["5.7 percentage points"]),
        ("a dozen plans, dozens of plans", ["a dozen", "dozens"]),
        ("the small minority who objected", ["the small minority"]),
        ("Many plans, few reviews", ["Many", "few"]),
        ("plans were usually, often and sometimes late", ["usually", "often", "sometimes"]),
        ("never late, always complete", ["never", "always"]),
        ("without exception", ["without exception"]),
        ("in no case", ["no case"]),
        ("no significant weaknesses", ["no significant weaknesses"]),
        ("both of the plans", ["both of the"]),
        ("support at all stages", ["at all stages"]),
        ("not all staff", ["not all"]),
        ("across the whole sample", ["the whole sample"]),
        ("at least nine reviews", ["at least nine"]),
        ("a number of reviews", ["a number of"]),
        ("C4 and 3rd", ["C4", "3rd"]),
        ("\u0663 plans", ["\u0663"]),
        ("1,234 plans", ["1,234"]),
        ("half-hearted", ["half"]),
        ("２８ of ３２ plans", ["２８ of ３２"]),
        ("an eighth of plans, a tenth, a fourth of them", ["an eighth of", "a tenth", "a fourth of"]),
        ("one ninth and three twentieths", ["one ninth", "three twentieths"]),
        ("tens of reviews, lots of plans", ["tens of", "lots of"]),
        ("Neither was good. A mere handful of plans", ["Neither", "handful of"]),
        ("a couple were late", ["a couple"]),
        ("the rest were good", ["the rest"]),
        ("a dozen", ["a dozen"]),
        ("se\u00advenal, sev\u2063en plans", ["sev\u2063en"]),
        ("m\u034fost plans, m\u202eany plans", ["m\u034fost", "m\u202eany"]),
    ],
)
def test_a_quantity_is_found_as_its_longest_expression(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_places_are_those_of_the_text_as_given() -> None:
    text = "so\u00adme plans and al\u200bl 34"
    assert [text[start:end] for start, end, _ in find_quantities(text, english())] == ["so\u00adme", "al\u200bl 34"]


INNOCENT = """
The case manager knew the child well.
Workers spoke warmly of the children and knew the families.
Overall, planning followed the assessment.
The second plan was better than the first.
The third assessment had been copied forward.
One-to-one work helped him to understand his behaviour.
The children and their parents respected one another.
Workers and children trusted each other.
No one had told the school about the order.
She was no longer at risk from her peers.
The response did not help at all.
There is no doubt that the work made a difference.
Above all, the child felt listened to.
First of all, the worker met the family.
The plan was made with the child and the family.
The assessment was completed by the allocated worker.
Every effort was made to engage the father.
Every opportunity was taken to speak to the school.
To some extent the plan repeated the assessment.
It took some time to build trust.
The most recent review was better.
The most serious offence was dealt with at court.
This was the most effective intervention we saw described.
Most importantly, the victim was safe.
His most difficult problem was sleep.
Black, Asian and minority ethnic children were asked about their experience.
Ethnic minority children were asked about their faith.
The child reached the age of majority during the order.
He returned to school after half-term.
Her half-sister was kept informed.
The service is a single point of contact for courts.
She lives in a single parent household with her grandmother nearby.
Both the child and the parent signed the plan.
Neither the child nor the parent had seen the plan.
Both in custody and in the community, staff kept in touch.
The one-off session was well planned.
The work was as good as it was thoughtful.
The order of the sessions made sense to the child.
The plan said what would happen if the risk rose.
Staff understood the drivers of offending.
The quality of reports was impressive.
The panel heard the victim in person.
The police shared intelligence about the group.
The pre-sentence report gave the court a clear picture.
The service worked closely with schools and health.
Resettlement was planned from the outset.
The manager had read the plan before signing it.
The child wrote the agreement in his own words.
It was an all-round assessment of need.
Information was a third party report from the school.
The work was all the more impressive given the pressure on staff.
The inspector returned once the plan had been found.
Staff made the most of the sessions with the family.
Transport was offered so that the family could attend.
In general terms the guidance is clear.
In the words of one inspector, the plan read like a conversation.
The other agency did not answer the letter.
A different one was used for the panel.
Violence was met with zero tolerance at the unit.
The line manager checked the work against the standard.
The youth court asked for the report, and it was ready.
We thank the staff and volunteers who helped us.
Invented names stand for the children.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", INNOCENT)
def test_an_innocent_sentence_carries_no_quantity(sentence: str) -> None:
    assert words(sentence) == []


def test_there_are_at_least_sixty_innocent_sentences() -> None:
    assert len(INNOCENT) >= 60


@pytest.mark.parametrize(
    "sentence",
    ["Support was offered at all stages.", "The most cases were good at one visit.", "In one of us, all 34."],
)
def test_an_allowed_expression_hides_no_other_quantity(sentence: str) -> None:
    assert words(sentence)


def test_names_that_a_framework_allows_are_exempt_and_are_no_notation() -> None:
    assert words("under Section 47 of the Act", ("Section 47",)) == []
    assert words("the (one) programme", ("the (one) programme",)) == ["one"]
    assert words("under Section 48 of the Act", ("Section 47",)) == ["48"]


@given(st.text(max_size=200))
def test_any_text_can_be_searched_and_every_digit_is_found(text: str) -> None:
    found = find_quantities(text, english())
    covered = {place for start, end, _ in found for place in range(start, end)}
    assert all(text[start:end] == said for start, end, said in found)
    assert [start for start, _, _ in found] == sorted(start for start, _, _ in found)
    assert {place for place, letter in enumerate(text) if letter in "0123456789"} <= covered


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 14-16 December 2015 on", [("14-16 December 2015", (2015,))]),
        ("from 14 to 16 December 2015 on", [("14 to 16 December 2015", (2015,))]),
        ("on 27 January 2016", [("27 January 2016", (2016,))]),
        ("January 2013 - December 2103", [("January 2013", (2013,)), ("December 2103", (2103,))]),
        ("on 2015-12-14", [("2015-12-14", (2015,))]),
        ("on 1st March", [("1st March", ())]),
        ("in 2012 staff may march", []),
        ("28 may have been weak", []),
        ("in 9 of 12 may be", []),
        ("in 28 of 32 March cases", []),
        ("in 9 of 12 May 2015 cases", [("12 May 2015", (2015,))]),
        ("on 14 and 15 December", [("14 and 15 December", ())]),
        ("on 30 November to 2 December 2015", [("30 November", ()), ("2 December 2015", (2015,))]),
        ("on 0 May, 32 May, 45 May", []),
    ],
)
def test_dates_are_found_with_their_years(text: str, found: list[tuple[str, tuple[int, ...]]]) -> None:
    assert [(date.words, date.years) for date in find_dates(text, english())] == found
