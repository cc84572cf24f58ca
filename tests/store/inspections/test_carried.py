"""What an inspection carries and nobody reads lies sealed under a key of its own, and is gone when that key is."""

from __future__ import annotations

import pytest
from tests.factories.moving import AT
from tests.factories.store import seeded

from caselight.method.faults import Faults
from caselight.method.inspection.package import Table
from caselight.store.identities.keyring import keyring
from caselight.store.identities.sealing import key_for
from caselight.store.inspections.actions import carry_files, carry_tables
from caselight.store.inspections.models import CarriedFile, CarriedTable
from caselight.store.inspections.queries import carried_files, carried_tables

NAME = "Zoe Sentinel"
INTERVIEWS = Table(("who", "said"), ((NAME, "I was heard."), ("C2", "")))
pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection() -> str:
    """An inspection with a file and a table that name a child."""
    key = seeded().inspection.key
    carry_files(by="lead", inspection=key, files={f"notes/{NAME}.txt": NAME.encode(), "a.bin": b"\x00\xff"}, at=AT)
    for beside in (False, True):
        carry_tables(by="lead", inspection=key, tables={"interviews.csv": INTERVIEWS}, beside=beside, at=AT)
    return key


def test_what_is_carried_comes_back_as_it_was(inspection: str) -> None:
    assert list(carried_files(inspection).items()) == [("a.bin", b"\x00\xff"), (f"notes/{NAME}.txt", NAME.encode())]
    for beside in (False, True):
        assert carried_tables(inspection, beside=beside) == {"interviews.csv": INTERVIEWS}


def test_a_file_of_the_same_path_gives_way_and_the_others_stay(inspection: str) -> None:
    carry_files(by="lead", inspection=inspection, files={"a.bin": b"new"}, at=AT)
    assert carried_files(inspection) == {"a.bin": b"new", f"notes/{NAME}.txt": NAME.encode()}


def test_a_name_stands_neither_in_a_path_nor_in_a_file_nor_in_a_cell_of_the_database(inspection: str) -> None:
    files, tables = CarriedFile.objects.filter(inspection__key=inspection), CarriedTable.objects.all()
    kept = repr([*files.values_list("path", "content"), *((bytes(one.sealed), one.file) for one in tables)])
    assert len(files) == len(tables) == 2
    assert NAME not in kept
    assert "heard" not in kept


def test_two_sealed_contents_cannot_change_places(inspection: str) -> None:
    one, other = CarriedFile.objects.filter(inspection__key=inspection).order_by("id")
    CarriedFile.objects.filter(pk=one.pk).update(content=other.content)
    with pytest.raises(Faults, match=r"identity\.sealed-text-damaged"):
        carried_files(inspection)


def test_when_the_key_of_the_inspection_is_destroyed_nothing_is_carried_any_more(inspection: str) -> None:
    keyring().destroy([key_for(inspection, "")])
    assert carried_files(inspection) == {}
    assert carried_tables(inspection, beside=False) == carried_tables(inspection, beside=True) == {}
    with pytest.raises(Faults, match=r"identity\.key-destroyed"):
        carry_files(by="lead", inspection=inspection, files={"late.txt": b"late"}, at=AT)
