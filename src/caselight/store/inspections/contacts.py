"""Whom of the service to turn to: name, role, e-mail address, telephone number. Staff, never children."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from caselight.method.faults import Fault, stop
from caselight.store.audit.actions import record
from caselight.store.audit.acts import Act
from caselight.store.inspections.keys import chain
from caselight.store.inspections.models import ContactStep
from caselight.store.inspections.queries import found
from caselight.store.inspections.told import digest, opened_words, sealed_words

MOST = 200  # characters of each part
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody of the service, under a random key of 32 hexadecimal digits."""

    key: str
    name: str
    role: str = ""
    email: str = ""
    telephone: str = ""

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """What is sealed."""
        return self.name, self.role, self.email, self.telephone


def contacts_of(inspection: str) -> tuple[Contact, ...]:
    """Everybody who was not removed, as they were first named."""
    kept: dict[str, Contact | None] = {}
    rows = ContactStep.objects.filter(inspection__key=inspection).order_by("id")
    for key, removed, sealed, key_id in rows.values_list("contact", "removed", "sealed", "key_id"):
        kept[key] = None if removed else Contact(key, *opened_words(inspection, f"contact:{key}", sealed, key_id, 4))
    return tuple(one for one in kept.values() if one is not None)


@transaction.atomic
def keep_contact(*, by: str, inspection: str, contact: Contact, at: datetime) -> None:
    """Keep somebody, or what is now right about them. Raises ``store.contact-words``; the same twice is once."""
    tidy = replace(contact, **{name: " ".join(getattr(contact, name).split()) for name in NAMES})
    if not _KEY.fullmatch(tidy.key) or not tidy.name or any(len(part) > MOST for part in tidy.parts):
        says = "Somebody to turn to needs a name, and no part of more than 200 characters."
        stop(Fault("store.contact-words", ("name",), says, "Enter their name, and how to reach them."))
    if tidy not in contacts_of(inspection):
        _add(by, inspection, tidy, at)


@transaction.atomic
def remove_contact(*, by: str, inspection: str, contact: str, at: datetime) -> None:
    """Take somebody off the list. Raises ``store.contact-unknown``."""
    there = next((one for one in contacts_of(inspection) if one.key == contact), None)
    if there is None:
        says = "There is nobody of this key on the list."
        stop(Fault("store.contact-unknown", ("contact",), says, "Choose somebody of the list."))
    _add(by, inspection, Contact(contact, ""), at, removed=True)


NAMES = ("name", "role", "email", "telephone")


def _add(by: str, inspection: str, contact: Contact, at: datetime, *, removed: bool = False) -> None:
    row = found(inspection, locked=True)
    sealed, key_id = sealed_words(inspection, f"contact:{contact.key}", contact.parts)
    act = Act.CONTACT_REMOVED if removed else Act.CONTACT_KEPT
    detail = {"sealed_sha256": digest(sealed, key_id)}
    link = record(chain=chain(inspection), by=by, act=act, of=("contact", contact.key), detail=detail, at=at)
    ContactStep.objects.create(
        inspection=row, contact=contact.key, removed=removed, by=by, at=at, sealed=sealed, key_id=key_id, chain_n=link.n
    )
