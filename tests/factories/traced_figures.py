"""A small letter after the trace, whose figures show everything that tables and charts must cope with."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from caselight.method.analysis.figure import Cell, Figure, Interval
from caselight.method.report.traced import Footnote, TracedLetter

BANNER = "Reconstructed example: synthetic cases, not an HMI Probation report"


def cells(**sizes: int) -> dict[Cell, tuple[str, ...]]:
    """So many case keys in each cell, no key twice: ``cells(sufficient=28, insufficient=4)``."""
    found: dict[Cell, tuple[str, ...]] = {}
    first = 1
    for name, size in sizes.items():
        found[Cell(name)] = tuple(f"case-{number:03}" for number in range(first, first + size))
        first += size
    return found


def share(key: str, label: str, sizes: Mapping[str, int], **parts: Any) -> Figure:
    """A share with these cells, of a sample as large as all of them together."""
    parts.setdefault("kind", "share")
    return Figure(key=key, label=label, cells=cells(**sizes), sample_size=sum(sizes.values()), **parts)


WILSON = Interval("wilson", "The number of relevant cases in the caseload is not known.", 0.7193, 0.95031, 0.95)
EXACT = Interval("hypergeometric", "The question is asked of every case.", 0.8, 0.95, 0.95, 120)


def figures() -> dict[str, Figure]:
    """One figure of each sort, with an awkward text here and there."""
    plan = share(
        "P5", "plan to manage risk of harm", {"sufficient": 28, "insufficient": 4, "not_relevant_by_rule": 2},
        theme="P", interval=WILSON, why={"case-033": "no plan was needed", "case-034": "no plan was needed"},
        reasons=(("contingency", "contingency deficient", 3), ("response", "planned responses deficient", 2)),
    )  # fmt: skip
    made = (
        share("P1", "assessment of risk of harm", {"sufficient": 31, "insufficient": 3}, theme="P", interval=EXACT),
        plan,
        share("P3", "engagement with <MAPPA> & partners", {"sufficient": 1, "not_relevant_by_rule": 33}, theme="P",
              describes=True, why={f"case-{n:03}": "=not eligible" for n in range(2, 35)}),
        share("P8", "safety of the victim",
              {"not_relevant_by_rule": 30, "not_relevant_by_inspector": 2, "unanswered": 1, "contested": 1}, theme="P"),
        share("M3", "=needs in speech and language", {"sufficient": 11, "insufficient": 5}, theme="M", kind="people",
              subject="case_manager", adverse=True),
        share("CUSTODY", "cases with a custodial sentence", {"sufficient": 9, "insufficient": 25}, kind="count"),
        Figure("rate.north", "external", "Reoffending rate, North", value=Decimal("43.60"), measure="binary rate",
               cohort="January to December 2013", source="+Ministry, table 4", published="October 2015"),
        Figure("rate.before", "stated_direction", "Year before", measure="binary rate", direction="worse"),
        Figure("fact.service", "fact", "service", text={"value": "West Example"}),
    )  # fmt: skip
    return {figure.key: figure for figure in made}


def letter(**changes: Any) -> TracedLetter:
    """The letter; a keyword replaces a part."""
    parts: dict[str, Any] = {
        "language": "en",
        "title": "Short Quality Screening of West Example",
        "service": "West Example Youth Offending Service",
        "subject": "Screening of youth offending work",
        "published": "27 January 2016",
        "banner": BANNER,
        "header": (("To", "Chair of the board"),),
        "passages": (),
        "claims": (),
        "figures": figures(),
        "used": ("P5",),
        "footnotes": (Footnote("rates", "1", "Binary rate; the source is table 4."),),
        "copy_list": (),
        "themes": (
            ("M", "Management", ("M3",)),
            ("P", "Protecting the public", ("P1", "P5", "P3", "P8")),
        ),
        "labels": {},
        "scale": (("all", "every case"), ("most", "more than half and under four fifths")),
        "basis": "sqs 1.0",
    }
    return TracedLetter(**(parts | changes))
