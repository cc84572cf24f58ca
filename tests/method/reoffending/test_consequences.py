"""What the definition leads to, and is to be kept: one test for each sentence, and the dirt that real extracts bring."""

from datetime import date

from tests.method.reoffending.cases import CASES
from tests.method.reoffending.histories import AS_OF, events, in_short, reference_cases, year_and_quarters

from caselight.method.reoffending.cleaning import Drop, Note, clean, merge
from caselight.method.reoffending.cohort import Row, person_rows
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import quarters
from caselight.method.reoffending.options import Options


def year(id_: str, as_of: date = AS_OF) -> Row:
    """The row of a case's year."""
    found = year_and_quarters(CASES[id_], as_of=as_of)[0]
    assert found
    return found


def test_turning_18_in_the_follow_up_stays_an_entry_of_a_child() -> None:
    """Age is that at the index."""
    assert (year("C01").age, year("C01").reoffences) == (17, 1)


def test_moving_house_after_the_index_changes_no_area() -> None:
    """The area is that of the index occasion."""
    assert year("C02").area == "East"


def test_custody_in_the_follow_up_stays_in_the_denominator() -> None:
    """Without any adjustment for exposure."""
    assert in_short([year("C03")]) == ["10 Feb 0/0"]


def test_two_ids_of_one_person_merge_before_everything() -> None:
    """Apart they are two entries without a reoffence; together one with one."""
    apart = [*events("1 C 2013-02-01 2013-02-10", "a"), *events("2 N 2013-03-01 2013-03-20", "b")]
    one = person_rows(merge(apart, {"b": "a"}), quarters(2013), measure("EW-3M"), AS_OF)

    assert in_short(one) == ["10 Feb 1/1"]


def test_a_late_conviction_changes_the_next_extract_and_not_the_one_before() -> None:
    """Rebuilt for its own day, an extract knows nothing of what was proven later."""
    assert year("C04", date(2014, 4, 30)).reoffences == 0
    assert year("C04", date(2014, 5, 1)).reoffences == 1


def test_previous_offences_are_those_proven_before_the_index_without_its_own() -> None:
    """A breach is one; three of one hearing are three."""
    assert year("C05").previous == 4


def test_a_release_on_the_day_of_a_caution_is_the_index_and_the_caution_no_previous_offence() -> None:
    """Custody is heavier; the caution was proven on the index day and not before."""
    assert (year("A16").occasion, year("A16").previous) == ("1", 0)


def test_an_occasion_that_was_a_reoffence_in_one_window_enters_the_next() -> None:
    """T02: proven in September, an ordinary entry of the third quarter."""
    assert in_short(year_and_quarters(reference_cases()["T02"]))[3] == "01 Sep 0/0"


def test_rows_that_repeat_each_other_are_heard_both_and_count_once() -> None:
    """Delivered as a breach caution and as a conviction: a conviction, and no breach."""
    found = year("D05")
    kept = clean(CASES["D05"].events, Options(), AS_OF)

    assert found.kind == "court_non_custodial"
    assert kept.dropped == ((1, Drop.REPEAT),)


def test_every_row_is_kept_or_dropped_under_one_rule() -> None:
    """In the order of the rules: a row that is both not proven and without a date is dropped once."""
    rows = events(
        """
        1 C 2013-02-01 2013-02-10
        1 C 2013-02-01 2013-02-10
        2 A 2013-02-01 -
        3 C 2013-02-01 2013-02-10 recordable=0
        4 C 2013-02-01 2013-02-10 in_jurisdiction=0
        5 R - 2013-02-10 2013-03-01
        6 C 2013-02-01 2013-02-10 tic=1
        7 C 2013-02-01 -
        8 C 2013-02-01 2020-01-02
        9 C - 2013-02-10
        10 N 2013-02-11 2013-02-10
        11 K 2013-02-01 2013-02-10
        12 K 2013-02-01 2013-02-10 2013-02-09
        13 K 2013-02-01 2013-02-10 2020-01-02
        14 C 0213-02-01 2013-02-10
        15 K 2013-02-01 2013-02-10 2913-02-09
        16 C 2013-02-01 2013-02-10 born=1813-02-01
        17 C 2013-02-01 - born=1813-02-01
        """
    )
    found = clean(rows, Options(), AS_OF)

    assert [rule for _, rule in found.dropped] == [
        Drop.REPEAT, Drop.NOT_PROVEN, Drop.NOT_RECORDABLE, Drop.OUTSIDE_JURISDICTION, Drop.NOT_OF_THIS_MEASURE,
        Drop.TAKEN_INTO_CONSIDERATION, Drop.NO_PROVEN_DATE, Drop.AFTER_EXTRACT, Drop.NO_PROVEN_DATE,
    ]  # fmt: skip
    assert sorted(found.noted) == [
        (9, Note.OFFENCE_DATE_MISSING), (10, Note.OFFENCE_AFTER_PROVEN), (11, Note.RELEASE_MISSING),
        (12, Note.RELEASE_BEFORE_SENTENCE), (13, Note.RELEASE_AFTER_EXTRACT), (14, Note.OFFENCE_DATE_IMPOSSIBLE),
        (15, Note.RELEASE_IMPOSSIBLE), (16, Note.BIRTHDAY_IMPOSSIBLE),
    ]  # fmt: skip
    assert len(found.events) + len(found.dropped) - len(found.repeats) == found.rows == len(rows)


def test_the_order_in_which_rows_are_delivered_changes_nothing() -> None:
    """All cases, backwards."""
    for case in [*CASES.values(), *reference_cases().values()]:
        backwards = type(case)(case.id, case.year, tuple(reversed(case.events)))
        assert year_and_quarters(backwards) == year_and_quarters(case), case.id


def test_scotland_counts_convictions_whenever_the_offence_was_committed() -> None:
    """Cautions are nothing there, and a hearing is one reconviction however many offences it had."""
    case = events(
        """
        1 C 2013-04-01 2013-04-10
        2 N 2013-04-15 2013-05-10
        3 N 2013-05-01 2013-07-10 offence=x
        3 N 2013-05-02 2013-07-10 offence=y
        4 N 2014-05-01 2014-06-10
        """
    )
    from caselight.method.reoffending.months import months_from

    [row] = person_rows(case, [months_from(date(2013, 4, 1), 12)], measure("SCOT-1Y"), AS_OF)

    assert (row.index, row.reoffences, row.days_to_first) == (date(2013, 5, 10), 1, 61)
