"""The example says what the published letter says: every exact figure, every bound, every quantity word."""

from fractions import Fraction

import pytest

from caselight.method.wording.quantifiers import misfit

from .conftest import PUBLISHED

CLAIMS = PUBLISHED["figures"]
COUNTED = [claim for claim in CLAIMS if claim["unit"] in ("case", "case manager")]
EXACT = [claim for claim in COUNTED if claim["exact"]]
BOUNDED = [claim for claim in COUNTED if not claim["exact"] and (claim["min"], claim["max"]) != (None, None)]
RENAMED = {"C5": "C4@custody"}  # one question, asked once; C5 is a part of its cases
RATES = {"CTX-03": "rate.westminster", "CTX-04": "rate.hf", "CTX-05": "rate.kc", "CTX-06": "rate.ew"}

# The words of claims without numbers: the figure, and the side of it that is counted. "No area", "several", "in most
# instances" and "entire sample" have tests of their own.
WORDS = [
    ("1.5-b", "D1", "sufficient"),
    ("2.3-d", "P6", "sufficient"),
    ("2.4-a", "P8", "sufficient"),
    ("3.1-b", "C2", "sufficient"),
    ("3.3-c", "C4", "insufficient"),
    ("3.3-d", "C6", "sufficient"),
    ("4.1-a", "D1", "sufficient"),
    ("4.2-a", "D2", "sufficient"),
    ("OM-b", "M1", "sufficient"),
    ("OM-c", "M2", "sufficient"),
    ("OM-d", "M3", "sufficient"),
    ("OM-e", "M4", "sufficient"),
    *(("AFI-a", key, "insufficient") for key in ("R1t", "R2", "P2", "R6", "P7", "C2")),
]
APART_EXACT = {"CTX-02", "1.5-a"}  # dates and shares of population
APART = {"SUM-01", "SUM-03", "1.1-b", "2.1-b", "4.1-c", "AFI-b"}


def key_of(claim):
    return RENAMED.get(claim["question_id"], claim["question_id"])


def counted(figure, claim):
    """The side of a figure that the claim counts."""
    return figure.insufficient if claim["kind"] == "complement" else figure.sufficient


def by_id(claim):
    return claim["id"]


def test_the_list_is_whole():
    assert len(CLAIMS) == 56
    assert sum(claim["exact"] for claim in CLAIMS) == 34
    assert len(EXACT) + len(RATES) + len(APART_EXACT) == 34


@pytest.mark.parametrize("claim", EXACT, ids=by_id)
def test_exact_figure_is_computed(claim, computed):
    figure = computed[key_of(claim)]
    assert counted(figure, claim) == claim["numerator"]
    if claim["denominator"] is not None:
        assert figure.relevant == claim["denominator"]
    assert (figure.unanswered, figure.contested) == (0, 0)


@pytest.mark.parametrize(("claim_id", "key"), RATES.items())
def test_published_rate_is_the_published_one(claim_id, key, computed):
    claim = next(claim for claim in CLAIMS if claim["id"] == claim_id)
    assert float(computed[key].value) == claim["numerator"]
    assert (computed[key].measure, computed[key].source) == ("EW-12M", "Ministry of Justice")


def test_the_other_facts_are_the_published_ones(computed, package):
    assert (float(computed["demog.low"].value), float(computed["demog.high"].value)) == (42.0, 58.5)
    assert computed["direction.last-year"].direction == "worse"
    dates = package.inspection.dates
    assert dates.fieldwork_from.isoformat() == PUBLISHED["fieldwork"]["from"]
    assert dates.fieldwork_to.isoformat() == PUBLISHED["fieldwork"]["to"]
    assert dates.published.isoformat() == PUBLISHED["published"]


@pytest.mark.parametrize("claim", BOUNDED, ids=by_id)
def test_bounded_claim_lies_inside_both_bounds(claim, computed):
    figure = computed[key_of(claim)]
    low = 0 if claim["min"] is None else claim["min"]
    assert low <= counted(figure, claim) <= claim["max"]
    if claim["denominator"] is not None:
        assert figure.relevant == claim["denominator"]


@pytest.mark.parametrize(("claim_id", "key", "side"), WORDS)
def test_quantity_word_is_inside_its_band(claim_id, key, side, computed, package):
    claim = next(claim for claim in CLAIMS if claim["id"] == claim_id)
    figure = computed[key]
    number = figure.insufficient if side == "insufficient" else figure.sufficient
    scale = package.framework.wording["en"].scale
    word = claim["quantity_word"]
    if word == "each":  # exact, so small bases may have it
        assert number == figure.relevant > 0
    else:
        assert misfit(scale, word, number, figure.relevant) is None


def test_every_claim_in_words_is_tested():
    assert {claim["id"] for claim in CLAIMS if "quantity_word" in claim} == {row[0] for row in WORDS} | APART


def test_vast_majority_is_true_of_all_figures_together(computed, package):
    shares = [figure for figure in computed.values() if figure.kind == "share" and not figure.where]
    pooled = Fraction(sum(f.sufficient for f in shares), sum(f.relevant for f in shares))
    assert Fraction(85, 100) <= pooled < 1
    # The published list runs from 7 of 9 to all; nothing here is lower.
    assert min(Fraction(f.sufficient, f.relevant) for f in shares) == Fraction(7, 9)


def test_several_assessments_were_marked_as_notable(cases):
    marked = [sheet for sheet in cases if sheet.standing("R1").event.notable]
    assert 3 <= len(marked) < len(cases)


def test_in_most_cases_the_assessment_looked_beyond_the_offence(cases, package):
    ticked = [sheet for sheet in cases if "looked-beyond-the-offence" in sheet.standing("P1").event.reasons]
    assert misfit(package.framework.wording["en"].scale, "most", len(ticked), len(cases)) is None


def test_some_plans_left_a_risk_without_a_response(computed):
    for key in ("P5", "C4"):
        assert 1 <= computed[key].insufficient < computed[key].relevant


def test_engagement_in_reports_was_sufficient_throughout(computed):
    assert computed["E2"].insufficient == 0
    assert computed["E2"].relevant == computed["PSR"].sufficient == 17


@pytest.mark.parametrize(("key", "cases_outside"), PUBLISHED["not_relevant"].items())
def test_as_many_cases_are_not_relevant_as_the_letter_implies(key, cases_outside, computed):
    assert computed[key].not_relevant == cases_outside
