"""Whom a design draws from: eligible cases inside its window and rule, less exclusions and second cases of a person.

Everything that takes a case out has a code and words, and every step is a change of the population's size. A case whose
facts do not decide is out, and the reason says what is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caselight.method.caseload.case import FactValue
from caselight.method.caseload.eligibility import Span, SuppliedFacts, judge
from caselight.method.faults import quoted
from caselight.method.framework.rules import Rule, Truth, references
from caselight.method.framework.sampling import SamePerson, SampleDesign
from caselight.method.framework.truth import truth
from caselight.method.sampling.allocation.changes import Change, Why
from caselight.method.sampling.design import Caseload


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A case that a design does not draw from: the code, the exclusion's id where there is one, and words."""

    why: Why
    rule: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Population:
    """The cases that a design draws from, those it leaves out, and how the number came about."""

    cases: Caseload
    left_out: Mapping[str, LeftOut]
    changes: tuple[Change, ...]


def population_of(caseload: Caseload, design: SampleDesign, span: Span | None = None) -> Population:
    """The population of one design. ``caseload`` holds the facts of every eligible case; ``span`` is its own window.

    >>> from caselight.method.framework.sampling import Size
    >>> from caselight.method.framework.rules import Test
    >>> girls = SampleDesign(id="g", title="G", where=Test(fact="sex", is_="female"), size=Size(all=True), provenance="own-design")
    >>> found = population_of({"a": {"sex": "female"}, "b": {"sex": "male"}}, girls)
    >>> [(change.why.value, change.size) for change in found.changes]
    [('LISTED', 2), ('OUTSIDE_POPULATION', 1)]
    """
    left_out = {key: out for key, facts in sorted(caseload.items()) if (out := _out(facts, design, span))}
    if design.same_person is not None:
        inside = {key: facts for key, facts in sorted(caseload.items()) if key not in left_out}
        left_out |= _second_cases(inside, design.same_person)
    cases = {key: caseload[key] for key in sorted(caseload) if key not in left_out}
    return Population(cases, left_out, tuple(_changes(len(caseload), left_out, design)))


def _changes(listed: int, left_out: Mapping[str, LeftOut], design: SampleDesign) -> Iterator[Change]:
    """The size of the population after each reason, in the order in which the reasons are looked at."""
    yield Change((), Why.LISTED, listed)
    times = Counter((out.why, out.rule) for out in left_out.values())
    same = [(Why.SAME_PERSON, design.same_person.id)] if design.same_person else []
    for why, rule in (
        (Why.OUTSIDE_WINDOW, ""), (Why.OUTSIDE_POPULATION, ""), (Why.NOT_KNOWN, ""),
        *((Why.EXCLUDED, item.id) for item in design.exclusions), *same,
    ):  # fmt: skip
        if times[why, rule]:
            listed -= times[why, rule]
            yield Change((), why, listed, rule)


def _out(facts: Mapping[str, FactValue], design: SampleDesign, span: Span | None) -> LeftOut | None:
    """The first reason why a case is not in the population."""
    if span is not None and design.window is not None:
        verdict = judge(facts, span, design.window)
        if not verdict.eligible:
            known = verdict.code not in ("date_missing", "not_known")
            return LeftOut(Why.OUTSIDE_WINDOW if known else Why.NOT_KNOWN, "", verdict.reason)
    held = _holds(design.where, facts)
    if held is not True:
        return _missing(design.where, facts) if held is None else LeftOut(Why.OUTSIDE_POPULATION)
    for item in design.exclusions:
        left_out = _holds(item.when, facts)
        if left_out:
            return LeftOut(Why.EXCLUDED, item.id)
        if left_out is None:
            return _missing(item.when, facts)
    return None


def _holds(rule: Rule, facts: Mapping[str, FactValue]) -> Truth:
    return truth(rule, SuppliedFacts(facts))


def _missing(rule: Rule, facts: Mapping[str, FactValue]) -> LeftOut:
    names = sorted(name for kind, name in references(rule) if kind == "fact" and facts.get(name) is None)
    return LeftOut(Why.NOT_KNOWN, "", f"Not supplied: {', '.join(names) or 'what the rule needs'}.")


def _second_cases(cases: Caseload, same: SamePerson) -> dict[str, LeftOut]:
    """All but one case of each person. Who agrees with one case of a person is that person."""
    person = {key: key for key in cases}

    def first(key: str) -> str:
        while person[key] != key:
            person[key] = person[person[key]]
            key = person[key]
        return key

    seen: dict[tuple[object, ...], str] = {}
    for at, names in enumerate(same.agree_in):
        for key, facts in cases.items():
            values = tuple(facts.get(name) for name in names)
            if None not in values and "" not in values:
                person[first(key)] = first(seen.setdefault((at, *values), key))
    groups: dict[str, list[str]] = {}
    for key in cases:
        groups.setdefault(first(key), []).append(key)
    out: dict[str, LeftOut] = {}
    for keys in groups.values():
        kept = _kept(keys, cases, same)
        out |= {
            key: LeftOut(Why.SAME_PERSON, same.id, f"The same person as {quoted(kept)}.") for key in keys if key != kept
        }
    return out


def _kept(keys: list[str], cases: Caseload, same: SamePerson) -> str:
    """The case with the earliest or latest day; one without a day comes last; ties by key."""
    dated = sorted(key for key in keys if cases[key].get(same.by) is not None) or sorted(keys)
    days = {key: str(cases[key].get(same.by)) for key in dated}  # ISO days stand in their order as text
    chosen = min(days.values()) if same.keep == "earliest" else max(days.values())
    return next(key for key in dated if days[key] == chosen)
