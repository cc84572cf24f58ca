"""The application ``frameworks``, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """Adopted frameworks: content-addressed, never edited."""

    name = "caselight.store.frameworks"
    label = "frameworks"
