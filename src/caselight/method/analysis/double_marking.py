"""Cases that two people marked independently: per question a table, two figures, and coefficients where they mean much.

*Does it apply?* and *is it sufficient?* are two figures: not relevant is a category of the first and left out of the
second. Percent agreement and the table always stand beside a coefficient; with fewer units than the framework asks for
they stand alone. No adjectives, and a threshold only flags (frameworks.md, section 9).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from caselight.method.analysis.marks import Marked, MarkedTwice, columns
from caselight.method.framework.definition import Framework
from caselight.method.framework.double_marking import UNLESS_SAID, AgreementRule, is_markable, option_values
from caselight.method.framework.parts import NOT_RELEVANT
from caselight.method.framework.questions import Question
from caselight.method.inspection.package import Package
from caselight.method.statistics.agreement.alpha import krippendorff_alpha
from caselight.method.statistics.agreement.coefficient import Coefficient
from caselight.method.statistics.agreement.paired import NOT_RELEVANT as NOT_RELEVANT_LABEL
from caselight.method.statistics.agreement.paired import RELEVANT, take_apart
from caselight.method.statistics.agreement.ratings import Ratings
from caselight.method.statistics.agreement.several_raters import gwet_ac1, gwet_ac2
from caselight.method.statistics.agreement.two_raters import cohen_kappa, weighted_kappa
from caselight.method.statistics.proportions import Bounds, Undefined, wilson_interval


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two people agree on one thing, over ``units`` that both marked; ``agreed`` of them alike.

    ``labels`` are the categories in the order of ``ratings.table()``, in words. ``share`` is the 95% interval (Wilson) of the share
    that is alike, ``None`` without units. ``coefficients`` are empty when there are ``few`` units; the first is the one
    that ``flagged`` is about.
    """

    ratings: Ratings
    labels: tuple[str, ...]
    units: int
    agreed: int
    share: Bounds | None
    few: bool
    coefficients: tuple[Coefficient, ...] = ()
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class DoubleMarked:
    """One question that two people marked. ``contested`` units have two answers within one pass and are left out."""

    question: str
    label: str
    theme: str
    rule: AgreementRule
    units: tuple[Marked, ...]
    contested: int
    applies: Agreement
    answers: Agreement


def double_marking(package: Package, language: str | None = None) -> tuple[DoubleMarked, ...]:
    """Every question that the framework has marked twice and that two people did mark, in the framework's order.

    A framework that says nothing about double marking has every judgement and gate measured with AC1.
    """
    passes = MarkedTwice(package)
    spoken = language or package.inspection.languages[0]
    found = []
    for question in package.framework.asked(package.inspection.framework.screening):
        rule = rule_of(package.framework, question)
        if rule is None:
            continue
        units, contested = passes.of(question.id)
        if units or contested:
            found.append(_measured(package.framework, question, rule, (units, contested), spoken))
    return tuple(found)


def rule_of(framework: Framework, question: Question) -> AgreementRule | None:
    """How the agreement on a question is measured; ``None`` when it is not."""
    if not is_markable(question, framework.scale_by_id.get(question.scale or "")):
        return None
    named = (rule for rule in framework.double_marking if question.id in rule.questions)
    others = (rule for rule in framework.double_marking or (UNLESS_SAID,) if not rule.questions)
    usual = question.kind in ("judgement", "gate")
    return next(named, None) or (next(others, None) if usual else None)


def _measured(
    framework: Framework,
    question: Question,
    rule: AgreementRule,
    marked: tuple[tuple[Marked, ...], int],
    language: str,
) -> DoubleMarked:
    scale = framework.scale_by_id[question.scale or ""]
    labels = tuple(option.label.in_(language) for option in scale.options)
    parts = take_apart(*columns(marked[0]), NOT_RELEVANT, [option.value for option in scale.options])
    whether = UNLESS_SAID.model_copy(update={"minimum_units": rule.minimum_units, "flag_below": rule.flag_below})
    values = option_values(scale) if rule.metric in ("interval", "ratio") else ()
    judged = replace(parts.judgement, categories=values) if values else parts.judgement
    return DoubleMarked(
        question=question.id,
        label=question.short.in_(language),
        theme=framework.theme_of[question.id].id,
        rule=rule,
        units=marked[0],
        contested=marked[1],
        applies=agreement(parts.applicability, (RELEVANT, NOT_RELEVANT_LABEL), whether),
        answers=agreement(judged, labels, rule),
    )


def agreement(ratings: Ratings, labels: tuple[str, ...], rule: AgreementRule) -> Agreement:
    """The figure of two people's ratings: share and table always, coefficients from the rule's number of units on."""
    units = ratings.paired
    agreed = units - ratings.disagreed
    share = wilson_interval(agreed, units)
    few = units < rule.minimum_units
    coefficients = () if few else STATISTICS[rule.statistic](ratings, rule)
    return Agreement(
        ratings,
        labels,
        units,
        agreed,
        None if isinstance(share, Undefined) else share,
        few,
        coefficients,
        bool(coefficients) and _is_below(coefficients[0], rule.flag_below),
    )


def _is_below(coefficient: Coefficient, threshold: float | None) -> bool:
    return threshold is not None and isinstance(coefficient.value, float) and coefficient.value < threshold


def _ac1(ratings: Ratings, rule: AgreementRule) -> tuple[Coefficient, ...]:
    if rule.weights == "none":
        return gwet_ac1(ratings), cohen_kappa(ratings)
    return gwet_ac2(ratings, rule.weights), weighted_kappa(ratings, rule.weights)


def _alpha(ratings: Ratings, rule: AgreementRule) -> tuple[Coefficient, ...]:
    return krippendorff_alpha(ratings, rule.metric), cohen_kappa(ratings)


STATISTICS: Mapping[str, Callable[[Ratings, AgreementRule], tuple[Coefficient, ...]]] = {"ac1": _ac1, "alpha": _alpha}
