"""Published figures are kept with their audit row, once, and never changed; and they move with their inspection."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from tests.factories.comparators import comparator, told
from tests.factories.folders import inspection_folder
from tests.factories.moving import AT
from tests.factories.store import seeded

from caselight.formats.package.layout import COMPARATORS
from caselight.formats.package.reading import read_package
from caselight.formats.package.writing import write_tables
from caselight.method.faults import Faults
from caselight.method.inspection.package import External
from caselight.procedures.importing import import_package
from caselight.procedures.stored import store_package
from caselight.store.audit.models import AuditRow
from caselight.store.reports import models
from caselight.store.reports.actions import keep_external
from caselight.store.reports.comparators import comparators_of, keep_comparators

pytestmark = pytest.mark.django_db


def keep(*comparators):
    return keep_comparators(by="lead", inspection="testshire", comparators=comparators, at=AT)


def test_comparators_come_back_with_every_state_and_digit_and_one_audit_row() -> None:
    seeded()
    assert keep(told(), comparator()) == 2
    assert comparators_of("testshire") == (told(), comparator())
    (row,) = AuditRow.objects.filter(act="comparators.kept")
    assert '"measures":["EW-3M"]' in row.row
    assert "43.0" not in row.row


def test_the_same_again_adds_nothing_and_another_content_is_refused() -> None:
    seeded()
    keep(comparator())
    assert keep(comparator()) == 0
    assert AuditRow.objects.filter(act="comparators.kept").count() == 1
    with pytest.raises(Faults, match=r"store\.comparator-differs"):
        keep(comparator(rate="44"))


def test_a_key_of_another_figure_from_elsewhere_is_taken() -> None:
    seeded()
    figure = External("rate.testshire", "external", "Rate", None, "M1", "Testshire", "2025", "2026-01", "Statistics")
    keep_external(by="lead", inspection="testshire", external=[figure], at=AT)
    with pytest.raises(Faults, match=r"store\.comparator-differs"):
        keep(comparator())


@pytest.mark.parametrize("change", [lambda rows: rows.update(measure="EW-12M"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_or_remove_one(change) -> None:
    seeded()
    keep(comparator())
    with pytest.raises(DatabaseError), transaction.atomic():
        change(models.Comparator.objects.all())
    assert comparators_of("testshire") == (comparator(),)


def test_they_come_in_with_a_package_and_more_of_them_later(tmp_path: Path) -> None:
    seeded()
    folder = inspection_folder(tmp_path / "inspection")
    package = replace(read_package(folder), comparators=(comparator(),))
    write_tables(folder, package, COMPARATORS)
    done = import_package(folder, by="lead", at=AT)
    assert store_package(done.key).comparators == (comparator(),)
    write_tables(folder, replace(package, comparators=(told(), comparator())), COMPARATORS)
    again = import_package(folder, by="lead", at=AT)
    assert again.rows == {"comparators.csv": 1}
    assert store_package(done.key).comparators == (told(), comparator())
