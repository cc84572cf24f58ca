"""The scale of quantity words: which word a share deserves, and which words lie in their own band."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.english import english

from caselight.method.wording.quantifiers import bands_of, fits, inside, misfit, scale_table, word_for

SCALE = english().scale
AMOUNTS = st.integers(1, 300).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))


@pytest.mark.parametrize(
    ("n", "d", "word"),
    [
        (34, 34, "all"),
        (1, 1, "all"),
        (33, 34, "almost all"),
        (9, 10, "all but one"),
        (10, 11, "almost all"),
        (18, 20, "almost all"),
        (17, 20, "the vast majority"),
        (89, 100, "the vast majority"),
        (75, 100, "the large majority"),
        (84, 100, "the large majority"),
        (2 * 11, 3 * 11, "most"),
        (66, 100, "over half"),
        (67, 100, "most"),
        (51, 100, "over half"),
        (8, 16, "half"),
        (7, 16, "almost half"),
        (40, 100, "almost half"),
        (39, 100, "a minority"),
        (20, 100, "a minority"),
        (4, 34, "a small number"),
        (3, 31, "a very small number"),
        (3, 22, "a small number"),
        (0, 34, "none"),
        (0, 3, "none"),
        (5, 34, None),
        (8, 9, "all but one"),
        (2, 3, "all but one"),
        (1, 2, None),
        (5, 9, None),
        (0, 0, None),
    ],
)
def test_the_word_for_a_share_is_the_first_generated_band_that_fits(n: int, d: int, word: str | None) -> None:
    assert word_for(SCALE, n, d) == word


@pytest.mark.parametrize(
    ("word", "n", "d", "why"),
    [
        ("all", 33, 34, "outside"),
        ("each", 3, 3, None),
        ("almost all", 28, 36, "outside"),
        ("almost all", 34, 34, "outside"),
        ("almost all", 9, 10, "one-exception"),
        ("almost all", 8, 9, "below-minimum"),
        ("Almost  All", 33, 34, None),
        ("nearly every", 33, 34, None),
        ("the vast majority", 85, 100, None),
        ("the vast majority", 99, 100, None),
        ("the large majority", 90, 100, "outside"),
        ("most", 2 * 12, 3 * 12, None),
        ("most", 65, 100, "outside"),
        ("half", 17, 34, None),
        ("half", 4, 8, "below-minimum"),
        ("over half", 17, 34, "outside"),
        ("a small number", 4, 34, None),
        ("a small number", 5, 34, "too-many"),
        ("a small number", 0, 34, "outside"),
        ("a very small number", 1, 10, None),
        ("a very small number", 2, 10, "outside"),
        ("all but one", 16, 17, None),
        ("all except one", 2, 3, None),
        ("all but one", 15, 17, "outside"),
        ("all but one", 0, 1, "outside"),
        ("none", 0, 5, None),
        ("a consensus", 15, 16, None),
        ("generally", 34, 34, "outside"),
        ("a dozen or so", 12, 34, "unknown"),
        ("most", 0, 0, "nobody"),
    ],
)
def test_a_word_must_lie_in_its_own_band(word: str, n: int, d: int, why: str | None) -> None:
    assert misfit(SCALE, word, n, d) == why
    assert fits(SCALE, word, n, d) is (None if why == "unknown" else why is None)


def test_only_words_that_the_scale_allows_sum_several_figures_up() -> None:
    assert fits(SCALE, "the vast majority", 90, 100, roll_up=True)
    assert not fits(SCALE, "almost all", 95, 100, roll_up=True)
    assert not fits(SCALE, "the vast majority", 100, 100, roll_up=True)
    assert not fits(SCALE, "all but one", 99, 100, roll_up=True)


@given(AMOUNTS)
def test_a_generated_word_always_passes_its_own_check(amount: tuple[int, int]) -> None:
    word = word_for(SCALE, *amount)
    assert word is None or fits(SCALE, word, *amount)


@given(AMOUNTS)
def test_all_only_when_all_and_none_only_when_none(amount: tuple[int, int]) -> None:
    n, d = amount
    assert (word_for(SCALE, n, d) == "all") is (n == d)
    assert (word_for(SCALE, n, d) == "none") is (n == 0)


@given(AMOUNTS)
def test_no_approximate_word_below_the_minimum(amount: tuple[int, int]) -> None:
    n, d = amount
    if d < SCALE.minimum:
        assert word_for(SCALE, n, d) in {None, "all", "none", "all but one"}


@given(st.integers(0, 10**6), st.sampled_from(SCALE.bands))
def test_membership_is_exact_at_the_ends(parts: int, band: object) -> None:
    low, high = band.low, band.high  # type: ignore[attr-defined]
    nudge = Fraction(1, 10**9 + parts)
    assert not inside(band, low - nudge)  # type: ignore[arg-type]
    assert not inside(band, high + nudge)  # type: ignore[arg-type]


def test_a_word_may_belong_to_the_band_that_is_only_checked() -> None:
    assert [band.generated for band in bands_of(SCALE, "THE MAJORITY")] == [False]


def test_the_scale_is_explained_to_the_reader() -> None:
    table = dict(scale_table(english()))
    assert table["almost all, nearly all, virtually all, practically all"] == "from 90% to below 100%"
    assert table["a very small number, very small number"] == "above 0%, to 10%, and at most three cases"
    assert table["two thirds, two-thirds"] == "exactly 2/3"
    assert len(table) == len(SCALE.bands) + 1
