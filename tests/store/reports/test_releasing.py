"""The letter's way out: two different persons, neither of whom approves their own words, and exactly the bytes proposed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.factories.moving import AT
from tests.factories.store import seeded

from caselight.method.faults import Faults
from caselight.store.audit.models import AuditRow
from caselight.store.inspections.actions import advance
from caselight.store.inspections.models import Inspection, State
from caselight.store.reports import releasing
from caselight.store.reports.actions import save_letter
from caselight.store.reports.making import begin_making, end_making, made_file
from caselight.store.reports.models import MadeFile, ReleaseStep
from caselight.store.reports.releases import (
    Contents,
    approved,
    changes,
    contents_of,
    refuse_altered,
    releases_of,
    waiting,
)

pytestmark = pytest.mark.django_db
HERE = "testshire"


@pytest.fixture(autouse=True)
def _embargo() -> None:
    """Both inspections have a letter with files, in the state before they are published."""
    seeded()
    for place, state in ((HERE, State.EMBARGO), ("testshire-audit", State.DRAFT)):
        save_letter(by="lead", inspection=place, language="en", text="Plain words.", at=AT)
        made(place)
        Inspection.objects.filter(key=place).update(state=state)


def made(place: str = HERE, content: bytes = b"%PDF", basis: str = "b") -> None:
    n = begin_making(by="lead", inspection=place, kind="open", versions={"en": 1}, basis=basis, at=AT)
    end_making(n=n, files={"letter.pdf": content}, at=AT)


def now(place: str = HERE, basis: str = "b") -> Contents:
    return contents_of(place, basis)


def proposed(by: str = "lead", place: str = HERE) -> int:
    return releasing.propose(by=by, inspection=place, contents=now(place), at=AT)


def approving(n: int, by: str = "pb", place: str = HERE) -> None:
    releasing.approve(by=by, inspection=place, proposal=n, contents=now(place), at=AT)


def refused(call: Any, *given: Any, **named: Any) -> list[str]:
    with pytest.raises(Faults) as caught:
        call(*given, **named)
    return [fault.code for fault in caught.value]


def state(place: str = HERE) -> str:
    return str(Inspection.objects.get(key=place).state)


def test_what_one_proposes_and_another_approves_is_published_and_both_acts_stand_in_the_audit() -> None:
    approving(proposed())
    assert state() == "published"
    one = approved(HERE)
    assert one is not None
    assert (one.by, one.contents) == ("Pia Publisher", now())
    rows = [row.row for row in AuditRow.objects.filter(chain=f"inspection:{HERE}").order_by("n")][-3:]
    assert [r.split('"act":"')[1].split('"')[0] for r in rows] == [
        "release.proposed",
        "release.approved",
        "inspection.moved",
    ]
    assert all(now().digest in row for row in rows[:2])


def test_whoever_proposed_it_does_not_approve_it() -> None:
    assert refused(approving, proposed("pb"), "pb") == ["store.release-same-person"]
    assert state() == "embargo"


def test_whoever_wrote_part_of_it_does_not_approve_it() -> None:
    n = proposed("i1")
    assert refused(approving, n, "lead") == ["store.release-author"]
    assert not approved(HERE)


def test_in_a_local_audit_one_person_does_both() -> None:
    n = proposed("lead", "testshire-audit")
    approving(n, "lead", "testshire-audit")
    assert state("testshire-audit") == "published"


def test_nobody_publishes_by_moving_on() -> None:
    for place in (HERE, "testshire-audit"):
        move: Any = {"by": "lead", "inspection": place, "to": State.PUBLISHED, "at": AT}
        assert refused(advance, **move) == ["store.release-needed"]
        assert state(place) != "published"


@pytest.mark.parametrize("what", ["text", "answers", "a byte"])
def test_whatever_changes_after_the_proposal_voids_it(what: str) -> None:
    n, basis = proposed(), "b"
    if what == "text":
        save_letter(by="lead", inspection=HERE, language="en", text="Other words.", at=AT)
    elif what == "answers":
        basis = "c"
    else:
        MadeFile.objects.update(content=b"%PDE")
    given = now(basis=basis)
    assert refused(releasing.approve, by="pb", inspection=HERE, proposal=n, contents=given, at=AT) == [
        "store.release-changed"
    ]
    there = waiting(HERE)
    assert there is not None
    assert len(changes(there.contents, given)) == 1
    assert (state(), approved(HERE)) == ("embargo", None)


def test_the_same_bytes_made_again_are_the_same_proposal() -> None:
    n = proposed()
    made()
    approving(n)
    assert state() == "published"


def test_files_that_are_not_there_or_older_than_the_letter_are_not_proposed() -> None:
    assert refused(releasing.propose, by="lead", inspection=HERE, contents=now(basis="c"), at=AT) == [
        "store.release-files"
    ]
    save_letter(by="lead", inspection=HERE, language="en", text="Other words.", at=AT)
    assert refused(proposed) == ["store.release-files"]
    MadeFile.objects.all().delete()
    assert refused(proposed) == ["store.release-files"]


def test_a_proposal_is_sent_back_with_a_reason_or_withdrawn_and_then_waits_for_nobody() -> None:
    n = proposed()
    back: Any = {"by": "pb", "inspection": HERE, "proposal": n, "at": AT}
    assert refused(releasing.send_back, **back, reason=" ") == ["store.no-reason"]
    assert refused(releasing.send_back, **back, reason="x" * 2_001) == ["store.release-reason"]
    releasing.send_back(**back, reason="Paragraph 3 is not clear.")
    assert refused(approving, n) == ["store.release-none"]
    again = proposed()
    releasing.withdraw(by="lead", inspection=HERE, proposal=again, at=AT)
    assert refused(releasing.withdraw, by="lead", inspection=HERE, proposal=again, at=AT) == ["store.release-none"]
    assert [(one.step, one.reason) for one in releases_of(HERE)] == [
        ("withdrawn", ""), ("proposed", ""), ("returned", "Paragraph 3 is not clear."), ("proposed", "")
    ]  # fmt: skip


def test_a_newer_proposal_takes_the_place_of_one_that_waits_and_the_same_twice_is_one() -> None:
    n = proposed()
    assert proposed() == n
    made(content=b"other")
    assert proposed() == n + 1
    assert refused(approving, n) == ["store.release-none"]


@pytest.mark.parametrize("there", [State.DRAFT, State.FACT_CHECK, State.PUBLISHED, State.CLOSED])
def test_nothing_is_proposed_or_approved_in_another_state(there: State) -> None:
    n = proposed()
    Inspection.objects.filter(key=HERE).update(state=there)
    assert refused(proposed) == ["store.release-state"]
    assert refused(approving, n) == ["store.release-state"]


def test_published_files_are_never_made_again_and_an_altered_one_is_not_given_out() -> None:
    late = begin_making(by="lead", inspection=HERE, kind="open", versions={"en": 1}, basis="b", at=AT)
    approving(proposed())
    end_making(n=late, files={"letter.pdf": b"other"}, at=AT)
    assert made_file(HERE, "open", "letter.pdf") == b"%PDF"
    again: Any = {"by": "lead", "inspection": HERE, "kind": "open", "versions": {}, "at": AT}
    assert refused(begin_making, **again) == ["store.released"]
    refuse_altered(HERE, {"letter.pdf": b"%PDF"})
    assert refused(refuse_altered, HERE, {"letter.pdf": b"%PDf"}) == ["store.release-altered"]
    assert refused(refuse_altered, HERE, {"more.pdf": b"%PDF"}) == ["store.release-altered"]


def test_steps_are_only_ever_added() -> None:
    proposed()
    for attempt in (lambda: ReleaseStep.objects.update(by="pb"), lambda: ReleaseStep.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert [one.by_key for one in releases_of(HERE)] == ["lead"]


def test_what_differs_by_one_byte_has_another_fingerprint() -> None:
    one = now()
    assert one.digest == now().digest
    others = (replace(one, basis="c"), replace(one, versions={"en": 2}), replace(one, files={"letter.pdf": "0"}))
    assert len({one.digest, *(other.digest for other in others)}) == 4
