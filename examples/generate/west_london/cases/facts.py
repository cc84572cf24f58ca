"""The facts that the service supplied for each case, such that the rules of the framework find nothing odd in them.

Of an examined case the solved figures say which reports, arrangements and needs there were; of the others chance does,
with about the same shares, so that the sample is like the caseload it was drawn from. Numbered draws of chance
(``age-1``) are those that leave the two most alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from examples.generate.chance import Chance
from examples.generate.west_london.cases.caseload import Listed
from examples.generate.west_london.figures.solve import Solved

from caselight.method.caseload.case import FactValue
from caselight.method.caseload.workdays import add_working_days

AREAS = {"Hammersmith & Fulham": 38, "Westminster": 34, "Kensington & Chelsea": 28}
AGES = {"12": 3, "13": 6, "14": 13, "15": 22, "16": 29, "17": 27}
ETHNICITY = {"black": 34, "white": 27, "mixed": 17, "asian": 11, "other_group": 8, "not_stated": 3}
RISK = {"low": 22, "medium": 54, "high": 22, "very_high": 2}
VULNERABILITY = {"low": 25, "medium": 50, "high": 25}
LIKELY = {
    "mappa_eligible": 2, "looked_after": 9, "C8.indicators": 24, "D2.factors": 66, "P5.needed": 94, "C4.issues": 91,
}  # fmt: skip
TARGETS = {"referral_order": 20}  # working days; 15 for every other kind of order


def facts_of(
    case: Listed, solved: Solved | None, chance: Chance, holidays: Mapping[int, tuple[date, ...]]
) -> dict[str, FactValue]:
    """What the service supplied for one case, by fact, in the order of the framework."""
    holds = solved.holds if solved else _chance_holds(case, chance)
    kind, order = _sentence(case, holds, chance)
    needs = "D2.factors" in holds
    indicators = "C8.indicators" in holds
    mappa = "mappa_eligible" in holds
    return {
        "sentence_type": kind,
        "sentence_date": case.started,
        "order_kind": order,
        "custodial": case.custodial,
        "community_supervision": _yes(solved is not None or "community_supervision" in holds),
        "psr": _yes("psr" in holds),
        "panel_report": _yes("panel_report" in holds),
        "mappa_eligible": _yes(mappa),
        "mappa_category": "category_2" if mappa else None,
        "mappa_level": "level_1" if mappa else None,
        "looked_after": _yes("looked_after" in holds),
        "exploitation_flag": _yes(indicators != (chance.below(9, "flag differs", case.key) == 0)),
        "rosh_recorded": _risk(case, holds, solved, chance),
        "vulnerability_recorded": _vulnerability(case, holds, chance),
        "assessment_done": _assessed(case, order, late=_late(case, solved, chance), chance=chance, holidays=holidays),
        "sex": case.sex,
        "age": int(chance.weighted(AGES, "age-1", case.key)),
        "ethnicity": chance.weighted(ETHNICITY, "ethnicity", case.key),
        "disability": _yes(needs and chance.below(100, "disability", case.key) < 22),
        "slcn": _yes(needs and chance.below(100, "slcn", case.key) < 45),
        "area": chance.weighted(AREAS, "area-4", case.key),
    }


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _chance_holds(case: Listed, chance: Chance) -> frozenset[str]:
    """What holds in a case that nobody examined."""
    holds = {name for name, percent in LIKELY.items() if chance.below(100, name, case.key) < percent}
    if case.custodial == "no":
        holds.discard("mappa_eligible")
    if case.custodial == "no" or chance.below(10, "community", case.key):
        holds.add("community_supervision")
    if case.kind == "out_of_court":
        return frozenset(holds)
    report = {"psr": 34, "panel_report": 47, "": 19}
    holds.add("psr" if case.custodial == "yes" else chance.weighted(report, "report-4", case.key))
    return frozenset(holds)


def _sentence(case: Listed, holds: frozenset[str], chance: Chance) -> tuple[str, str]:
    """The sentence, and what began on its date."""
    if case.kind == "out_of_court":
        return "out_of_court", "community_order"
    if case.custodial == "yes":
        licence = "community_supervision" in holds and chance.below(4, "licence", case.key) == 0
        longer = "mappa_eligible" in holds
        return (
            "longer_detention" if longer else "detention_and_training_order",
            "licence" if licence else "custodial_sentence",
        )
    if "panel_report" in holds:
        return "referral_order", "referral_order"
    if "psr" in holds:
        return "youth_rehabilitation_order", "community_order"
    return chance.pick(["reparation_order", "youth_rehabilitation_order"], "order", case.key), "community_order"


def _risk(case: Listed, holds: frozenset[str], solved: Solved | None, chance: Chance) -> str:
    """The service's classification: low where nothing needed managing, and never so low that P1 could not be a Yes."""
    if "mappa_eligible" in holds:
        return "high"
    level = chance.weighted(RISK, "risk", case.key) if "P5.needed" in holds else "low"
    return "medium" if solved and level == "very_high" else level


def _vulnerability(case: Listed, holds: frozenset[str], chance: Chance) -> str:
    if "C4.issues" not in holds:
        return "low"
    level = chance.weighted(VULNERABILITY, "vulnerability", case.key)
    return "medium" if level == "low" and holds & {"looked_after", "C8.indicators"} else level


def _late(case: Listed, solved: Solved | None, chance: Chance) -> bool:
    return "R1t" in solved.fails if solved else chance.below(100, "late", case.key) < 10


def _assessed(
    case: Listed, order: str, *, late: bool, chance: Chance, holidays: Mapping[int, tuple[date, ...]]
) -> date:
    """When the initial assessment was completed: within the working days of the order, or some days after them."""
    target = TARGETS.get(order, 15)
    low, high = (target + 1, target + 8) if late else (5, target)
    return add_working_days(case.started, chance.between(low, high, "assessed", case.key), holidays)
