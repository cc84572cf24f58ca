"""Every address of the pages, derived from the address list itself, and how its arguments are filled.

A new page needs nothing here unless its address has an argument of a new name: then a line in ``GOOD`` says what stands
there in the store of ``furnished``. An argument that no line fills is a failure, not a page that nobody tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.urls import NoReverseMatch, get_resolver, reverse
from tests.evidence.matrix import Row, matrix
from tests.evidence.work.furnished import LEADS, PLACES, RECORDED, concern_of
from tests.factories.answers import altered, op_id, sent
from tests.factories.store import AT, GIVEN
from tests.factories.timetable import put

from caselight.store.accounts.invitations import invite
from caselight.store.accounts.models import SignedIn, Token, User
from caselight.store.accounts.sessions import number_of
from caselight.store.assessments.actions import record_answers
from caselight.store.assessments.models import Quarantined
from caselight.store.inspections.asking import Ask, ask
from caselight.store.inspections.contacts import Contact, keep_contact
from caselight.store.inspections.models import Conflict, Inspection, Membership, Service
from caselight.store.reports.models import Remark
from caselight.store.samples.models import Allocation
from caselight.store.samples.timetable.publishing import publish_slots
from caselight.store.samples.timetable.reading import timetable_of

NEVER = ("account_logout",)  # ends the session that all else is asked with
SIGNING_IN = ("account_", "mfa_", "socialaccount_", "social/")
WRONG_WORDS = ("C9", "x" * 200, "\u0000", "..%2F", "'", "1")
WRONG_NUMBERS = (0, 999_999, 10**30)


@dataclass(frozen=True, slots=True)
class Page:
    """One address by its name, with the names of its arguments and which of them are numbers."""

    name: str
    arguments: tuple[str, ...]
    numbers: frozenset[str]

    @property
    def inside(self) -> bool:
        """Whether it is an address of one inspection."""
        return "key" in self.arguments

    @property
    def beyond(self) -> tuple[str, ...]:
        """The arguments beside the inspection."""
        return tuple(name for name in self.arguments if name != "key")


@cache
def pages() -> Mapping[str, Page]:
    """Every address of a page by its name: all but those of the API."""
    return {page.name: page for page in _walked(get_resolver()) if not page.name.startswith("api:")}


def _walked(resolver: Any, space: str = "", above: Mapping[str, Any] | None = None) -> Iterator[Page]:
    for pattern in resolver.url_patterns:
        named = {**(above or {}), **getattr(pattern.pattern, "converters", {})}
        if hasattr(pattern, "url_patterns"):
            yield from _walked(pattern, space + (f"{pattern.namespace}:" if pattern.namespace else ""), named)
        else:
            groups = getattr(getattr(pattern.pattern, "regex", None), "groupindex", {})
            arguments = (*named, *(name for name in groups if name not in named))
            numbers = {name for name, one in named.items() if type(one).__name__ == "IntConverter"}
            yield Page(space + (pattern.name or str(pattern.pattern)), tuple(arguments), frozenset(numbers))


def _remark(place: str, _person: str) -> int:
    return Remark.objects.filter(inspection__key=place).values_list("pk", flat=True)[0]


def _device(_place: str, person: str) -> int:
    """A device of the person's own; a new one each time, for the page ends it."""
    user = User.objects.filter(key=person or "lead").get()
    digest = f"{Token.objects.count():064d}"
    return Token.objects.create(
        user=user, digest=digest, device="spare", created_at=AT, expires_at=AT + timedelta(days=3650)
    ).pk


def _session(_place: str, person: str) -> str:
    """A session of the person's own in another browser; a new one each time, for the page ends it."""
    user = User.objects.filter(key=person or "lead").get()
    key = f"spare{SignedIn.objects.count():027d}"
    SignedIn.objects.create(session_key=key, session_data="", expire_date=AT + timedelta(days=3650), user=user)
    return number_of(key)


def _membership(place: str, _person: str) -> int:
    """A role of somebody's in the inspection; a new one each time, for the page ends it."""
    of = Inspection.objects.get(key=place)
    role = "auditor" if place.endswith("-audit") else "inspector"
    service = of.service if place.endswith("-audit") else None
    return Membership.objects.create(user=_spare(), role=role, inspection=of, service=service, member_key="spare").pk


def _spare() -> User:
    user = User.objects.filter(key="spare").first()
    return user or User.objects.create_user("spare@example.org", None, key="spare", name="Spare")


def _invited(_place: str, person: str) -> str:
    """The key of a case manager who has never signed in, of the service of whoever asks where they have one."""
    service = Membership.objects.filter(user__key=person, role="service_manager").values_list("service_id").first()
    of = Service.objects.get(pk=service[0]) if service else Service.objects.get(key="testshire")
    key = f"invited-{of.key}"
    user = User.objects.filter(key=key).first()
    if user is None:
        user = User.objects.create_user(f"{key}@example.org", None, key=key, name="Ina Invited")
        Membership.objects.create(user=user, role="case_manager", service=of, member_key="w9")
    return key


def _link(place: str, person: str) -> str:
    """The text of a link to choose a password by, for the same case manager; it was good for a week long ago."""
    return invite(by="ad", user=_invited(place, person), at=AT).clear


def _held(place: str, person: str) -> int:
    """A role of the same case manager; a new one each time, for the page ends it."""
    user = User.objects.get(key=_invited(place, person))
    of = Service.objects.get(key=user.key.removeprefix("invited-"))
    return Membership.objects.create(user=user, role="case_manager", service=of, member_key="w9").pk


def _asked(place: str, _person: str) -> str:
    """A request that is asked of a case manager, about a case of the local assessor."""
    key = concern_of(f"{place} asked")
    ask(by="lead", inspection=place, wanted=[Ask(key, "The file", AT.date(), "w1", "C3")], at=AT)
    return key


def _contact(place: str, _person: str) -> str:
    """Somebody of the service; put on the list again each time, for the page takes them off."""
    key = concern_of(f"{place} contact")
    keep_contact(by="lead", inspection=place, contact=Contact(key, "Mary Manager", email="m@example.org"), at=AT)
    return key


def _conflict(place: str, _person: str) -> int:
    """A conflict of interest of the lead about no case that is there; a new one each time, for the page withdraws it."""
    user = User.objects.get(key=LEADS[place])
    return _declared(user, Inspection.objects.get(key=place))


def _own_conflict(place: str, person: str) -> int:
    """One that the person declared of themselves."""
    return _declared(User.objects.get(key=person or "lead"), Inspection.objects.get(key=place))


def _declared(user: User, inspection: Inspection) -> int:
    told = {"reason": "spare", "case_key": "C9", "declared_at": AT, "by": user.key}
    return Conflict.objects.create(user=user, inspection=inspection, **told).pk


# Of whom a slot of the timetable is, and about which case, in the inspections that have anybody who examines.
_SLOTS = {"la": ("C3", "la"), "i2": ("C2", "i2"), "testshire": ("C1", "i1"), "otherham": ("C1", "lead2"),
          "testshire-audit": ("C1", "ll")}  # fmt: skip


def _slot(place: str, person: str) -> str:
    """A slot of the timetable that is published: the person's own where they examine, else one about the first case."""
    named = (person if place == "testshire" else "") in _SLOTS
    case, user = _SLOTS.get(person if named else place, ("", ""))
    if not case:
        return "none"
    there = [one.slot for one in timetable_of(place).published if one.key == case]
    if there:
        return there[0]
    made = put(case, user, key=place)
    publish_slots(by=LEADS[place], inspection=place, at=AT)
    return made.slot


def _message(place: str, person: str) -> int:
    """A message that could not be taken as an answer: the person's own where they examine there, else somebody's."""
    who, case = (
        (person, GIVEN[person][0]) if person in GIVEN else RECORDED[place][0] if RECORDED[place] else ("lead", "C1")
    )
    op = op_id(20_000 + 100 * PLACES.index(place) + [*GIVEN, "lead"].index(who))
    its = Quarantined.objects.filter(inspection__key=place, op_id=op)
    if not its.exists():
        event = altered(sent(case, "A", "yes", op, actor=who), framework_version="0")
        record_answers(by=who, inspection=place, device="laptop", events=[event], at=AT)
    return its.values_list("pk", flat=True)[0]


# What stands in an argument: by the address and the argument, else by the argument alone.
GOOD: Mapping[str, Callable[[str, str], Any]] = {
    "kind": lambda *_: "case",
    "digest": lambda place, _: Inspection.objects.get(key=place).framework_id,
    "part": lambda *_: "theme-T",
    "frameworks:download kind": lambda *_: "html",
    "subject": lambda *_: "C1",
    "case": lambda *_: "C1",
    "concern": lambda place, _: concern_of(place),
    "n": lambda *_: 1,
    "letter:settle n": _remark,
    "path": lambda *_: "letter.pdf",
    "question": lambda *_: "A",
    "figure": lambda *_: "A",
    "theme": lambda *_: "T",
    "design": lambda *_: "own-size",
    "membership": _membership,
    "people:end_role membership": _held,
    "user": _invited,
    "what": lambda *_: "sign-out",
    "clear": _link,
    "token": _device,
    "session": _session,
    "asked": _asked,
    "who": _contact,
    "conflict": _conflict,
    "people:withdraw conflict": _own_conflict,
    "slot": _slot,
    "message": _message,
    "pk": lambda *_: 1,
    "uidb36": lambda *_: "1",
    "account_confirm_email key": lambda *_: "none",
    "account_reset_password_from_key key": lambda *_: "set-password",
}
ROW_SAYS = {"letter:file": "kind"}  # addresses where what a row of the matrix is about is an argument


def good(page: Page, place: str, person: str, what: str = "") -> dict[str, Any]:
    """The arguments of an address for what is there. Raises ``KeyError`` where nobody said what that is."""
    there = place if place in PLACES else PLACES[0]
    filled = {name: (GOOD.get(f"{page.name} {name}") or GOOD[name])(there, person) for name in page.beyond}
    if page.name in ROW_SAYS:
        filled[ROW_SAYS[page.name]] = what or "open"
    if "key" in page.arguments:
        filled["key"] = place if _of_an_inspection(page) else GOOD[f"{page.name} key"](place, person)
    return filled


def _of_an_inspection(page: Page) -> bool:
    return not page.name.startswith(SIGNING_IN)


# What a form must say before its page looks at anything else; all other pages show by an empty form whether they refuse.
NEEDED: Mapping[str, Callable[[str], Mapping[str, object]]] = {
    "assessing:answer": lambda _: {"question": "A"},
    "assessing:resolve": lambda _: {"question": "A"},
    "moderation:agree": lambda _: {"row": "case-C1"},
    "moderation:decide": lambda _: {"row": "case-C1"},
    "letter:make": lambda _: {"kind": "open"},
    "sampling:take-back": lambda place: {"allocation": _allocation(place)},
}


def least(page: Page, place: str) -> Mapping[str, object]:
    """What a form says at least to show whether its page refuses."""
    return NEEDED[page.name](place if place in PLACES else PLACES[0]) if page.name in NEEDED else {}


def _allocation(place: str) -> int:
    """A case that is given to somebody; a new one each time, for the page takes it back."""
    of = Inspection.objects.get(key=place)
    return Allocation.objects.create(inspection=of, case_key="C4", user=_spare(), pass_kind="quality", from_at=AT).pk


def wrong(page: Page, n: int) -> tuple[str, Any]:
    """One argument beside the inspection, and something that is not there."""
    name = page.beyond[n % len(page.beyond)]
    values = WRONG_NUMBERS if name in page.numbers else WRONG_WORDS
    return name, values[n // len(page.beyond) % len(values)]


def address(page: Page, arguments: Mapping[str, Any]) -> str:
    """The address itself."""
    try:
        return reverse(page.name, kwargs=dict(arguments))
    except NoReverseMatch:
        return "/" + page.name.removeprefix("social/") if not page.arguments else "/no/such/address"


def rows() -> tuple[Row, ...]:
    """The rows of the matrix that are about pages."""
    return tuple(row for row in matrix() if not row.url.startswith("api:"))


def unfilled() -> list[str]:
    """Addresses of the pages with an argument that nobody filled, and those without a row: each is a failure."""
    named = {row.url for row in rows()}
    bare = [f"{name} has no row in the matrix." for name in pages() if name not in named]
    return bare + [
        f"{page.name}: nobody says what stands for “{name}” (GOOD in places.py)."
        for page in pages().values()
        for name in page.beyond
        if name not in GOOD and f"{page.name} {name}" not in GOOD
    ]
