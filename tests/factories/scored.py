"""A framework with room for measures and ratings, and inspections of it said in a line: three case questions, a service."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.factories.small import OWN, event, framework, inspection, question

from caselight.method.analysis.figure import Figures, Number, Reached
from caselight.method.analysis.figures import figures
from caselight.method.answers.events import AnswerEvent
from caselight.method.caseload.case import Subject
from caselight.method.framework.definition import Framework
from caselight.method.inspection.package import CaseloadCase, External, Package, SampledCase

DOC = {"mark": "documented", "source": "BOOK"}
GRADES = ("bad", "weak", "good", "best")
LETTERS = dict(zip("BWGT", GRADES, strict=True))  # bad, weak, good, top

BANDS = {
    "id": "bands",
    "cuts": [
        {"grade": "bad", "below": "50%"},
        {"grade": "weak", "from": "50%", "below": "65%"},
        {"grade": "good", "from": "65%", "below": "80%"},
        {"grade": "best", "from": "80%"},
    ],
    "provenance": DOC,
}


def share(name: str, asked: str = "", **more: object) -> dict[str, object]:
    """A measure that is the share of a question; of the question ``K1`` for the measure ``M1`` unless it is named."""
    return {"id": name, "label": name, "share": {"question": asked or f"K{name[1:]}", **more}, "provenance": DOC}


def measure(name: str, **way: object) -> dict[str, object]:
    """A measure that is reached in some other way."""
    return {"id": name, "label": name, **way, "provenance": DOC}


def rating(name: str, **way: object) -> dict[str, object]:
    """A rating; documented, on the scale of four grades."""
    return {"id": name, "label": name, "scale": "grades", **way, "provenance": way.get("provenance", DOC)}


def cut(name: str, *measures: str, **more: object) -> dict[str, object]:
    """A rating by the bands 50, 65, 80."""
    return rating(name, cut={"measures": measures or ("M1",), "table": "bands"}, **more)


def judged(*names: str) -> list[dict[str, object]]:
    """Ratings that are judged: ``J1`` is the answer to the question ``G1``."""
    return [rating(name, judged=f"G{name[1:]}", may_decide=False) for name in names]


def scored(
    measures: Iterable[object] = (), ratings: Iterable[object] = (), tables: Iterable[object] = (), **more: object
) -> Framework:
    """The framework, with these measures, ratings and cut tables beside the bands."""
    options = [{"value": grade, "label": grade} for grade in GRADES]
    codes = [
        {"value": "three", "label": "3", "points": 3},
        {"value": "two", "label": "2", "points": 2},
        {"value": "none", "label": "0", "points": 0},
        {"value": "unsure", "label": "cannot say"},
    ]
    base = framework()
    yes_no, gate = (
        base.scale_by_id[name].model_dump(mode="json", exclude_unset=True) for name in ("sufficiency", "gate")
    )
    of_service: dict[str, Any] = {"kind": "data", "tool": "panel", "scale": "grade", "reasons": []}
    data = {
        "subjects": [
            {"id": "case", "one": "case", "many": "cases"},
            {"id": "service", "one": "service", "many": "services", "sampled": False},
        ],
        "rated": "service",
        "tools": [
            {"id": "case", "subject": "case", "title": "Case"},
            {"id": "panel", "subject": "service", "title": "Panel"},
        ],
        "scales": [
            yes_no, gate,
            {"id": "grade", "data_only": True, "options": options},
            {"id": "codes", "data_only": True, "options": codes},
        ],
        "facts": [
            {"id": "team", "label": "Team", "type": "text", "provenance": OWN},
            {"id": "breach", "label": "Breach", "type": "yes_no", "subject": "service", "provenance": OWN},
        ],
        "themes": [
            {
                "id": "T",
                "title": "Cases",
                "questions": [
                    question("CONCERN", kind="gate", scale="gate", reasons=[]),
                    *(question(f"K{n}") for n in (1, 2, 3)),
                    question("CRIT", critical=True, points=4),
                    question("CODE", kind="data", scale="codes", reasons=[]),
                ],
            },
            {"id": "S", "title": "Service", "questions": [question(f"G{n}", **of_service) for n in range(1, 6)]},
        ],
        "populations": [],
        "counts": [],
        "measures": list(measures),
        "rating_scales": [
            {"id": "grades", "grades": [{"id": g, "label": g, "score": n} for n, g in enumerate(GRADES)]},
        ],
        "cut_tables": [BANDS, *tables],
        "ratings": list(ratings),
    }  # fmt: skip
    return framework(**(data | more))


def answers(asked: str, *values: str, prefix: str = "c") -> list[AnswerEvent]:
    """Answers of the cases c1, c2, … in turn; an empty one is not recorded, ``-`` is not relevant."""
    made = []
    for n, value in enumerate(values, 1):
        more: dict[str, object] = {"reasons": ("elsewhere",)} if value == "-" else {}
        if value:
            made.append(event(f"{prefix}{n}", asked, "not_relevant" if value == "-" else value, **more))
    return made


def yes_of(asked: str, yes: int, of: int, *, among: int = 0) -> list[AnswerEvent]:
    """So many yes of so many relevant cases, of as many as there are or ``among`` more."""
    return answers(asked, *["yes"] * yes, *["no"] * (of - yes), *["-"] * (among - of))


def of_service(asked: str, value: str, **more: object) -> AnswerEvent:
    """What was said about the service: a question, or ``rating:ID`` with the panel's reason."""
    return event("s1", asked, value, **({"tool": "panel", "subject_kind": "service", "note": "A reason."} | more))


def grades(letters: str) -> list[AnswerEvent]:
    """The judged grades G1, G2, … by letter; a dot is not relevant, a question mark not answered."""
    made = []
    for n, letter in enumerate(letters, 1):
        if letter != "?":
            more: dict[str, object] = {"reasons": ("elsewhere",)} if letter == "." else {}
            made.append(of_service(f"G{n}", LETTERS.get(letter, "not_relevant"), **more))
    return made


def inspected(
    made: Framework,
    *events: Iterable[AnswerEvent],
    cases: int = 0,
    caseload: int = 0,
    facts: Sequence[Mapping[str, str]] = (),
    breach: str | None = "no",
    published: Mapping[str, str] | None = None,
) -> Package:
    """An inspection. ``cases`` were examined, as many as were answered unless it is said; ``caseload`` were eligible.

    ``facts`` are those of the cases of the caseload in turn.
    """
    found = [one for group in events for one in group]
    answered = [int(one.subject_key[1:]) for one in found if one.subject_kind == "case"]
    known = [dict(facts[n]) if n < len(facts) else {} for n in range(max(cases, caseload, *answered, 0))]
    examined = cases or max(answered, default=0)
    subjects = [Subject("case", f"c{n}", f"Case {n}", known[n - 1], known[n - 1]) for n in range(1, examined + 1)]
    service = {} if breach is None else {"breach": breach}
    rows = tuple(CaseloadCase(f"c{n}", True, "", known[n - 1]) for n in range(1, caseload + 1))
    return Package(
        inspection(),
        made,
        (*subjects, Subject("service", "s1", "The service", service, service)),
        caseload=rows,
        sample=tuple(SampledCase(f"c{n}", n, "all", "drawn") for n in range(1, examined + 1)) if caseload else (),
        events=tuple(found),
        external=tuple(_published(key, value) for key, value in (published or {}).items()),
    )


def _published(key: str, value: str) -> External:
    return External(key, "external", key, Decimal(value), "M", "Area", "2015", "October 2015", "Statistics")


def counted(package: Package) -> Figures:
    """Every figure."""
    return figures(package)


def number(package: Package, key: str = "M1") -> Number:
    """The number of a measure."""
    found = figures(package)[key].number
    assert found is not None
    return found


def reached(package: Package, key: str = "R1") -> Reached:
    """How a rating was reached."""
    found = figures(package)[key].reached
    assert found is not None
    return found


def without_sample(package: Package) -> Package:
    """The same with nothing known of the caseload."""
    return replace(package, caseload=(), sample=())
