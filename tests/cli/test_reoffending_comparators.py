"""``caselight reoffending comparators``: figures shown by measure, checked, kept, and counts that give a rate."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner
from tests.factories.folders import inspection_folder

from caselight.cli.main import group

REFERENCE = Path(__file__).parents[1] / "reference" / "reoffending"
PRESS, SEX = REFERENCE / "published-comparators.csv", REFERENCE / "published-2019-20-gender.csv"


def run(*arguments: object):
    return CliRunner().invoke(group, ["reoffending", "comparators", *map(str, arguments)])


def test_figures_are_shown_in_a_table_for_each_measure():
    said = run("show", PRESS, "--area", "Westminster")
    assert said.exit_code == 0
    assert [line[:7] for line in said.output.splitlines() if line.startswith("EW-")] == ["EW-12M:", "EW-3M: "]
    assert "43.6%" in said.output


def test_a_year_and_its_quarters_are_checked():
    said = run("check", SEX, "--published", "2022-01-27")
    assert (said.exit_code, "6 years against their quarters" in said.output) == (0, True)
    assert json.loads(run("check", PRESS, "--json").output)["rates"] == 6


def test_what_does_not_agree_is_told_with_status_1(tmp_path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(PRESS.read_text("utf-8").replace("118,51,,43,", "118,51,,44,"), encoding="utf-8")
    said = run("check", wrong)
    assert said.exit_code == 1
    assert "reoffending.rate-not-from-counts" in said.output


def test_figures_are_kept_in_a_folder(tmp_path):
    folder = inspection_folder(tmp_path / "inspection")
    said = json.loads(run("import", PRESS, "--into", folder, "--area", "Dorset", "--json").output)
    assert (said["new"], said["comparators"][0]["key"]) == (1, "rate.dorset.2017-04.EW-3M")
    assert "rate.dorset.2017-04.EW-3M" in (folder / "comparators.csv").read_text("utf-8")


def test_where_to_keep_them_has_to_be_said():
    assert run("import", PRESS).exit_code == 2
    assert run("import", PRESS, "--inspection", "west-london").exit_code == 2


def test_the_counts_that_give_a_rate_are_listed():
    said = run("counts", "49.6", "--most", "260")
    assert "34 pairs" in said.output
    assert "56 of 113" in said.output
    assert run("counts", "half").exit_code == 2
