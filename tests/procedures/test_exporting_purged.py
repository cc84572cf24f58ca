"""An inspection whose children were purged still comes out: its figures, and nothing that anybody wrote about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.factories.moving import AT, EXAMPLES

from caselight.formats.package.reading import read_package
from caselight.method.analysis.figures import figures
from caselight.method.inspection.package import Package
from caselight.procedures.exporting import export_package
from caselight.procedures.importing import import_package
from caselight.store.assessments.words import DESTROYED
from caselight.store.identities import queries
from caselight.store.identities.actions.proposals import confirm, propose
from caselight.store.identities.actions.purges import purge
from caselight.store.identities.actions.retention import retain_until

WEST_LONDON = next(path for path in EXAMPLES if path.name == "west-london")
pytestmark = pytest.mark.django_db(transaction=True)
Keys = Callable[[list[str]], list[str]]


@pytest.fixture
def purged(tmp_path: Path, settings: object) -> Callable[[Keys], Package]:
    """Brings West London in, purges some of those who are due, takes it out, and gives what came out."""
    settings.KEYS = tmp_path / "keys"  # type: ignore[attr-defined]

    def out(chosen: Keys) -> Package:
        key = import_package(WEST_LONDON, by="lead", at=AT).key
        retain_until(by="lead", inspection=key, until=(AT - timedelta(days=1)).date(), at=AT)
        due = [one.subject_key for one in queries.due(AT.date(), inspection=key)]
        asked = propose(by="lead", inspection=key, subject_keys=chosen(due), at=AT)
        confirm(by="admin", key=asked, at=AT)
        purge(by="admin", key=asked, at=AT)
        export_package(key, tmp_path / "out", by="lead", at=AT)
        return read_package(tmp_path / "out")

    return out


def test_without_any_of_its_children_it_has_its_figures_and_nothing_that_it_carried(
    purged: Callable[[Keys], Package], tmp_path: Path
) -> None:
    before, after = read_package(WEST_LONDON), purged(lambda due: due)
    assert before.tables
    assert not after.tables
    assert not (tmp_path / "out" / "interviews.csv").exists()
    assert {event.note for event in after.events} == {"", DESTROYED}
    found = figures(after)
    for name, figure in figures(before).items():
        assert (found[name].sufficient, found[name].relevant) == (figure.sufficient, figure.relevant)


def test_without_one_child_the_others_words_and_what_it_carried_stay_and_it_can_be_brought_in_again(
    purged: Callable[[Keys], Package], tmp_path: Path
) -> None:
    before = read_package(WEST_LONDON)
    spoken = next(event.subject_key for event in before.events if event.note)
    after = purged(lambda due: [key for key in due if key == spoken])
    assert after.tables == before.tables
    assert import_package(tmp_path / "out", by="lead", at=AT).changed is False
    words = ((event.note, event.resolves_reason, event.value) for event in after.events)
    bare = [not event.payload_sha256 for event in after.events]  # a digest would only let guesses be tested
    assert [DESTROYED in one for one in words] == bare
    assert 0 < sum(bare) < len(bare)
