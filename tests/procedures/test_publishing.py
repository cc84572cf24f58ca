"""A letter written out: in each language, the same bytes for the same input, and only when nothing stands against it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest
import yaml
from tests.factories.inspections import answer_again, made

from caselight.formats.package.reading import read_package
from caselight.formats.package.seal import seal
from caselight.formats.package.writing import write_package
from caselight.method.answers.events import payload_digest
from caselight.method.faults import Faults
from caselight.procedures.accepting import accept_claims
from caselight.procedures.checking import check_folder
from caselight.procedures.publishing import write_letter


def write(folder, out, **how):
    return write_letter(folder, out, step=lambda _doing: None, **({"publish": True} | how))


@pytest.fixture(scope="module")
def accepted(tmp_path_factory):
    return made(tmp_path_factory.mktemp("i") / "inspection", accepted=True)


@pytest.fixture
def without_documents(monkeypatch):
    """PDF and DOCX take a second each; what is decided about publishing does not depend on them."""
    for name in ("letter_pdf", "letter_docx"):
        monkeypatch.setattr(f"caselight.procedures.outputs.{name}", lambda *_args, **_how: EMPTY_ZIP)


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_letter_comes_out_in_each_language(accepted, tmp_path):
    written = write(accepted, tmp_path)
    assert written.published, written.faults
    assert {path.name for path in written.files} >= {
        "letter.html", "letter.pdf", "letter.docx", "letter.cy.html", "letter.cy.pdf", "letter.cy.docx",
        "figures.ods", "figures.csv", "figures.csv-metadata.json", "figures.json", "W.svg",
    }  # fmt: skip
    english = (tmp_path / "open" / "letter.html").read_text("utf-8")
    welsh = (tmp_path / "open" / "letter.cy.html").read_text("utf-8")
    assert "Assessments were good enough in" in english
    assert "[CY] Roedd asesiadau yn ddigon da yn" in welsh
    assert 'lang="cy-GB"' in welsh


def test_open_folder_holds_no_case_key_and_no_name(accepted, tmp_path, without_documents):
    write(accepted, tmp_path)
    for name, data in contents(tmp_path / "open").items():
        if name.endswith((".html", ".json", ".csv", ".svg")):
            text = data.decode()
            assert not [word for word in ("Lovelace", "Hopper", '"c1"', ">c1<") if word in text], name


EMPTY_ZIP = b"PK\x05\x06" + bytes(18)
RUN = """
import sys
from pathlib import Path
from caselight.procedures.publishing import write_letter
write_letter(Path(sys.argv[1]), Path(sys.argv[2]), publish=True, step=lambda doing: None)
"""


def test_same_input_gives_the_same_bytes_in_other_time_zones_hash_seeds_and_row_orders(accepted, tmp_path):
    found = []
    for number, (zone, seed) in enumerate([("UTC", "1"), ("Pacific/Auckland", "2")]):
        out = tmp_path / str(number)
        if number:
            shuffle(accepted)
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", RUN, str(accepted), str(out)], check=True, env=environment)
        found.append(contents(out))
    assert found[0].keys() == found[1].keys()
    assert [name for name in found[0] if found[0][name] != found[1][name]] == []


def shuffle(folder):
    """Turn the rows of every table round."""
    for path in folder.glob("*.csv"):
        head, *rows = path.read_text("utf-8").splitlines(keepends=True)
        path.write_text(head + "".join(reversed(rows)), "utf-8")


def test_unaccepted_letter_is_written_for_work_and_not_published(tmp_path, without_documents):
    folder = made(tmp_path / "inspection")
    written = write(folder, tmp_path / "out")
    assert not written.published
    assert not (tmp_path / "out" / "open").exists()
    assert (tmp_path / "out" / "working" / "letter.html").exists()
    assert "letter.not-accepted" in {fault.code for fault in written.faults}


def test_changed_answer_stops_publication_and_leaves_what_was_published(tmp_path, without_documents):
    folder = made(tmp_path / "inspection", accepted=True)
    out = tmp_path / "out"
    assert write(folder, out).published
    before = contents(out / "open")
    answer_again(folder, "c2", "W1", "no")
    written = write(folder, out)
    stale = {fault.where[0] for fault in written.faults if fault.code == "letter.stale"}
    assert not written.published
    assert stale == {"summary-W1-headline", "W-W1-of", "strengths-W1-rests"}
    assert contents(out / "open") == before


def test_unanswered_question_stops_publication(tmp_path, without_documents):
    folder = made(tmp_path / "inspection", accepted=True)
    rows = (folder / "answers.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "answers.csv").write_text("".join(row for row in rows if ",c6,,,W1," not in row), "utf-8")
    written = write(folder, tmp_path / "out")
    assert not written.published
    assert "answers.incomplete" in {fault.code for fault in written.faults}


def another_fact(folder):
    """Two records of one fact, neither built on the other."""
    package = read_package(folder)
    old = next(e for e in package.events if e.subject_key == "c1")
    made = [
        old._replace(
            op_id=f"0190a1b2-0000-7000-8000-00000000000{n}", question_id="fact:report", value=value, reasons=()
        )
        for n, value in enumerate(("yes", "no"))
    ]
    made = [event._replace(payload_sha256=payload_digest(event)) for event in made]
    write_package(replace(package, events=(*package.events, *made)), folder)


def with_inspection(change):
    """Change ``inspection.yaml`` as data."""

    def spoil(folder):
        path = folder / "inspection.yaml"
        data = yaml.safe_load(path.read_text("utf-8"))
        change(data)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")

    return spoil


def with_firing_check(severity):
    """Add a cross-question check to the framework that fires for every case."""

    def spoil(folder):
        path = folder / "framework" / "framework.yaml"
        text = f"""
consistency:
  - {{id: K, subject: case, when: {{outcome: W1, is: sufficient}}, says: {{en: It cannot be., cy: x}}, cure: {{en: Look., cy: x}},
     severity: {severity}, provenance: own-design}}
"""
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    return spoil


def without_date(data):
    data["dates"].pop("published")


def with_design(data):
    data["sample"] = {"size": 6, "seed": "another"}


STOPPING = {
    "no date of publication": (with_inspection(without_date), "letter.no-publication-date"),
    "a sample that is not its draw": (with_inspection(with_design), "sample.not-as-drawn"),
    "a contested fact": (another_fact, "package.contested"),
    "answers that contradict each other": (with_firing_check("error"), "answers.inconsistent"),
}


@pytest.mark.parametrize("kind", STOPPING)
def test_whatever_is_an_error_or_makes_figures_unsafe_stops_publication(kind, tmp_path, without_documents):
    spoil, code = STOPPING[kind]
    folder = made(tmp_path / "inspection", accepted=True)
    spoil(folder)
    written = write(folder, tmp_path / "out")
    assert not written.published
    assert code in {fault.code for fault in written.faults}
    assert code in {fault.code for fault in check_folder(folder).faults}


def rename_actors(folder):
    package = read_package(folder)
    events = [event._replace(actor="guest") for event in package.events]
    events = [event._replace(payload_sha256=payload_digest(event)) for event in events]
    write_package(replace(package, events=tuple(events)), folder)


def with_formula(folder):
    """The label of nobody's row begins as a formula does."""
    path = folder / "subjects.csv"
    path.write_text(path.read_text("utf-8").replace("Case c3", "=Case c3"), "utf-8")


def sealed_and_edited(folder):
    seal(folder)
    with (folder / "actions.csv").open("w", encoding="utf-8") as file:
        file.write("what\n")


ADVICE = {
    "an unlisted actor": (rename_actors, "package.unknown-actor"),
    "what looks like a formula": (with_formula, "package.formula-cell"),
    "an edit since the seal": (sealed_and_edited, "package.edited-since-sealed"),
    "a check that only warns": (with_firing_check("warning"), "answers.inconsistent"),
}


@pytest.mark.parametrize("kind", ADVICE)
def test_advice_is_said_and_stops_nothing(kind, tmp_path, without_documents):
    spoil, code = ADVICE[kind]
    folder = made(tmp_path / "inspection")
    spoil(folder)
    for language in ("en", "cy"):
        accept_claims(folder, "lead", "2026-02-01", language=language)
    written = write(folder, tmp_path / "out")
    assert code in {fault.code for fault in written.faults}
    assert written.published, written.faults


def test_publishing_writes_every_language_of_the_inspection(tmp_path, without_documents):
    folder = made(tmp_path / "inspection", accepted=True)
    (folder / "letter.cy.md").unlink()
    with pytest.raises(Faults) as raised:
        write(folder, tmp_path / "out")
    assert [fault.code for fault in raised.value.faults] == ["letter.missing"]


def test_check_collects_what_every_stage_finds(tmp_path):
    folder = made(tmp_path / "inspection")
    with_inspection(lambda data: data.update(sample={"size": 6, "seed": "another", "strata": ["colour"]}))(folder)
    (folder / "letter.md").write_text("# {W1: of\n", "utf-8")
    codes = {fault.code for fault in check_folder(folder).faults}
    assert {"sample.unknown-stratum-fact", "letter.notation", "letter.not-accepted"} <= codes


def test_planted_name_stops_everything_and_nothing_is_written(tmp_path):
    folder = made(tmp_path / "inspection")
    letter = folder / "letter.md"
    letter.write_text(letter.read_text("utf-8").replace("The work was good.", "Ada did good work."), "utf-8")
    with pytest.raises(Faults) as raised:
        write(folder, tmp_path / "out")
    assert "letter.known-name" in {fault.code for fault in raised.value.faults}
    assert not (tmp_path / "out").exists()


def test_name_in_a_label_is_found_in_the_final_bytes(tmp_path, without_documents):
    folder = made(tmp_path / "inspection")
    theme = folder / "framework" / "themes" / "1-work.yaml"
    theme.write_text(
        theme.read_text("utf-8").replace("short: {en: assessment,", "short: {en: Hopper assessment,"), "utf-8"
    )
    with pytest.raises(Faults) as raised:
        write(folder, tmp_path / "out")
    assert {fault.code for fault in raised.value.faults} == {"letter.known-name"}


@pytest.mark.parametrize("name", ["notes.txt", "letter.md", "charts/mine.png", "deeper/letter.html", "figures"])
def test_folder_that_holds_anything_else_is_left_alone(name, accepted, tmp_path, without_documents):
    other = tmp_path / "out" / "open" / name
    other.parent.mkdir(parents=True)
    other.write_text("mine", "utf-8")
    before = contents(tmp_path)
    with pytest.raises(Faults) as raised:
        write(accepted, tmp_path / "out")
    assert [fault.code for fault in raised.value.faults] == ["cli.folder-not-ours"]
    assert contents(tmp_path) == before


def test_empty_folder_and_our_own_are_replaced(accepted, tmp_path, without_documents):
    (tmp_path / "open").mkdir()
    assert write(accepted, tmp_path).published
    assert write(accepted, tmp_path).published


def test_failure_while_writing_leaves_no_half_written_folder(tmp_path, monkeypatch, without_documents):
    folder = made(tmp_path / "inspection")

    def broken(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("caselight.procedures.outputs.figures_ods", broken)
    with pytest.raises(OSError, match="No space"):
        write(folder, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_new_inspection_passes_its_check(tmp_path):
    from caselight.procedures.beginning import new_inspection

    new_inspection(tmp_path / "new", "sqs", "Testshire Youth Offending Service")
    assert {fault.severity.value for fault in check_folder(tmp_path / "new").faults} <= {"hint"}
