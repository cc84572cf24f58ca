"""Every form that a page shows, sent with names that are not its own: who acts, for whom, in which state, since when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import resolve
from tests.evidence.matrix import STATES
from tests.evidence.work.forging_signs import FORM
from tests.evidence.work.forms_shown import Shown, forms
from tests.evidence.work.looking import House, Room, open_to
from tests.evidence.work.watching_writes import Write, writes

from caselight.store.accounts.models import User
from caselight.store.audit.models import AuditRow
from caselight.store.inspections.models import Inspection, Membership

MARK, SOMEBODY = "Zqnotyours", "somebody"
# A name of something that nobody but the product may say, and what somebody would like it to be.
NAMES = {
    "actor": SOMEBODY, "by": SOMEBODY, "author": SOMEBODY, "user": SOMEBODY, "user_id": "1", "user_key": SOMEBODY,
    "person": SOMEBODY, "owner": SOMEBODY, "second": SOMEBODY, "state": "published", "status": "published",
    "service": "otherham", "service_id": "2", "inspection": "otherham", "inspection_id": "2", "locked": "false",
    "signed": "true", "signed_by": SOMEBODY, "role": "administrator", "scope": "all", "permission": "all",
    "administrator": "true", "is_staff": "true", "is_superuser": "true", "is_active": "true", "admin": "1", "pk": "1",
    "id": "1", "at": "2001-01-01T00:00:00Z", "created_at": "2001-01-01", "server_time": "2001-01-01T00:00:00Z",
    "received_at": "2001-01-01", "pass": "moderated", "pass_": "moderated", "pass_kind": "moderated",
    "device": "stolen", "chain": "system", "chain_n": "1", "password": "x" * 20, "email": "evil@example.org",
    "access_version": "x", "key_id": "0" * 32, "sealed": "x", "visit": SOMEBODY, "access": "all", "kind_": "external",
}  # fmt: skip
COLLEAGUES = {"otherham": ("lead2", "sm2"), "testshire-audit": ("ll", "au"), "otherham-audit": ("sm2", "lead2")}
MOVES = {"planning:move": {"states"}, "planning:new": {"states", "roles"}, "planning:add-member": {"roles"},
         "planning:end-member": {"roles"}, "people:invite": {"people", "roles"}, "people:give": {"roles"},
         "people:end_role": {"roles"}, "people:rename": {"people"}, "people:change": {"people", "roles"},
         "planning:team": {"roles"}}  # fmt: skip


def attack(house: House, found: Any, states: Sequence[str], *, only: str | tuple[str, ...] = "") -> None:
    """Each form that anybody is shown in one of the states, twice. ``only``: on pages that begin so."""
    for room, form in sorted(shown(house, states, only).values(), key=lambda one: one[0].state):
        for values in (dict.fromkeys(NAMES, MARK), _wished(room)):
            found.try_("with names that are not its own", _sent(house, room, form, values))


def _wished(room: Room) -> dict[str, str]:
    """Each name with what somebody would like it to be; acts would be those of another who may act there as well."""
    there = next((two for place, two in COLLEAGUES.items() if room.place == place), ("lead", "i1"))
    other = next(one for one in there if one != room.person)
    return {name: other if value == SOMEBODY else value for name, value in NAMES.items()}


def shown(
    house: House, states: Sequence[str] = STATES, only: str | tuple[str, ...] = ""
) -> dict[str, tuple[Room, Shown]]:
    """One form for each address that forms of pages go to, and who is shown it; filled as it stands, with a word."""
    kept: dict[str, tuple[Room, Shown]] = {}
    for state in states:
        for room in {room.url: room for room in open_to("GET", states=(state,)) if room.url.startswith(only)}.values():
            answer = house.get(room)
            if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
                continue
            for form in forms(answer.content, house.address(room)):
                if form.method == "POST":
                    kept.setdefault(resolve(form.action.partition("?")[0]).view_name, (room, form))
    kept.pop("account_logout", None)
    return kept


def _sent(house: House, room: Room, form: Shown, values: dict[str, str]) -> str:
    path, _, query = form.action.partition("?")
    url = resolve(path).view_name
    said: dict[str, Any] = {name: value for name, value in values.items() if name not in form.said}
    said |= {name: [part or "17" for part in parts] for name, parts in form.said.items()}
    client = house.enter(room)
    before, last = _standing(), AuditRow.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    with writes() as written:
        answer = client.generic("POST", f"{path}?{query}&{urlencode(values)}", urlencode(said, doseq=True).encode(),
                                content_type=FORM)  # fmt: skip
    if answer.status_code >= 500:
        return f"{url}: answered {answer.status_code}"
    return _taken(room, url, written, last) or _moved(url, before)


def _taken(room: Room, url: str, written: list[Write], last: int) -> str:
    """Whether anything that was not the form's own was written down."""
    marked = {one.table for one in written if one.holds(MARK) or one.holds("evil@example.org")}
    if marked:
        return f"{url} wrote what is not its own to {sorted(marked)}"
    for row in AuditRow.objects.filter(pk__gt=last):
        if row.by != room.person:
            return f"{url} acted as {row.by} for {room.person}"
        if room.place and row.chain.startswith(("inspection:", "reads:")) and row.chain.partition(":")[2] != room.place:
            return f"{url} acted in {row.chain} from {room.place}"
        if row.at.startswith("2001"):
            return f"{url} acted in 2001"
    return ""


def _standing() -> dict[str, set[Any]]:
    """What a form may not change beside what it is for."""
    roles = Membership.objects.values_list("user__key", "role", "inspection", "service", "member_key", "ended_at")
    people = User.objects.values_list("key", "email", "name", "is_active", "administrator", "password")
    return {
        "states": set(Inspection.objects.values_list("key", "kind", "state", "service", "framework")),
        "people": set(people),
        "roles": set(roles),
    }


def _moved(url: str, before: dict[str, set[Any]]) -> str:
    after = _standing()
    moved = {name for name, rows in before.items() if after[name] != rows} - MOVES.get(url, set())
    return f"{url} changed {sorted(moved)}" if moved else ""
