"""The cast and their inspections with something of everything: each text that people write is what ``say`` gives for it.

``say("concern.testshire.what")`` is asked once for each field. S2 gives each field a word of its own, S11 a script, S12
a formula; the pages then show it, or do not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from tests.evidence.work.furnished_beside import beside
from tests.evidence.work.seeding import quickly
from tests.factories.answers import op_id
from tests.factories.small import event
from tests.factories.store import AT, CASES, Seeded, seeded

from caselight.method.answers.events import payload_digest
from caselight.method.answers.evidence import Excerpt, Locator
from caselight.method.inspection.package import Identity
from caselight.store.accounts.models import User
from caselight.store.assessments.actions import raising
from caselight.store.assessments.actions.attending import note_presence
from caselight.store.assessments.actions.recording import record_answers
from caselight.store.assessments.actions.settling import leave_out
from caselight.store.assessments.quarantine import quarantined
from caselight.store.caseloads.models import Subject
from caselight.store.identities.actions.vault import keep_identity
from caselight.store.identities.particulars import Particulars
from caselight.store.improvement.models import Action
from caselight.store.inspections.memberships import Place, declare_conflict
from caselight.store.inspections.models import Inspection, Service
from caselight.store.reports import actions, decisions, making, remarks, sheets
from caselight.store.reports.models import ReleaseStep
from caselight.store.samples.models import ChosenDesign, SampledCase

Say = Callable[[str], str]
PLACES = ("testshire", "otherham", "testshire-audit", "otherham-audit")
# Who recorded the first answer on which case of an inspection.
RECORDED = {
    "testshire": (("i1", "C1"), ("i1", "C2"), ("i2", "C2"), ("la", "C3")),
    "otherham": (("lead2", "C1"),),
    "testshire-audit": (("ll", "C1"),),
    "otherham-audit": (),
}  # fmt: skip
LEADS = {"testshire": "lead", "otherham": "lead2", "testshire-audit": "ll", "otherham-audit": "lead"}


def concern_of(place: str) -> str:
    """The key of the urgent concern on the first case of an inspection."""
    return hashlib.sha256(place.encode()).hexdigest()[:32]


def furnished(say: Say, *, places: Sequence[str] = PLACES) -> Seeded:
    """The seeded store, with every text field filled in each of the places."""
    with quickly():
        store = seeded()
    furnish(say, places=places)
    return store


def furnish(say: Say, *, places: Sequence[str] = PLACES) -> None:
    """Fill every text field of a seeded store in each of the places."""
    for place in places:
        lead = LEADS[place]
        _identities(place, say)
        _answers(place, say)
        _beside_the_case(place, lead, say)
        _report(place, lead, say)
        _plain_rows(place, say)
        beside(place, lead, say)


def named(say: Say, *, places: Sequence[str] = PLACES) -> None:
    """Names that people and things are shown by, as ``say`` has them: those of services, inspections, cases and people."""
    for service in Service.objects.all():
        Service.objects.filter(pk=service.pk).update(name=say(f"name.{service.key}.service"))
    for one in Inspection.objects.filter(key__in=places):
        Inspection.objects.filter(pk=one.pk).update(title=say(f"name.{one.key}.title"))
        for subject in Subject.objects.filter(inspection=one):
            Subject.objects.filter(pk=subject.pk).update(label=say(f"name.{one.key}.{subject.key}"))
    for user in User.objects.all():
        User.objects.filter(pk=user.pk).update(name=say(f"name.{user.key}")[:200])


def _identities(place: str, say: Say) -> None:
    told = [
        Particulars(
            Identity(
                case,
                say(f"identity.{place}.{case}.name"),
                (say(f"identity.{place}.{case}.nickname"),),
                date(2009, 5, 17),
                say(f"identity.{place}.{case}.local id"),
            ),
            carers=(say(f"identity.{place}.{case}.carer"),),
            school=say(f"identity.{place}.{case}.school"),
            address=say(f"identity.{place}.{case}.address"),
        )
        for case in CASES
    ]
    keep_identity(by="sm", inspection=place, service=place.removesuffix("-audit"), identities=told, at=AT)


def _answers(place: str, say: Say) -> None:
    """Notes, excerpts and documents; a fact that is written, and an answer in quarantine beside them."""
    for n, (actor, case) in enumerate(RECORDED[place]):
        words = f"words.{place}.{actor}.{case}"
        number = PLACES.index(place) * 100 + n
        made = event(case, "A", "no", op_id(10_000 + number), actor=actor, device="laptop", reasons=("weak",),
                     note=say(f"{words}.note"))  # fmt: skip
        made = made._replace(payload_sha256=payload_digest(made))
        given = record_answers(
            by=actor, inspection=place, device="laptop", events=[made], at=AT,
            locators=[Locator(made.op_id, say(f"{words}.document"), "p. 3")],
            excerpts=[Excerpt(f"X{number}", made.op_id, say(f"{words}.excerpt"))],
        )  # fmt: skip
        assert hasattr(given[0], "signature"), given
        if n == 0:  # the same message with other words lies in quarantine
            other = made._replace(note=say(f"aside.{place}.note"))
            other = other._replace(payload_sha256=payload_digest(other))
            record_answers(by=actor, inspection=place, device="laptop", events=[other], at=AT)
            aside = quarantined(place)[-1].number
            leave_out(by=LEADS[place], inspection=place, message=aside, reason=say(f"aside.{place}.reason"), at=AT)


def _beside_the_case(place: str, lead: str, say: Say) -> None:
    of: dict[str, Any] = {"by": lead, "inspection": place}
    note_presence(**of, subject=("case", "C1"), who=say(f"presence.{place}"), at=AT)
    concern = concern_of(place)
    raising.raise_concern(**of, subject=("case", "C1"), key=concern, what=say(f"concern.{place}.what"), at=AT)
    raising.tell(**of, concern=concern, whom=say(f"concern.{place}.whom"), when=say(f"concern.{place}.when"), at=AT)
    raising.answer(**of, concern=concern, says=say(f"concern.{place}.answer"), at=AT)


def _report(place: str, lead: str, say: Say) -> None:
    of: dict[str, Any] = {"by": lead, "inspection": place}
    actions.save_letter(**of, language="en", text=f"# Letter\n\n{say(f'letter.{place}.old')}\n", at=AT)
    actions.save_letter(**of, language="en", text=f"# Letter\n\n{say(f'letter.{place}.text')}\n", base=1, at=AT)
    actions.keep_unsaved(**of, language="en", text=f"# Letter\n\n{say(f'unsaved.{place}')}\n", base=2, at=AT)
    said = remarks.Words(*(say(f"remark.{place}.{part}")[:100] for part in ("place", "says", "instead", "evidence")))
    n = remarks.remark(**of, kind="comment", about=("en", 2), words=said, at=AT)
    remarks.decide_remark(**of, n=n, decision="left", reason=say(f"remark.{place}.reason"), at=AT)
    remarks.remark(**of, kind="suggestion", about=("en", 2), words=said, at=AT)
    decisions.decide_number(**of, figure="A", reason=say(f"decision.{place}.number"), at=AT)
    decisions.accept_word(**of, word=say(f"decision.{place}.word")[:60], reason=say(f"decision.{place}.why"), at=AT)
    sheet = sheets.SheetText(
        say(f"sheet.{place}.opening"), (("A", say(f"sheet.{place}.strength")),), (("B", say(f"sheet.{place}.area")),),
        say(f"sheet.{place}.closing"),
    )  # fmt: skip
    sheets.save_sheet(**of, sheet=sheet, base=0, at=AT)
    for kind in ("working", "open"):
        made = making.begin_making(**of, kind=kind, versions={"en": 2}, at=AT)
        making.end_making(n=made, files={"letter.pdf": f"%PDF-1.7 {kind} {place}".encode()}, at=AT)


def _plain_rows(place: str, say: Say) -> None:
    """What no page writes yet, or only in another state: made through the models."""
    one = Inspection.objects.get(key=place)
    Action.objects.create(
        inspection=one, position=0, key="a1", text=say(f"action.{place}.text"), owner=say(f"action.{place}.owner")
    )
    ReleaseStep.objects.create(
        inspection=one, n=1, proposal=1, step="returned", reason=say(f"release.{place}.reason"), by=LEADS[place], at=AT
    )
    SampledCase.objects.filter(inspection=one, case_key="C1").update(note=say(f"sample.{place}.note"))
    ChosenDesign.objects.create(
        inspection=one, seed="s", size=2, because=say(f"sample.{place}.because"), by="lead", at=AT
    )
    who, case = ("i2", "C4") if place == "testshire" else ("lead2", "C4")
    reason = say(f"conflict.{place}.reason")
    declare_conflict(by=LEADS[place], user=who, place=Place(place), case_key=case, reason=reason, at=AT)
