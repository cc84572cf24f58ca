"""The timetable: slots are put, moved and taken off, clash, are published as they stand, and are held or cancelled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories.store import AT, seeded
from tests.factories.timetable import DAYS, KEY, MONDAY, TUESDAY, published, put, with_workers

from caselight.method.faults import Faults
from caselight.store.accounts.models import User
from caselight.store.assessments.actions.meeting import note_held
from caselight.store.assessments.attendance import presences
from caselight.store.audit.models import AuditRow
from caselight.store.identities.keyring import keyring
from caselight.store.inspections.models import Conflict, Inspection, Membership
from caselight.store.inspections.queries import inspection_of
from caselight.store.samples import models
from caselight.store.samples.timetable.clashes import Clash, clashes, inspecting
from caselight.store.samples.timetable.placing import Chosen, fieldwork_days, put_slots, say_where, take_off
from caselight.store.samples.timetable.publishing import Noted, note_outcome, publish_slots
from caselight.store.samples.timetable.reading import timetable_of
from caselight.store.samples.timetable.values import Half, Outcome, Place, Slot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    """The cast, with workers to interview."""
    seeded()
    with_workers()


def refused(act: Callable[[], object]) -> list[str]:
    """The codes that an act is refused with."""
    with pytest.raises(Faults) as told, transaction.atomic():
        act()
    return [fault.code for fault in told.value.faults]


def move(slot: Slot, user: str, day: date = MONDAY, half: Half = Half.AM) -> tuple[Slot, ...]:
    chosen = Chosen(slots=(slot.slot,))
    return put_slots(by="lead", inspection=KEY, chosen=chosen, place=Place(user, day, half), days=DAYS, at=AT)


def against() -> dict[str, tuple[Clash, ...]]:
    """The clashes by what the slot is about."""
    timetable = timetable_of(KEY)
    called = {one.slot: one.key for one in timetable.now}
    return {called[slot]: found for slot, found in clashes(timetable, inspecting(KEY, AT)).items()}


def test_every_examined_case_and_every_worker_of_one_needs_a_slot() -> None:
    assert [one.key for one in timetable_of(KEY).unplaced] == ["C1", "C2", "C3", "C4", "w1", "w2", "w3"]
    models.SampledCase.objects.filter(inspection__key=KEY, case_key="C2").update(status="removed")
    models.SampledCase.objects.filter(inspection__key=KEY, case_key="C3").update(status="reserve")
    assert [one.key for one in timetable_of(KEY).unplaced] == ["C1", "C4", "w1"]


def test_a_slot_is_placed_moved_and_taken_off_and_every_state_is_kept_with_its_row_in_the_audit() -> None:
    slot = put("C1", "i1")
    say_where(by="lead", inspection=KEY, slot=slot.slot, starts="09:30", room=" Room  2 ", at=AT)
    move(slot, "i1", MONDAY, Half.PM)
    take_off(by="sm", inspection=KEY, slots=[slot.slot], at=AT)
    timetable = timetable_of(KEY)
    states = [(one.place.half.value, one.starts, one.room, one.off) for one in timetable.history(slot.slot)]
    assert states == [("am", "", "", False), ("am", "09:30", "Room 2", False), ("pm", "", "Room 2", False),
                      ("pm", "", "Room 2", True)]  # fmt: skip
    assert timetable.now == ()
    assert "C1" in [one.key for one in timetable.unplaced]
    acts = AuditRow.objects.filter(object_key=slot.slot).order_by("n").values_list("act", "by")
    assert list(acts) == [("slot.placed", "lead"), ("slot.changed", "lead"), ("slot.moved", "lead"),
                          ("slot.taken-off", "sm")]  # fmt: skip


def test_no_room_and_no_time_stands_in_the_audit_beyond_the_clock() -> None:
    slot = put("C1", "i1")
    say_where(by="lead", inspection=KEY, slot=slot.slot, starts="09:30", room="Mrs Smith's room", at=AT)
    assert not any("Smith" in row.row for row in AuditRow.objects.all())


def test_what_is_sent_twice_is_placed_once_and_what_somebody_else_placed_is_not_taken_from_them() -> None:
    put("C1", "i1")
    chosen = Chosen(subjects=(("case", "C1"),))
    again = put_slots(by="lead", inspection=KEY, chosen=chosen, place=Place("i1", MONDAY, Half.AM), days=DAYS, at=AT)
    assert again == ()
    assert refused(lambda: put("C1", "i2")) == ["timetable.placed-already"]
    assert len(timetable_of(KEY).now) == 1


def test_several_are_put_into_one_cell_or_none() -> None:
    Conflict.objects.create(user=User.objects.get(key="i1"), inspection=Inspection.objects.get(key=KEY), case_key="C2",
                            reason="Knows the family", declared_at=AT)  # fmt: skip
    chosen = Chosen(subjects=(("case", "C1"), ("case", "C2")))
    place = Place("i1", MONDAY, Half.AM)
    assert refused(
        lambda: put_slots(by="lead", inspection=KEY, chosen=chosen, place=place, days=DAYS, at=AT)
    ) == ["timetable.conflict"]  # fmt: skip
    assert timetable_of(KEY).now == ()


@pytest.mark.parametrize(
    ("subject", "user", "day", "code"),
    [
        ("C1", "i1", date(2015, 12, 19), "timetable.day"),  # a Saturday after the fieldwork
        ("C1", "qa", MONDAY, "timetable.not-inspector"),
        ("C1", "stranger", MONDAY, "timetable.not-inspector"),
        ("C9", "i1", MONDAY, "timetable.no-such-slot"),
    ],
)
def test_a_slot_is_refused_where_it_can_be_nobodys(subject: str, user: str, day: date, code: str) -> None:
    assert refused(lambda: put(subject, user, day)) == [code]


@pytest.mark.parametrize(("subject", "case", "closed"), [("C1", "", True), ("w1", "", True), ("C1", "C1", True),
                                                         ("w1", "C1", False), ("C2", "C1", False)])  # fmt: skip
def test_a_conflict_of_interest_refuses_what_it_is_about(subject: str, case: str, closed: bool) -> None:
    Conflict.objects.create(user=User.objects.get(key="i1"), inspection=Inspection.objects.get(key=KEY), case_key=case,
                            reason="A friend", declared_at=AT)  # fmt: skip
    if closed:
        assert refused(lambda: put(subject, "i1")) == ["timetable.conflict"]
    else:
        put(subject, "i1")


def test_a_conflict_that_is_declared_afterwards_is_a_clash() -> None:
    put("C1", "i1")
    Conflict.objects.create(user=User.objects.get(key="i1"), inspection=Inspection.objects.get(key=KEY), case_key="C1",
                            reason="A friend", declared_at=AT)  # fmt: skip
    assert against() == {"C1": (Clash.CONFLICT,)}


def test_nobody_meets_themselves_in_an_audit_of_their_own_service() -> None:
    with_workers("testshire-audit")
    assert refused(lambda: put("C2", "au", key="testshire-audit")) == ["timetable.conflict"]  # who is the worker w2


def test_a_worker_with_two_inspectors_in_one_half_day_is_double_booked_until_the_times_do_not_meet() -> None:
    one, other = put("C1", "i1"), put("w1", "i2")
    assert Clash.WORKER_TWICE in against()["C1"]
    assert Clash.WORKER_TWICE in against()["w1"]
    say_where(by="lead", inspection=KEY, slot=one.slot, starts="09:00", room="", at=AT)
    say_where(by="lead", inspection=KEY, slot=other.slot, starts="10:30", room="", at=AT)
    assert Clash.WORKER_TWICE in against()["C1"]  # a case takes an hour and three quarters
    say_where(by="lead", inspection=KEY, slot=other.slot, starts="10:45", room="", at=AT)
    assert "C1" not in against()


def test_an_inspector_at_two_places_at_one_time_is_double_booked_and_two_cases_fit_into_half_a_day() -> None:
    one, other = put("C1", "i1"), put("C2", "i1")
    assert against() == {}
    for slot, starts in ((one, "09:00"), (other, "10:00")):
        say_where(by="lead", inspection=KEY, slot=slot.slot, starts=starts, room="", at=AT)
    assert against() == {"C1": (Clash.INSPECTOR_TWICE,), "C2": (Clash.INSPECTOR_TWICE,)}


def test_more_than_fits_into_half_a_day_is_said_at_each_of_them() -> None:
    for subject in ("C1", "C2", "w1"):
        put(subject, "i1")
    assert against() == {}  # two cases and an interview just fit
    put("w2", "i1")
    assert {Clash.TOO_MUCH} == {found for one in against().values() for found in one}
    assert set(against()) == {"C1", "C2", "w1", "w2"}


def test_an_inspector_to_whom_nothing_of_it_is_given_is_a_warning() -> None:
    put("C1", "i2", MONDAY)  # C1 is the first inspector's
    put("w1", "i2", TUESDAY)  # none of the worker's cases is theirs
    put("w2", "i2", TUESDAY)  # one is
    assert against() == {"C1": (Clash.NOT_GIVEN,), "w1": (Clash.NOT_GIVEN,)}
    published()


def test_who_left_the_team_and_what_left_the_sample_are_clashes() -> None:
    put("C1", "i1")
    put("C2", "i2", TUESDAY)
    models.SampledCase.objects.filter(inspection__key=KEY, case_key="C1").update(status="removed")
    Membership.objects.filter(user__key="i2").update(ended_at=AT)
    User.objects.filter(key="i2").update(access_version="another")
    assert against() == {"C1": (Clash.NOT_IN_SAMPLE,), "C2": (Clash.NOT_IN_TEAM,)}


def test_what_is_published_stays_so_until_it_is_published_again() -> None:
    slot = put("C1", "i1")
    published()
    move(slot, "i1", TUESDAY)
    new = put("C2", "i2")
    timetable = timetable_of(KEY)
    assert [(one.key, one.place.day) for one in timetable.published] == [("C1", MONDAY)]
    assert [(one.slot.key, one.before is None) for one in timetable.changes] == [("C2", True), ("C1", False)]
    published()
    take_off(by="lead", inspection=KEY, slots=[new.slot], at=AT)
    published()
    timetable = timetable_of(KEY)
    assert timetable.changes == ()
    counts = [len(timetable.changed_in(one)) for one in timetable.publications]
    assert counts == [1, 2, 1]
    assert timetable.changed_in(timetable.publications[2])[0].after is None
    detail = [row.row for row in AuditRow.objects.filter(act="timetable.published").order_by("n")]
    assert '"detail":{"changed":2,"slots":2}' in detail[1]


def test_publishing_is_refused_where_there_is_nothing_where_nothing_changed_and_where_somebody_is_double_booked() -> (
    None
):
    assert refused(published) == ["timetable.nothing-to-publish"]
    put("C1", "i1")
    published()
    assert refused(published) == ["timetable.nothing-changed"]
    put("w1", "i2")
    assert refused(published) == ["timetable.clashes"]


def test_a_slot_that_moves_away_and_back_has_not_changed() -> None:
    slot = put("C1", "i1")
    published()
    move(slot, "i1", TUESDAY)
    move(slot, "i1", MONDAY)
    assert timetable_of(KEY).changes == ()


def test_who_was_present_is_noted_with_the_slot_and_stands_on_the_case_too() -> None:
    slot = put("C1", "i1")
    published()
    note_held(by="i1", inspection=KEY, slot=slot.slot, who="The case manager throughout.", at=AT)
    timetable = timetable_of(KEY)
    assert timetable.settled[slot.slot].outcome is Outcome.HELD
    assert presences(KEY, {("case", "C1")}) == {("case", "C1"): "The case manager throughout."}
    assert refused(lambda: move(slot, "i2")) == ["timetable.settled"]
    assert refused(lambda: take_off(by="lead", inspection=KEY, slots=[slot.slot], at=AT)) == ["timetable.settled"]


def test_what_was_cancelled_has_a_reason_waits_to_be_placed_again_and_can_then_not_be_taken_back() -> None:
    slot = put("C1", "i1")
    published()

    def cancel(reason: str, note: str = "") -> None:
        noted = Noted(Outcome.CANCELLED, reason, note)
        note_outcome(by="lead", inspection=KEY, slot=slot.slot, noted=noted, at=AT)

    assert refused(lambda: cancel("")) == ["timetable.unknown-reason"]
    assert refused(lambda: cancel("other")) == ["timetable.note"]
    cancel("worker-away", "Ill since Sunday.")
    timetable = timetable_of(KEY)
    assert (timetable.settled[slot.slot].reason, timetable.settled[slot.slot].note) == (
        "worker-away",
        "Ill since Sunday.",
    )
    assert "C1" in [one.key for one in timetable.unplaced]
    put("C1", "i1", TUESDAY)
    back = {"by": "lead", "inspection": KEY, "slot": slot.slot, "noted": Noted(None), "at": AT}
    assert refused(lambda: note_outcome(**back)) == ["timetable.placed-already"]  # type: ignore[arg-type]
    assert "C1" not in [one.key for one in timetable_of(KEY).unplaced]


def test_a_slot_that_nobody_was_told_of_cannot_be_held() -> None:
    slot = put("C1", "i1")
    assert refused(lambda: note_held(by="i1", inspection=KEY, slot=slot.slot, who="", at=AT)) == [
        "timetable.not-published"
    ]


def test_the_words_of_a_note_are_gone_with_the_key_of_the_case() -> None:
    slot = put("C1", "i1")
    published()
    noted = Noted(Outcome.CANCELLED, "other", "A secret.")
    note_outcome(by="lead", inspection=KEY, slot=slot.slot, noted=noted, at=AT)
    row = models.SlotOutcome.objects.get()
    assert b"secret" not in bytes(row.sealed)
    keyring().destroy([row.key_id])
    assert timetable_of(KEY).settled[slot.slot].note is None


@pytest.mark.parametrize(("starts", "code"), [("25:00", "time"), ("9:30", "time"), ("14:00", "time"), ("nine", "time")])
def test_a_time_is_one_of_its_half_of_the_day(starts: str, code: str) -> None:
    slot = put("C1", "i1")
    told = refused(lambda: say_where(by="lead", inspection=KEY, slot=slot.slot, starts=starts, room="", at=AT))
    assert told == [f"timetable.{code}"]
    long = refused(lambda: say_where(by="lead", inspection=KEY, slot=slot.slot, starts="", room="r" * 61, at=AT))
    assert long == ["timetable.room"]


def test_slots_lie_on_the_working_days_of_the_fieldwork() -> None:
    kept = inspection_of(KEY)
    assert fieldwork_days(kept) == DAYS


@pytest.mark.parametrize("table", ["samples_slot", "samples_slotpublication", "samples_slotoutcome"])
def test_what_the_timetable_was_is_never_changed(table: str) -> None:
    slot = put("C1", "i1")
    published()
    note_held(by="i1", inspection=KEY, slot=slot.slot, who="", at=AT)
    for statement in (f'UPDATE "{table}" SET "at" = "at"', f'DELETE FROM "{table}"'):  # noqa: S608 - a name of ours
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_publishing_needs_an_inspection() -> None:
    assert refused(lambda: publish_slots(by="lead", inspection="nowhere", at=AT)) == ["store.no-inspection"]
