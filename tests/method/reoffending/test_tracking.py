"""The tracker: proven apart from charged, any past day rebuilt, one person computed again, reasons that add up."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from caselight.method.faults import Faults
from caselight.method.reoffending.cohort import person_rows
from caselight.method.reoffending.events import Event, Kind
from caselight.method.reoffending.measures import measure
from caselight.method.reoffending.months import quarters
from caselight.method.reoffending.rates import Counts, State
from caselight.method.reoffending.reconciling import reconcile
from caselight.method.reoffending.tracking import Known, Tracker, concentration
from caselight.method.statistics.proportions import Bounds, wilson_clustered_interval, wilson_interval

EW, Q1 = measure("EW-3M"), quarters(2022)[:1]


def caution(person: str, day: date, **more: object) -> Event:
    return Event(person=person, occasion=f"{person}-{day}", offence="1", proven_date=day, kind=Kind.CAUTION, **more)  # type: ignore[arg-type]


def known(event: Event, since: date | None = None, **more: object) -> Known:
    assert event.proven_date or since
    return Known(event.occasion, event, since or event.proven_date, **more)  # type: ignore[arg-type]


ENTRY = known(caution("a", date(2022, 2, 1), offence_date=date(2022, 1, 20)))
AGAIN = known(caution("a", date(2022, 9, 1), offence_date=date(2022, 7, 1)))
CHARGE = Known(
    "c1",
    Event(person="a", occasion="c1", offence="9", offence_date=date(2022, 6, 1), proven_date=None, kind=Kind.UNKNOWN),
    since=date(2022, 6, 3),
    charged=date(2022, 6, 3),
)


def test_what_is_charged_stands_apart_from_what_is_proven() -> None:
    view = Tracker(EW, Q1, date(2022, 6, 30), [ENTRY, CHARGE]).view()
    assert (view.counts.reoffenders, view.charged) == (0, 1)
    assert view.follows[0].charged == 1


def test_a_charge_that_was_proven_is_no_charge_any_more() -> None:
    proven = known(caution("a", date(2022, 8, 1), offence_date=date(2022, 6, 1)))
    charge = replace(CHARGE, event=replace(CHARGE.event, offence="1"))
    view = Tracker(EW, Q1, date(2022, 12, 1), [ENTRY, charge, proven]).view()
    assert (view.counts.reoffenders, view.follows[0].charged) == (1, 0)


def test_any_past_day_is_shown_as_it_was_seen_then() -> None:
    tracker = Tracker(EW, Q1, date(2022, 12, 1), [ENTRY, CHARGE, AGAIN])
    assert tracker.view().counts == Counts(1, 1, 1)
    assert tracker.on(date(2022, 8, 31)).view().counts == Counts(1, 0, 0)


def test_what_became_known_late_is_not_seen_before() -> None:
    late = known(AGAIN.event, since=date(2023, 1, 15))
    tracker = Tracker(EW, Q1, date(2023, 2, 1), [ENTRY, late])
    assert tracker.view().counts.reoffenders == 1
    assert tracker.on(date(2023, 1, 14)).view().counts.reoffenders == 0


def test_a_retraction_takes_effect_on_its_day_and_the_past_stays() -> None:
    tracker = Tracker(EW, Q1, date(2023, 2, 1), [ENTRY, AGAIN])
    tracker.retract("a", AGAIN.key, date(2023, 1, 1))
    assert tracker.view().counts.reoffenders == 0
    assert tracker.on(date(2022, 12, 31)).view().counts.reoffenders == 1
    with pytest.raises(Faults, match=r"reoffending\.no-such-record"):
        tracker.retract("a", AGAIN.key, date(2023, 1, 2))


def test_one_more_event_computes_only_its_person_again(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [known(caution(f"p{n}", date(2022, 1, 3) + timedelta(n % 80))) for n in range(50)]
    tracker = Tracker(EW, Q1, date(2022, 12, 1), [ENTRY, *others])
    asked = []

    def counting(events, *rest):  # type: ignore[no-untyped-def]
        events = list(events)
        asked.append({event.person for event in events})
        return person_rows(events, *rest)

    monkeypatch.setattr("caselight.method.reoffending.tracking.person_rows", counting)
    tracker.add(AGAIN)
    assert asked == [{"a"}]
    assert tracker.view() == Tracker(EW, Q1, date(2022, 12, 1), [ENTRY, *others, AGAIN]).view()


def test_a_record_is_kept_once() -> None:
    with pytest.raises(Faults, match=r"reoffending\.record-twice"):
        Tracker(EW, Q1, date(2022, 12, 1), [ENTRY, ENTRY])


def test_days_left_run_out_and_only_then_is_the_cohort_final() -> None:
    (follow,) = Tracker(EW, Q1, date(2022, 2, 11), [ENTRY]).view().follows
    assert (follow.days_since, follow.follow_left, follow.wait_left) == (10, 355, 536)
    assert Tracker(EW, Q1, date(2023, 7, 31), [ENTRY]).view().state is State.INTERIM
    over = Tracker(EW, Q1, date(2023, 8, 1), [ENTRY]).view()
    assert (over.state, over.follows[0].wait_left) == (State.FINAL, 0)


def test_this_year_is_held_against_the_same_point_last_year() -> None:
    before = [
        known(caution("b", date(2021, 2, 1))),
        known(caution("b", date(2021, 12, 2), offence_date=date(2021, 11, 1))),
    ]
    tracker = Tracker(EW, Q1, date(2022, 12, 1), [ENTRY, *before])
    last = tracker.last_year()
    assert (last.as_of, last.windows) == (date(2021, 12, 1), quarters(2021)[:1])
    assert last.view().counts == Counts(1, 0, 0)  # proven the day after


def test_concentration_says_what_the_few_account_for() -> None:
    events = [ENTRY, AGAIN, known(caution("b", date(2022, 3, 1)))]
    events += [known(caution("b", date(2022, 4, n), offence_date=date(2022, 3, n))) for n in (5, 6, 7)]
    rows = [follow.row for follow in Tracker(EW, Q1, date(2022, 12, 1), events).view().follows]
    assert [(top.people, top.reoffences, top.percent) for top in concentration(rows)] == [
        (1, 3, Decimal("75.0")),
        (2, 4, Decimal("100.0")),
    ]


def test_the_timeline_is_in_order_and_names_charges_as_unproven() -> None:
    days = Tracker(EW, Q1, date(2022, 12, 1), [ENTRY, CHARGE, AGAIN]).timeline("a")
    assert days == sorted(days)
    assert (date(2022, 6, 3), "charged, not yet proven", "c1 9") in days
    assert (date(2023, 2, 1), "last day of follow-up", ENTRY.event.occasion) in days


def test_the_reasons_for_a_gap_add_up_to_it() -> None:
    people = [known(caution(f"p{n:02}", date(2022, 2, 1))) for n in range(40)]
    early = [known(caution(f"p{n:02}", date(2022, 5, 1), offence_date=date(2022, 4, 1))) for n in range(8)]
    late = [known(caution(f"p{n:02}", date(2023, 6, 1), offence_date=date(2022, 12, 1))) for n in range(8, 14)]
    tracker = Tracker(EW.with_options(follow_months=3), Q1, date(2022, 12, 1), [*people, *early, *late])
    found = reconcile(tracker, Counts(44, 18, 60), EW, date(2024, 1, 1))
    assert [step.reason for step in found.steps] == ["measure", "censoring", "coverage"]
    assert found.steps[1].counts.reoffenders == 14
    assert sum(step.points for step in found.steps if step.points is not None) == found.gap


def test_the_interval_of_one_cohort_is_wilsons_and_over_several_a_person_is_one_cluster() -> None:
    """Forty children in the first quarter, ten of whom enter again in each of the others."""
    records = [known(caution(f"p{n}", date(2022, 1, 3) + timedelta(n))) for n in range(40)]
    records += [
        known(caution(f"p{n}", date(2022, month, 5), offence_date=date(2022, month, 1)))
        for n in range(10)
        for month in (5, 8, 11)
    ]
    tracker = Tracker(EW, quarters(2022), date(2024, 6, 1), records)
    first, together = tracker.on(tracker.as_of, quarters(2022)[:1]).view(), tracker.view()
    assert (first.counts.entries, first.counts.reoffenders) == (40, 10)
    assert first.interval == wilson_interval(10, 40)
    assert not first.approximate

    assert (together.counts.entries, together.counts.reoffenders) == (70, 30)
    plain = wilson_interval(30, 70)
    clusters = [(3, 4)] * 10 + [(0, 1)] * 30
    assert together.interval == wilson_clustered_interval(clusters)
    assert isinstance(together.interval, Bounds)
    assert isinstance(plain, Bounds)
    assert together.interval.high - together.interval.low > 1.1 * (plain.high - plain.low)
    assert together.approximate
