"""Faults of a letter that no other test raises, each by what an author or a team would do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.factories.letters import codes, context, found, traced
from tests.method.report.test_trace import accepted

from caselight.formats.letter.source import read_letter
from caselight.method.answers.evidence import Excerpt
from caselight.method.faults import Faults

GOOD = "Good. {A: rests}"


def excerpts(**changes):
    return {"Q1": replace(context().excerpts["Q1"], **changes)}


@pytest.mark.parametrize("alias", ["Ada", "ada", "Adie", "Lovelace"])
def test_alias_may_not_be_a_real_name(alias):
    assert "letter.alias-is-real" in codes(GOOD, excerpts=excerpts(alias=alias))


def test_alias_must_have_been_checked_where_there_is_one():
    assert codes(GOOD, excerpts=excerpts(alias_checked_by="")) == {"letter.alias-unchecked"}
    assert not codes(GOOD, excerpts=excerpts(alias="", alias_checked_by=""))


def test_a_quotation_goes_through_the_check_of_names():
    said = {"Q1": Excerpt("Q1", "", "“Lovelace knew it”")}
    assert "letter.known-name" in codes("He wrote {quote: Q1}. {A: rests}", excerpts=said)
    assert not codes("He wrote {quote: Q1}. {A: rests}", excerpts={"Q1": Excerpt("Q1", "", "“Somebody knew it”")})


def test_a_letter_without_a_list_of_names_is_not_checked():
    assert codes(GOOD, identities=()) == {"letter.names-not-checked"}
    assert not codes(GOOD)


def test_an_edited_sentence_is_stale_although_its_figures_are_the_same():
    before = accepted(traced("It was good in {A: of}."))
    stale = [f for f in found("It was poor in {A: of}.", accepted=before) if f.code == "letter.stale"]
    assert [fault.where for fault in stale] == [("summary-A-of",)]
    assert "the sentence was edited" in stale[0].says


@pytest.mark.parametrize("source", ["1. One", "[a](b)", "![a](b)", "`code`", "> quoted", "---", "    code"])
def test_markdown_that_a_letter_does_not_have_is_refused(source):
    assert "letter.markup" in codes(f"{GOOD}\n\n{source}")


@pytest.mark.parametrize(
    "source",
    ["See {fixed: context} here.", "See {if: A} here.", "## {fixed: context}", "{section: summary}", "## A {theme: T}"],
)
def test_what_has_a_place_of_its_own_is_refused_elsewhere(source):
    assert "letter.misplaced" in codes(f"{GOOD}\n\n{source}")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"caf\xe9", "letter.encoding"),
        (b"a\0b", "letter.unreadable"),
        (b"a" * 1_000_001, "letter.unreadable"),
    ],
    ids=["latin", "nul", "long"],
)
def test_bytes_that_are_no_letter_are_refused(data, code):
    with pytest.raises(Faults) as raised:
        read_letter(data, "en")
    assert [fault.code for fault in raised.value.faults] == [code]
