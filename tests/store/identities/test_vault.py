"""The vault: who a child is, sealed; each reading recorded; the same child recognised without being read."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction

from caselight.method.faults import Faults
from caselight.method.inspection.package import Identity
from caselight.store.audit.models import AuditRow
from caselight.store.identities import queries
from caselight.store.identities.actions.vault import (
    alias_is_free,
    keep_identity,
    names_to_check,
    read_identities,
    read_identity,
)
from caselight.store.identities.keyring import keyring
from caselight.store.identities.models import BlockingKey, Person, SubjectKey
from caselight.store.identities.particulars import Particulars
from caselight.store.identities.sealing import key_for, keys_for, new_case_key

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZOE = Identity("C1", "Zoë Anne O'Brien", ("Zozo",), date(2009, 5, 4), "LA 123")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(settings, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "keys"


def keep(*identities: Identity | Particulars, inspection: str = "west", service: str = "west") -> list[str]:
    return keep_identity(by="lead", inspection=inspection, service=service, identities=identities, at=AT)


def read(key: str = "C1") -> Particulars:
    return read_identity(by="lead", inspection="west", subject_key=key, at=AT)


def rows(chain: str) -> list[tuple[str, str, str]]:
    return list(AuditRow.objects.filter(chain=chain).order_by("n").values_list("act", "object_kind", "object_key"))


def test_what_is_kept_is_read_back_whole() -> None:
    whole = Particulars(ZOE, ("Mary O'Brien",), "Hill School", "1 High Street")
    assert keep(whole) == ["C1"]
    assert read() == whole


def test_every_reading_leaves_a_row_in_its_own_chain() -> None:
    keep(ZOE, Identity("C2", "Ann Lee"))
    read_identities(by="lead", inspection="west", subject_keys=["C2", "C1"], at=AT)
    assert rows("reads:west") == [("identity.read", "person", "C2"), ("identity.read", "person", "C1")]


def test_where_the_row_cannot_be_written_nothing_is_read(monkeypatch) -> None:
    keep(ZOE)

    def full(**_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("caselight.store.identities.actions.vault.record_many", full)
    with pytest.raises(OSError, match="full"):
        read()


def test_nothing_that_was_kept_stands_in_a_column_or_in_the_audit() -> None:
    keep(Particulars(ZOE, ("Mary",), "Hill School", "1 High Street"))
    everything = repr([list(model.objects.values_list()) for model in (Person, BlockingKey, SubjectKey, AuditRow)])
    for word in ("Zoë", "O'Brien", "Zozo", "2009-05-04", "LA 123", "Mary", "Hill School", "High Street"):
        assert word not in everything


def test_a_correction_leaves_nothing_of_what_was_known_before() -> None:
    keep(ZOE)
    before = bytes(Person.objects.get().sealed)
    digests = set(BlockingKey.objects.values_list("digest", flat=True))
    keep(Identity("C1", "Ann Lee", (), date(2010, 1, 1), "LB 9"))
    assert bytes(Person.objects.get().sealed) != before
    assert not digests & set(BlockingKey.objects.values_list("digest", flat=True))


def test_the_same_identity_again_changes_nothing_and_leaves_no_row() -> None:
    keep(ZOE)
    assert keep(ZOE) == []
    assert rows("inspection:west") == [("identity.kept", "person", "C1")]


def test_a_package_takes_no_carers_away() -> None:
    keep(Particulars(ZOE, ("Mary",), "Hill School", "1 High Street"))
    keep(Identity("C1", "Zoe O'Brien"))
    assert read().carers == ("Mary",)
    assert read().identity.name == "Zoe O'Brien"


@pytest.mark.parametrize(
    ("other", "agrees"),
    [
        (Identity("D1", "O'Brien, Zoe Anne", (), date(2009, 5, 4)), {"born"}),
        (Identity("D1", "ZOE OBRIEN", (), date(2009, 5, 4)), {"ends", "initial"}),
        (Identity("D1", "Zozo O’Brien", (), date(2009, 5, 4)), {"ends", "initial"}),
        (Identity("D1", "Somebody Else", (), None, "la123"), {"local-id"}),
        (Identity("D1", "Zoë Anne O'Brien", (), date(2009, 5, 5)), set()),
        (Identity("D1", "Zoë Anne O'Brien"), set()),
    ],
)
def test_the_same_child_is_recognised_in_another_inspection_of_the_service(other: Identity, agrees: set[str]) -> None:
    keep(ZOE)
    keep(other, inspection="west-2")
    found = queries.find_same(inspection="west-2", subject_key="D1")
    assert [(one.inspection, one.subject_key, set(one.agree_on)) for one in found] == (
        [("west", "C1", agrees)] if agrees else []
    )


def test_children_of_two_services_are_never_compared() -> None:
    keep(ZOE)
    keep(Identity("D1", ZOE.name, (), ZOE.date_of_birth, ZOE.local_id), inspection="east", service="east")
    assert queries.find_same(inspection="east", subject_key="D1") == []


@pytest.mark.parametrize(
    ("alias", "free"),
    [
        ("Zoe", False), ("zozo", False), ("MARY", False), ("Anne Marie", False), ("Mary-Jane", False), ("Janet", False),
        ("Peter", True), ("Zo", True),
    ],
)  # fmt: skip
def test_an_alias_is_no_real_name_nickname_or_carers_name_of_the_service(alias: str, free: bool) -> None:
    keep(Particulars(ZOE, ("Mary Jane", "Jan-Et"), "", ""))
    assert alias_is_free(by="lead", service="west", alias=alias, at=AT) is free
    assert alias_is_free(by="lead", service="east", alias=alias, at=AT)


def test_asking_for_an_alias_leaves_a_row_that_does_not_say_it() -> None:
    alias_is_free(by="lead", service="west", alias="Peter", at=AT)
    row = AuditRow.objects.get(chain="system")
    assert (row.act, row.object_key) == ("identity.alias-asked", "west")
    assert "peter" not in row.row.lower()
    with pytest.raises(Faults, match=r"identity\.alias-empty"):
        alias_is_free(by="lead", service="west", alias="123", at=AT)


@pytest.mark.parametrize(("twice", "code"), [(True, "identity.twice"), (False, "identity.unknown")])
def test_refusals_name_no_one(twice: bool, code: str) -> None:
    with pytest.raises(Faults) as refused:
        keep(ZOE, ZOE) if twice else read("C9")
    assert [fault.code for fault in refused.value] == [code]
    assert "Zo" not in str(refused.value)


def test_a_subject_keeps_its_key_and_the_inspection_has_one_of_its_own() -> None:
    first = keys_for("west", ["C1", "C2", "C1"])
    assert keys_for("west", ["C2", "C1"]) == first
    assert len({*first.values(), key_for("west", ""), key_for("east", "C1")}) == 4


def test_a_transaction_that_is_rolled_back_leaves_an_orphan_key_and_no_row() -> None:
    with transaction.atomic():
        key_for("west", "C1")
        transaction.set_rollback(True)
    assert SubjectKey.objects.count() == 0
    assert queries.orphan_keys() == keyring().ids()
    assert queries.lost_keys() == []


def test_case_keys_are_random_and_derived_from_nothing() -> None:
    assert len({new_case_key() for _ in range(1000)}) == 1000
    assert len(new_case_key()) == 32


def test_a_text_is_checked_against_all_names_with_one_row_and_who_was_purged_is_not_among_them() -> None:
    keep(ZOE, Identity("C2", "Ada Lovelace"))
    assert [one.name for one in names_to_check(by="lead", inspection="west", at=AT)] == [ZOE.name, "Ada Lovelace"]
    assert rows("reads:west") == [("identity.names-checked", "inspection", "west")]
    keyring().destroy([SubjectKey.objects.get(inspection="west", subject_key="C1").key_id])
    assert [one.subject_key for one in names_to_check(by="lead", inspection="west", at=AT)] == ["C2"]
