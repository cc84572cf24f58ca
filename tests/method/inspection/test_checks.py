"""Rows against rows and against the framework, on values alone: each rule with the smallest package that breaks it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from tests.factories import MINIMAL, minimal
from tests.factories.folders import EVENTS, event, op

from caselight.formats.located_yaml import read_yaml
from caselight.method.answers.events import payload_digest
from caselight.method.caseload.case import Subject
from caselight.method.faults import Severity
from caselight.method.framework.definition import Framework
from caselight.method.framework.parts import Fact
from caselight.method.inspection.checks import check
from caselight.method.inspection.definition import Inspection
from caselight.method.inspection.facts import with_facts
from caselight.method.inspection.names import folded
from caselight.method.inspection.package import Accepted, CaseloadCase, External, Identity, Package, SampledCase

ERROR, WARNING = Severity.ERROR, Severity.WARNING
RATE = External("rate.a", "external", "Rate", Decimal("43.6"), "M1", "Area", "2013", "2015", "Statistics")
GOOD = Package(
    Inspection.model_validate(
        {
            "schema": "caselight.inspection/1",
            "id": "test",
            "title": "Test",
            "languages": ["en"],
            "service": {"name": "Testshire", "short": "Testshire", "areas": [{"name": "Testshire"}]},
            "dates": {"announced": "2015-11-27", "fieldwork_from": "2015-12-14", "fieldwork_to": "2015-12-16"},
            "framework": {"id": "minimal", "version": "1", "screening": "all"},
        }
    ),
    minimal(),
    subjects=(
        Subject("case", "k1", "Case 1", managed_by="w1"),
        Subject("case", "k2", "C"),
        Subject("worker", "w1", "W"),
    ),
    caseload=(CaseloadCase("k1", True, "", {"age": 15}, "w1"), CaseloadCase("k2", True, "", {})),
    sample=(SampledCase("k1", 1, "all", "drawn"), SampledCase("k2", 2, "all", "drawn")),
    events=EVENTS,
    external=(RATE,),
)
CLAIM = Accepted("1.1", "Words.", ("A1",), ("1 of 2",), "0" * 64, "i1", "2016-01-20")


def found(package: Package) -> list[tuple[str, tuple[str | int, ...], Severity]]:
    return [(fault.code, fault.where, fault.severity) for fault in check(package)]


def test_a_package_that_holds_together_has_no_fault() -> None:
    assert found(GOOD) == []


def removed(**changes: str) -> tuple[SampledCase, ...]:
    return (replace(SampledCase("k1", 1, "all", "removed", "not-eligible"), **changes), *GOOD.sample[1:])


@pytest.mark.parametrize(
    ("changes", "code", "where", "severity"),
    [
        (
            {"caseload": (replace(GOOD.caseload[0], managed_by="w2"), GOOD.caseload[1])},
            "package.unknown-manager",
            ("caseload", 0, "managed_by"),
            ERROR,
        ),
        (
            {"subjects": (*GOOD.subjects, Subject("worker", "w2", "W2"), Subject("case", "k3", "C", managed_by="k1"))},
            "package.unknown-manager",
            ("subjects", 4, "managed_by"),
            ERROR,
        ),
        (
            {
                "subjects": (*GOOD.subjects, Subject("worker", "w2", "W2")),
                "caseload": (replace(GOOD.caseload[0], managed_by="w2"), GOOD.caseload[1]),
            },
            "package.managers-differ",
            ("caseload", 0, "managed_by"),
            WARNING,
        ),
        (
            {
                "sample": (*GOOD.sample, SampledCase("k3", 3, "all", "drawn")),
                "caseload": (*GOOD.caseload, CaseloadCase("k3", True, "", {})),
            },
            "package.sample-without-subject",
            ("sample", 2, "case_key"),
            WARNING,
        ),
        (
            {"caseload": (GOOD.caseload[0], CaseloadCase("k2", False, "too late", {}))},
            "package.sample-not-eligible",
            ("sample", 1, "case_key"),
            ERROR,
        ),
        (
            {
                "sample": (*GOOD.sample, SampledCase("k3", 3, "all", "reserve")),
                "caseload": (*GOOD.caseload, CaseloadCase("k3", False, "too late", {})),
            },
            "package.sample-not-eligible",
            ("sample", 2, "case_key"),
            WARNING,
        ),
        ({"sample": GOOD.sample[:1]}, "package.answer-outside-sample", ("answers", 2, "subject_key"), WARNING),
        (
            {"external": (replace(RATE, kind="number"),)},
            "package.unknown-external-kind",
            ("external", 0, "kind"),
            ERROR,
        ),
        (
            {"external": (replace(RATE, source=""),)},
            "package.external-without-source",
            ("external", 0, "source"),
            WARNING,
        ),
        *(
            ({"external": (replace(RATE, key=key),)}, "package.key-taken", ("external", 0, "key"), ERROR)
            for key in ("A1", "CASES", "A1@older", "fact.service", "fact.mine")
        ),
        ({"external": (RATE, RATE)}, "package.duplicate-row", ("external", 1, "key"), ERROR),
        ({"accepted": (CLAIM, CLAIM)}, "package.duplicate-row", ("accepted", 1, "claim"), ERROR),
        (
            {"identities": (Identity("k1", "A B"),) * 2},
            "package.duplicate-row",
            ("identities", 1, "subject_key"),
            ERROR,
        ),
        (
            {"identities": (Identity("k1", "Case 1"),)},
            "package.name-as-label",
            ("subjects", 0, "label"),
            ERROR,
        ),
    ],
)
def test_each_rule_finds_its_one_fault(
    changes: dict[str, object], code: str, where: tuple[str | int, ...], severity: Severity
) -> None:
    assert found(replace(GOOD, **changes)) == [(code, where, severity)]  # type: ignore[arg-type]


def test_a_case_that_was_removed_with_a_reason_and_replaced_is_no_fault() -> None:
    sample = (*removed(replaced_by="k2")[:1], SampledCase("k2", 2, "all", "replacement"))
    assert [code for code, *_ in found(replace(GOOD, sample=sample, events=EVENTS[2:]))] == []


def test_the_same_claim_may_be_accepted_in_each_language() -> None:
    assert found(replace(GOOD, accepted=(CLAIM, replace(CLAIM, language="cy")))) == []


def test_the_caseload_may_name_managers_of_cases_that_nobody_examines() -> None:
    assert found(replace(GOOD, caseload=(*GOOD.caseload, CaseloadCase("k9", True, "", {}, "w9")))) == []


def test_a_fact_that_the_framework_requires_of_an_eligible_case_is_missed() -> None:
    facts = tuple(fact.model_copy(update={"required": fact.id == "age"}) for fact in minimal().facts)
    assert all(isinstance(fact, Fact) for fact in facts)
    strict = minimal().model_copy(update={"facts": facts})
    assert found(replace(GOOD, framework=strict)) == [("package.fact-missing", ("caseload", 1, "age"), WARNING)]


def test_a_correction_stands_beside_what_was_supplied_and_a_wrong_one_changes_nothing() -> None:
    events = [
        event(1, "k1", "fact:age", "16"),
        event(2, "k2", "fact:age", "old"),
        event(3, "k2", "fact:begun", "2015-09-01"),
    ]
    k1, k2, _ = with_facts(GOOD.subjects, GOOD.caseload, events, minimal())
    assert (k1.facts, k1.supplied) == ({"age": 16}, {"age": 15})
    assert (k2.facts, k2.supplied) == ({"begun": date(2015, 9, 1)}, {})


def test_a_correction_taken_to_unknown_makes_the_fact_unknown() -> None:
    events = [event(1, "k1", "fact:age", "")]
    assert with_facts(GOOD.subjects, GOOD.caseload, events, minimal())[0].facts == {"age": None}


def test_the_manager_of_the_caseload_is_the_case_manager_unless_the_subject_says_another() -> None:
    subjects = [Subject("case", "k1", "Case 1")]
    assert with_facts(subjects, GOOD.caseload, [], minimal())[0].managed_by == "w1"
    assert with_facts(GOOD.subjects, [], [], minimal())[0].managed_by == "w1"


@pytest.mark.parametrize("name", ["ANN OCK", " ann\tock ", "\uff21nn Ock"])
def test_names_are_compared_without_what_hides_them(name: str) -> None:
    assert folded(name) == folded("Ann Ock")


def test_evidence_names_an_event_that_is_there() -> None:
    from caselight.method.answers.evidence import Locator

    locators = (Locator(op(1), "File", "p. 1"), Locator(op(99), "File", "p. 2"))
    assert found(replace(GOOD, locators=locators)) == [("package.unknown-event", ("locators", 1, "op_id"), ERROR)]


def test_a_contested_fact_is_not_known_until_it_is_resolved() -> None:
    contested = [event(1, "k1", "fact:age", "16"), event(2, "k1", "fact:age", "17", actor="i2")]
    assert with_facts(GOOD.subjects, GOOD.caseload, contested, minimal())[0].facts == {"age": None}
    resolved = event(3, "k1", "fact:age", "17", base_op_ids=(op(1), op(2)), resolves_reason="seen the record")
    assert with_facts(GOOD.subjects, GOOD.caseload, [*contested, resolved], minimal())[0].facts == {"age": 17}


def test_a_withdrawn_correction_leaves_what_was_supplied() -> None:
    events = [
        event(1, "k1", "fact:age", "16"),
        event(2, "k1", "fact:age", "16", base_op_ids=(op(1),), withdrawn=True),
    ]
    assert with_facts(GOOD.subjects, GOOD.caseload, events, minimal())[0].facts == {"age": 15}


def test_an_answer_outside_the_sample_that_was_withdrawn_is_no_fault() -> None:
    withdrawn = event(9, "k2", "A1", "yes", base_op_ids=(op(3),), withdrawn=True)
    assert found(replace(GOOD, sample=GOOD.sample[:1], events=(*EVENTS, withdrawn))) == []


def renamed(package: Package) -> Package:
    """The same package in a framework whose sampled subject is called ``child``."""
    data: Any = read_yaml(MINIMAL.read_bytes(), "framework.yaml").value
    data["subjects"][0]["id"] = "child"
    for part in (*data["tools"], *data["facts"], *data["populations"], *data["counts"], *data["consistency"]):
        if part.get("subject", "case") == "case":
            part["subject"] = "child"
    subjects = tuple(replace(s, kind="child") if s.kind == "case" else s for s in package.subjects)
    events = [e._replace(subject_kind="child") if e.subject_kind == "case" else e for e in package.events]
    sealed = tuple(e._replace(payload_sha256=payload_digest(e)) for e in events)
    return replace(package, framework=Framework.model_validate(data), subjects=subjects, events=sealed)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"sample": GOOD.sample[:1]}, ["package.answer-outside-sample"]),
        (
            {"subjects": (Subject("case", "k1", "C", managed_by="k2"), *GOOD.subjects[1:])},
            ["package.unknown-manager", "package.managers-differ"],
        ),
    ],
)
def test_the_kind_that_is_sampled_may_have_any_name(changes: dict[str, object], codes: list[str]) -> None:
    assert [code for code, *_ in found(renamed(replace(GOOD, **changes)))] == codes  # type: ignore[arg-type]


def test_facts_of_the_caseload_reach_the_kind_that_is_sampled() -> None:
    package = renamed(GOOD)
    assert with_facts(package.subjects, package.caseload, (), package.framework)[0].facts == {"age": 15}
