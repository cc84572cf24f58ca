"""What does not hold together in a sampling design is found when the framework is loaded, with its line and column."""

from __future__ import annotations

import pytest
from tests.factories import told

SAMPLE = "\n    - {id: other, label: Other, needs_note: true}\n  provenance: own-design\nletter:"
DESIGN = "id: d, title: D, provenance: own-design"
FIXED = "size: {fixed: 30}"


def faults(design: str) -> tuple[list[tuple[str, str]], str]:
    """The faults of the minimal framework with one design added."""
    added = SAMPLE.replace("\nletter:", f"\n  designs:\n    - {{{DESIGN}, {design}}}\nletter:")
    return told((SAMPLE, added))


LONG = "{id: long, label: L, when: {fact: order, is: long}, provenance: own-design}"
SHORT = "{id: short, label: S, when: {fact: order, is: short}, provenance: own-design}"
BOTH = "{id: both, label: B, when: «{fact: order, in: [long, short]}, provenance: own-design}"


@pytest.mark.parametrize(
    ("design", "code"),
    [
        (f"{FIXED}, stratify_by: [«ordr]", "framework.unknown-id"),
        (f"{FIXED}, clusters: [order, «unit]", "framework.unknown-id"),
        (f"{FIXED}, clusters: [«grade]", "framework.unknown-id"),  # a fact of the worker, not of the case
        (f"{FIXED}, tools: [«cse]", "framework.unknown-id"),
        (f"{FIXED}, where: {{fact: «ordr, is: long}}", "framework.unknown-id"),
        (f"{FIXED}, where: {{answer: «A1, is: yes}}", "framework.later-question"),
        (f"{FIXED}, same_person: {{label: S, agree_in: [[age, «agee]], by: begun, provenance: own-design}}", "framework.unknown-id"),
        (f"{FIXED}, same_person: {{label: S, agree_in: [[age]], by: «age, provenance: own-design}}", "framework.type-mismatch"),
        (f"{FIXED}, strata: [{LONG}, {{id: «long, label: X, when: {{fact: order, is: short}}, provenance: own-design}}], otherwise: o", "framework.duplicate-id"),
        (f"{FIXED}, strata: [{LONG}, {SHORT}], otherwise: «short", "framework.duplicate-id"),
        ("size: «{fixed: 30, at_least: 9, at_most: 5}", "framework.size-bounds"),
        ("size: {by_band: [{to: 20, all: true}, «{from: 22, number: 20}]}", "framework.size-band-gap"),
        ("size: {by_band: [{to: 20, all: true}, «{from: 20, number: 20}]}", "framework.size-band-overlap"),
        ("size: {by_band: [{all: true}, «{from: 20, number: 20}]}", "framework.size-band-overlap"),
        ("size: {by_band: «[{to: 20, all: true}]}", "framework.size-band-gap"),
        ("size: {by_band: [{to: 9, all: true}, «{from: 10, to: 8, number: 5}, {from: 10, number: 5}]}", "framework.size-band-empty"),
        (f"{FIXED}, quotas: [«{{stratum: all, at_least: 9, at_most: 5}}]", "framework.quota-contradiction"),
        (f"{FIXED}, quotas: [«{{each_cluster: true, at_least: 5}}]", "framework.quota-without-clusters"),
        (f"{FIXED}, stratify_by: [order], quotas: [{{stratum: «order=medium, at_least: 5}}]", "framework.unknown-id"),
        (f"{FIXED}, stratify_by: [age], clusters: [order], quotas: [{{cluster: «medium, at_least: 5}}]", "framework.unknown-id"),
        (f"{FIXED}, stratify_by: [order], quotas: «[{{stratum: order=long, at_least: 20}}, {{stratum: order=short, exactly: 11}}]", "framework.quotas-exceed-size"),
        ("size: {by_percentage: 20%, at_most: 30}, quotas: «[{stratum: all, at_least: 31}]", "framework.quotas-exceed-size"),
        (f"{FIXED}, strata: [{LONG}, {SHORT}], otherwise: o, quotas: «[{{stratum: long, at_most: 9}}, {{stratum: short, at_most: 9}}, {{stratum: o, at_most: 9}}]", "framework.quotas-below-size"),
        (f"size: {{by_quotas: true}}, strata: [{LONG}, {SHORT}], otherwise: o, quotas: «[{{stratum: long, exactly: 9}}]", "framework.quota-missing"),
        (f"{FIXED}, clusters: [order], quotas: [«{{stratum: all, at_most: 9}}, {{each_cluster: true, at_least: 5}}]", "framework.quotas-exceed-size"),
        (f"{FIXED}, strata: [{LONG}, {SHORT}, {BOTH}], otherwise: o", "framework.stratum-unreachable"),
        (f"{FIXED}, strata: [{LONG}, {BOTH}], otherwise: o", "framework.strata-overlap"),
        (f"{FIXED}, strata: «[{LONG}]", "framework.strata-gap"),
        (f"{FIXED}, exclusions: [{{id: never, label: N, when: «{{all: [{{fact: order, is: long}}, {{fact: order, is: short}}]}}, provenance: own-design}}]", "framework.never-holds"),
    ],
)  # fmt: skip
def test_the_fault_is_found_at_its_place(design: str, code: str) -> None:
    found, place = faults(design)
    assert (code, place) in found
    assert {name for name, _ in found} <= {code, "framework.strata-overlap", "framework.always-true"}


@pytest.mark.parametrize(
    "design",
    [
        "size: «{fixed: 30, all: true}", "size: {by_precision: {confidence: «120%, margin: 5%}}",
        "size: {by_precision: {confidence: 80%, margin: «1e999999999}}", "size: {by_percentage: «1/0}",
        "size: {by_percentage: «0%}", f"{FIXED}, quotas: [«{{stratum: all}}]",
        f"{FIXED}, quotas: [«{{stratum: all, exactly: 5, at_least: 5}}]", f"{FIXED}, buffer: «-5%",
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_while_it_is_read(design: str) -> None:
    found, place = faults(design)
    assert found == [("yaml.does-not-fit", place)]


@pytest.mark.parametrize(
    "design",
    [
        f"{FIXED}, strata: [{LONG}, {SHORT}], otherwise: o",
        f"{FIXED}, stratify_by: [order], clusters: [age, managed_by], quotas: [{{stratum: order=long, exactly: 20}}]",
        "size: {by_band: [{to: 20, all: true}, {from: 21, to: 90, number: 20}, {from: 91, share: 20%}], at_most: 60}",
        "size: {by_quotas: true}, stratify_by: [order], quotas: [{stratum: order=long, exactly: 9}, {stratum: order=short, exactly: 9}]",
    ],
)
def test_a_sound_design_has_no_fault(design: str) -> None:
    assert faults(design)[0] == []
