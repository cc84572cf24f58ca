"""The commands for retention, holds and purges: two people, and never a name on the screen."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from caselight.cli.backup import backup
from caselight.cli.hold import hold
from caselight.cli.purge import purge
from caselight.cli.retention import retention
from caselight.method.faults import Faults
from caselight.method.inspection.package import Identity
from caselight.store.accounts.models import User
from caselight.store.audit.models import AuditRow
from caselight.store.identities.actions.retention import retain_until
from caselight.store.identities.actions.vault import keep_identity
from caselight.store.identities.models import Person

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def people(settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"
    for key in ("lead", "admin"):
        User.objects.create_user(f"{key}@example.org", name=key, key=key)
    children = [Identity("C1", "Zoe Lee"), Identity("C2", "Ann Oh")]
    keep_identity(by="lead", inspection="west", service="west", identities=children, at=AT)
    retain_until(by="lead", inspection="west", until=date(2020, 3, 1), at=AT)


def said(command, *arguments: str) -> str:
    told = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert told.exit_code == 0, told.output
    assert "Zoe" not in told.output
    return told.output


def data(command, *arguments: str) -> dict:
    return json.loads(said(command, *arguments, "--json"))


def test_what_is_due_is_proposed_by_one_and_purged_by_another() -> None:
    key = data(purge, "propose", "west", "--by", "lead")["purge"]
    assert [one["step"] for one in data(purge, "due")["purges"]] == ["proposed"]
    with pytest.raises(Faults, match=r"purge\.same-person"):
        said(purge, "confirm", key, "--by", "lead")
    assert Person.objects.count() == 2
    certificate = data(purge, "confirm", key, "--by", "admin")["certificates"][0]
    assert (certificate["people"], certificate["inspection_stays"]) == (2, False)
    assert Person.objects.count() == 0
    assert data(purge, "due") == {"due": [], "purges": []}


def test_who_is_on_hold_is_left_out_and_shown() -> None:
    number = str(data(hold, "place", "west", "C1", "--why", "Zoe's court case", "--by", "lead")["hold"])
    said(hold, "confirm", number, "--by", "admin")
    assert "on hold" in said(purge, "due")
    assert data(purge, "propose", "west", "--by", "lead") | {"purge": ""} == {
        "purge": "", "subjects": 1, "inspection_itself": False
    }  # fmt: skip
    assert data(hold, "list")["holds"][0]["confirmed_by"] == "admin"
    assert "until somebody else says the same" in said(hold, "lift", number, "--by", "admin")
    assert data(hold, "list")["holds"][0]["lift_asked_by"] == "admin"
    assert data(hold, "lift", number, "--by", "lead@example.org") == {"hold": int(number), "lifted": True}
    assert data(hold, "list") == {"holds": []}
    assert data(purge, "propose", "west", "--by", "lead")["subjects"] == 2


def test_periods_are_listed_confirmed_and_start_a_clock() -> None:
    with pytest.raises(Faults, match=r"purge\.retention-unconfirmed"):
        said(retention, "start", "west", "2026-08-31", "--by", "lead")
    left = data(retention, "confirm", "drafts=1 year", "--as-proposed", "--owner", "The controller", "--by", "admin")
    assert left["unconfirmed"] == []
    assert {one["record"]: one["confirmed"] for one in data(retention, "periods")["periods"]}["drafts"] == "1 year"
    assert "2027-02-28" in said(retention, "start", "west", "2026-08-31", "--by", "lead")


def test_there_is_nothing_to_finish_where_nothing_was_interrupted() -> None:
    assert "Nothing was left to finish." in said(purge, "resume", "--by", "admin")


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (purge, ("propose", "west")),
        (purge, ("confirm", "0f6c")),
        (purge, ("resume",)),
        (hold, ("place", "west", "--why", "A court.")),
        (hold, ("confirm", "1")),
        (hold, ("lift", "1")),
        (retention, ("confirm", "--as-proposed", "--owner", "The controller")),
        (retention, ("start", "west", "2026-08-31")),
        (backup, ("out",)),
    ],
)
@pytest.mark.parametrize("who", ["nobody", "gone@example.org"])
def test_who_acts_is_a_person_that_exists(
    tmp_path: Path, monkeypatch, command, line: tuple[str, ...], who: str
) -> None:
    monkeypatch.chdir(tmp_path)
    User.objects.create_user("gone@example.org", name="Gone", is_active=False)
    rows = AuditRow.objects.count()
    with pytest.raises(Faults, match=r"store\.nobody"):
        said(command, *line, "--by", who)
    assert AuditRow.objects.count() == rows


@pytest.mark.parametrize("line", [("due",), ("propose", "west", "--by", "lead")])
def test_the_answer_for_people_says_what_comes_next(line: tuple[str, ...]) -> None:
    assert "2 subjects are due" in said(purge, *line) or "Somebody else confirms it" in said(purge, *line)
