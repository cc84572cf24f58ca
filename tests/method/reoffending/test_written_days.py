"""Which cells give a day, which give one in another form, and which give none."""

from datetime import date

import pytest

from caselight.method.reoffending.cleaning import Drop, Note, clean
from caselight.method.reoffending.events import Event, Kind
from caselight.method.reoffending.options import Options
from caselight.method.reoffending.written_days import NO_DATE, in_another_form, read_day

DAYS = {"2012-02-29": date(2012, 2, 29), " 2012-03-01\t": date(2012, 3, 1), "0213-03-01": date(213, 3, 1), "": None,
        "  ": None, None: None}  # fmt: skip
NONE = ("2012-02-31", "2013-02-29", "2012-13-01", "0000-01-01", "not known", "n/k", "-", "2012", "2012-05", "05/2012", "?",
        "1", "1234", "0", "99", "may", "May 2012", "２０１２-０１-０１", "a 2012-01-01", "in 3/4/2012")  # fmt: skip
OTHER = ("03/04/2012", "3/4/12", "3.4.2012", "3. 4. 2012", "03-04-2012", "03 04 2012", "2012/04/03", "2012-4-3", "20120403",
         "030412", "41002", "41002.0", "3 Apr 2012", "3rd April 2012", "03-APR-2012", "03APR2012", "Apr 3, 2012",
         "April 3 2012", "Tue 3 Apr 2012", "Tuesday, April 3rd, 2012", "2012-Apr-03", "2012-04-03T00:00:00",
         "2012-04-03 10:15", "12-04-03")  # fmt: skip


@pytest.mark.parametrize(("cell", "day"), DAYS.items())
def test_a_day_is_read_from_one_form_alone(cell: str | None, day: date | None) -> None:
    assert read_day(cell) == day
    assert not in_another_form(cell)


@pytest.mark.parametrize("cell", NONE)
def test_what_is_no_date_is_a_day_that_cannot_be(cell: str) -> None:
    assert read_day(cell) == NO_DATE
    assert not in_another_form(cell)


@pytest.mark.parametrize("cell", OTHER)
def test_dates_in_other_forms_are_known_for_what_they_are(cell: str) -> None:
    assert in_another_form(cell)
    assert in_another_form(f" {cell.upper()} ")


def test_a_cell_that_is_no_date_is_counted_under_the_rule_for_days_that_cannot_be() -> None:
    day, no = date(2013, 2, 10), read_day("2013-02-30")
    rows = [
        Event(person="a", occasion="1", proven_date=no, kind=Kind.CAUTION),
        Event(person="a", occasion="2", proven_date=day, offence_date=no, kind=Kind.CAUTION, born=no),
        Event(person="a", occasion="3", proven_date=day, offence_date=day, release_date=no, kind=Kind.CUSTODY),
    ]
    found = clean(rows, Options(), date(2016, 1, 1))
    assert found.dropped == ((0, Drop.NO_PROVEN_DATE),)
    noted = {(1, Note.OFFENCE_DATE_IMPOSSIBLE), (1, Note.BIRTHDAY_IMPOSSIBLE), (2, Note.RELEASE_IMPOSSIBLE)}
    assert set(found.noted) == noted
