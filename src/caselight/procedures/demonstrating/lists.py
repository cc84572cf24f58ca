"""The case list of a round: every so-many-th case of an example, with its days moved to now, and invented people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from caselight.method.caseload.case import FactValue
from caselight.method.caseload.eligibility import judge, window
from caselight.method.inspection.definition import Dates
from caselight.method.inspection.package import CaseloadCase, Identity, Package
from caselight.procedures.demonstrating import chance

FIRST = (
    "Abel", "Anouk", "Bram", "Carys", "Dario", "Efua", "Emrys", "Farida", "Gethin", "Halima", "Idris", "Imogen",
    "Jarek", "Juno", "Kasper", "Leontyne", "Lowri", "Maksim", "Nadia", "Niall", "Odile", "Osian", "Petra", "Quentin",
    "Rhosyn", "Rufus", "Saoirse", "Tariq", "Teodor", "Ursel", "Vesna", "Wilf", "Xanthe", "Yusuf", "Zelda",
)  # fmt: skip
LAST = (
    "Applethwaite", "Birdsong", "Coldharbour", "Dewhurst-Vale", "Elderfen", "Fernsby", "Greenmantle", "Hollowbread",
    "Ivelchester", "Juddery", "Kettlewick", "Larkmead", "Mossgrave", "Nettlefold-Day", "Oakhanger", "Pennyquick",
    "Quarrington", "Rookwhistle", "Saltonstall-Grey", "Thistlewood", "Underhaugh", "Vinterfell", "Wychbold", "Yarrowby",
)  # fmt: skip
WORKERS = (
    "Luca Brightwell", "Marta Oxendale", "Jonah Fairweather", "Siân Copperthwaite", "Delroy Mistlethwaite",
    "Aisling Greatorex", "Pavel Honeychurch", "Ruth Amberley", "Kofi Lanscombe", "Edda Winterbourne",
)  # fmt: skip


@dataclass(frozen=True)
class CaseList:
    """The cases with their workers' keys, and who they all are."""

    cases: tuple[CaseloadCase, ...]
    people: tuple[Identity, ...]
    workers: Mapping[str, str]  # their keys by their names


def case_list(example: Package, name: str, dates: Dates, *, every: int, areas: tuple[str, ...]) -> CaseList:
    """The list of the round ``name``. ``areas`` stand in the place of the example's."""
    rows = example.caseload[::every]
    known = sorted({row.managed_by for row in example.caseload})
    workers = {old: chance.key(name, "worker", str(known.index(old) % len(WORKERS))) for old in known}
    moved = dates.fieldwork_from - example.inspection.dates.fieldwork_from
    cases = [_case(example, row, name, dates, (workers[row.managed_by], moved, areas)) for row in rows]
    named = {key: Identity(key, WORKERS[known.index(old) % len(WORKERS)]) for old, key in workers.items()}
    people = (*_children(cases, name), *named.values())
    return CaseList(
        tuple(sorted(cases, key=lambda case: case.key)), people, {one.name: key for key, one in named.items()}
    )


def _case(
    example: Package, row: CaseloadCase, name: str, dates: Dates, to: tuple[str, timedelta, tuple[str, ...]]
) -> CaseloadCase:
    worker, moved, areas = to
    facts = {fact: _moved(value, moved) for fact, value in row.facts.items()}
    if "area" in facts:
        facts["area"] = chance.pick(areas, name, row.key, "area")
    rule = example.framework.eligibility
    if rule is None:
        raise AssertionError("the examples say who is eligible")
    verdict = judge(facts, window(rule, dates.announced, dates.fieldwork_from), rule)
    return CaseloadCase(chance.key(name, row.key), verdict.eligible, verdict.reason, facts, worker)


def _moved(value: FactValue, by: timedelta) -> FactValue:
    return value + by if isinstance(value, date) else value


def _children(cases: list[CaseloadCase], name: str) -> Iterator[Identity]:
    """No two of one name: first names go round, and the family name moves on each time."""
    for n, case in enumerate(cases):
        child = f"{FIRST[n % len(FIRST)]} {LAST[(n * 7 + n // len(FIRST)) % len(LAST)]}"
        yield Identity(case.key, child, local_id=f"{name[:2].upper()}-{4000 + n * 17}")
