"""``reoffending measures`` and ``reoffending compute``, as they are called."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from tests.method.reoffending.histories import reference_cases

from caselight.cli.main import group
from caselight.engines.reoffending.columns import table_of
from caselight.method.reoffending.cohort import person_rows
from caselight.method.reoffending.first_times import first_times
from caselight.method.reoffending.measures import measure as of_measure
from caselight.method.reoffending.months import cohorts

SPAN = ("--from", "2013-01-01", "--to", "2013-12-31", "--as-of", "2020-01-01")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(group, ["reoffending", *map(str, arguments)])


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """The reference cases as a file."""
    path = tmp_path / "events.parquet"
    pq.write_table(table_of(event for case in reference_cases().values() for event in case.events), path)
    return path


def test_the_measures_are_listed_and_one_is_said_with_its_sources() -> None:
    """Those known by name only are marked."""
    assert "NI19" in run("measures").output
    one = json.loads(run("measures", "EW-3M", "--json").output)["measures"][0]
    assert {"option": "wait_months", "value": 6}.items() <= one["options"][1].items()
    assert "to be confirmed" in run("measures", "EW-12M").output


def test_cohorts_are_counted_with_their_state_and_what_was_left_out(events: Path) -> None:
    """The reference cases: the quarters of 2013, T28 of 2012 among them; rates are withheld."""
    found = run("compute", events, "--measure", "EW-3M", *SPAN)

    lines = [line.split() for line in found.output.splitlines() if line.startswith("2013")]
    assert [line[3:] for line in lines] == [
        ["final", "15", "7", "9", "[u]", "[u]", "[u]"],
        ["final", "7", "1", "2", "[u]", "[u]", "[u]"],
        ["final", "4", "1", "1", "[u]", "[u]", "[u]"],
        ["final", "1", "0", "0", "[u]", "[u]", "[u]"],
    ]
    assert "rows left out: the row repeats another." in found.output


def test_what_is_written_names_what_it_was_computed_by(events: Path, tmp_path: Path) -> None:
    """Measure, options, extract, engine and the hash of the input, in every row."""
    out = tmp_path / "counts.csv"
    run("compute", events, "--measure", "EW-12M", *SPAN, "--by", "sex", "--out", out)
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))

    assert {row["measure"] for row in rows} == {"EW-12M"}
    assert {row["extract"] for row in rows} == {str(date(2020, 1, 1))}
    assert {row["sex"] for row in rows} == {"not known", "all"}
    assert all(len(row["input_sha256"]) == 64 for row in rows)


def test_ids_of_one_person_are_merged_by_what_was_linked_and_the_result_names_it(events: Path, tmp_path: Path) -> None:
    """Two boys of the reference cases are taken for one: an entry fewer in each quarter that both are in."""
    linked, out = tmp_path / "linked.csv", tmp_path / "counts.csv"
    rows = [("0", "0"), ("1", "0")]
    linked.write_text(
        "record,person,model,threshold,linked_on\n" + "".join(f"{r},{p},m1,0.95,2020-01-01\n" for r, p in rows), "utf-8"
    )
    apart = json.loads(run("compute", events, "--measure", "EW-3M", *SPAN, "--json").stdout)
    one = json.loads(
        run("compute", events, "--measure", "EW-3M", *SPAN, "--json", "--linked", linked, "--out", out).stdout
    )
    assert apart["linkage"] == ""
    assert one["linkage"].startswith("m1 from 0.95: ")
    assert {row["linkage"] for row in csv.DictReader(out.read_text("utf-8").splitlines())} == {one["linkage"]}
    assert one["cohorts"][0]["entries"] == apart["cohorts"][0]["entries"] - 1


def test_every_row_that_was_left_out_is_written_with_its_rule_and_nothing_else_of_it(
    events: Path, tmp_path: Path
) -> None:
    """As many as the counts say."""
    to = tmp_path / "left-out.csv"
    said = json.loads(run("compute", events, "--measure", "EW-3M", *SPAN, "--left-out", to, "--json").stdout)
    rows = list(csv.DictReader(to.read_text("utf-8").splitlines()))
    assert list(rows[0]) == ["row", "what", "rule", "in words"]
    by_rule = Counter(row["rule"] for row in rows)
    assert by_rule == {**said["dropped"], **said["set_aside"]}
    assert by_rule["repeat"] > 0


def test_another_value_of_an_option_is_computed_and_named_by_its_fingerprint(events: Path) -> None:
    """As the oracle says: fewer reoffenders without the day twelve months on; with a serious list severe ones are counted."""
    of_2012 = ("--from", "2012-01-01", "--to", "2013-12-31", "--as-of", "2020-01-01", "--measure", "EW-12M", "--json")
    plain = json.loads(run("compute", events, *of_2012).stdout)
    other = json.loads(
        run("compute", events, *of_2012, "--option", "follow_end_day=no", "--option", "serious=1,2,3").stdout
    )
    how = of_measure("EW-12M").with_options(follow_end_day=False, serious=(1, 2, 3))
    spans = cohorts(how.window, date(2012, 1, 1), date(2013, 12, 31))
    rows = [
        row for case in reference_cases().values() for row in person_rows(case.events, spans, how, date(2020, 1, 1))
    ]
    for one, window in zip(other["cohorts"], spans, strict=True):
        of = [row for row in rows if row.window == window]
        counted = (len(of), sum(row.reoffended for row in of), sum(bool(row.severe) for row in of))
        assert (one["entries"], one["reoffenders"], one["severe"]) == counted
    assert sum(one["reoffenders"] for one in plain["cohorts"]) > sum(row.reoffended for row in rows)
    assert plain["options"] != other["options"]
    assert {one["severe"] for one in plain["cohorts"]} == {None}
    assert None not in {one["severe"] for one in other["cohorts"]}


@pytest.mark.parametrize(
    "wrong", ["breach_counts=perhaps", "follow_months=long", "kinds=fine", "colour=red", "wait_months=-1"]
)
def test_an_option_or_value_that_is_not_there_is_refused(events: Path, wrong: str) -> None:
    """With what there is."""
    failed = run("compute", events, "--measure", "EW-3M", *SPAN, "--option", wrong)
    assert "reoffending.bad-options" in str(failed.exception)


@pytest.mark.parametrize(("measure", "code"), [("NI19", "measure-only-named"), ("EW-4M", "unknown-measure")])
def test_what_cannot_be_computed_is_refused(events: Path, measure: str, code: str) -> None:
    """With the reason."""
    assert f"reoffending.{code}" in str(run("compute", events, "--measure", measure, *SPAN).exception)


def test_days_that_would_leave_a_quarter_out_are_refused(events: Path) -> None:
    """Before anything is read."""
    wrong = ("--from", "2013-01-05", "--to", "2013-12-31", "--as-of", "2020-01-01")
    assert "reoffending.not-cohorts" in str(run("compute", events, "--measure", "EW-3M", *wrong).exception)


def test_the_months_of_the_first_reoffence_are_printed_and_written_when_asked(events: Path, tmp_path: Path) -> None:
    """They add up to the reoffenders of their line, in the table, the CSV and the JSON alike; the oracle says which."""
    out = tmp_path / "counts.csv"
    asked = ("compute", events, "--measure", "EW-3M", *SPAN, "--by", "sex", "--first-times", "--out", out)
    said = json.loads(run(*asked, "--json").stdout)
    how, as_of = of_measure("EW-3M"), date(2020, 1, 1)
    spans = cohorts(how.window, date(2013, 1, 1), date(2013, 12, 31))
    entries = [row for case in reference_cases().values() for row in person_rows(case.events, spans, how, as_of)]

    for one, window in zip(said["cohorts"], spans, strict=True):
        of = first_times((row for row in entries if row.window == window), how.computed_with())
        assert tuple(one["first_in_month"]) == of.by_month
        assert sum(one["first_in_month"]) == one["reoffenders"]
        assert (one["median_days_to_first"], set(one["reoffended_by_month"])) == (None, {None})
    assert [one["first_in_month"] for one in said["groups"]] == [one["first_in_month"] for one in said["cohorts"]]
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    months = [[int(row[f"first in month {n}"]) for n in range(1, 13)] for row in rows]
    assert [sum(row) for row in months] == [int(row["reoffenders"]) for row in rows]
    assert {row["median days to first"] for row in rows} == {"[u]"}
    printed = run(*asked).stdout.split("\n\n")[1].splitlines()
    assert [line.split()[-12:] for line in printed[2:]] == [list(map(str, row)) for row in months]


def test_no_months_stand_where_nobody_asked(events: Path, tmp_path: Path) -> None:
    out = tmp_path / "counts.csv"
    found = run("compute", events, "--measure", "EW-3M", *SPAN, "--out", out)
    assert "month" not in found.stdout + out.read_text("utf-8")
