"""The addresses of this journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from caselight.web.design import csp, views

app_name = "design"
urlpatterns: list[URLPattern] = [
    path("", views.gallery, name="gallery"),
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
    path("keyboard", views.keyboard, name="keyboard"),
    path("here", views.here, name="here"),
    path("csp", csp.report, name="csp"),
]
