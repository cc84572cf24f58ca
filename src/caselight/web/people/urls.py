"""The addresses of this journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from caselight.web.people import views, views_changes, views_conflicts, views_invite, views_people, views_roles

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("me", views.me, name="me"),
    path("me/devices/<int:token>/end", views.end_device, name="end_device"),
    path("me/sessions/end", views.end_others, name="end_others"),
    path("me/sessions/<str:session>/end", views.end_one, name="end_one"),
    path("me/conflicts", views_conflicts.conflicts, name="conflicts"),
    path("me/conflicts/<int:conflict>/withdraw", views_conflicts.withdraw, name="withdraw"),
    path("me/preferences", views.preferences, name="preferences"),
    path("people/", views_people.people, name="people"),
    path("people/invite", views_invite.new, name="invite"),
    path("people/<str:user>/", views_people.person, name="person"),
    path("people/<str:user>/name", views_changes.rename, name="rename"),
    path("people/<str:user>/link", views_invite.another, name="link"),
    path("people/<str:user>/roles/give", views_roles.give, name="give"),
    path("people/<str:user>/roles/<int:membership>/end", views_roles.end, name="end_role"),
    path("people/<str:user>/change/<slug:what>", views_changes.change, name="change"),
    path("invitation/chosen", views_invite.accepted, name="accepted"),
    path("invitation/<str:clear>", views_invite.accept, name="accept"),
]
