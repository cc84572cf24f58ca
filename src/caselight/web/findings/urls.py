"""The addresses of this journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from caselight.web.findings import views, views_sheet

app_name = "findings"
urlpatterns: list[URLPattern] = [
    path("", views.findings_page, name="findings"),
    path("figure/<str:figure>/", views.figure_page, name="figure"),
    path("chart/<str:theme>/", views.chart_page, name="chart"),
    path("before", views.comparison, name="before"),
    path("feedback", views_sheet.sheet, name="sheet"),
    path("feedback/choose", views_sheet.choose, name="choose"),
    path("feedback/edit", views_sheet.edit, name="edit"),
]
