"""Each operator, comparison, measure, way, unit of time, rounding, size … is needed by a pack or a specimen.

One after the other is taken away, and the worked examples are counted again until one of them fails. So nothing is in
the language that no framework here uses, and no worked example passes by accident.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from caselight.method.analysis import double_marking, measures, ratings
from caselight.method.answers import computing
from caselight.method.caseload import elapsed
from caselight.method.framework import cutting, truth
from caselight.method.sampling import sizes
from caselight.method.sampling.allocation import methods
from caselight.method.statistics import sample_size
from caselight.method.statistics.agreement import alpha, weights

FIGURES = (
    "test_specimens",
    "test_child_family_review",
    "test_adult_social_care",
    "test_facility_review",
    "test_youth_2018_25",
    "test_national_standards",
    "test_sqs",
)
SAMPLES = ("test_samples_of_packs", "test_samples_of_the_specimen")
REGISTRIES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "operator": (truth.OPERATORS, FIGURES),
    "comparison": (truth.COMPARISONS, FIGURES),
    "computed": (computing.WAYS, FIGURES),
    "measure": (measures.WAYS, FIGURES),
    "rating": (ratings.WAYS, FIGURES),
    "agreement": (double_marking.STATISTICS, FIGURES),
    "metric": (alpha.METRICS, FIGURES),
    "weights": (weights.WEIGHTS, FIGURES),
    "unit": (elapsed.UNITS, FIGURES),
    "rounding": (cutting.UNITS, FIGURES),
    "size": (sizes.SIZE_RULES, SAMPLES),
    "allocation": (methods.ALLOCATIONS, SAMPLES),
    "rounded size": (sample_size.ROUNDINGS, SAMPLES),
}
ENTRIES = [(what, key) for what, (registry, _) in REGISTRIES.items() for key in registry]

Run = Callable[[Path], None]


def runs(module: ModuleType) -> Iterator[Run]:
    """Every test of a module with every set of its parameters, as a call that needs only a folder."""
    for name, test in vars(module).items():
        if not name.startswith("test_") or not callable(test):
            continue
        marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
        for given in product(*(list(_sets(mark)) for mark in marks)):
            yield _run(test, {key: value for part in given for key, value in part.items()})


def _sets(mark: pytest.Mark) -> Iterator[dict[str, Any]]:
    names = mark.args[0] if not isinstance(mark.args[0], str) else [name.strip() for name in mark.args[0].split(",")]
    for values in mark.args[1]:
        yield dict(zip(names, values if len(names) > 1 else (values,), strict=True))


def _run(test: Callable[..., None], given: dict[str, Any]) -> Run:
    wants_folder = "tmp_path" in inspect.signature(test).parameters
    return lambda folder: test(**given, **({"tmp_path": folder} if wants_folder else {}))


@pytest.mark.parametrize(
    ("what", "key"), ENTRIES, ids=[f"{what}-{getattr(key, '__name__', key)}" for what, key in ENTRIES]
)
def test_without_it_a_worked_example_fails(
    what: str, key: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    registry, names = REGISTRIES[what]
    modules = [importlib.import_module(f"tests.packs.{name}") for name in names]
    monkeypatch.delitem(registry, key)
    weights.weight_matrix.cache_clear()  # what is remembered would not be missed
    for at, run in enumerate(run for module in modules for run in runs(module)):
        try:
            run(tmp_path / str(at))
        except Exception:  # noqa: BLE001 - any failure is the one that is looked for
            return
    pytest.fail(f"Every worked example passes without {what} {key}.")
