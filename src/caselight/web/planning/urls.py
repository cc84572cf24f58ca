"""The addresses of this journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from caselight.web.planning import views, views_conflicts, views_contacts, views_new, views_requests, views_team

app_name = "planning"
OF = "inspections/<str:key>/"
urlpatterns: list[URLPattern] = [
    path("inspections/new", views_new.new, name="new"),
    path(OF, views.inspection, name="inspection"),
    path(f"{OF}plan/state", views.move, name="move"),
    path(f"{OF}plan/team", views_team.add, name="add-member"),
    path(f"{OF}plan/team/<int:membership>", views_team.end, name="end-member"),
    path(f"{OF}plan/conflict", views_conflicts.conflict, name="conflict"),
    path(f"{OF}plan/conflict/<int:conflict>/withdraw", views_conflicts.withdraw, name="withdraw-conflict"),
    path(f"{OF}plan/requests", views_requests.requests, name="requests"),
    path(f"{OF}plan/requests/new", views_requests.new, name="ask"),
    path(f"{OF}plan/requests/usual", views_requests.usual, name="usual"),
    path(f"{OF}plan/requests/<str:asked>", views_requests.one, name="request"),
    path(f"{OF}plan/requests/<str:asked>/step", views_requests.step, name="request-step"),
    path(f"{OF}plan/contacts/new", views_contacts.contact, name="add-contact"),
    path(f"{OF}plan/contacts/<str:who>", views_contacts.contact, name="contact"),
    path(f"{OF}plan/contacts/<str:who>/remove", views_contacts.remove, name="remove-contact"),
    path(f"{OF}plan/announcement", views_contacts.announced, name="announcement"),
    path(f"{OF}plan/announcement/sent", views_contacts.announce, name="announce"),
]
