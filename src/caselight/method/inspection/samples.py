"""The designs that an inspection draws by: what is wrong with them, and which cases were drawn for which form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from caselight.method.faults import Fault, did_you_mean, quoted
from caselight.method.inspection.package import Package


def chosen_faults(package: Package) -> Iterator[Fault]:
    """Faults of ``samples`` in the inspection, and of the column ``design`` of the two tables."""
    defaults = package.framework.sample
    known = [design.id for design in defaults.designs] if defaults else []
    names = [chosen.design for chosen in package.inspection.samples]
    for at, name in enumerate(names):
        if name not in known or name in names[:at]:
            again = name in names[:at]
            says = f"The design {quoted(name)} is {'there a second time' if again else 'none of the framework'}."
            cure = "Remove the second." if again else did_you_mean(name[:60], known)
            yield Fault("package.unknown-design", ("inspection", "samples", at, "design"), says, cure)
    for section in ("sample", "sampling"):
        told: set[str] = set()
        for index, row in enumerate(getattr(package, section)):
            if row.design and row.design not in names and row.design not in told:
                told.add(row.design)
                says = f"The inspection does not draw by the design {quoted(row.design)}."
                cure = "Add it to samples in inspection.yaml, or take the rows out."
                yield Fault("package.design-not-chosen", (section, index, "design"), says, cure)


def drawn_for(package: Package) -> Mapping[str, frozenset[str]]:
    """The examined cases of each form that designs name; a form that no design names is for every case."""
    designs = (
        {design.id: design.tools for design in package.framework.sample.designs} if package.framework.sample else {}
    )
    chosen = {item.design: designs.get(item.design, ()) for item in package.inspection.samples}
    found: dict[str, set[str]] = {tool: set() for tools in chosen.values() for tool in tools}
    for row in package.sample:
        if row.examined:
            for tool in chosen.get(row.design, ()):
                found[tool].add(row.case_key)
    return {tool: frozenset(keys) for tool, keys in found.items()}


def not_asked(package: Package) -> Mapping[str, frozenset[str]]:
    """By examined case, the questions of forms that it was not drawn for: a shared case has the sheets of each design.

    Nothing while no named design was drawn.
    """
    drawn = drawn_for(package)
    questions = {
        tool: frozenset(name for name, question in package.framework.questions.items() if question.tool == tool)
        for tool in drawn
    }
    examined = {row.case_key for row in package.sample if row.examined} if drawn else set()
    outside = {
        key: frozenset().union(*(questions[tool] for tool, keys in drawn.items() if key not in keys))
        for key in examined
    }
    return {key: names for key, names in outside.items() if names}
