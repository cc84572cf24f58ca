"""A small inspection with a letter, traced: for tests of what a letter may and may not say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.factories.small import HOLIDAYS, case, event, framework, inspection

from caselight.formats.letter.source import read_source
from caselight.formats.located_yaml import read_yaml
from caselight.method.analysis.figures import figures
from caselight.method.answers.events import AnswerEvent
from caselight.method.answers.evidence import Excerpt
from caselight.method.faults import Fault, Faults
from caselight.method.inspection.package import External, Identity, Package
from caselight.method.report.context import Context
from caselight.method.report.letter import Block
from caselight.method.report.trace import trace
from caselight.method.report.traced import TracedLetter

WORDING = Path(__file__).parents[2] / "packs" / "english" / "wording.yaml"
LETTER = {
    "title": "Report on {fact.service: fact}",
    "sections": {"summary": "Summary", "strengths": "Key strengths", "improvements": "Areas requiring improvement"},
    "labels": {"publication_date": "Publication date"},
    "fixed": [
        {"id": "context", "text": "We examined {CASE-COUNT: count}. Most children do well.", "provenance": "own-design"}
    ],
    "allowed": ["Crime and Disorder Act 1998"],
}
COUNTS = [
    {"id": "CASE-COUNT", "label": "cases examined", "provenance": "own-design"},
    {"id": "PSR", "label": "cases with a report", "where": {"fact": "psr", "is": "yes"}, "provenance": "own-design"},
    {
        "id": "CUSTODY",
        "label": "custodial cases",
        "where": {"fact": "custodial", "is": "yes"},
        "describes": True,
        "provenance": "own-design",
    },
]
RATES = tuple(
    External(
        key,
        "external",
        label,
        Decimal(value),
        measure,
        label,
        "January to December 2013",
        "October 2015",
        "Ministry of Justice",
        footnote="Binary rates after twelve months.",
    )
    for key, label, value, measure in [
        ("rate.a", "Area A", "43.6", "EW-12M"),
        ("rate.b", "Area B", "49.6", "EW-12M"),
        ("rate.ew", "the England and Wales average", "37.9", "EW-12M"),
        ("share.a", "Area A", "58.5", "population"),
    ]
)


@cache
def english() -> Mapping[str, Any]:
    """The English wording of the shipped pack."""
    value: Any = read_yaml(WORDING.read_bytes(), "wording.yaml").value
    return value["wording"]["en"]  # type: ignore[no-any-return]


def answers(failing: int = 2, cases: int = 20) -> list[AnswerEvent]:
    """A answered for every case, insufficient in ``failing`` of them; a review due in half, each done."""
    made = [
        event(f"{n:02}", "A", "no" if n < failing else "yes", reasons=("weak",) if n < failing else ())
        for n in range(cases)
    ]
    made += [event(f"{n:02}", "B.due", "yes" if n % 2 else "no") for n in range(cases)]
    made += [event(f"{n:02}", "B", "yes") for n in range(cases) if n % 2]
    return made + [event(f"{n:02}", "C", "yes") for n in range(0, cases, 4)]


def context(events: Iterable[AnswerEvent] | None = None, cases: int = 20, **changes: object) -> Context:
    """Twenty cases, three of them custodial, five with a report; ``changes`` are fields of the context."""
    adopted = framework(wording={"en": english()}, letter=LETTER, counts=COUNTS)
    subjects = tuple(
        case(f"{n:02}", psr="yes" if n % 4 == 0 else "no", custodial="yes" if n < 3 else "no") for n in range(cases)
    )
    package = Package(
        inspection(),
        adopted,
        subjects,
        events=tuple(answers() if events is None else events),
        holidays=HOLIDAYS,
        external=RATES,
    )
    fixed: dict[str, tuple[Block, ...]] = {
        "context": read_source(str(LETTER["fixed"][0]["text"]), "en", "fixed").blocks,  # type: ignore[index]
        "title": read_source(f"# {LETTER['title']}", "en", "title").blocks,
    }
    made = Context(
        adopted,
        package.inspection,
        "en",
        figures(package),
        fixed=fixed,
        excerpts={"Q1": Excerpt("Q1", "", "“… most of it was good”", "Sam", "lead")},
        identities=(Identity("01", "Ada Lovelace", ("Adie",)),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def traced(source: str, **changes: object) -> TracedLetter:
    """A letter of one summary section, traced."""
    return trace(read_source(f"## {{section: summary}}\n\n{source}\n", "en", "letter.md"), context(**changes))  # type: ignore[arg-type]


def words(source: str, **changes: object) -> str:
    """What the author's paragraph says once it is bound."""
    return traced(source, **changes).passages[1].words


def found(source: str, **changes: object) -> list[Fault]:
    """Everything wrong with a letter, whether it could be traced or not."""
    try:
        return list(traced(source, **changes).faults)
    except Faults as faults:
        return list(faults.faults)


def codes(source: str, **changes: object) -> set[str]:
    """The codes of what is wrong, without what is true of every letter here."""
    usual = {"letter.headline-unbound", "letter.not-accepted", "letter.lowest-not-mentioned", "letter.theme-missing"}
    return {fault.code for fault in found(source, **changes)} - usual
