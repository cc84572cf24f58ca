"""The cases of a sample as tables: those that are examined, reserves, and those that were removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from caselight.method.framework.definition import Framework
from caselight.method.inspection.package import Package
from caselight.method.sampling.draw import REMOVED, RESERVE, Drawn
from caselight.procedures.case_lists.known_as import known_as
from caselight.procedures.sample_choosing import Looked
from caselight.store.accounts.permissions import Permission
from caselight.store.samples.holding import allocations_of
from caselight.web.design.tables import Column, Link, Table, Tag
from caselight.web.design.visits import InspectionVisit
from caselight.web.design.words import Words, words
from caselight.web.sampling.designs import slug

SHORT = 10
Who = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class SampleTables:
    """The three tables of one design."""

    examined: Table
    reserves: Table
    removed: Table


def names(package: Package) -> dict[str, str]:
    """What each case is called on screen: its label, else the beginning of its key."""
    labels = {one.key: one.label for one in package.subjects if one.label}
    return {case.key: labels.get(case.key) or short(case.key) for case in package.caseload} | labels


def short(key: str) -> str:
    """A key as people can say it."""
    return key if len(key) <= SHORT else key[:6].upper()


def may_number(visit: InspectionVisit) -> bool:
    """Whether record numbers and initials may be shown."""
    return visit.may(Permission.IDENTITY_READ) or visit.may(Permission.IDENTITY_MASKED)


def who(visit: InspectionVisit, seen: list[Looked], *, asked: bool) -> Who:
    """Record numbers and initials of the cases of some designs, where they are asked for; each reading is noted."""
    if not asked or not may_number(visit):
        return {}
    keys = dict.fromkeys(case.case_key for one in seen for case in one.cases)
    return known_as(visit.key, keys, by=visit.user, at=visit.at)


def tables_of(visit: InspectionVisit, package: Package, seen: Looked, known: Who) -> SampleTables:
    """The tables of a design that was drawn."""
    said, called = words(visit), names(package)
    given: dict[str, list[str]] = defaultdict(list)
    for held in allocations_of(visit.key):
        given[held.case_key].append(held.name)
    number = (Column("number", "Record number"), Column("initials", "Initials")) if known else ()
    case = Column("case", "Case")
    examined = (case, *number, Column("part", "Group"), Column("state", "State", "tag"),
                Column("given", said.cap(said.inspector)), Column("remove", "Change", "link", plain=True))  # fmt: skip
    waits = (Column("order", "Turn", "number"), case, *number, Column("part", "Group"))
    gone = (case, *number, Column("why", "Why"), Column("note", "Note"), Column("by", "Replaced by"))
    name = slug(seen.sampling.name)
    rows = [
        _row(one, called, known)
        | {"part": part_in_words(one.stratum, package.framework)}
        | _told(visit, package, one, called)
        for one in seen.cases
    ]
    for row, one in zip(rows, seen.cases, strict=True):
        row["given"] = ", ".join(given[one.case_key])
    by = {key: [row for row, one in zip(rows, seen.cases, strict=True) if is_(one)] for key, is_ in SORTS.items()}
    return SampleTables(
        Table(said.cap(f"cases {said.selected}"), examined, by["examined"], name=f"{name}-cases"),
        Table(said.cap(said.reserves), waits, by["reserves"], name=f"{name}-reserves", tools=False,
              empty="None is left."),
        Table(said.cap(said.removed), gone, by["removed"], name=f"{name}-removed", tools=False, empty="No case."),
    )  # fmt: skip


SORTS: Mapping[str, Callable[[Drawn], bool]] = {
    "examined": lambda case: case.examined,
    "reserves": lambda case: case.status == RESERVE,
    "removed": lambda case: case.status == REMOVED,
}


def part_in_words(stratum: str, framework: Framework) -> str:
    """The part of a case as people say it: "Custodial sentence: No; Sex: Female"; empty for the whole list."""
    if stratum == "all":
        return ""
    language, said = framework.languages[0], []
    for step in stratum.split("; "):
        name, equals, value = step.partition("=")
        fact = framework.fact_by_id.get(name) if equals else None
        labels = {one.value: one.label.in_(language) for one in fact.options} if fact else {}
        shown = labels.get(value) or (value.capitalize() if fact and fact.type == "yes_no" else value)
        said.append(f"{fact.label.in_(language)}: {shown}" if fact else step)
    return "; ".join(said)


def _row(case: Drawn, called: Mapping[str, str], known: Who) -> dict[str, object]:
    number, initials = known.get(case.case_key, ("", ""))
    name = called.get(case.case_key, short(case.case_key))
    return {"case": name, "order": case.order, "number": number, "initials": initials}


def _told(visit: InspectionVisit, package: Package, case: Drawn, called: Mapping[str, str]) -> dict[str, object]:
    said = words(visit)
    defaults, language = package.framework.sample, package.framework.languages[0]
    reasons = {one.id: one.label.in_(language) for one in defaults.removal_reasons} if defaults else {}
    state = Tag(said.cap(said.selected), "green") if case.status == "drawn" else Tag("Replacement", "blue")
    design = next((row.design for row in package.sample if row.case_key == case.case_key), "")
    href = reverse("sampling:remove", kwargs={"key": visit.key, "design": slug(design), "case": case.case_key})
    shown: dict[str, object] = {"state": state, "why": reasons.get(case.removed_reason, case.removed_reason)}
    shown |= {"note": case.note, "by": called.get(case.replaced_by, short(case.replaced_by))}
    if visit.may(Permission.SAMPLE_DRAW):
        shown["remove"] = Link(_verb(said), href)
    return shown


def _verb(said: Words) -> str:
    return "Swap" if said.removed == "swapped" else "Remove"
