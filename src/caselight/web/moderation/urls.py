"""The addresses of this journey."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "moderation"
urlpatterns: list[URLPattern] = []
