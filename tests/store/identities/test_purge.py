"""Purged means gone, nothing on hold is purged, and a purge that was killed is finished."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connections, transaction

from caselight.method.faults import Faults
from caselight.method.inspection.package import Identity
from caselight.store.audit.models import AuditRow
from caselight.store.identities import queries
from caselight.store.identities.actions import purges, vault
from caselight.store.identities.actions.holds import confirm_hold, lift_hold, place_hold
from caselight.store.identities.actions.proposals import confirm, propose
from caselight.store.identities.actions.purges import AFTER, purge, reapply, resume
from caselight.store.identities.actions.retention import confirm_retention, retain_from, retain_until
from caselight.store.identities.actions.vault import alias_is_free, keep_identity, read_identity
from caselight.store.identities.keyring import keyring
from caselight.store.identities.models import BlockingKey, Hold, Person, Purge, SubjectKey
from caselight.store.identities.purging.steps import Step
from caselight.store.identities.retention import FREE_TEXT, PERIODS, VAULT, last_day
from caselight.store.identities.scratch import PREFIX, scratch
from caselight.store.identities.sealing import about, key_for, open_, seal

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOTE = about("west", "note", "op-1")
pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """As if the process ended here."""


@pytest.fixture(autouse=True)
def people(settings, tmp_path: Path) -> None:
    """Three children whose day has passed."""
    settings.KEYS = tmp_path / "keys"
    children = [
        Identity(f"C{n}", name, (), date(2009, 5, n)) for n, name in ((1, "Zoe Lee"), (2, "Ann Oh"), (3, "Io Ray"))
    ]
    keep_identity(by="lead", inspection="west", service="west", identities=children, at=AT)
    retain_until(by="lead", inspection="west", until=date(2026, 3, 1), at=AT)


def confirmed(*keys: str) -> str:
    key = propose(by="lead", inspection="west", subject_keys=keys or ["C1"], at=AT)
    confirm(by="admin", key=key, at=AT)
    return key


def lifted(hold: int) -> None:
    lift_hold(by="lead", hold=hold, at=AT)
    lift_hold(by="admin", hold=hold, at=AT)


def acts() -> list[str]:
    return list(AuditRow.objects.filter(chain="inspection:west").order_by("n").values_list("act", flat=True))


def code(refused: pytest.ExceptionInfo[Faults]) -> str:
    return refused.value.faults[0].code


def test_what_is_purged_is_gone_and_the_others_stay() -> None:
    key_id = key_for("west", "C1")
    note = seal(key_id, b"words", NOTE)
    certificate = purge(by="admin", key=confirmed("C1"), at=AT)
    assert open_(key_id, note, NOTE) is None
    assert set(Person.objects.values_list("subject_key", flat=True)) == {"C2", "C3"}
    assert BlockingKey.objects.filter(person__subject_key="C1").count() == 0
    assert alias_is_free(by="lead", service="west", alias="Zoe", at=AT)
    assert read_identity(by="lead", inspection="west", subject_key="C2", at=AT).identity.name == "Ann Oh"
    assert certificate.counts["people"] == 1
    assert certificate.key_ids == (key_id,)


def test_nothing_more_is_kept_or_read_about_a_purged_subject() -> None:
    purge(by="admin", key=confirmed("C1"), at=AT)
    for act in (
        lambda: read_identity(by="lead", inspection="west", subject_key="C1", at=AT),
        lambda: keep_identity(by="x", inspection="west", service="west", identities=[Identity("C1", "Zoe")], at=AT),
    ):
        with pytest.raises(Faults) as refused:
            act()
        assert code(refused) == "identity.purged"
    with pytest.raises(Faults, match=r"identity\.key-destroyed"):
        seal(key_for("west", "C1"), b"more", NOTE)


def test_the_certificate_stands_in_the_chain_and_names_nobody() -> None:
    certificate = purge(by="admin", key=confirmed("C1", "C2"), at=AT)
    row = json.loads(AuditRow.objects.filter(act="purge.finished").get().row)
    assert row["detail"]["sha256"] == certificate.sha256
    assert row["detail"]["keys"] == list(certificate.key_ids)
    assert json.loads(certificate.text)["confirmed_by"] == "admin"
    assert acts()[-4:] == ["purge.proposed", "purge.confirmed", "purge.begun", "purge.finished"]


def test_a_finished_purge_asked_for_again_gives_the_same_certificate() -> None:
    key = confirmed("C1")
    first = purge(by="admin", key=key, at=AT)
    assert purge(by="admin", key=key, at=AT) == first
    assert acts().count("purge.finished") == 1


@pytest.mark.parametrize("step", list(AFTER))
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_purge_killed_at_a_step_is_found_and_finished(monkeypatch, step: Step, before: bool) -> None:
    work, reached = AFTER[step]

    def killed(found: Purge) -> None:
        if not before:
            work(found)
        raise Killed

    key, key_id = confirmed("C1"), key_for("west", "C1")
    monkeypatch.setitem(purges.AFTER, step, (killed, reached))
    with pytest.raises(Killed):
        purge(by="admin", key=key, at=AT)
    monkeypatch.undo()
    assert queries.unfinished() == [key]
    (certificate,) = resume(by="admin", at=AT)
    assert certificate.counts == {"subjects": 1, "people": 1, "fingerprints": certificate.counts["fingerprints"]}
    assert queries.unfinished() == []
    assert not keyring().exists(key_id)
    assert not Person.objects.filter(subject_key="C1").exists()
    assert acts().count("purge.finished") == 1


@pytest.mark.parametrize("left", ["row", "key"])
def test_what_a_purge_left_behind_is_found_and_no_certificate_is_given(monkeypatch, left: str) -> None:
    step = Step.KEYS if left == "row" else Step.BEGUN
    monkeypatch.setitem(purges.AFTER, step, (lambda _: None, AFTER[step][1]))
    with pytest.raises(Faults, match=r"purge\.not-verified"):
        purge(by="admin", key=confirmed("C1"), at=AT)
    monkeypatch.undo()
    assert len(queries.unfinished()) == 1
    assert len(resume(by="admin", at=AT)) == 1


@pytest.mark.parametrize("subject", ["C1", ""], ids=["the child", "the inspection"])
@pytest.mark.parametrize("moment", ["proposed", "confirmed", "purged"])
def test_nothing_on_hold_is_purged(subject: str, moment: str) -> None:
    def hold() -> None:
        place_hold(by="lead", inspection="west", subject_key=subject, reason="A court has asked for it.", at=AT)

    def attempt() -> None:
        if moment == "proposed":
            hold()
        key = propose(by="lead", inspection="west", subject_keys=["C1", "C2"], at=AT)
        if moment == "confirmed":
            hold()
        confirm(by="admin", key=key, at=AT)
        if moment == "purged":
            hold()
        purge(by="admin", key=key, at=AT)

    with pytest.raises(Faults) as refused:
        attempt()
    assert code(refused) == "purge.on-hold"
    assert Person.objects.count() == 3
    assert keyring().exists(key_for("west", "C1"))


def test_a_lifted_hold_holds_nothing() -> None:
    hold = place_hold(by="lead", inspection="west", subject_key="C1", reason="Court.", at=AT)
    lifted(hold)
    purge(by="admin", key=confirmed("C1"), at=AT)
    with pytest.raises(Faults, match=r"purge\.unknown-hold"):
        lift_hold(by="lead", hold=hold, at=AT)


def test_a_hold_is_lifted_by_a_second_person_and_holds_until_then() -> None:
    hold = place_hold(by="lead", inspection="west", subject_key="C1", reason="Court.", at=AT)
    assert not lift_hold(by="admin", hold=hold, at=AT)
    with pytest.raises(Faults, match=r"purge\.same-person"):
        lift_hold(by="admin", hold=hold, at=AT)
    with pytest.raises(Faults, match=r"purge\.on-hold"):
        confirmed("C1")
    assert [(one.number, one.lift_asked_by) for one in queries.holds()] == [(hold, "admin")]
    assert lift_hold(by="lead", hold=hold, at=AT)
    assert queries.holds() == []
    assert acts()[-2:] == ["hold.lift-asked", "hold.lifted"]


def test_a_hold_needs_a_second_person_and_a_reason_that_is_sealed() -> None:
    hold = place_hold(by="lead", inspection="west", subject_key="C1", reason="Court case of Zoe Lee", at=AT)
    with pytest.raises(Faults, match=r"purge\.same-person"):
        confirm_hold(by="lead", hold=hold, at=AT)
    confirm_hold(by="admin", hold=hold, at=AT)
    row = Hold.objects.get()
    assert row.confirmed_by == "admin"
    assert b"Zoe" not in bytes(row.sealed)
    assert open_(row.key_id, row.sealed, about("west", "hold", str(hold))) == b"Court case of Zoe Lee"
    with pytest.raises(Faults, match=r"purge\.no-reason"):
        place_hold(by="lead", inspection="west", reason=" ", at=AT)


def test_a_hold_that_comes_too_late_is_refused_and_not_believed() -> None:
    purge(by="admin", key=confirmed("C1"), at=AT)
    with pytest.raises(Faults) as refused:
        place_hold(by="lead", inspection="west", subject_key="C1", reason="Court.", at=AT)
    assert code(refused) == "purge.already-begun"


def test_who_proposes_a_purge_does_not_confirm_it() -> None:
    key = propose(by="lead", inspection="west", subject_keys=["C1"], at=AT)
    with pytest.raises(Faults, match=r"purge\.same-person"):
        confirm(by="lead", key=key, at=AT)
    with pytest.raises(Faults, match=r"purge\.not-confirmed"):
        purge(by="lead", key=key, at=AT)
    assert keyring().exists(key_for("west", "C1"))


@pytest.mark.parametrize(
    ("keys", "expected"), [(["C9"], "purge.unknown-subject"), (["C2"], "purge.not-due"), ([], "purge.nothing")]
)
def test_only_whose_day_has_passed_can_be_proposed(keys: list[str], expected: str) -> None:
    retain_until(by="lead", inspection="west", until=date(2026, 3, 2), subject_keys=["C2"], at=AT)
    with pytest.raises(Faults) as refused:
        propose(by="lead", inspection="west", subject_keys=keys, at=AT)
    assert code(refused) == expected
    assert [one.subject_key for one in queries.due(AT.date())] == ["C1", "C3"]


@pytest.mark.parametrize("whose", [["C1"], None], ids=["the child's own day", "that of all"])
@pytest.mark.parametrize("moment", ["proposed", "confirmed"])
def test_a_later_day_that_is_set_before_a_purge_begins_is_kept_to(whose: list[str] | None, moment: str) -> None:
    key = propose(by="lead", inspection="west", subject_keys=["C1"], at=AT)
    if moment == "confirmed":
        confirm(by="admin", key=key, at=AT)
    retain_until(by="lead", inspection="west", until=date(2027, 1, 1), subject_keys=whose, at=AT)
    confirm(by="admin", key=key, at=AT)
    with pytest.raises(Faults, match=r"purge\.not-due"):
        purge(by="admin", key=key, at=AT)
    assert keyring().exists(key_for("west", "C1"))
    assert Person.objects.count() == 3


def test_a_purge_that_has_begun_is_finished_whatever_day_is_set_then(monkeypatch) -> None:
    key = confirmed("C1")
    monkeypatch.setitem(purges.AFTER, Step.KEYS, (lambda _: (_ for _ in ()).throw(Killed), Step.ROWS))
    with pytest.raises(Killed):
        purge(by="admin", key=key, at=AT)
    monkeypatch.undo()
    retain_until(by="lead", inspection="west", until=date(2027, 1, 1), at=AT)
    assert len(resume(by="admin", at=AT)) == 1


def test_an_identity_that_is_being_kept_is_waited_for_and_goes_with_the_purge() -> None:
    key = confirmed("C1")

    def purging() -> None:
        try:
            purge(by="admin", key=key, at=AT)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            keep_identity(
                by="x", inspection="west", service="west", identities=[Identity("C1", "Zoe Brand New")], at=AT
            )
            running = pool.submit(purging)
            with pytest.raises(TimeoutError):
                running.result(timeout=0.7)
        running.result(timeout=30)
    assert not Person.objects.filter(subject_key="C1").exists()
    assert alias_is_free(by="lead", service="west", alias="Brand", at=AT)


def test_an_identity_that_comes_while_a_purge_begins_is_refused(monkeypatch) -> None:
    """It was asked whether the subject is purged, and it was, before anything was written."""
    key, looked = confirmed("C1"), vault.keys_for

    def meanwhile(*given):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(lambda: (purges._begin("admin", key, AT), connections.close_all())).result(timeout=30)
        return looked(*given)

    if connections["default"].vendor == "sqlite":
        pytest.skip("On SQLite one transaction writes at a time, and no purge comes between.")
    monkeypatch.setattr(vault, "keys_for", meanwhile)
    before = sorted(BlockingKey.objects.values_list("digest", flat=True))
    with pytest.raises(Faults, match=r"identity\.purged"):
        keep_identity(by="x", inspection="west", service="west", identities=[Identity("C1", "Zoe Brand New")], at=AT)
    assert sorted(BlockingKey.objects.values_list("digest", flat=True)) == before


def test_an_old_backup_that_is_restored_brings_nobody_back() -> None:
    people, digests = list(Person.objects.values()), list(BlockingKey.objects.values())
    purge(by="admin", key=confirmed("C1"), at=AT)
    Person.objects.all().delete()
    Person.objects.bulk_create(Person(**row) for row in people)
    BlockingKey.objects.bulk_create(BlockingKey(**row) for row in digests)
    SubjectKey.objects.update(purged_at=None)
    with pytest.raises(Faults, match=r"identity\.unknown"):
        read_identity(by="lead", inspection="west", subject_key="C1", at=AT)
    assert reapply(by="system", at=AT) == 1
    assert set(Person.objects.values_list("subject_key", flat=True)) == {"C2", "C3"}
    assert alias_is_free(by="lead", service="west", alias="Zoe", at=AT)
    assert reapply(by="system", at=AT) == 0


def test_going_live_waits_until_every_period_is_confirmed() -> None:
    assert not queries.retention_confirmed()
    lengths = {period.record: period.proposed for period in PERIODS}
    confirm_retention(by="admin", owner="The controller", lengths=lengths, at=AT)
    assert queries.retention_confirmed()
    assert retain_from(by="admin", inspection="west", starts=date(2026, 8, 31), at=AT) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ({"drafts": "soon"}, "purge.not-a-length"),
        ({"draughts": "1 year"}, "purge.unknown-record"),
        ({VAULT: "6 months", FREE_TEXT: "1 year"}, "purge.one-key-two-lengths"),
    ],
)
def test_periods_that_make_no_sense_are_refused(lengths: dict[str, str], expected: str) -> None:
    with pytest.raises(Faults) as refused:
        confirm_retention(by="admin", owner="The controller", lengths=lengths, at=AT)
    assert code(refused) == expected


def test_who_comes_after_the_clock_has_started_is_kept_no_longer_than_the_others() -> None:
    keep_identity(by="lead", inspection="west", service="west", identities=[Identity("C4", "Late Lee")], at=AT)
    keep_identity(by="lead", inspection="east", service="west", identities=[Identity("C4", "Far Fay")], at=AT)
    assert [one.subject_key for one in queries.due(AT.date(), inspection="west")] == ["", "C1", "C2", "C3", "C4"]
    assert queries.due(AT.date(), inspection="east") == []
    purge(by="admin", key=confirmed("C4"), at=AT)
    assert not Person.objects.filter(inspection="west", subject_key="C4").exists()


def test_a_day_of_its_own_beats_that_of_the_inspection() -> None:
    keep_identity(by="lead", inspection="west", service="west", identities=[Identity("C4", "Late Lee")], at=AT)
    retain_until(by="lead", inspection="west", until=date(2026, 6, 1), subject_keys=["C4"], at=AT)
    assert [one.subject_key for one in queries.due(AT.date())] == ["C1", "C2", "C3"]


def test_what_the_inspection_itself_keeps_goes_with_the_last_of_its_subjects_and_not_before() -> None:
    key_id = key_for("west", "")
    assert purge(by="admin", key=confirmed("C1"), at=AT).inspection_stays
    retain_until(by="lead", inspection="west", until=date(2026, 6, 1), subject_keys=["C2"], at=AT)
    with pytest.raises(Faults, match=r"purge\.not-due"):
        confirmed("C3", "")
    retain_until(by="lead", inspection="west", until=date(2026, 3, 1), subject_keys=["C2"], at=AT)
    hold = place_hold(by="lead", inspection="west", subject_key="C2", reason="Court.", at=AT)
    with pytest.raises(Faults, match=r"purge\.on-hold"):
        confirmed("C3", "")
    lifted(hold)
    last = purge(by="admin", key=confirmed("C2", "C3", ""), at=AT)
    assert not last.inspection_stays
    assert last.counts["subjects"] == 2
    assert not keyring().exists(key_id)


def test_without_a_confirmed_period_no_clock_starts() -> None:
    with pytest.raises(Faults, match=r"purge\.retention-unconfirmed"):
        retain_from(by="admin", inspection="west", starts=date(2026, 8, 31), at=AT)
    with pytest.raises(Faults, match=r"purge\.no-owner"):
        confirm_retention(by="admin", owner="", lengths={}, at=AT)


@pytest.mark.parametrize(
    ("length", "last"),
    [("72 hours", "2028-03-02"), ("35 days", "2028-04-03"), ("1 month", "2028-03-28"), ("12 months", "2029-02-28"),
     ("6 years", "2034-02-28")],
)  # fmt: skip
def test_lengths_are_counted_by_the_calendar(length: str, last: str) -> None:
    assert last_day(date(2028, 2, 28), length).isoformat() == last


def test_a_copy_of_the_keys_that_a_killed_backup_left_is_gone_before_a_purge_is_done(settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    left = settings.DATA / f"{PREFIX}left"
    left.mkdir(parents=True)
    (left / "keyring.sqlite3").write_bytes(b"key")
    purge(by="admin", key=confirmed("C1"), at=AT)
    assert list(settings.DATA.iterdir()) == []


def test_a_purge_is_not_done_while_a_backup_works_with_a_copy_of_the_keys(settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"
    key = confirmed("C1")
    with scratch(), pytest.raises(Faults) as refused:
        purge(by="admin", key=key, at=AT)
    assert code(refused) == "purge.copy-in-use"
    assert [certificate.purge for certificate in resume(by="admin", at=AT)] == [key]
