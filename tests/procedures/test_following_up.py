"""Actions as of a day: from a folder, late first, with what each is about in the words of the team."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.factories.folders import inspection_folder

from caselight.method.faults import Faults
from caselight.procedures.following_up import followed

ACTIONS = """\
action_id,subject_kind,subject_key,question_id,text,owner,due,status
a1,case,k1,A1,Write it again.,Team manager,2016-01-29,open
a2,,,,Train the team.,Head of service,2016-01-10,open
a3,case,k2,,Close the file.,Team manager,2016-01-05,done
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return inspection_folder(tmp_path, {"actions.csv": ACTIONS})


def test_late_actions_come_first_with_their_days_and_what_they_are_about(folder: Path) -> None:
    found = [(item.action.id, item.state, item.days_late, item.about) for item in followed(folder, "2016-01-20")]
    assert found == [("a2", "late", 10, ""), ("a1", "open", 0, "Case 1 A1"), ("a3", "done", 0, "Case 2")]


def test_the_day_decides_what_is_late(folder: Path) -> None:
    assert [item.state for item in followed(folder, "2016-01-30")] == ["late", "late", "done"]
    assert [item.state for item in followed(folder, "2016-01-10")] == ["open", "open", "done"]


def test_a_day_that_cannot_be_is_refused(folder: Path) -> None:
    with pytest.raises(Faults) as refused:
        followed(folder, "2016-02-30")
    assert [fault.code for fault in refused.value] == ["cli.day"]
