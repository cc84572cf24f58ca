"""A small rated inspection: measures and ratings of every sort, for tests of what is printed, bound and checked of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from tests.factories.letters import context

from caselight.formats.letter.source import read_source
from caselight.method.analysis.figure import Figure, Number, Reached
from caselight.method.report.context import Context
from caselight.method.report.trace import trace
from caselight.method.report.traced import TracedLetter

SCALE = (
    ("inadequate", "Inadequate"),
    ("requires", "Requires improvement"),
    ("good", "Good"),
    ("outstanding", "Outstanding"),
)


def measure(key: str, label: str, n: int | Fraction, d: int, **parts: object) -> Figure:
    """A share of cases as a measure; keywords are parts of its number."""
    value = Fraction(n, d) if d else None
    number = Number(value, "share", Fraction(n), Fraction(d), percent=True, why="" if d else "no_base")
    return Figure(key, "score", label, number=replace(number, **parts), snapshot=f"{key} {n}/{d}")  # type: ignore[arg-type]


def number(key: str, label: str, value: Fraction | None, way: str, **parts: object) -> Figure:
    """A measure of another sort."""
    return Figure(key, "score", label, number=Number(value, way, **parts), snapshot=f"{key} {value}")  # type: ignore[arg-type]


def rating(key: str, label: str, way: str, grade: str, **parts: object) -> Figure:
    """A rating that is rated by this way; keywords are parts of how it was reached."""
    known = {"state": "rated", "provisional": grade, "reached": grade, "grade": grade} | parts
    return Figure(key, "rating", label, reached=Reached(SCALE, way, **known), snapshot=f"{key} {known['grade']}")  # type: ignore[arg-type]


def without_grade(key: str, label: str, state: str, why: str, **parts: object) -> Figure:
    """A rating without a grade, and why."""
    return rating(key, label, "cut", "", state=state, why=why, **parts)


def figures() -> dict[str, Figure]:
    """Three key questions, a standard from them with a decision, others of every state, and what is made of them."""
    made = (
        measure("K1", "Desistance", 26, 30),
        measure("K2", "Keeping the child safe", 20, 30),
        measure("K3", "Keeping others safe", 14, 28),
        measure("K4", "Contact in custody", 0, 0),
        number("POINTS", "Points of the site", Fraction(130, 140), "points", n=Fraction(130), d=Fraction(140)),
        number("MEAN", "Mean of the outcome", Fraction(7, 4), "mean", n=Fraction(7), d=Fraction(4)),
        number("POOLED", "All key questions", Fraction(60, 88), "pooled", n=Fraction(60), d=Fraction(88), percent=True,
               of=("K1", "K2", "K3")),
        number("SUM", "Sum of the parts", Fraction(19), "sum", of=("POINTS", "MEAN")),
        rating("S1", "Assessment", "cut", "good", provisional="requires", reached="requires", parts=("K1", "K2", "K3"),
               deciding=("K3",), measure="K3", value=Fraction(1, 2), percent=True, band=("50%", "<65%"),
               points_to_worse=Fraction(0), points_to_better=Fraction(15), discretion=("within_points", "one_case"),
               chance=0.4631, chance_why="predictive", decided_by="lead", unchecked=True,
               decided_why="In two cases the judgement was a narrow one."),
        rating("S2", "Planning", "cut", "good", parts=("K2",), deciding=("K2",), measure="K2", value=Fraction(2, 3),
               percent=True, band=("65%", "<80%"), points_to_worse=Fraction(5, 3), points_to_better=Fraction(40, 3),
               discretion=(), chance=0.004, chance_why="caseload independent"),
        without_grade("S3", "Resettlement", "not_rated", "no_base", parts=("K4",)),
        without_grade("S4", "Reviewing", "incomplete", "unanswered", parts=("K2",), provisional="good"),
        without_grade("S5", "Leadership", "judgement_needed", "no_line", discretion=()),
        rating("D1", "Work on court orders", "lowest", "good", parts=("S1", "S2"), deciding=("S1", "S2")),
        rating("OVERALL", "The service as a whole", "sum", "good", parts=("S1", "S2", "S3"), value=Fraction(19), maximum=36,
               band=(">18", "30"), points_to_worse=Fraction(1), points_to_better=Fraction(12), chance_why="too_many"),
    )  # fmt: skip
    return {figure.key: figure for figure in made}


def rated_context(changes: Mapping[str, Figure] | None = None, **more: object) -> Context:
    """The small inspection of :mod:`tests.factories.letters` with these figures beside its own."""
    base = context()
    return replace(base, figures={**base.figures, **figures(), **(changes or {})}, **more)  # type: ignore[arg-type]


def rated_letter(source: str, changes: Mapping[str, Figure] | None = None, **more: object) -> TracedLetter:
    """A letter of one summary section about the rated inspection, traced."""
    return trace(
        read_source(f"## {{section: summary}}\n\n{source}\n", "en", "letter.md"), rated_context(changes, **more)
    )


def example(name: str) -> Figure:
    """An example of the page on phrases, by the name it has there: a figure's key, why there is no grade, or a role."""
    known = figures()
    kind, _, rest = name.partition(": ")
    if kind in ("not_rated", "judgement_needed", "incomplete"):
        return without_grade("X", "Leadership", kind, rest)
    changed = {
        "by": lambda: {"decided_by": rest},
        "chance": lambda: {"chance": float(rest), "chance_why": "caseload"},
        "chance from": lambda: {"chance": 0.25, "chance_why": rest},
        "no chance": lambda: {"chance": None, "chance_why": rest},
        "discretion": lambda: {"discretion": (rest,) if rest else ()},
        "band": lambda: {"band": tuple(end.strip("-") for end in rest.split(" "))},
        "points": lambda: {"points_to_worse": Fraction(rest), "points_to_better": None},
        "way": lambda: {"way": rest, "parts": ("S1", "S2"), "deciding": ("S2",)},
        "capped": lambda: {"reached": "outstanding", "provisional": "good", "grade": "good", "caps": (rest,)},
        "duty": lambda: {"duties": (rest,)},
        "no rule": lambda: {"provisional": "", "reached": "", "decided_by": "lead", "decided_why": rest},
        "kept": lambda: {"decided_by": "lead", "decided_why": rest},
    }.get(kind)
    if changed is None:
        return known[name]
    base = known["OVERALL" if kind == "band" and "%" not in rest else "S1" if kind == "by" else "S2"]
    assert base.reached is not None
    return replace(base, reached=replace(base.reached, **changed()))  # type: ignore[arg-type]
