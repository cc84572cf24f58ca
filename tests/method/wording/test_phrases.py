"""Bound phrases: what each style prints, and what it refuses. The page of examples is tested beside this."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.english import english

from caselight.method.wording.amounts import Amount, Rate, Refusal, Setting
from caselight.method.wording.guards import agrees
from caselight.method.wording.phrases import STYLES, TRACE_STYLES, phrase
from caselight.method.wording.phrases.rates import RATE_STYLES

AMOUNTS = st.integers(1, 120).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))


def amount(n: int, d: int, sample: int = 34, **more: object) -> Amount:
    return Amount(n, d, sample, "case", "cases", **more)  # type: ignore[arg-type]


def said(style: str, what: Amount, setting: Setting | None = None, **options: str) -> str | Refusal:
    return phrase(style, [what], english(), options=options, setting=setting)


def code(result: str | Refusal) -> str:
    assert isinstance(result, Refusal), result
    assert result.says.endswith((".", "…”"))
    assert result.cure.endswith((".", "?"))
    return result.code


@pytest.mark.parametrize(
    ("style", "n", "d", "options", "why"),
    [
        ("all", 33, 34, {}, "letter.all-with-exceptions"),
        ("each", 8, 9, {}, "letter.all-with-exceptions"),
        ("every", 0, 9, {}, "letter.all-with-exceptions"),
        ("all but", 34, 34, {}, "letter.all-but-none"),
        ("all but", 0, 34, {}, "letter.all-but-all"),
        ("none", 1, 9, {}, "letter.none-with-some"),
        ("none", 0, 1, {}, "letter.none-of-one"),
        ("none relevant", 3, 9, {}, "letter.cases-were-relevant"),
        ("single", 2, 2, {}, "letter.single-of-many"),
        ("single", 0, 1, {}, "letter.single-on-the-other-side"),
        ("failures", 9, 9, {}, "letter.no-failures"),
        ("complement", 9, 9, {}, "letter.complement-of-all"),
        ("quantifier", 5, 9, {}, "letter.no-word-for-share"),
        ("quantifier", 28, 36, {"word": "almost all"}, "letter.word-outside-band"),
        ("quantifier", 8, 9, {"word": "almost all"}, "letter.word-below-minimum"),
        ("quantifier", 9, 10, {"word": "almost all"}, "letter.word-for-one-exception"),
        ("quantifier", 30, 34, {"word": "oodles"}, "letter.unknown-quantity-word"),
        ("percent", 28, 34, {}, "letter.percent-not-allowed"),
        ("all but", 19, 22, {"base": "sample"}, "letter.base-is-not-the-sample"),
        ("all but", 19, 22, {"base": "R9"}, "letter.unknown-figure"),
        ("all but", 19, 22, {"base": "R3"}, "letter.base-differs"),
        ("subset", 28, 31, {"part": "R9"}, "letter.unknown-figure"),
        ("of", 28, 31, {"noun": "most cases"}, "letter.quantity-in-noun"),
        ("of", 28, 31, {"side": "good"}, "letter.option-value"),
        ("of", 28, 31, {"numbers": "words"}, "letter.unknown-option"),
        ("of", 28, 31, {"colour": "red"}, "letter.unknown-option"),
        ("off", 28, 31, {}, "letter.unknown-style"),
        ("all", 34, 34, {"base": "sample", "noun": "cases"}, "letter.option-not-for-style"),
        ("complement", 33, 34, {"noun": "weak files"}, "letter.noun-needs-both-forms"),
        ("rates", 28, 31, {}, "letter.style-of-another-kind"),
    ],
)
def test_a_style_whose_condition_fails_is_refused(
    style: str, n: int, d: int, options: dict[str, str], why: str
) -> None:
    setting = Setting(named={"R3": amount(17, 17)})
    assert code(said(style, amount(n, d), setting, **options)) == why


@pytest.mark.parametrize("style", sorted(set(STYLES) - RATE_STYLES - {"none relevant"}))
def test_a_base_of_nought_is_never_phrased_as_a_share(style: str) -> None:
    setting = Setting(percentages=True, named={"PART": amount(0, 0)})
    assert code(said(style, amount(0, 0), setting)) == "letter.no-case-relevant"
    assert said("none relevant", amount(0, 0)) == "no case was relevant"


@pytest.mark.parametrize(
    ("style", "d"), [(style, d) for style in ("of", "out of", "of the", "all but") for d in (33, 34)]
)
def test_relevant_is_printed_only_when_the_base_is_smaller_than_the_sample(style: str, d: int) -> None:
    assert ("relevant" in str(said(style, amount(30, d)))) is (d < 34)
    assert "relevant" not in str(said(style, amount(30, d), noun="plans"))


@pytest.mark.parametrize(
    ("style", "options", "prints"),
    [
        ("of", {"side": "insufficient"}, "4 of 32 relevant cases"),
        ("of", {"noun": ""}, "28 of 32"),
        ("complement", {"side": "insufficient"}, "the 28 which did not"),
        ("complement", {"numbers": "digits"}, "the 4 which did not"),
        ("complement", {"side": "insufficient", "numbers": "words"}, "the twenty-eight which did not"),
        ("failures", {"noun": "plan|plans"}, "four plans"),
        ("failures", {"noun": "plan"}, "four plans"),
        ("quantifier", {"noun": ""}, "the vast majority"),
        ("quantifier", {"noun": "plans"}, "the vast majority of plans"),
    ],
)
def test_options_change_what_is_printed(style: str, options: dict[str, str], prints: str) -> None:
    assert said(style, amount(28, 32), **options) == prints


def test_the_noun_follows_the_number() -> None:
    assert said("failures", amount(33, 34)) == "one case"
    assert said("failures", amount(33, 34), noun="plans") == "one plan"
    assert said("complement", amount(33, 34), noun="weak file|weak files") == "the one weak file"
    assert said("of", amount(1, 1)) == "1 of 1 relevant case"


def test_house_style_decides_how_far_words_go() -> None:
    assert said("count", amount(9, 34), Setting(words_up_to=0)) == "9 cases"
    assert said("count", amount(12, 34), Setting(words_up_to=12)) == "twelve cases"
    assert said("count", amount(0, 34), Setting(words_up_to=0)) == "no cases"
    assert said("all but", amount(31, 34), Setting(words_up_to=20)) == "all but 3 of 34 cases"


def test_a_phrase_begins_a_sentence_with_a_capital() -> None:
    assert said("count", amount(9, 34), Setting(sentence_start=True), base="sample") == "Nine of our sample"
    assert said("of", amount(28, 32), Setting(sentence_start=True)) == "28 of 32 relevant cases"


def test_failures_of_an_adverse_figure_are_those_with_the_need() -> None:
    assert said("failures", amount(7, 16, adverse=True), noun="case managers") == "seven case managers"


def test_a_subset_belongs_to_its_question_and_fits_inside_its_whole() -> None:
    whole = amount(28, 31, question="C4")
    parts = {
        "fits": amount(9, 9, question="C4"),
        "other": amount(9, 9, question="C8"),
        "more": amount(29, 30, question="C4"),
        "failing": amount(1, 5, question="C4"),
        "empty": amount(0, 0, question="C4"),
    }
    results = {key: said("subset", whole, Setting(named=parts), part=key) for key in parts}
    assert results.pop("fits") == "28 of 31 relevant cases, including all nine cases"
    assert {key: code(result) for key, result in results.items()} == {
        "other": "letter.subset-of-another-question",
        "more": "letter.subset-larger-than-its-whole",
        "failing": "letter.subset-larger-than-its-whole",
        "empty": "letter.no-case-relevant",
    }


@pytest.mark.parametrize(
    ("n", "d", "places", "result"),
    [
        (28, 34, "0", "82%"),
        (28, 34, "1", "82.4%"),
        (5, 9, "0", "letter.percent-below-minimum"),
        (999, 1000, "0", "letter.percent-hides-exceptions"),
        (1, 1000, "0", "letter.percent-hides-exceptions"),
        (999, 1000, "1", "99.9%"),
        (34, 34, "0", "100%"),
    ],
)
def test_a_percentage_hides_nothing(n: int, d: int, places: str, result: str) -> None:
    printed = said("percent", amount(n, d, d), Setting(percentages=True), places=places)
    assert (printed if isinstance(printed, str) else printed.code) == result


def test_a_phrase_is_about_exactly_one_figure_of_the_right_kind() -> None:
    two = [amount(1, 2), amount(1, 2)]
    assert code(phrase("of", two, english())) == "letter.one-figure-only"
    assert code(phrase("of", [], english())) == "letter.one-figure-only"
    assert code(phrase("of", [Rate(None, "m")], english())) == "letter.style-of-another-kind"


def test_a_language_that_lacks_a_template_says_so() -> None:
    bare = english().model_copy(update={"templates": {}})
    assert code(phrase("of", [amount(1, 2)], bare)) == "letter.no-template"


def test_styles_of_the_trace_are_not_phrases() -> None:
    for style in TRACE_STYLES:
        assert code(said(style, amount(1, 2))) == "letter.unknown-style"


@given(AMOUNTS)
def test_a_complement_and_its_amount_make_the_base(parts: tuple[int, int]) -> None:
    n, d = parts
    other = amount(n, d).on("insufficient")
    assert n + other.n == d
    assert other.on("insufficient") == amount(n, d)
    printed = said("complement", amount(n, d), numbers="digits")
    assert (printed == f"the {d - n} which did not") is (n < d)


@given(AMOUNTS, st.sampled_from(["of", "out of", "of the"]))
def test_a_ratio_prints_exactly_its_numbers(parts: tuple[int, int], style: str) -> None:
    n, d = parts
    printed = str(said(style, amount(n, d, d)))
    assert [int(word) for word in printed.split() if word.isdigit()] == [n, d]


@given(AMOUNTS)
def test_all_is_said_only_of_all(parts: tuple[int, int]) -> None:
    n, d = parts
    for style in ("all", "each", "every"):
        assert isinstance(said(style, amount(n, d)), str) is (n == d)


@given(AMOUNTS, st.sampled_from(["of", "out of", "of the", "all but", "all", "each", "none", "count", "quantifier"]))
def test_every_phrase_passes_the_check_of_an_authors_own_words(parts: tuple[int, int], style: str) -> None:
    n, d = parts
    printed = said(style, amount(n, d, d))
    if isinstance(printed, str):
        assert agrees(printed, amount(n, d, d), english()) is None


@given(
    st.text(max_size=20),
    st.dictionaries(st.sampled_from(["side", "noun", "base", "part", "word", "x"]), st.text(max_size=20)),
    AMOUNTS,
)
def test_whatever_an_author_writes_is_a_phrase_or_a_refusal(
    style: str, options: dict[str, str], parts: tuple[int, int]
) -> None:
    for name in (style, "of", "all but", "subset", "quantifier", "count"):
        assert isinstance(phrase(name, [amount(*parts)], english(), options=options), str | Refusal)
