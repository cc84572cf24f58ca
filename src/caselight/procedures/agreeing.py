"""How far two people agree in an inspection folder, with intervals by resampling; and the same as data for a program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from caselight.engines.agreement.bootstrap import RESAMPLES, Resampled, resampled
from caselight.formats.garbage import uncollected
from caselight.formats.package.reading import read_package
from caselight.method.analysis.double_marking import Agreement, DoubleMarked, double_marking
from caselight.method.faults import Fault, did_you_mean, quoted, stop
from caselight.method.statistics.agreement.coefficient import Coefficient
from caselight.method.statistics.proportions import Undefined

PLACES = 6
Interval = Resampled | Undefined


@dataclass(frozen=True)
class Measured:
    """One figure of agreement with the interval of each of its coefficients, in their order."""

    figure: Agreement
    intervals: tuple[Interval, ...]

    @property
    def coefficients(self) -> Iterable[tuple[Coefficient, Interval]]:
        """Each coefficient with its interval."""
        return zip(self.figure.coefficients, self.intervals, strict=True)


@dataclass(frozen=True)
class Agreed:
    """One question that two people marked: whether it applies, and how it was answered."""

    marked: DoubleMarked
    applies: Measured
    answers: Measured


def agreed(folder: Path, question: str = "", *, seed: int = 1, resamples: int = RESAMPLES) -> tuple[Agreed, ...]:
    """Every question that two people marked, or one of them, in the order of the framework.

    Raises :class:`Faults` for a faulty folder, a question that is not in the framework, and a seed that cannot be.
    """
    with uncollected():
        package = read_package(folder)
        if question and question not in package.framework.questions:
            cure = did_you_mean(question, package.framework.questions)
            stop(Fault("agreement.unknown-question", (question,), f"No question is called {quoted(question)}.", cure))
        found = [item for item in double_marking(package) if question in ("", item.question)]
    return tuple(
        Agreed(item, *(_measured(figure, seed, resamples) for figure in (item.applies, item.answers))) for item in found
    )


def _measured(figure: Agreement, seed: int, resamples: int) -> Measured:
    draws = (resampled(figure.ratings, one, seed=seed, resamples=resamples) for one in figure.coefficients)
    return Measured(figure, tuple(draws))


def agreed_as_data(found: Iterable[Agreed]) -> list[Mapping[str, Any]]:
    """The same for a program. Shares and coefficients are rounded, so that no machine's last digit changes the bytes."""
    return [
        {
            "question": item.marked.question,
            "label": item.marked.label,
            "theme": item.marked.theme,
            "minimum_units": item.marked.rule.minimum_units,
            "contested": item.marked.contested,
            "applies": _figure_as_data(item.applies),
            "answers": _figure_as_data(item.answers),
            "units": [unit._asdict() for unit in item.marked.units],
        }
        for item in found
    ]


def _figure_as_data(measured: Measured) -> Mapping[str, Any]:
    figure = measured.figure
    return {
        "units": figure.units,
        "agreed": figure.agreed,
        "share": None if figure.share is None else {"low": _short(figure.share.low), "high": _short(figure.share.high)},
        "categories": list(figure.labels),
        "table": [list(row) for row in figure.ratings.table()],
        "few": figure.few,
        "flagged": figure.flagged,
        "coefficients": [_coefficient_as_data(*pair) for pair in measured.coefficients],
    }


def _coefficient_as_data(coefficient: Coefficient, interval: Interval) -> Mapping[str, Any]:
    value = coefficient.value
    return {
        "name": coefficient.name,
        "weights": coefficient.weights,
        "value": None if isinstance(value, Undefined) else _short(value),
        "undefined": coefficient.undefined,
        "se": _short(coefficient.se),
        "se_null": _short(coefficient.se_null),
        "flags": list(coefficient.flags),
        "interval": _interval_as_data(interval),
    }


def _interval_as_data(interval: Interval) -> Mapping[str, Any]:
    if isinstance(interval, Undefined):
        return {"undefined": interval.reason}
    return {
        "low": _short(interval.low),
        "high": _short(interval.high),
        "confidence": interval.confidence,
        "resamples": interval.resamples,
        "left_out": interval.undefined,
        "seed": interval.seed,
    }


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, PLACES) + 0.0  # and no minus before nought
