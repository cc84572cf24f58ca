"""Differences that turn round in the parts: the classical example, the naive rule, and what divides cases at all."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.small import case, event, framework, inspection, package

from caselight.method.analysis.comparable import Inspected
from caselight.method.analysis.comparison import compare
from caselight.method.analysis.figures import figures
from caselight.method.analysis.reversals import Stratum, direction, turns_round
from caselight.method.faults import Faults
from caselight.method.statistics.two_samples import Counted

Parts = dict[str, tuple[int, int]]


def divided(name: str, parts: Parts, **more: object) -> Inspected:
    """An inspection in which A was sufficient in so many of so many cases of each value of the fact ``psr``."""
    subjects, events = [], []
    for value, (good, cases) in parts.items():
        for at in range(cases):
            key = f"{value or 'none'}{at:03}"
            subjects.append(case(key, **({"psr": value} if value else {}), **more))
            events.append(event(key, "A", "yes" if at < good else "no"))
    service = {"name": name, "short": name, "areas": [{"name": name}]}
    whole = replace(package(subjects, events), inspection=inspection(id=name.lower(), service=service))
    return Inspected(whole, figures(whole))


# Charig and others 1986: kidney stones, small and large, by open surgery and by puncture.
OPEN_SURGERY: Parts = {"yes": (81, 87), "no": (192, 263)}
PUNCTURE: Parts = {"yes": (234, 270), "no": (55, 80)}


def test_higher_in_every_part_and_lower_as_a_whole_is_pointed_out() -> None:
    found = compare(divided("North", OPEN_SURGERY), [divided("South", PUNCTURE)], by="psr")
    item = next(item for item in found.compared if item.key == "A")
    assert item.difference < 0
    assert [(part.label, part.one, part.other) for part in item.strata] == [
        ("yes", Counted(81, 87), Counted(234, 270)),
        ("no", Counted(192, 263), Counted(55, 80)),
    ]
    assert item.reversed
    assert found.by == "psr"


def test_without_a_fact_nothing_is_divided() -> None:
    found = compare(divided("North", OPEN_SURGERY), [divided("South", PUNCTURE)])
    assert {(item.strata, item.reversed) for item in found.compared} == {((), False)}


def test_cases_of_which_the_fact_is_not_known_are_a_part_of_their_own() -> None:
    found = compare(divided("North", {"yes": (1, 2), "": (1, 3)}), [divided("South", {"no": (1, 1)})], by="psr")
    (item,) = [item for item in found.compared if item.key == "A"]
    assert [(part.label, part.one, part.other) for part in item.strata] == [
        ("yes", Counted(1, 2), Counted(0, 0)),
        ("no", Counted(0, 0), Counted(1, 1)),
        ("not known", Counted(1, 3), Counted(0, 0)),
    ]


@st.composite
def counted(draw: st.DrawFn) -> Counted:
    relevant = draw(st.integers(0, 6))
    return Counted(draw(st.integers(0, relevant)), relevant)


@given(st.lists(st.tuples(counted(), counted()), min_size=1, max_size=4))
def test_it_turns_round_as_the_naive_rule_says(pairs: list[tuple[Counted, Counted]]) -> None:
    parts = [Stratum(str(at), str(at), one, other) for at, (one, other) in enumerate(pairs)]
    one, other = (
        Counted(*(sum(side[place] for side in sides) for place in (0, 1))) for sides in zip(*pairs, strict=True)
    )
    both = [(a.sufficient / a.relevant, b.sufficient / b.relevant) for a, b in pairs if a.relevant and b.relevant]
    if not one.relevant or not other.relevant or len(both) < 2:
        assert not turns_round(one, other, parts)
        return
    p, q = one.sufficient / one.relevant, other.sufficient / other.relevant
    up, down = any(a > b for a, b in both), any(a < b for a, b in both)
    assert turns_round(one, other, parts) == ((p > q and down and not up) or (p < q and up and not down))


def test_parts_that_are_all_alike_are_no_reversal_though_the_whole_differs() -> None:
    easy, hard = Stratum("e", "e", Counted(1, 1), Counted(2, 2)), Stratum("h", "h", Counted(0, 3), Counted(0, 1))
    assert not turns_round(Counted(1, 4), Counted(2, 3), [easy, hard])


@pytest.mark.parametrize(
    ("one", "other", "higher"),
    [
        (Counted(1, 3), Counted(2, 6), 0),
        (Counted(2, 3), Counted(1, 2), 1),
        (Counted(1, 2), Counted(2, 3), -1),
        (Counted(33_333_333, 100_000_000), Counted(1, 3), -1),
    ],
)
def test_which_share_is_higher_is_exact(one: Counted, other: Counted, higher: int) -> None:
    assert direction(one, other) == higher


def test_one_part_alone_is_no_reversal() -> None:
    assert not turns_round(Counted(1, 4), Counted(1, 2), [Stratum("a", "a", Counted(1, 1), Counted(0, 1))])


@pytest.mark.parametrize(
    ("by", "code"),
    [
        ("colour", "comparison.unknown-fact"),
        ("started", "comparison.fact-has-no-parts"),
    ],
)
def test_a_fact_that_divides_nothing_is_refused(by: str, code: str) -> None:
    with pytest.raises(Faults) as refused:
        compare(divided("North", OPEN_SURGERY), [divided("South", PUNCTURE)], by=by)
    assert [fault.code for fault in refused.value] == [code]


def test_a_fact_that_the_other_side_does_not_record_alike_is_refused() -> None:
    south = divided("South", PUNCTURE)
    facts = [fact.model_dump(mode="json") for fact in south.package.framework.facts if fact.id != "custodial"]
    without = framework(facts=facts, populations=[])
    other = Inspected(replace(south.package, framework=without), south.figures)
    with pytest.raises(Faults) as refused:
        compare(divided("North", OPEN_SURGERY), [other], by="custodial")
    assert [fault.code for fault in refused.value] == ["comparison.fact-differs"]
