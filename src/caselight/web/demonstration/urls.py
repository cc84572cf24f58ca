"""The addresses of this journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from caselight.web.demonstration import views

app_name = "demonstration"
urlpatterns: list[URLPattern] = [
    path("", views.roles, name="roles"),
    path("<slug:who>", views.become, name="become"),
]
