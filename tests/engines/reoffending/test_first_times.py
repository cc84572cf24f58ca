"""The first reoffence of each entry, put together by group: as the oracle and the statement have it."""

from datetime import date

import pytest
from tests.engines.reoffending.agreeing import kernel, oracle, statement
from tests.engines.reoffending.dirty import Dirt

from caselight.engines.reoffending.ages import Ages, of_ages
from caselight.engines.reoffending.asking import Question
from caselight.engines.reoffending.first_times import times_of
from caselight.method.reoffending.first_times import first_times
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import quarters

WINDOWS, EXTRACT = (*quarters(2012), *quarters(2013)), date(2014, 6, 30)


def asked(by: tuple[str, ...], how: str = "EW-3M") -> Question:
    return Question(measure(how), WINDOWS, EXTRACT, by, rows=True)


@pytest.mark.parametrize("by", [(), ("sex",), ("previous", "area"), ("age",)])
@pytest.mark.parametrize("how", ["EW-3M", "SCOT-1Y"])
def test_every_group_has_the_months_of_its_own_reoffenders(by: tuple[str, ...], how: str) -> None:
    found = kernel(Dirt(7).people(500), question := asked(by, how))
    times = times_of(found, question, by)
    for group in found.groups:
        of = times[group.window, tuple(group.by[name] for name in by)]
        assert (of.entries, sum(of.by_month)) == (group.counts.entries, group.counts.reoffenders)
    wholes = {window: found.total(window) for window in found.states}
    assert {window: sum(times[window, ()].by_month) for window in wholes} == {
        window: of.reoffenders for window, of in wholes.items()
    }


@pytest.mark.parametrize("how", ["EW-3M", "SCOT-1Y"])
def test_oracle_statement_and_kernel_have_one_time_to_the_first_reoffence(how: str) -> None:
    people, question = Dirt(8).people(500), asked((), how)
    times = times_of(kernel(people, question), question, ())
    for rows in (oracle(people, question)[0], statement(people, question)):
        for window in WINDOWS:
            assert times[window, ()] == first_times((row for row in rows if row.window == window), question.options)
    assert len({days for of in times.values() for days in of.days}) > 100


def test_with_some_ages_only_their_entries_are_asked() -> None:
    people, question = Dirt(9).people(400), asked(("age",))
    rows, _ = oracle(people, question)
    inside = [row for row in rows if row.age is not None and 12 <= row.age <= 17]
    found = of_ages(kernel(people, question), question, Ages(12, 17), ())
    times = times_of(found, question, ())
    assert 0 < len(inside) < len(rows)
    assert times[WINDOWS[0], ()] == first_times((row for row in inside if row.window == WINDOWS[0]), question.options)
    assert sum(of.entries for of in times.values()) == len(inside)
