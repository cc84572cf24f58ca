"""Words for shares: no overlap and no gap that was not declared, in exact arithmetic."""

import pytest
from tests.factories import told

BANDS = """\
        - {words: [all], from: "1", to: "1", exact: true}
        - {words: [most], from: 50%, to: 100%}
        - {words: [some], from: 0%, to: 50%, above: true}
        - {words: [none], from: "0", to: "0", exact: true}
"""


def bands(*lines: str, declared: str = "") -> list[tuple[str, str]]:
    written = "".join(f"        - {line}\n" for line in lines)
    return [("      bands:\n" + BANDS, declared + "      bands:\n" + written)]


ALL = '{words: [all], from: "1", to: "1", exact: true}'
NONE = '{words: [none], from: "0", to: "0", exact: true}'


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("framework.band-gap", [ALL, "«{words: [most], from: 63%, to: 100%}", "{words: [some], from: 0%, to: 62%}"]),
        ("framework.band-gap", ["«" + ALL, "{words: [most], from: 0%, to: 99%}"]),
        # only 50% itself has no word
        ("framework.band-gap", [ALL, "«{words: [most], from: 50%, to: 100%, above: true}", "{words: [some], from: 0%, to: 50%}"]),
        # nought itself has no word
        ("framework.band-gap", ["«{words: [some], from: 0%, to: 100%, above: true, up_to_and_including: true}"]),
        ("framework.band-overlap", [ALL, "{words: [most], from: 50%, to: 100%}",
                                    "«{words: [some], from: 0%, to: 50%, up_to_and_including: true}"]),
        ("framework.band-overlap", [ALL, "«{words: [most], from: 0%, to: 100%, up_to_and_including: true}"]),
        # a third lies between 33.3% and 33.4%
        ("framework.band-overlap", [ALL, "{words: [most], from: 33.3%, to: 100%}", "«{words: [some], from: 0%, to: 1/3}"]),
        ("framework.band-outside", [ALL, "{words: [most], from: 0%, to: «101%}"]),
        ("framework.band-not-a-point", ["«{words: [all], from: 0%, to: 100%, exact: true}"]),
        ("framework.band-empty", ["«{words: [half], from: 50%, to: 50%}"]),
        ("framework.band-word-twice", [ALL, "{words: [most, «All], from: 0%, to: 100%}"]),
    ],
)  # fmt: skip
def test_a_scale_has_one_word_for_each_share(code: str, lines: list[str]) -> None:
    faults, place = told(*bands(*lines))
    assert faults == [(code, place)]


def test_a_gap_at_the_top_is_told_at_the_bands() -> None:
    faults, _ = told(*bands(NONE, "{words: [some], from: 0%, to: 100%, above: true}"))
    assert [code for code, _ in faults] == ["framework.band-gap"]


@pytest.mark.parametrize(
    ("declared", "lines"),
    [
        ("      overlaps: allowed\n", [ALL, "{words: [most], from: 0%, to: 100%, up_to_and_including: true}"]),
        ("      gaps: allowed\n", [ALL, NONE]),
        # three bands of different kinds meet without a gap
        ("", [ALL, "{words: [most], from: 50%, to: 100%, above: true}", '{words: [half], from: "1/2", to: 50%, exact: true}',
              "{words: [few], from: 0%, to: 50%}"]),
        # "a small number" is limited to four cases; that five cases then have no word is its purpose
        ("", [ALL, "{words: [most], from: 20%, to: 100%}", "{words: [a small number], from: 0%, to: 20%, most_cases: 4}"]),
    ],
)  # fmt: skip
def test_what_is_declared_or_meets_exactly_is_accepted(declared: str, lines: list[str]) -> None:
    assert told(*bands(*lines, declared=declared))[0] == []
