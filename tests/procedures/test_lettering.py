"""The letter of the store while it is written: looked at, phrased, accepted as it was shown, decided about, made into files."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.factories.moving import AT, EXAMPLES
from tests.factories.store import seeded

from caselight.formats.package.reading import read_package
from caselight.method.faults import Faults
from caselight.procedures.accepting_shown import accept_shown, as_shown, look_at_saved
from caselight.procedures.drafting import context_for
from caselight.procedures.exporting import export_package
from caselight.procedures.importing import import_package
from caselight.procedures.letter_files import make_files
from caselight.procedures.lettering import first_draft, letter_package, look
from caselight.procedures.phrasing import ways_to_say
from caselight.store.audit.models import AuditRow
from caselight.store.identities.actions.vault import names_to_check
from caselight.store.reports.actions import save_letter
from caselight.store.reports.decisions import accept_word, decide_number
from caselight.store.reports.making import Made, in_hand, newest_makings

FOLDER = next(path for path in EXAMPLES if path.name == "west-london")
KEY = "west-london"


@pytest.fixture
def west_london() -> str:
    """The example in the store; its text."""
    import_package(FOLDER, by="lead", at=AT)
    return read_package(FOLDER).letters["en"]


def codes(text: str, **named: object) -> set[str]:
    return {fault.code for fault in look(letter_package(KEY), "en", text, **named).faults}  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_letter_that_holds_is_looked_at_in_less_than_a_second(west_london: str) -> None:
    taken = []
    for _ in range(4):  # the first one reads the programs; what else the machine does is not counted
        began = time.process_time()
        found = look(letter_package(KEY), "en", west_london)
        taken.append(time.process_time() - began)
    assert min(taken) < 1
    assert found.letter is not None
    assert found.faults == ()


@pytest.mark.django_db
def test_a_sentence_with_a_wrong_figure_is_found_with_its_line_and_stops_nobody(west_london: str) -> None:
    lines = west_london.splitlines()
    row = next(n for n, line in enumerate(lines) if "{P5: of}" in line)
    lines[row] = lines[row].replace("{P5: of}", "{P5: all}")
    found = look(letter_package(KEY), "en", "\n".join(lines))
    assert found.letter is None
    wrong = next(fault for fault in found.faults if fault.code == "letter.all-with-exceptions")
    assert wrong.place is not None
    assert wrong.place.line == row + 1


@pytest.mark.django_db
def test_names_are_checked_where_they_are_given_with_one_row_for_the_check(west_london: str) -> None:
    name = read_package(FOLDER, private=True).identities[0].name
    text = f"{west_london}\n{name} was seen.\n"
    assert "letter.known-name" not in codes(text)
    before = AuditRow.objects.filter(chain=f"reads:{KEY}").count()
    names = names_to_check(by="lead", inspection=KEY, at=AT)
    assert AuditRow.objects.filter(chain=f"reads:{KEY}").count() == before + 1
    assert "letter.known-name" in codes(text, names=names)
    for _ in range(5):  # what is accepted may have hidden a part of itself
        found = look(letter_package(KEY), "en", text, names=names).faults
        for hit in [fault.says.split("”")[0].lstrip("“") for fault in found if fault.code == "letter.known-name"]:
            accept_word(by="lead", inspection=KEY, word=hit, reason="The name of a bridge.", at=AT)
    assert "letter.known-name" not in codes(text, names=names)


@pytest.mark.django_db
def test_a_decision_of_the_store_counts_in_the_letter_and_goes_out_with_the_package(
    west_london: str, tmp_path: Path
) -> None:
    seeded()
    del west_london
    decide_number(by="lead", inspection=KEY, figure="MAPPA", reason="Better said.", at=AT)
    decided = {one.figure: one for one in letter_package(KEY).inspection.decisions}
    assert (decided["MAPPA"].by, decided["MAPPA"].reason) == ("Leila Lead", "Better said.")
    assert len(decided) == 4
    export_package(KEY, tmp_path / "out", by="lead", at=AT)
    assert {one.figure: one.reason for one in read_package(tmp_path / "out").inspection.decisions}["MAPPA"] == (
        "Better said."
    )


@pytest.mark.django_db
def test_a_claim_is_accepted_only_as_it_was_shown(west_london: str) -> None:
    changed = west_london.replace("{P5: of} had a sufficient plan", "{P5: of} had a plan that was good enough")
    assert changed != west_london
    save_letter(by="lead", inspection=KEY, language="en", text=changed, at=AT)
    found = look_at_saved(KEY, "en")
    assert found.letter is not None
    stale = [claim for claim in found.letter.claims if claim.stale]
    assert [claim.style for claim in stale] == ["of", "words"]
    shown = {claim.id: as_shown(claim) for claim in stale}
    with pytest.raises(Faults) as refused:
        accept_shown(KEY, "en", {stale[0].id: "something else"}, by="lead", at=AT)
    assert [fault.code for fault in refused.value] == ["accept.changed-meanwhile"]
    with pytest.raises(Faults) as refused:
        accept_shown(KEY, "en", {}, by="lead", at=AT)
    assert [fault.code for fault in refused.value] == ["accept.nothing"]
    assert accept_shown(KEY, "en", shown, by="lead", at=AT) == 2
    assert look_at_saved(KEY, "en").faults == ()


@pytest.mark.django_db
def test_a_figure_is_offered_in_every_way_that_holds_and_in_no_other(west_london: str) -> None:
    del west_london
    context = context_for(letter_package(KEY), "en")
    said = {way.source: way.words for way in ways_to_say(context.figures["C4"], context)}
    assert said["{C4: of}"] == "28 of 31 relevant cases"
    assert "{C4: all}" not in said
    assert "{C4: none}" not in said
    assert len(set(said.values())) == len(said)
    assert ways_to_say(context.figures["fact.fieldwork"], context)[0].words == "14 to 16 December 2015"


@pytest.mark.django_db
def test_a_first_draft_is_the_framework_s_own_letter_or_its_headings(west_london: str) -> None:
    del west_london
    seeded()
    assert first_draft(KEY, "en").startswith("#")
    assert "{theme: T}" in first_draft("testshire", "en")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["working", "open"])
def test_all_files_of_a_letter_are_made_in_a_process_of_their_own_and_say_how_far_they_are(
    kind: str, west_london: str
) -> None:
    del west_london
    n = make_files(KEY, kind, by="lead", at=AT, clock=lambda: AT)
    made = _waited(kind)
    assert (made.n, made.state) == (n, "done")
    paths = {path for path, _ in in_hand(KEY)[kind].files}
    assert {"letter.html", "letter.pdf", "letter.docx", "figures.ods", "figures.csv", "figures.json"} <= paths
    rows = AuditRow.objects.filter(act="letter.making", object_key=str(n)).count()
    assert rows > 5  # it was begun, said each step, and ended


@pytest.mark.django_db
def test_no_open_files_are_made_while_anything_stands_against_publishing(west_london: str) -> None:
    save_letter(by="lead", inspection=KEY, language="en", text=f"{west_london}\nMost cases were good.\n", at=AT)
    with pytest.raises(Faults) as refused:
        make_files(KEY, "open", by="lead", at=AT, clock=lambda: AT)
    assert "letter.unbound-quantity" in {fault.code for fault in refused.value}
    assert newest_makings(KEY, AT) == {}


def _waited(kind: str) -> Made:
    for _ in range(600):
        made = newest_makings(KEY, AT)[kind]
        if made.state != "going":
            return made
        time.sleep(0.1)
    raise AssertionError("The files were not made in a minute.")
