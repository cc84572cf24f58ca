"""Writing the letter: nothing typed is lost, decisions keep who and why, files are made once at a time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.factories.moving import AT
from tests.factories.store import seeded

from caselight.method.faults import Fault, Faults
from caselight.store.audit.models import AuditRow
from caselight.store.reports.actions import drop_unsaved, keep_unsaved, save_letter
from caselight.store.reports.decisions import accept_word, decide_number, decisions_of, words_of
from caselight.store.reports.making import (
    LONGEST,
    begin_making,
    end_making,
    in_hand,
    made_file,
    newest_makings,
    step_making,
)
from caselight.store.reports.models import LikeAName, NumberDecision
from caselight.store.reports.queries import newest_of, text_of, unsaved_of, versions_of
from caselight.store.reports.remarks import Words, decide_remark, remark, remarks_of
from caselight.store.reports.signers import signers_of, signs_as

pytestmark = pytest.mark.django_db
HERE = {"by": "lead", "inspection": "testshire"}
LETTER = {**HERE, "language": "en"}


@pytest.fixture(autouse=True)
def _people() -> None:
    seeded()


def refused(call: object, **named: object) -> list[str]:
    with pytest.raises(Faults) as caught:
        call(**named)  # type: ignore[operator]
    return [fault.code for fault in caught.value]


def test_a_letter_on_a_version_that_is_no_longer_the_newest_is_refused_and_both_texts_stay() -> None:
    assert save_letter(**LETTER, text="one", base=0, at=AT) == 1
    keep_unsaved(by="i1", inspection="testshire", language="en", text="mine", base=0, at=AT)
    late: Any = {**LETTER, "by": "i1", "text": "mine", "base": 0, "at": AT}
    assert refused(save_letter, **late) == ["store.letter-newer"]
    assert newest_of("testshire", "en") == (1, "one")
    assert unsaved_of("testshire", "en", "i1").text == "mine"  # type: ignore[union-attr]
    assert save_letter(**{**late, "base": 1}) == 2
    assert [version.by for version in versions_of("testshire", "en")] == ["Inga Inspector", "Leila Lead"]
    assert text_of("testshire", "en", 1) == "one"


def test_saving_lets_go_what_was_not_saved_and_nobody_sees_anothers() -> None:
    keep_unsaved(**LETTER, text="typed", base=0, at=AT)
    keep_unsaved(**LETTER, text="typed more", base=0, at=AT)
    assert unsaved_of("testshire", "en", "lead").text == "typed more"  # type: ignore[union-attr]
    assert unsaved_of("testshire", "en", "i1") is None
    save_letter(**LETTER, text="typed more", base=0, at=AT)
    assert unsaved_of("testshire", "en", "lead") is None
    keep_unsaved(**LETTER, text="again", base=1, at=AT)
    assert drop_unsaved(**LETTER, at=AT)
    assert not drop_unsaved(**LETTER, at=AT)


def test_what_is_no_text_is_refused_before_it_is_kept() -> None:
    for text in ("a\0b", "x" * 1_000_001):
        assert refused(save_letter, **LETTER, text=text, at=AT) == ["store.letter-text"]
        assert refused(keep_unsaved, **LETTER, text=text, base=0, at=AT) == ["store.letter-text"]


def test_a_decision_has_a_reason_and_the_newest_counts() -> None:
    assert refused(decide_number, **HERE, figure="LAC", reason=" ", at=AT) == ["store.no-reason"]
    decide_number(**HERE, figure="LAC", reason="First thought.", at=AT)
    decide_number(**HERE, figure="LAC", reason="Second thought.", at=AT)
    (one,) = decisions_of("testshire")
    assert (one.figure, one.by, one.on, one.reason) == ("LAC", "Leila Lead", AT.date(), "Second thought.")
    assert NumberDecision.objects.count() == 2


def test_a_word_that_looks_like_a_name_stands_in_no_audit_row() -> None:
    accept_word(**HERE, word="Greenfield", reason="A street.", at=AT)
    assert [(one.word, one.by, one.reason) for one in words_of("testshire")] == [
        ("Greenfield", "Leila Lead", "A street.")
    ]
    assert LikeAName.objects.count() == 1
    assert not [row for row in AuditRow.objects.all() if "Greenfield" in row.row]


def test_files_are_made_once_at_a_time_and_a_making_that_fell_silent_counts_as_failed() -> None:
    n = begin_making(**HERE, kind="working", versions={"en": 1}, at=AT)
    assert refused(begin_making, **HERE, kind="open", versions={}, at=AT) == ["store.making-goes-on"]
    step_making(n=n, step="Writing PDF (en)", at=AT)
    assert newest_makings("testshire", AT)["working"].step == "Writing PDF (en)"
    late = AT + LONGEST + timedelta(seconds=1)
    assert newest_makings("testshire", late)["working"].state == "failed"
    again = begin_making(**HERE, kind="working", versions={"en": 1}, at=late)
    end_making(n=again, files={"letter.html": b"<p>"}, at=late)
    assert made_file("testshire", "working", "letter.html") == b"<p>"
    assert in_hand("testshire")["working"].files == (("letter.html", 3),)


def test_older_files_of_a_kind_go_and_those_of_a_refused_making_stay() -> None:
    for files in ({"letter.html": b"1"}, {"letter.html": b"2"}):
        end_making(n=begin_making(**HERE, kind="open", versions={}, at=AT), files=files, at=AT)
    n = begin_making(**HERE, kind="open", versions={}, at=AT)
    end_making(n=n, files={}, faults=[Fault("a.b", (), "Wrong.", "Mend it.")], at=AT)
    assert made_file("testshire", "open", "letter.html") == b"2"
    newest = newest_makings("testshire", AT)["open"]
    assert (newest.state, newest.faults) == ("refused", (("Wrong.", "Mend it."),))


def test_a_remark_is_decided_and_both_stay() -> None:
    words = Words("1.2", "The number of panels is wrong.", "nine panels", "Minutes of 3 March")
    n = remark(by="i1", inspection="testshire", kind="suggestion", about=("en", 1), words=words, at=AT)
    assert refused(decide_remark, **HERE, n=n, decision="left", reason="", at=AT) == ["store.no-reason"]
    assert refused(decide_remark, **HERE, n=n, decision="maybe", reason="", at=AT) == ["store.remark-decision"]
    assert refused(decide_remark, **HERE, n=n + 1, decision="taken", reason="", at=AT) == ["store.no-remark"]
    decide_remark(**HERE, n=n, decision="left", reason="The minutes say ten.", at=AT)
    decide_remark(**HERE, n=n, decision="taken", reason="", at=AT)
    (said,) = remarks_of("testshire")
    assert (said.by, said.words, said.decision, said.decided_by) == ("Inga Inspector", words, "taken", "Leila Lead")


def test_everybody_with_a_role_of_the_team_may_sign_by_their_key() -> None:
    signers = {member.key: member.role for member in signers_of("testshire")}
    assert signers["lead"] == "lead_inspector"
    assert signers["i1"] == "inspector"
    assert signs_as("testshire", "lead") == "lead"
    assert signs_as("testshire", "nobody") == "nobody"
