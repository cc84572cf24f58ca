"""The addresses of this journey. A design without a name is ``own-size`` in an address."""

from __future__ import annotations

from django.urls import path

from caselight.web.sampling import views, views_allocating, views_planning, views_removing, views_sharing

app_name = "sampling"
urlpatterns = [
    path("", views.sample, name="sample"),
    path("record", views.record, name="record"),
    path("designs", views_planning.designs, name="designs"),
    path("designs/<str:design>/choose", views_planning.choose, name="choose"),
    path("designs/<str:design>", views_planning.plan, name="plan"),
    path("designs/<str:design>/select", views_planning.select, name="select"),
    path("remove/<str:design>/<str:case>", views_removing.remove, name="remove"),
    path("allocation", views_allocating.allocation, name="allocation"),
    path("allocation/share", views_sharing.share, name="share"),
    path("allocation/give", views_allocating.give, name="give"),
    path("allocation/take-back", views_allocating.take_back, name="take-back"),
]
