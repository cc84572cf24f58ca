"""Ratings and measures in the letter: the styles ``rating``, ``score`` and ``reached``, and grades in an author's words.

Prints a grade only where there is one; why there is none is the fault. What an author writes as a grade must be that
grade, word for word. (letter.md, checked phrase; frameworks.md, groups 9 to 11)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from caselight.method.analysis.figure import Figure, Reached
from caselight.method.faults import did_you_mean, quoted
from caselight.method.report.context import Context
from caselight.method.report.reached import FORMS, reached_sentence, reached_steps
from caselight.method.report.scores import say_score, value_of, wrong_score_options
from caselight.method.wording.amounts import Refusal
from caselight.method.wording.numbers import fill

KINDS = ("score", "rating")
STYLES = {"rating": ("rating",), "score": KINDS, "reached": ("rating",)}
STAGES = ("final", "provisional", "reached")


def is_rated(figure: Figure) -> bool:
    """Whether the figure is a measure or a rating, and no count of subjects."""
    return figure.kind in KINDS


def say_rated(style: str, figures: Sequence[Figure], options: Mapping[str, str], context: Context) -> str | Refusal:
    """The words for a measure or a rating in one of its styles, or why they cannot be said."""
    refusal = _wrong_style(style, figures)
    if refusal:
        return refusal
    (figure,) = figures
    if style == "score":
        return wrong_score_options(options) or say_score(figure, options, context)
    if style == "reached":
        return _wrong(style, options, {"form": FORMS}) or _reached(figure, options, context)
    return _wrong(style, options, {"stage": STAGES}) or _grade(figure, options.get("stage", "final"), context)


def grade_agrees(text: str, figures: Sequence[Figure], options: Mapping[str, str], context: Context) -> Refusal | None:
    """Why an author's words are not the grade of these ratings; ``None`` when they are. Letter case does not matter."""
    figure = next((figure for figure in figures if figure.kind != "rating"), None)
    if figure is not None:
        return Refusal(
            "letter.grade-of-another-kind",
            f"{figure.key} is no rating, and a grade is checked here.",
            "Name only ratings behind a grade; bind a number with a phrase of its own.",
        )
    if options:
        name, value = next(iter(options.items()))
        return Refusal(
            "letter.rated-option",
            f"A checked grade has no option {name}={value[:60]}.",
            "Leave it out.",
        )
    return next((refusal for figure in figures if (refusal := _disagrees(text, figure, context))), None)


def _disagrees(text: str, figure: Figure, context: Context) -> Refusal | None:
    grade = _grade(figure, "final", context)
    if isinstance(grade, Refusal) or _plain(text) == _plain(grade):
        return grade if isinstance(grade, Refusal) else None
    labels = [label for _, label in _of(figure).scale]
    if _plain(text) in map(_plain, labels):
        return Refusal(
            "letter.wrong-grade",
            f"The words say {quoted(text)}, but {figure.key} ({figure.label}) is {quoted(grade)}.",
            f"Write {grade}, or {{{figure.key}: rating}}.",
        )
    return Refusal(
        "letter.unknown-grade",
        f"{quoted(text)} is no grade of {figure.key}; its grades are {', '.join(labels)}.",
        f"Put the grade alone between the brackets: [{grade}]{{{figure.key}}}.",
    )


def no_grade(figure: Figure) -> Refusal | None:
    """Why a rating has no grade that could be printed; ``None`` when it has one."""
    reached = _of(figure)
    if reached.grade:
        return None
    explain = f"{{{figure.key}: reached}} says so in words."
    if reached.state == "judgement_needed":
        return Refusal(
            "letter.judgement-needed",
            f"No rule gives {figure.key} ({figure.label}) a grade, so a judgement is needed.",
            f"Record the decision: caselight decide. Until then {explain}",
        )
    if reached.state == "incomplete":
        return Refusal(
            "letter.rating-incomplete",
            f"{figure.key} ({figure.label}) has no grade yet: something that it rests on is unanswered or contested.",
            f"Answer or resolve it first. Until then {explain}",
        )
    return Refusal(
        "letter.not-rated",
        f"{figure.key} ({figure.label}) is not rated: what it rests on has no base, or too small a one.",
        f"Leave the grade out; {explain}",
    )


def _grade(figure: Figure, stage: str, context: Context) -> str | Refusal:
    reached = _of(figure)
    refusal = no_grade(figure)
    grade = {"provisional": reached.provisional, "reached": reached.reached}.get(stage, reached.grade)
    if refusal and not grade:
        return refusal
    if not grade:
        return Refusal(
            "letter.no-such-stage",
            f"{figure.key} has no grade at the stage {stage}: no rule gave it one.",
            "Leave out the option stage.",
        )
    return fill(context.words.templates.get("rating", "{grade}"), {"grade": reached.label(grade)})


def _reached(figure: Figure, options: Mapping[str, str], context: Context) -> str | Refusal:
    steps = reached_steps(figure, context)
    return steps if isinstance(steps, Refusal) else reached_sentence(steps, context, options.get("form", "full"))


def _wrong_style(style: str, figures: Sequence[Figure]) -> Refusal | None:
    kinds = STYLES.get(style, ())
    other = next((figure for figure in figures if figure.kind not in kinds), None)
    if other is not None and is_rated(other):
        what = "rating" if other.kind == "rating" else "measure"
        fitting = [name for name, known in STYLES.items() if other.kind in known]
        return Refusal(
            "letter.style-of-another-kind",
            f"The style {quoted(style)} says nothing of a {what}, and {other.key} is one.",
            f"Use {' or '.join(f'{{{other.key}: {name}}}' for name in fitting)}. {did_you_mean(style, fitting)}",
        )
    if other is not None:
        return Refusal(
            "letter.style-of-another-kind",
            f"The style {quoted(style)} is for ratings and measures, and {other.key} is neither.",
            f"Use another style for {other.key}, for instance of.",
        )
    if len(figures) != 1:
        return Refusal(
            "letter.one-figure-only",
            f"The style {quoted(style)} needs exactly one figure, and {len(figures)} are named.",
            "Write a bound phrase for each figure.",
        )
    return None


def _wrong(style: str, options: Mapping[str, str], known: Mapping[str, Sequence[str]]) -> Refusal | None:
    for name, value in options.items():
        if value not in known.get(name, ()):
            listed = "; ".join(f"{option}={' or '.join(values)}" for option, values in known.items())
            return Refusal(
                "letter.rated-option",
                f"The style {quoted(style)} has no option {name}={value[:60]}.",
                f"Its options are {listed}.",
            )
    return None


def rated_value(figure: Figure) -> str:
    """The value of a measure or rating as it is accepted: the grade and what it was before, or the exact number."""
    if figure.reached is not None:
        reached = figure.reached
        changed = reached.grade and reached.provisional and reached.grade != reached.provisional
        return f"{reached.grade or reached.state}{f' from {reached.provisional}' if changed else ''}"
    number = figure.number
    if number is None or number.value is None:
        return "none"
    return f"{number.n}/{number.d}" if number.n is not None and number.d is not None else str(number.value)


def holds(figure: Figure, context: Context) -> bool:
    """Whether there is something to say of a measure or rating: a grade, or a number."""
    return bool(figure.reached.grade) if figure.reached else value_of(figure, context) is not None


def _of(figure: Figure) -> Reached:
    assert figure.reached is not None  # noqa: S101 - a figure of kind rating has it; this tells the type checker
    return figure.reached


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
