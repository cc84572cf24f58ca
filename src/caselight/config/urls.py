"""Every address of Caselight, in one list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from caselight.api.app import urls as api_urls
from caselight.api.health import health
from caselight.config.signing_in import closed

handler400 = "caselight.config.pages.bad_request"
handler403 = "caselight.config.pages.not_allowed"
handler404 = "caselight.config.pages.not_found"
handler500 = "caselight.config.pages.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path("api/", api_urls()),
    path("accounts/email/", closed, name="account_email"),  # an address is changed by whoever invites, not by oneself
    path("accounts/", include("allauth.urls")),
    path("design/", include("caselight.web.design.urls")),
    path("", include("caselight.web.home.urls")),
    path("frameworks/", include("caselight.web.frameworks.urls")),
    path("", include("caselight.web.planning.urls")),
    path("inspections/<str:key>/timetable/", include("caselight.web.timetable.urls")),
    path("inspections/<str:key>/case-list/", include("caselight.web.caseload.urls")),
    path("inspections/<str:key>/sample/", include("caselight.web.sampling.urls")),
    path("inspections/<str:key>/cases/", include("caselight.web.assessing.urls")),
    path("inspections/<str:key>/moderation/", include("caselight.web.moderation.urls")),
    path("inspections/<str:key>/findings/", include("caselight.web.findings.urls")),
    path("inspections/<str:key>/letter/", include("caselight.web.letter.urls")),
    path("", include("caselight.web.people.urls")),
]
