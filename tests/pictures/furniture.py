"""What stands in the store while pictures are made: runs where Django is set up, a stage at a time.

``testshire`` and its local audit are furnished as for S1 (four cases, every text filled) and have a timetable; in
``west-london`` all is answered; ``fieldwork`` has two cases of about fifty questions; ``waiting`` waits for its case list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.urls import reverse
from tests.evidence.work import case_in_fieldwork
from tests.evidence.work.furnished import furnish
from tests.evidence.work.places import GOOD, Page, good, pages
from tests.evidence.work.sessions import sessions
from tests.factories import case_list, timetable
from tests.factories.store import AT
from tests.factories.west_london import west_london
from tests.pictures.apps import NOW
from tests.pictures.words import say

from caselight.formats.supplied.reading import read_supplied
from caselight.procedures.case_lists.accepting import accept_list
from caselight.procedures.case_lists.preparing import Preparing, begun, keep
from caselight.procedures.case_lists.targets import guessed_columns
from caselight.procedures.importing import import_package
from caselight.procedures.sample_choosing import select_sample
from caselight.store.accounts.invitations import invite
from caselight.store.accounts.models import User
from caselight.store.accounts.permissions import Role
from caselight.store.frameworks.queries import framework_of
from caselight.store.inspections.models import Inspection, Membership
from caselight.store.inspections.queries import inspection_of
from caselight.store.samples.designs import Wish, choose_design
from caselight.store.samples.models import Allocation, SampledCase
from caselight.store.samples.timetable.reading import timetable_of
from caselight.store.samples.timetable.values import Half

DAYS = (date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4))
DATES = {"announced": "2026-02-13", "fieldwork_from": "2026-03-02", "fieldwork_to": "2026-03-04",
         "published": "2026-04-14"}  # fmt: skip
TITLES = {"testshire": "Inspection of Testshire", "testshire-audit": "Audit of March 2026",
          case_in_fieldwork.KEY: "Short inspection of Testshire"}  # fmt: skip
AUDIT = Path(__file__).parents[2] / "examples" / "local-audit"
DAY = 86_400  # seconds: pictures take longer than a password counts as just given
OWNER = "account_authentication_methods_user"  # whose password it was that a session says was given
OWN = ""  # the design that is a size of one's own


def begin() -> None:
    """Everything that stands there from the beginning."""
    furnish(say, places=("testshire", "testshire-audit"))
    case_in_fieldwork.begin()
    west_london("moderation")
    _audited()
    for key, title in TITLES.items():
        _changed(key, title=title, dates=DATES)
    with patch.multiple(timetable, DAYS=DAYS, MONDAY=DAYS[0], TUESDAY=DAYS[1], WEDNESDAY=DAYS[2]):
        timetable.with_workers("testshire")
        timetable.crowd()
        timetable.put("C1", "i1", DAYS[1], Half.PM)
        timetable.put("w1", "i1", DAYS[2], Half.AM)
        timetable.filled()
    _allocated()
    _changed(case_list.waiting(), title="Inspection of Testshire in the autumn")
    _listed(case_list.messy())


def _audited() -> None:
    """The example of a local audit, led by the cast's audit lead."""
    import_package(AUDIT, by="ll", at=AT)
    audit = Inspection.objects.get(key=AUDIT.name)
    for who, role, member in (("ll", Role.LOCAL_LEAD, "lead"), ("au", Role.AUDITOR, "aud-a")):
        user = User.objects.get(key=who)
        Membership.objects.create(user=user, role=role, inspection=audit, service=audit.service, member_key=member)


def _allocated() -> None:
    """Each case is given to whom it stands beside in the timetable."""
    of = Inspection.objects.get(key="testshire")
    for slot in timetable_of(of.key).published:
        if slot.kind == "case" and not Allocation.objects.filter(inspection=of, case_key=slot.key).exists():
            user = User.objects.get(key=slot.place.user)
            Allocation.objects.create(inspection=of, case_key=slot.key, user=user, pass_kind="first", from_at=AT)


def _changed(key: str, **parts: Any) -> None:
    """An inspection whose definition says something else."""
    row = Inspection.objects.get(key=key)
    text = json.dumps({**json.loads(row.definition), **parts}, sort_keys=True)
    Inspection.objects.filter(pk=row.pk).update(definition=text, source=text.encode(), title=parts["title"])


def _listed(content: bytes) -> int:
    """A case list that was read and waits to be accepted; its version."""
    key = case_list.KEY
    now = begun("cases.xlsx", read_supplied("cases.xlsx", content))
    columns = guessed_columns(now.headings, framework_of(inspection_of(key).framework), {})
    return keep(
        Preparing(now.file, now.sheets, heading=now.heading, columns=columns), by="lead", inspection=key, at=NOW
    ).version


def accepted() -> None:
    """The list is accepted, and a design is chosen."""
    accept_list(case_list.KEY, version=_listed(case_list.clean(40)), by="lead", at=NOW)
    wish = Wish(size=10, reserves=3, strata=("custodial", "sex"))
    choose_design(by="lead", inspection=case_list.KEY, design=OWN, wish=wish, at=NOW)


def drawn() -> None:
    """The sample is drawn."""
    select_sample(case_list.KEY, OWN, by="lead", at=NOW)


def state(key: str, to: str) -> None:
    """An inspection in another state."""
    Inspection.objects.filter(key=key).update(state=to)


def address(name: str, person: str, place: str, given: Mapping[str, Any]) -> str:
    """The address of a page, with what is there where nothing else is given."""
    page = pages()[name]
    usual = good(page, place, person) if place in ("testshire", "testshire-audit") or not page.inside else None
    given = {**_there(place, page), **given}  # after the usual, which makes a link that a newer one ends
    if usual is not None:
        return reverse(name, kwargs={**usual, **given})
    filled = {one: given.get(one) or GOOD[one](place, person) for one in page.beyond}
    return reverse(name, kwargs={**filled, "key": place})


def _there(place: str, page: Page) -> dict[str, Any]:
    """What of the arguments is in the pictures' own timetable and team."""
    found: dict[str, Any] = {}
    if "slot" in page.beyond:
        found["slot"] = timetable_of(place).published[0].slot
    if "membership" in page.beyond and page.inside:
        found["membership"] = Membership.objects.filter(inspection__key=place, role="inspector").earliest("pk").pk
    if "clear" in page.arguments:
        found["clear"] = invite(by="ad", user=GOOD["user"](place, ""), at=datetime.now(UTC)).clear
    if "case" in page.beyond and place == case_list.KEY:
        found["case"] = SampledCase.objects.filter(inspection__key=place, status="drawn").earliest("position").case_key
    return found


def signed_in() -> dict[str, str]:
    """The key of a session for each person, who has just given their password and has codes for a lost telephone."""
    made = sessions()
    for key in made.values():
        session = import_module(settings.SESSION_ENGINE).SessionStore(key)
        given = {"method": "password", "at": datetime.now(UTC).timestamp() + DAY, "reauthenticated": True}
        session["account_authentication_methods"] = [given]
        session[OWNER] = session[SESSION_KEY]
        session.save()
    for user in User.objects.filter(key__in=made):
        RecoveryCodes.activate(user)
    return made
