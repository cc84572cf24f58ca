"""One changed answer makes exactly the claims that rest on it stale, by name, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from caselight.formats.package.reading import read_package
from caselight.method.answers.events import AnswerEvent, heads, payload_digest
from caselight.method.faults import Faults
from caselight.method.inspection.package import Package
from caselight.procedures.drafting import draft

EXAMPLE = Path(__file__).parents[2] / "examples" / "west-london"


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package(EXAMPLE, private=True)


def amended(package: Package, question: str, before: str, after: str) -> Package:
    """The first case whose answer stands as ``before``, answered again."""
    standing = (h[0] for a, h in sorted(heads(package.events).items()) if a.question_id == question and len(h) == 1)
    old = next(event for event in standing if event.value == before and event.pass_ == "first")
    return replace(package, events=(*package.events, _again(old, after)))


def _again(old: AnswerEvent, value: str) -> AnswerEvent:
    reasons = ("other",) if value == "no" else ()
    new = old._replace(op_id=old.op_id[:-1] + "f", value=value, reasons=reasons, note="Read again.",
                       base_op_ids=(old.op_id,))  # fmt: skip
    return new._replace(payload_sha256=payload_digest(new))


def stale(package: Package) -> dict[str, str]:
    return {str(f.where[0]): f.says for f in draft(package, "en").faults if f.code == "letter.stale"}


def test_the_example_as_it_stands_has_nothing_stale(package: Package) -> None:
    assert stale(package) == {}


def test_one_plan_judged_otherwise_makes_the_claims_about_it_stale(package: Package) -> None:
    found = stale(amended(package, "P5", "yes", "no"))
    letter = draft(package, "en")
    resting = {claim.id for claim in letter.claims if any(key.split("@")[0] == "P5" for key in claim.keys)}
    assert set(found) == resting
    assert "P-P5-of" in found
    assert "28 of 32 relevant cases" in found["P-P5-of"]
    assert "27 of 32 relevant cases" in found["P-P5-of"]


def test_a_gate_answered_otherwise_reaches_the_question_that_it_opens(package: Package) -> None:
    found = stale(amended(package, "X1.problem", "no", "yes"))
    resting = {claim.id for claim in draft(package, "en").claims if "X1" in claim.keys}
    assert resting
    assert set(found) == resting


def test_all_with_one_failure_can_no_longer_be_said(package: Package) -> None:
    with pytest.raises(Faults) as raised:
        draft(amended(package, "R1", "yes", "no"), "en")
    assert "letter.all-with-exceptions" in {fault.code for fault in raised.value.faults}
