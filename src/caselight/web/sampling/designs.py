"""The designs that may be drawn by, and what each says of itself before and after the draw."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from caselight.method.faults import Faults
from caselight.method.framework.definition import Framework
from caselight.method.inspection.package import Package
from caselight.procedures.sample_choosing import Looked, tried
from caselight.procedures.samples import WRITTEN_OUT, names_of
from caselight.web.design.visits import InspectionVisit
from caselight.web.design.words import words

OWN = "own-size"


@dataclass(frozen=True)
class Offered:
    """A design on the list: its title, what it would give, whether it is chosen or drawn, and where it leads."""

    name: str
    title: str
    says: str
    state: str
    colour: str
    href: str
    chosen: bool


def offered(visit: InspectionVisit, package: Package) -> list[Offered]:
    """The framework's designs and an own size, in the order of the framework."""
    drawn = {row.design for row in package.sample}
    known = set(names_of(package.inspection))
    return [
        Offered(
            slug(name), title_of(package.framework, name), _says(package, name),
            *(("Drawn", "green") if name in drawn else ("Looked at", "blue") if name in known else ("", "")),
            _href(visit, name, name in drawn, name in known), name in known,
        )
        for name in _names(package)
    ]  # fmt: skip


def slug(name: str) -> str:
    """A design in an address."""
    return name or OWN


def name_of(text: str) -> str:
    """The design that an address names."""
    return WRITTEN_OUT if text == OWN else text


def title_of(framework: Framework, name: str) -> str:
    """What a design is called."""
    design = framework.sample.design(name) if framework.sample else None
    return design.title.in_(framework.languages[0]) if design else "A size of your own"


def margins(seen: Looked) -> list[tuple[str, str]]:
    """What the size buys, in a sentence for each confidence."""
    said = []
    for confidence, half in seen.margins:
        chance = {0.8: "8 times out of 10", 0.9: "9 times out of 10", 0.95: "19 times out of 20"}[confidence]
        off = (
            "nothing is left to chance: every case is examined"
            if half == 0
            else f"within {round(100 * (half or 0))} in every hundred"
        )
        said.append((chance, off))
    return said


def described(package: Package, name: str) -> Iterator[tuple[str, str]]:
    """How a design draws: strata, size rule, reserves."""
    framework, language = package.framework, package.framework.languages[0]
    rules = framework.sample.design(name) if framework.sample else None
    labels = {fact.id: fact.label.in_(language) for fact in framework.facts}
    strata = rules.stratify_by if rules else (framework.sample.strata if framework.sample else ())
    if rules and rules.strata:
        yield "Parts", "; ".join(one.label.in_(language) for one in rules.strata)
    elif strata:
        yield "Each group keeps its share of", ", ".join(labels.get(one, one) for one in strata)
    if rules and rules.quotas:
        yield "Quotas", f"{len(rules.quotas)}"
    if rules and rules.most_per_worker:
        yield "Most for one worker", f"{rules.most_per_worker}"
    if rules and rules.assessed_twice:
        yield "Assessed by two people", rules.assessed_twice.share


def _names(package: Package) -> list[str]:
    defaults = package.framework.sample
    listed = [one.id for one in defaults.designs] if defaults else []
    written = [name for name in names_of(package.inspection) if name not in listed]
    return [*listed, *written, *([] if WRITTEN_OUT in written else [WRITTEN_OUT])]


def _says(package: Package, name: str) -> str:
    if name == WRITTEN_OUT and package.inspection.sample is None:
        return "You say how many cases, and which groups are to have the share that they have in the case list."
    try:
        seen = tried(package, name, package.inspection.sample.size if package.inspection.sample else None)
    except Faults as refused:
        return f"{refused.faults[0].says} {refused.faults[0].cure}"
    return f"{seen.size} of {seen.population} eligible cases"


def _href(visit: InspectionVisit, name: str, drawn: bool, chosen: bool) -> str:
    if drawn:
        return reverse("sampling:sample", kwargs={"key": visit.key})
    page = "plan" if chosen else "choose"
    return reverse(f"sampling:{page}", kwargs={"key": visit.key, "design": slug(name)})


def heading(visit: InspectionVisit) -> str:
    """What the journey is called here."""
    said = words(visit)
    return said.cap(said.select)
