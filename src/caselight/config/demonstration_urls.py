"""The addresses of a demonstration: those of Caselight, and the page on which one becomes somebody."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from caselight.config import urls

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500

urlpatterns: list[URLPattern | URLResolver] = [
    path("demonstration/", include("caselight.web.demonstration.urls")),
    *urls.urlpatterns,
]
