"""The figures of an inspection of the store, twice: as things stand, and as agreed.

*As things stand* counts every case that has answers, as the figures of its folder would. *As agreed* counts only the
cases that were moderated, signed or locked and whose answers have not changed since: the others are left out whole, and
so are case managers and other subjects that nobody moderated. The subject that ratings are about always stays, because
it is the inspection itself; its answers count only once they are agreed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from caselight.method.analysis.figure import Figures
from caselight.method.analysis.figures import figures
from caselight.method.inspection.package import Package
from caselight.procedures.stored import store_package
from caselight.store.assessments.progress import standings


def figures_now(inspection: str) -> Figures:
    """Every figure over all answers that stand. Raises ``store.no-inspection``."""
    return figures(store_package(inspection))


def figures_agreed(inspection: str) -> Figures:
    """Every figure over what is agreed only. Raises ``store.no-inspection``."""
    agreed = {subject for subject, standing in standings(inspection).items() if standing.agreed}
    return figures(as_agreed(store_package(inspection), agreed))


def as_agreed(package: Package, agreed: Collection[tuple[str, str]]) -> Package:
    """The package with only the subjects (kind and key) that are agreed, and their answers."""
    rated = package.framework.rated
    return replace(
        package,
        subjects=tuple(s for s in package.subjects if (s.kind, s.key) in agreed or s.kind == rated),
        events=tuple(event for event in package.events if event[2:4] in agreed),
    )
