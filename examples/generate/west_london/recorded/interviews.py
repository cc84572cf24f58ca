"""The interviews: 16 case managers, what they think of their manager and their training, in whole numbers of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from examples.generate.chance import Chance
from examples.generate.west_london.figures.targets import OPINIONS
from examples.generate.west_london.recorded.answers import Given, notes

from caselight.method.framework.definition import Framework

COMMUNICATION = "slcn"
OTHER_NEEDS = ("mental_health", "exploitation", "substances", "resettlement", "reports", "families", "risk_of_harm")
NONE = "none"


def opinions(managers: Sequence[str], framework: Framework, chance: Chance) -> Iterator[tuple[str, tuple[Given, ...]]]:
    """Each case manager with the answers of the interview, in the order of the framework."""
    chosen = {
        question: set(chance.order(managers, "says no", question)[: span.low]) for question, span in OPINIONS.items()
    }
    reasons = {question: sorted(chosen[question]) for question in chosen}
    for manager in managers:
        given = []
        for question in ("M1", "M2", "M3.needs", "M4", "M5", "M6"):
            if question == "M3.needs":
                given.append(Given(question, _needs(manager, manager in chosen["M3"], chance)))
            elif question == "M6":
                given.append(_view(manager, chance))
            elif manager in chosen[question]:
                given.append(_no(question, reasons[question].index(manager)))
            else:
                given.append(_yes(question, manager, framework, chance))
        yield manager, tuple(given)


def _needs(manager: str, communication: bool, chance: Chance) -> str:
    """What the case manager would like to be trained in, in the order of the scale."""
    others = chance.order(OTHER_NEEDS, "needs", manager)[: chance.below(3, "how many", manager)]
    return "|".join([*([COMMUNICATION] if communication else []), *sorted(others)]) or NONE


def _no(question: str, place: int) -> Given:
    code, note = list(notes()[question]["no"].items())[place]
    return Given(question, "no", (code,), note)


def _yes(question: str, manager: str, framework: Framework, chance: Chance) -> Given:
    good = tuple(
        tick.id for tick in framework.good_of(framework.questions[question])
        if chance.below(3, "good", question, tick.id, manager) == 0
    )  # fmt: skip
    note = (
        chance.pick(notes()[question]["yes"], "note", question, manager)
        if chance.below(2, "noted", question, manager)
        else ""
    )
    return Given(question, "yes", good, note)


def _view(manager: str, chance: Chance) -> Given:
    value = chance.weighted({"yes": 4, "partly": 1}, "view", manager)
    return Given("M6", value, note=chance.pick(notes()["M6"][value], "note", "M6", manager))
