"""``caselight actions``: the list, its summary, its JSON."""

from __future__ import annotations

import json
import sys

import pytest
from tests.factories.folders import inspection_folder
from tests.procedures.test_following_up import ACTIONS

from caselight.cli.main import main


@pytest.fixture
def said(monkeypatch, capsys, tmp_path):
    folder = inspection_folder(tmp_path, {"actions.csv": ACTIONS})

    def _said(*options):
        monkeypatch.setattr(sys, "argv", ["caselight", "actions", str(folder), *options])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        return capsys.readouterr().out

    return _said


def test_the_list_says_what_is_late_and_who_owns_it(said):
    assert said("--on", "2016-01-20").splitlines() == [
        "state  due         days late  action  about        owner            what",
        "late   2016-01-10         10  a2      the service  Head of service  Train the team.",
        "open   2016-01-29             a1      Case 1 A1    Team manager     Write it again.",
        "done   2016-01-05             a3      Case 2       Team manager     Close the file.",
        "On 2016-01-20: 1 late, 1 open, 1 done, 0 dropped.",
    ]


def test_the_json_holds_every_column_and_the_day(said):
    answer = json.loads(said("--on", "2016-01-20", "--json"))
    assert answer["on"] == "2016-01-20"
    assert answer["actions"][0] == {
        "action_id": "a2",
        "state": "late",
        "days_late": 10,
        "subject_kind": "",
        "subject_key": "",
        "question_id": "",
        "text": "Train the team.",
        "owner": "Head of service",
        "due": "2016-01-10",
        "status": "open",
    }
