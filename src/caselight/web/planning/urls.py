"""The addresses of this journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from caselight.web.planning import views, views_new, views_team

app_name = "planning"
OF = "inspections/<str:key>/"
urlpatterns: list[URLPattern] = [
    path("inspections/new", views_new.new, name="new"),
    path(OF, views.inspection, name="inspection"),
    path(f"{OF}plan/state", views.move, name="move"),
    path(f"{OF}plan/team", views_team.add, name="add-member"),
    path(f"{OF}plan/team/<int:membership>", views_team.end, name="end-member"),
    path(f"{OF}plan/conflict", views_team.conflict, name="conflict"),
]
