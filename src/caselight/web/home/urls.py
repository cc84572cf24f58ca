"""The addresses of this journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from caselight.web.home import views

app_name = "home"
urlpatterns: list[URLPattern] = [
    path("", views.arrived, name="today"),
    path("inspections/", views.inspections, name="inspections"),
    path("health/system", views.health, name="health"),
]
