"""Whom a design draws from: window, rule, exclusions with their codes, one case per person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from caselight.method.caseload.eligibility import Span
from caselight.method.framework.rules import Rule
from caselight.method.framework.sampling import SampleDesign
from caselight.method.sampling.population import population_of

RULES: TypeAdapter[Rule] = TypeAdapter(Rule)
OWN = "own-design"
SPAN = Span(date(2026, 1, 1), date(2026, 3, 31))
WINDOW = {
    "start_fact": "started",
    "latest_days_before_announcement": 0,
    "earliest_days_before_fieldwork": 0,
    "provenance": OWN,
}
SAME = {"label": "Same", "agree_in": [["pnc"], ["first", "family", "born"]], "by": "started", "provenance": OWN}


def design(**more: Any) -> SampleDesign:
    made = {"id": "d", "title": "D", "size": {"all": True}, "provenance": OWN} | more
    return SampleDesign.model_validate(made)


def case(day: int = 1, **facts: Any) -> dict[str, Any]:
    return {"started": date(2026, 2, day), "sex": "male"} | facts


@pytest.mark.parametrize(
    ("facts", "out"),
    [
        (case(), None),
        (case(started=date(2025, 12, 31)), ("OUTSIDE_WINDOW", "")),
        (case(started=None), ("NOT_KNOWN", "")),
        (case(sex="female"), ("OUTSIDE_POPULATION", "")),
        (case(sex=None), ("NOT_KNOWN", "")),
        (case(hidden="yes"), ("EXCLUDED", "hidden-name")),
    ],
)
def test_every_case_that_is_left_out_has_a_code(facts: dict[str, Any], out: tuple[str, str] | None) -> None:
    hidden = {"id": "hidden-name", "label": "Hidden", "when": {"all": [
        {"fact": "hidden", "known": True}, {"fact": "hidden", "is": "yes"}]}, "provenance": OWN}  # fmt: skip
    rules = design(where={"fact": "sex", "is": "male"}, window=WINDOW, exclusions=[hidden])
    found = population_of({"k": facts}, rules, SPAN)
    assert [(str(o.why), o.rule) for o in found.left_out.values()] == ([] if out is None else [out])
    assert len(found.cases) == (out is None)


def test_the_population_keeps_the_history_of_its_size() -> None:
    cases = {"a": case(), "b": case(sex="female"), "c": case(sex="female"), "d": case(started=date(2020, 1, 1))}
    found = population_of(cases, design(where={"fact": "sex", "is": "male"}, window=WINDOW), SPAN)
    told = [(str(change.why), change.size) for change in found.changes]
    assert told == [("LISTED", 4), ("OUTSIDE_WINDOW", 3), ("OUTSIDE_POPULATION", 1)]


@pytest.mark.parametrize(("keep", "kept"), [("earliest", ["a", "d", "e"]), ("latest", ["c", "d", "e"])])
def test_of_several_cases_of_a_person_one_is_kept(keep: str, kept: list[str]) -> None:
    born = date(2009, 5, 1)
    cases = {
        "a": case(1, pnc="1", first="x", family="y", born=born),
        "b": case(2, pnc="1"),
        "c": case(3, pnc="9", first="x", family="y", born=born),  # the same person as a, and therefore as b
        "d": case(4, first="x", family="y"),  # what is not known agrees with nothing
        "e": case(5, first="x", family="y"),
    }
    found = population_of(cases, design(same_person=SAME | {"keep": keep}))
    assert list(found.cases) == kept
    assert {str(out.why) for out in found.left_out.values()} == {"SAME_PERSON"}


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=3),
        st.fixed_dictionaries(
            {"started": st.sampled_from([None, date(2026, 1, 2), date(2026, 2, 3)])},
            optional={name: st.sampled_from(["1", "2", None]) for name in ("pnc", "first", "family", "born")},
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_one_case_is_left_of_each_person_whatever_the_order_of_rows(cases: dict[str, Any], shuffler: Any) -> None:
    rows = list(cases.items())
    shuffler.shuffle(rows)
    found = population_of(dict(rows), design(same_person=SAME))
    assert found == population_of(cases, design(same_person=SAME))
    groups = people(cases)
    assert len(found.cases) == len(groups)
    assert all(len(group & set(found.cases)) == 1 for group in groups)


def people(cases: dict[str, Any]) -> list[set[str]]:
    """Naive: merge groups for as long as two of them share a person."""
    groups = [{key} for key in cases]
    merged = True
    while merged:
        merged = False
        for one in groups:
            for other in groups:
                if one is not other and any(same(cases[a], cases[b]) for a in one for b in other):
                    one.update(other)
                    groups.remove(other)
                    merged = True
                    break
            if merged:
                break
    return groups


def same(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return any(
        all(a.get(name) is not None and a.get(name) == b.get(name) for name in names) for names in SAME["agree_in"]
    )
