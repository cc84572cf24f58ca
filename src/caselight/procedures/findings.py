"""The figures of an inspection of the store as people look at them: as things stand or as agreed, of all cases or some.

Figures are kept in the memory of the process under the last row of the inspection's audit chain that is not about its
letter: whatever could change a figure has a row there, written with it. Kept are figures and coded answers, never a note
or any other written words.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from caselight.formats.garbage import uncollected
from caselight.method.analysis.comparable import Inspected
from caselight.method.analysis.comparison import Comparison, compare
from caselight.method.analysis.digest import with_basis
from caselight.method.analysis.examined import Examined
from caselight.method.analysis.figure import Figures
from caselight.method.analysis.figures import figures, share
from caselight.method.answers.sheet import Sheet
from caselight.method.framework.parts import Fact
from caselight.method.inspection.package import Package
from caselight.procedures.stored import store_package
from caselight.procedures.totals import as_agreed
from caselight.store.assessments.progress import standings
from caselight.store.audit.queries import last_row
from caselight.store.inspections.keys import chain

KEPT = 6  # inspections whose figures are kept
SHARES = ("share", "people")
Where = tuple[tuple[str, str], ...]  # facts of cases and their values, all of which must hold
Subject = tuple[str, str]  # kind and key


@dataclass(frozen=True)
class Characteristic:
    """A fact by which cases can be told apart: each of its values with its words and how many cases have it."""

    fact: str
    label: str
    values: tuple[tuple[str, str, int], ...]


class Findings:
    """The figures of one inspection at one moment. Each view of them is counted when it is first asked for."""

    def __init__(self, package: Package, agreed: Collection[Subject]) -> None:
        self.package, self.agreed_subjects = package, frozenset(agreed)
        self.language = package.inspection.languages[0]
        self._views: dict[tuple[bool, Where], Figures] = {}

    @cached_property
    def examined(self) -> Examined:
        """The sheets of the inspection as things stand."""
        return Examined(self.package, self.language)

    @property
    def sheets(self) -> Mapping[str, tuple[Sheet, ...]]:
        """The sheets by kind of subject."""
        return self.examined.sheets

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What subjects are called, by key; rows that were found in a case too."""
        return {sheet.subject.key: sheet.subject.label or sheet.subject.key for sheet in self.examined.everyone}

    @property
    def agreed_cases(self) -> frozenset[Subject]:
        """The cases that count as agreed."""
        kind = self.package.framework.subjects[0].id
        return frozenset(subject for subject in self.agreed_subjects if subject[0] == kind)

    @cached_property
    def characteristics(self) -> tuple[Characteristic, ...]:
        """The facts of cases that have more than one value among those examined."""
        framework = self.package.framework
        kind = framework.subjects[0].id
        facts = (fact for fact in framework.facts if fact.subject == kind and fact.values())
        found = (_characteristic(fact, self.sheets.get(kind, ()), self.language) for fact in facts)
        return tuple(one for one in found if len(one.values) > 1)

    def figures(self, *, agreed: bool = False, where: Where = ()) -> Figures:
        """Every figure as things stand, or the shares as agreed; of the cases that ``where`` selects."""
        view = (agreed, where)
        if view not in self._views:
            with uncollected():
                self._views[view] = self._counted(agreed=agreed, where=where)
        return self._views[view]

    def shares(self, *, agreed: bool = False, where: Where = ()) -> Figures:
        """The figures that are shares of cases or of people."""
        return {key: one for key, one in self.figures(agreed=agreed, where=where).items() if one.kind in SHARES}

    def _counted(self, *, agreed: bool, where: Where) -> Figures:
        if not agreed and not where:
            return figures(self.package, self.language, examined=self.examined)
        package = as_agreed(self.package, self.agreed_subjects) if agreed else self.package
        return _shares(Examined(_only(package, where), self.language))


_kept: OrderedDict[tuple[str, object], Findings] = OrderedDict()
_lock = threading.Lock()


def findings(key: str) -> Findings:
    """The findings of an inspection as they stand now. Raises ``store.no-inspection``."""
    name = (key, last_row(chain(key), but="letter."))
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    agreed = {subject for subject, standing in standings(key).items() if standing.agreed}
    made = Findings(_wordless(store_package(key)), agreed)
    with _lock:
        for old in [one for one in _kept if one[0] == key]:
            del _kept[old]
        _kept[name] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def compared_in_store(key: str, others: Iterable[str], *, by: str = "") -> Comparison:
    """An inspection beside others of the store, as their answers stand. Raises the faults of :func:`compare`."""
    one, *beside = (Inspected(found.package, found.figures()) for found in map(findings, (key, *others)))
    return compare(one, beside, by=by)


def _wordless(package: Package) -> Package:
    """The package without anything that somebody wrote about a child: figures need none of it."""
    events = tuple(event._replace(note="", resolves_reason="") for event in package.events)
    return replace(package, events=events, locators=(), excerpts=(), letters={}, accepted=(), identities=())


def _only(package: Package, where: Where) -> Package:
    """The package with only those cases that have these values; without people, who are not cases."""
    if not where:
        return package
    kind = package.framework.subjects[0].id
    kept = tuple(s for s in package.subjects if s.kind == kind and all(str(s.facts.get(f)) == v for f, v in where))
    names = {(subject.kind, subject.key) for subject in kept}
    return replace(package, subjects=kept, events=tuple(event for event in package.events if event[2:4] in names))


def _shares(seen: Examined) -> Figures:
    """The share of every question: of some cases a range says nothing, so there is none."""
    package = seen.package
    questions = package.framework.asked(package.inspection.framework.screening)
    counted = (
        share(question, seen)
        for question in questions
        if question.kind in ("judgement", "computed") and not (question.computed and question.computed.points)
    )
    return {one.key: with_basis(replace(one, interval=None), package) for one in counted}


def _characteristic(fact: Fact, cases: Iterable[Sheet], language: str) -> Characteristic:
    counts = Counter(str(sheet.subject.facts.get(fact.id)) for sheet in cases if sheet.subject.facts.get(fact.id))
    words = {option.value: option.label.in_(language) for option in fact.options} or {"yes": "Yes", "no": "No"}
    values = tuple((value, words.get(value, value), counts[value]) for value in fact.values() or () if counts[value])
    return Characteristic(fact.id, fact.label.in_(language), values)
