"""The addresses of this journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from caselight.web.people import views

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("me", views.me, name="me"),
    path("me/devices/<int:token>/end", views.end_device, name="end_device"),
    path("me/sessions/end", views.end_others, name="end_others"),
]
