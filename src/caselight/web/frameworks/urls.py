"""The addresses of this journey."""

from __future__ import annotations

from django.urls import path

from caselight.web.frameworks import views, views_adopting, views_comparing, views_files, views_practice

app_name = "frameworks"
urlpatterns = [
    path("", views.adopted, name="list"),
    path("check", views_adopting.check, name="check"),
    path("adopt", views_adopting.adopt, name="adopt"),
    path("compare", views_comparing.compare, name="compare"),
    path("<slug:digest>/", views.framework, name="framework"),
    path("<slug:digest>/parts/<str:part>", views.part, name="part"),
    path("<slug:digest>/download/<slug:kind>", views_files.download, name="download"),
    path("<slug:digest>/practice", views_practice.practice, name="practice"),
]
