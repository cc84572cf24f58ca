"""A mangled framework gives faults and nothing else: no crash, no loop, and no long wait, whatever was done to it."""

from __future__ import annotations

import copy
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import minimal_text
from tests.factories.found import found_data
from tests.factories.small import framework

from caselight.formats.framework_yaml import canonical, framework_faults
from caselight.formats.located_yaml import read_yaml
from caselight.method.faults import Fault

ROOT = Path(__file__).parents[2]
SECONDS = 20  # of processor: far more than is needed, and far less than for ever


def seeds() -> list[Any]:
    rich = read_yaml(canonical(framework(**found_data())), "f").value
    return [read_yaml(minimal_text().encode(), "f").value, rich, *packs()]


def packs() -> list[Any]:
    """The rated framework and the one of items and outcomes, each as one value."""
    made = []
    for name in ("youth-2018-25", "child-family-review"):
        whole, faults = framework_faults(ROOT / "packs" / name)
        if whole is not None and not faults:
            made.append(read_yaml(canonical(whole), "f").value)
    return made


SEEDS = seeds()
RULES = [
    {"always": True}, {"not": {"always": True}}, {"fact": "age", "at_least": 1e9}, {"rows": "placement", "at_least": -1},
    {"elapsed": {"from": {"fact": "entered"}, "to": {"answer": "day"}, "in": "months"}, "is": 0},
    {"count": ["A", "A", "A"], "outcome": "insufficient", "at_most": 1}, {"rating": "R", "or_worse": "x"},
    {"rows": "placement", "where": {"rows": "placement", "is": 1}, "is": 1}, {"measure": "M", "is": 1},
    {"ratings": ["R"], "is": "x", "times": {"is": 0}}, {"answer": "A", "same_as": {"answer": "A"}},
    {"fact": "foster", "includes_all": ["yes", "no"]}, {"fact": "entered", "before": {"fact": "entered"}},
]  # fmt: skip
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False, width=16),
    st.text(max_size=12), st.sampled_from(["A", "I", "case", "placement", "not_relevant", "yes", "2016-02-30", "1e9", "80%"]),
    st.just([]), st.just({}), st.sampled_from(RULES),
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] * bool(path) + [place for key, part in inner for place in places(part, (*path, key))]


PLACES = [places(seed) for seed in SEEDS]


@st.composite
def mangled(draw: st.DrawFn) -> Any:
    """A framework with up to four parts replaced, removed, doubled, renamed or put elsewhere."""
    which = draw(st.integers(0, len(SEEDS) - 1))
    value = copy.deepcopy(SEEDS[which])
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(PLACES[which]))
        owner = _at(value, path[:-1])
        if _at(value, path) is not None:
            changed = draw(st.one_of(ODD, st.sampled_from(PLACES[which]).map(partial(_at, value))))
            _change(owner, path[-1], draw(st.sampled_from(["replace", "remove", "double", "rename"])), changed)
    return value


def _change(owner: Any, key: Any, what: str, new: Any) -> None:
    if what == "remove":
        del owner[key]
    elif what == "double" and isinstance(owner, list):
        owner.insert(key, copy.deepcopy(owner[key]))
    elif what == "rename" and isinstance(owner, dict):
        owner[str(new)[:20]] = owner.pop(key)
    else:
        owner[key] = copy.deepcopy(new)


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    try:
        for step in path:
            value = value[step]
    except (KeyError, IndexError, TypeError):
        return None
    return value


def told(text: bytes) -> list[Fault]:
    with TemporaryDirectory() as folder:
        (Path(folder) / "framework.yaml").write_bytes(text)
        began = time.process_time()
        _, faults = framework_faults(Path(folder))
        assert time.process_time() - began < SECONDS
    assert all(fault.place is not None and fault.says.endswith(".") and fault.cure for fault in faults), faults
    return faults


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(mangled())
def test_whatever_is_done_to_a_framework_it_is_read_or_refused_with_faults(value: Any) -> None:
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    told(text.encode("utf-8", "replace"))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_bytes_are_cut_out_or_put_in_it_is_read_or_refused_with_faults(data: st.DataObject) -> None:
    text = minimal_text().encode()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    told(text[:start] + data.draw(st.binary(max_size=20)) + text[end:])


# Size ------------------------------------------------------------------------------------------------------------------

GATE = "      - {{id: G{n}, kind: gate, text: x, short: x, scale: gate, provenance: own-design{when}}}\n"


def with_gates(rules: list[str]) -> bytes:
    rows = [GATE.format(n=n, when=f", when: {rule}" if rule else "") for n, rule in enumerate(rules)]
    added = "  - id: G\n    title: G\n    questions:\n" + "".join(rows) + "populations:\n"
    return minimal_text(("populations:\n", added)).encode()


COUNT = "{count: [" + ", ".join(f"G{n}" for n in range(300)) + "], answer: yes, is: 150}"
SPAN = "{elapsed: {from: {fact: begun}, to: {fact: done}, in: months}, is: "
LARGE = {
    "ten thousand questions": [""] * 2
    + [f"{{any: [{{answer: G{n - 1}, is: yes}}, {{answer: G{n - 2}, is: no}}]}}" for n in range(2, 10_000)],
    "long counts": [""] * 300 + [COUNT] * 200,
    "many spans": ["", *(f"{SPAN}{n}}}" for n in range(2_000))],
    "deep rules": ["", *["{not: " * 40 + "{answer: G0, is: yes}" + "}" * 40] * 500],
}


@pytest.mark.parametrize("rules", LARGE.values(), ids=LARGE)
def test_a_very_large_framework_is_bounded_in_time(rules: list[str]) -> None:
    told(with_gates(rules))


def test_a_rule_that_is_too_deep_is_refused() -> None:
    (fault,) = told(with_gates(["{not: " * 60 + "{fact: report, is: yes}" + "}" * 60]))
    assert fault.code == "yaml.too-deep"


def test_hostile_aliases_are_refused() -> None:
    levels = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))
    (fault,) = told(f"a0: &a0 [x, x]\n{levels}\n".encode())
    assert fault.code == "yaml.too-many-values"
