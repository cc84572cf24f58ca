"""What does not hold together in the designs of samples: names, bands of sizes, strata. Quotas: :mod:`.quotas`.

Strata are tried over everything that facts can be, as other rules are: one that no case can reach is an error, two that
fit the same case are a hint, because the first counts. What depends on the caseload is found when a sample is planned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations

from caselight.method.faults import DataPath, Fault, Severity, quoted
from caselight.method.framework.checks.quotas import quota_faults, unknown_name
from caselight.method.framework.checks.rules.uses import RuleUse
from caselight.method.framework.checks.worlds.search import Budget, possible
from caselight.method.framework.definition import Framework
from caselight.method.framework.rules import AllOf, Not, Rule
from caselight.method.framework.sampling import MANAGED_BY, OTHER, SampleDesign, SizeBand

MOST_STRATA = 20  # of a design, to be tried against each other


def placed_designs(framework: Framework) -> Iterator[tuple[DataPath, SampleDesign]]:
    """Every design with its path."""
    for at, design in enumerate(framework.sample.designs if framework.sample else ()):
        yield ("sample", "designs", at), design


def design_uses(framework: Framework) -> Iterator[RuleUse]:
    """The rules of designs. They are decided before anybody answers, so they look at facts only."""
    case = framework.subjects[0].id
    for path, design in placed_designs(framework):
        title = f"the design {design.id}"
        yield RuleUse((*path, "where"), design.where, "also", title, case)
        if design.window is not None:
            yield RuleUse((*path, "window", "also"), design.window.also, "also", f"the window of {title}", case)
        for at, item in enumerate(design.exclusions):
            yield RuleUse((*path, "exclusions", at, "when"), item.when, "also", f"the exclusion {item.id}", case)
        for at, stratum in enumerate(design.strata):
            yield RuleUse((*path, "strata", at, "when"), stratum.when, "also", f"the stratum {stratum.id}", case)


def design_faults(framework: Framework, in_rules: Iterable[Fault]) -> Iterator[Fault]:
    """Everything that is wrong with the designs. ``in_rules`` are faults of rules, which are not tried further."""
    broken = {fault.where[:3] for fault in in_rules if fault.where[:2] == ("sample", "designs")}
    seen: set[str] = set()
    budget = Budget()
    for path, design in placed_designs(framework):
        if design.id in seen:
            says = f"The design {quoted(design.id)} stands here a second time."
            yield Fault("framework.duplicate-id", (*path, "id"), says, "Give one of the two another id, or remove it.")
        seen.add(design.id)
        yield from _names(framework, path, design)
        yield from _twice(path, design)
        yield from _sizes((*path, "size"), design)
        yield from quota_faults(framework, path, design)
        if path not in broken:
            yield from _strata(framework, path, design, budget)


def _names(framework: Framework, path: DataPath, design: SampleDesign) -> Iterator[Fault]:
    facts = {fact.id for fact in framework.facts if fact.subject == framework.subjects[0].id}
    named: list[tuple[DataPath, str, Collection[str], str]] = []
    named += [((*path, "stratify_by", at), name, facts, "fact") for at, name in enumerate(design.stratify_by)]
    named += [((*path, "clusters", at), name, facts | {MANAGED_BY}, "fact") for at, name in enumerate(design.clusters)]
    named += [((*path, "tools", at), name, framework.subject_of_tool, "tool") for at, name in enumerate(design.tools)]
    if design.window is not None:
        named.append(((*path, "window", "start_fact"), design.window.start_fact, facts, "fact"))
        yield from _dated(framework, (*path, "window", "start_fact"), design.window.start_fact)
    if design.same_person is not None:
        where = (*path, "same_person")
        named.append(((*where, "by"), design.same_person.by, facts, "fact"))
        yield from _dated(framework, (*where, "by"), design.same_person.by)
        for at, names in enumerate(design.same_person.agree_in):
            named += [((*where, "agree_in", at, place), name, facts, "fact") for place, name in enumerate(names)]
    for where, name, known, noun in named:
        if name not in known:
            yield unknown_name(where, noun, name, known)


def _dated(framework: Framework, where: DataPath, name: str) -> Iterator[Fault]:
    fact = framework.fact_by_id.get(name)
    if fact is not None and fact.type != "date":
        says = f"The fact {quoted(name)} is no date, and a date is needed."
        yield Fault("framework.type-mismatch", where, says, "Name a fact of the type date.")


def _twice(path: DataPath, design: SampleDesign) -> Iterator[Fault]:
    lists = {"exclusions": [item.id for item in design.exclusions], "strata": [item.id for item in design.strata]}
    lists["strata"] += [design.otherwise] if design.otherwise else []
    for key, names in lists.items():
        for at, name in enumerate(names):
            if name in names[:at]:
                says = f"{quoted(name)} stands here a second time."
                where = (*path, key, at, "id") if at < len(getattr(design, key)) else (*path, "otherwise")
                yield Fault("framework.duplicate-id", where, says, "Give one of the two another id.")


def _sizes(path: DataPath, design: SampleDesign) -> Iterator[Fault]:
    size = design.size
    if size.at_least is not None and size.at_most is not None and size.at_least > size.at_most:
        says = f"The size is at least {size.at_least} and at most {size.at_most}."
        yield Fault("framework.size-bounds", path, says, "Exchange the two, or correct one.")
    if size.by_band is not None:
        yield from _bands((*path, "by_band"), size.by_band)


def _bands(path: DataPath, bands: tuple[SizeBand, ...]) -> Iterator[Fault]:
    """Walk upwards: each band begins where the one before it ends, and the last has no end."""
    expected: int | None = 0
    for at, band in sorted(enumerate(bands), key=lambda item: item[1].from_):
        if expected is None or band.from_ < expected:
            says = f"Populations from {band.from_} stand in two bands of the size."
            yield Fault("framework.size-band-overlap", (*path, at), says, "Begin it one above the end of the other.")
        elif band.from_ > max(expected, 1):
            says = f"Populations from {expected} to {band.from_ - 1} stand in no band of the size."
            yield Fault("framework.size-band-gap", (*path, at), says, f"Begin it at {expected}, or add a band.")
        if band.to is not None and band.to < band.from_:
            says = f"No population lies between {band.from_} and {band.to}."
            yield Fault("framework.size-band-empty", (*path, at), says, "Correct from or to.")
        expected = None if band.to is None or expected is None else max(expected, band.to + 1)
    if expected is not None:
        says = f"Populations from {expected} stand in no band of the size."
        yield Fault("framework.size-band-gap", path, says, "Leave to out of the last band, so that it has no end.")


def _strata(framework: Framework, path: DataPath, design: SampleDesign, budget: Budget) -> Iterator[Fault]:
    """Strata that no case can reach, strata that share cases, and cases that no stratum is for."""
    rules = [stratum.when for stratum in design.strata[:MOST_STRATA]]
    for at, rule in enumerate(rules):
        if at and possible(framework, _all(rule, *map(_not, rules[:at])), budget) == {False}:
            says = f"No case can be of the stratum {quoted(design.strata[at].id)}: those before it take them all."
            where = (*path, "strata", at, "when")
            yield Fault("framework.stratum-unreachable", where, says, "Move it up, or remove it.")
    both = next((pair for pair in combinations(range(len(rules)), 2) if _meet(framework, rules, pair, budget)), None)
    if both:
        first, second = (quoted(design.strata[at].id) for at in both)
        says = f"A case can fit the strata {first} and {second}."
        cure = "The first counts. Where that is not meant, narrow one of the two rules."
        yield Fault("framework.strata-overlap", (*path, "strata", both[1], "when"), says, cure, Severity.HINT)
    left_over = rules and design.otherwise is None and len(rules) == len(design.strata)
    if left_over and True in (possible(framework, _all(*map(_not, rules)), budget) or ()):
        says = f"A case can fit none of the strata; it would be of the stratum {quoted(OTHER)}."
        cure = "Add a stratum, or name one in otherwise."
        yield Fault("framework.strata-gap", (*path, "strata"), says, cure, Severity.HINT)


def _meet(framework: Framework, rules: list[Rule], pair: tuple[int, int], budget: Budget) -> bool:
    return True in (possible(framework, _all(*(rules[at] for at in pair)), budget) or ())


def _all(*rules: Rule) -> Rule:
    return AllOf.model_construct(all=tuple(rules)) if len(rules) > 1 else rules[0]


def _not(rule: Rule) -> Rule:
    return Not.model_construct(not_=rule)
