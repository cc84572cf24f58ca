"""Whom of the service to turn to, as a table."""

from __future__ import annotations

from django.urls import reverse

from caselight.store.accounts.permissions import Permission
from caselight.store.inspections.contacts import contacts_of
from caselight.web.design.tables import Column, Link, Table
from caselight.web.design.visits import InspectionVisit

COLUMNS = (
    Column("name", "Name"),
    Column("role", "Role"),
    Column("email", "E-mail", "link"),
    Column("telephone", "Telephone", "link"),
)
CAPTION = "Contacts in the service"
CHANGE = Column("change", "Change", "link", plain=True)


def contact_table(visit: InspectionVisit) -> Table:
    """Everybody who is listed, with the links that change it only for whoever may."""
    writes = visit.may(Permission.TIMETABLE_WRITE)
    rows = [
        {
            "name": one.name,
            "role": one.role,
            "email": Link(one.email, f"mailto:{one.email}") if one.email else "",
            "telephone": Link(one.telephone, f"tel:{_dialled(one.telephone)}") if one.telephone else "",
            "change": Link(f"Change {one.name}", reverse("planning:contact", args=[visit.key, one.key])),
        }
        for one in contacts_of(visit.key)
    ]
    columns = (*COLUMNS, CHANGE) if writes else COLUMNS
    return Table(CAPTION, columns, rows, "contacts", empty="Nobody of the service is named yet.", tools=False)


def _dialled(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")
