"""What is wrong with the designs that an inspection draws by: unknown names, names given twice, rows of none of them."""

from __future__ import annotations

from collections.abc import Iterator

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
