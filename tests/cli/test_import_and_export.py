"""`caselight import` and `caselight export`: what they say, in whose name, and that other commands never load Django."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.factories.folders import EVENTS, answers, event, inspection_folder
from tests.factories.store import seeded

from caselight.cli.exporting import exporting
from caselight.cli.importing import importing
from caselight.method.faults import Faults
from caselight.store.audit.models import AuditRow

pytestmark = pytest.mark.django_db(transaction=True)


def said(command: object, *arguments: object) -> str:
    """What a command says; the faults it raises are raised."""
    done = CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=False)  # type: ignore[arg-type]
    assert done.exit_code == 0, done.output
    return done.output


def test_an_inspection_is_brought_in_once_grows_and_comes_out_in_somebodys_name(tmp_path: Path) -> None:
    people = seeded().people
    folder = inspection_folder(tmp_path / "in")
    assert "test is a new inspection in the store." in said(importing, folder, "--by", people["lead"].email.upper())
    assert said(importing, folder, "--by", "lead") == "Nothing was changed: the store has all of test already.\n"
    (folder / "answers.csv").write_text(answers((*EVENTS, event(9, "k2", "A2.due", "no"))))
    assert "answers.csv: 1 added" in said(importing, folder, "--by", "lead")
    assert "holds test, without names." in said(exporting, "test", tmp_path / "out", "--by", "lead")
    assert (tmp_path / "out/inspection.yaml").read_bytes() == (folder / "inspection.yaml").read_bytes()
    assert set(AuditRow.objects.filter(chain="inspection:test").values_list("by", flat=True)) == {"lead"}


def test_both_answer_as_json(tmp_path: Path) -> None:
    seeded()
    came = json.loads(said(importing, inspection_folder(tmp_path / "in"), "--by", "lead", "--json"))
    left = json.loads(said(exporting, "test", tmp_path / "out.zip", "--by", "lead", "--json"))
    assert (came["inspection"], came["new"], came["rows"]["answers.csv"]) == ("test", True, len(EVENTS))
    assert (left["events"], left["names"], left["snapshot"]) == (len(EVENTS), 0, came["snapshot"])
    assert (tmp_path / "out.zip").exists()


@pytest.mark.parametrize("who", ["nobody", "away@example.org"])
def test_only_somebody_who_can_sign_in_brings_in_and_takes_out(who: str, tmp_path: Path) -> None:
    world = seeded()
    user = world.people["i2"]
    user.email, user.is_active = "away@example.org", False
    user.save()
    for command, *arguments in (
        (importing, inspection_folder(tmp_path / who)),
        (exporting, "testshire", tmp_path / "out"),
    ):
        with pytest.raises(Faults) as refused:
            said(command, *arguments, "--by", who)
        assert [fault.code for fault in refused.value] == ["store.nobody"]
    assert not (tmp_path / "out").exists()


def test_a_command_that_needs_no_database_loads_no_django(tmp_path: Path) -> None:
    folder = inspection_folder(tmp_path / "in")
    code = (
        "import sys; from caselight.cli.main import group; "
        f"group.main(['tally', {str(folder)!r}], standalone_mode=False); "
        "sys.exit(sorted(name for name in sys.modules if name.partition('.')[0] in ('django', 'pysqlite3')) != [])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
