"""Drawing and removing touch the three tables that they change and nothing else, whatever else happens."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from tests.factories.inspections import made

from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_package
from caselight.method.faults import Faults
from caselight.method.inspection.definition import Design
from caselight.procedures.sampling import draw_sample, remove_case, verify_sample

REASON = "not-available"


@pytest.fixture
def drawn(tmp_path):
    """An inspection with three of six cases drawn and two reserves."""
    folder = made(tmp_path / "inspection")
    text = (folder / "framework" / "framework.yaml").read_text("utf-8")
    reasons = (
        "sample:\n  provenance: own-design\n  removal_reasons:\n"
        f"    - {{id: {REASON}, label: {{en: Not available, cy: '[CY]'}}}}\n"
        "    - {id: other, label: {en: Other, cy: '[CY]'}, needs_note: true}\n"
    )
    (folder / "framework" / "framework.yaml").write_text(text + reasons, "utf-8")
    package = read_package(folder)
    design = Design(size=3, seed="spring", reserves=2)
    inspection = package.inspection.model_copy(update={"sample": design})
    write_package(replace(package, inspection=inspection, sample=()), folder)
    draw_sample(folder)
    return folder


def statuses(folder):
    return {row.case_key: row.status for row in read_package(folder).sample}


def test_removed_case_is_replaced_and_the_sample_still_verifies(drawn):
    first = next(key for key, status in statuses(drawn).items() if status == "drawn")
    assert remove_case(drawn, first, REASON) == ()
    assert sorted(statuses(drawn).values()) == ["drawn", "drawn", "removed", "replacement", "reserve"]
    verify_sample(drawn)


def test_only_the_tables_of_the_sample_are_written(drawn):
    (drawn / "private" / "identities.csv").chmod(0o600)
    (drawn / "answers.csv").chmod(0o640)
    before = {path: (path.stat().st_ino, path.stat().st_mode) for path in drawn.rglob("*") if path.is_file()}
    remove_case(drawn, next(iter(statuses(drawn))), REASON)
    changed = {path.name for path, seen in before.items() if (path.stat().st_ino, path.stat().st_mode) != seen}
    assert changed <= {"sample.csv", "subjects.csv", "caseload.csv"}


def test_reason_that_needs_a_note_is_refused_without_one_and_nothing_is_written(drawn):
    before = (drawn / "sample.csv").read_bytes()
    with pytest.raises(Faults) as raised:
        remove_case(drawn, next(iter(statuses(drawn))), "other")
    assert [fault.code for fault in raised.value.faults] == ["sample.reason-needs-note"]
    assert (drawn / "sample.csv").read_bytes() == before
    remove_case(drawn, next(iter(statuses(drawn))), "other", "The file had been sent away.")
    assert read_package(drawn).sample


def test_second_draw_is_refused(drawn):
    with pytest.raises(Faults) as raised:
        draw_sample(drawn)
    assert [fault.code for fault in raised.value.faults] == ["sample.already-drawn"]


def test_running_out_of_reserves_is_said(drawn):
    said = [fault.code for _ in range(3) for fault in remove_case(drawn, next_drawn(drawn), REASON)]
    assert said == ["sample.ends-short"]


def next_drawn(folder):
    return next(key for key, status in statuses(folder).items() if status in ("drawn", "replacement"))


def test_two_removals_at_the_same_time_are_both_kept(drawn):
    keys = [key for key, status in statuses(drawn).items() if status == "drawn"][:2]
    command = "import sys; from pathlib import Path; from caselight.procedures.sampling import remove_case; "
    command += f"remove_case(Path(sys.argv[1]), sys.argv[2], {REASON!r})"
    running = [subprocess.Popen([sys.executable, "-c", command, str(drawn), key]) for key in keys]
    assert [process.wait() for process in running] == [0, 0]
    assert list(statuses(drawn).values()).count("removed") == 2


def test_without_a_design_nothing_is_drawn_or_verified(tmp_path):
    folder = made(tmp_path / "inspection")
    package = read_package(folder)
    assert package.inspection.sample is None
    with pytest.raises(Faults) as raised:
        verify_sample(folder)
    assert [fault.code for fault in raised.value.faults] == ["sample.no-design"]
    write_package(replace(package, sample=()), folder)
    with pytest.raises(Faults) as raised:
        draw_sample(folder)
    assert [fault.code for fault in raised.value.faults] == ["sample.no-design"]
    assert read_package(folder).sample == ()
