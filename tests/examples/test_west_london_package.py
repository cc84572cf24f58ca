"""The example as a package: made again byte for byte, drawn again case for case, with nobody's name in its letter."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from examples.generate.west_london.build import west_london

from caselight.formats.package.reading import package_faults
from caselight.method.faults import Severity
from caselight.method.report.lint.names import known_names
from caselight.method.sampling.representativeness import compare
from caselight.procedures.sampling import sample_faults

from .conftest import PUBLISHED, WEST_LONDON

BY_HAND = ("letter.md", "README.md", "accepted.csv")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_generator_makes_the_same_bytes_again(tmp_path):
    folder = tmp_path / "west-london"
    folder.mkdir()
    for name in BY_HAND:
        shutil.copyfile(WEST_LONDON / name, folder / name)
    west_london(folder)
    made, committed = files(folder), files(WEST_LONDON)
    assert sorted(made) == sorted(committed)
    different = [name for name in made if made[name] != committed[name]]
    assert different == [], "Run: python -m examples.generate west-london"


def test_the_package_has_no_fault():
    _, faults = package_faults(WEST_LONDON, private=True)
    assert [fault for fault in faults if fault.severity is not Severity.HINT] == []


def test_the_sample_is_what_anybody_would_draw(package):
    assert sample_faults(package) == ()
    statuses = Counter(row.status for row in package.sample)
    assert statuses == {"drawn": 32, "removed": 2, "replacement": 2, "reserve": 4}
    assert all(row.removed_reason and row.note for row in package.sample if row.status == "removed")


def test_the_caseload_is_larger_than_the_sample_and_says_who_is_not_eligible(package):
    eligible = [case for case in package.caseload if case.eligible]
    assert (len(package.caseload), len(eligible)) == (116, 92)
    assert all(case.reason for case in package.caseload if not case.eligible)
    assert {case.facts["area"] for case in package.caseload} == {area.name for area in package.inspection.service.areas}


def test_the_sample_is_like_the_caseload(package):
    eligible = {case.key: case.facts for case in package.caseload if case.eligible}
    examined = [row.case_key for row in package.sample if row.examined]
    facts = [fact for fact in package.framework.facts if fact.characteristic and fact.subject == "case"]
    rows = compare(eligible, examined, {fact.id: fact.values() or () for fact in facts})
    assert [(row.characteristic, row.value) for row in rows if abs(row.difference) > 3] == []
    assert [row.value for row in rows if row.characteristic in ("custodial", "sex") and abs(row.difference) >= 1] == []


def test_case_managers_manage_one_to_four_examined_cases(package):
    hands = Counter(subject.managed_by for subject in package.subjects if subject.kind == "case")
    assert (len(hands), sum(hands.values())) == (16, 34)
    assert set(hands.values()) <= {1, 2, 3, 4}


def test_changes_of_mind_are_kept(package):
    based = [event for event in package.events if event.base_op_ids]
    assert sum(bool(event.resolves_reason) for event in based) == 2
    assert sum(not event.resolves_reason for event in based) == 4
    assert Counter(event.pass_ for event in package.events)["moderated"] == 2
    assert [event.question_id for event in package.events if event.value == "not_relevant"] == ["P8"]
    corrected = [subject for subject in package.subjects if subject.facts.items() & {("community_supervision", "no")}]
    assert [subject.supplied["community_supervision"] for subject in corrected] == ["yes"]


def test_the_letter_has_nothing_left_to_mend_but_acceptance(letter):
    left = {fault.code for fault in letter.faults if fault.severity is not Severity.HINT}
    assert left <= {"letter.not-accepted"}


def test_nobody_of_the_private_folder_is_in_the_letter(package, letter):
    names = known_names(package.identities, package.framework.wording["en"].months, ())
    texts = [passage.words for passage in letter.passages] + [note.text for note in letter.footnotes]
    texts += [" ".join(line) for line in letter.header] + [" ".join(line.names) for line in letter.copy_list]
    assert [hit for text in texts for hit in names.found(text)] == []
    assert names.found(package.identities[0].name), "the check sees names"


def test_aliases_are_checked_and_nobodys_name(package):
    aliases = [excerpt for excerpt in package.excerpts if excerpt.alias]
    known = {part for identity in package.identities for part in (*identity.name.split(), *identity.nicknames)}
    assert (len(package.excerpts), len(aliases)) == (5, 3)
    assert all(excerpt.alias_checked_by and excerpt.alias in excerpt.text for excerpt in aliases)
    assert {excerpt.alias for excerpt in aliases} & known == set()
    assert {member.name.split()[0] for member in package.inspection.team} & known == set()


def test_every_excerpt_is_quoted(package, letter):
    printed = {span.text for passage in letter.passages for span in passage.spans if span.kind == "quote"}
    assert printed == {excerpt.text for excerpt in package.excerpts}


def test_the_banner_says_what_it_is(package):
    says = "Reconstructed example: synthetic cases, not an HMI Probation report"
    assert package.inspection.banner.in_("en") == says


# ── the README ──────────────────────────────────────────────────────────────────────────────────────────────────────


def rows(heading: str) -> list[list[str]]:
    """The rows of the table below a heading."""
    text = (WEST_LONDON / "README.md").read_text(encoding="utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def value_of(figure) -> str:
    if figure.kind == "external":
        return f"{figure.value}%"
    if figure.kind == "count":
        return str(figure.sufficient)
    if figure.kind == "fact":
        return figure.text["value"].replace("/", " to ")
    return f"{figure.sufficient} of {figure.relevant}"


def test_the_readme_lists_every_published_claim():
    assert [row[0] for row in rows("The 56 claims")] == [claim["id"] for claim in PUBLISHED["figures"]]


@pytest.mark.parametrize("row", rows("The 56 claims"), ids=lambda row: row[0])
def test_each_row_of_the_readme_is_true(row, computed, letter):
    _, keys, printed, words, style = row
    named = re.findall(r"`([^`]+)`", keys)
    assert printed == "; ".join(value_of(computed[key]) for key in named)
    claims = [claim for claim in letter.claims if set(named) <= set(claim.keys)]
    if style == "remark":
        assert any(words in claim.sentence for claim in claims)
    else:
        assert any(claim.style == style and words in (claim.text, claim.sentence) for claim in claims)


def test_the_readme_lists_what_headline_and_bullets_rest_on(computed, letter):
    listed = {
        sentence: re.findall(r"`([^`]+)` ([^,]+)", figures)
        for sentence, figures in rows("What headline and bullets rest on")
    }
    for sentence, pairs in listed.items():
        assert [(key, value_of(computed[key])) for key, _ in pairs] == pairs, sentence
    resting = {
        claim.sentence: claim.keys for claim in letter.claims
        if claim.style in ("headline", "rests") or claim.id.startswith(("strengths", "improvements"))
    }  # fmt: skip
    assert {sentence: tuple(key for key, _ in listed[sentence]) for sentence in resting} == resting


def test_the_published_rates_and_the_stated_direction_come_from_the_comparators(package, computed) -> None:
    published = [key for key in computed if key.startswith(("rate.", "direction."))]
    assert len(published) == 5
    assert {computed[key].origin for key in published} == {"comparators.csv"}
    assert {one.cell.measure for one in package.comparators} == {"EW-12M"}
    assert all(one.cell.provenance.publisher for one in package.comparators)
