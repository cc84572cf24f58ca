"""The addresses of this journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from caselight.web.timetable import views, views_publishing, views_slot

app_name = "timetable"
urlpatterns: list[URLPattern] = [
    path("", views.timetable, name="timetable"),
    path("put", views.put, name="put"),
    path("publish", views_publishing.publish, name="publish"),
    path("published", views_publishing.published, name="published"),
    path("sheets", views_publishing.sheets, name="sheets"),
    path("slot/<str:slot>", views_slot.slot, name="slot"),
    path("slot/<str:slot>/where", views_slot.where, name="where"),
    path("slot/<str:slot>/held", views_slot.held, name="held"),
]
