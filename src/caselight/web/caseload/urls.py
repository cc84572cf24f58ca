"""The addresses of this journey."""

from __future__ import annotations

from django.urls import path

from caselight.web.caseload import views, views_cases, views_check, views_steps

app_name = "caseload"
urlpatterns = [
    path("", views.case_list, name="list"),
    path("upload", views_steps.upload, name="upload"),
    path("heading", views_steps.heading, name="heading"),
    path("columns", views_steps.columns, name="columns"),
    path("rows", views_steps.rows, name="rows"),
    path("leave", views_steps.leave, name="leave"),
    path("check", views_check.check, name="check"),
    path("mend", views_check.mend, name="mend"),
    path("put-back", views_check.put_back, name="put-back"),
    path("accept", views_check.accept, name="accept"),
    path("facts/<str:case>", views_cases.case, name="case"),
]
