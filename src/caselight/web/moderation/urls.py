"""The addresses of this journey."""

from __future__ import annotations

from django.urls import URLPattern, path

from caselight.web.moderation import views, views_steps

app_name = "moderation"
OF = "question/<str:question>/"
urlpatterns: list[URLPattern] = [
    path("", views.board_page, name="board"),
    path(OF, views.question_page, name="question"),
    path(f"{OF}agree", views.agree, name="agree"),
    path(f"{OF}decide", views.decide, name="decide"),
    path("cases", views_steps.cases, name="cases"),
    path("cases/agreed", views_steps.moderate, name="moderate"),
]
