"""The application ``improvement``, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """What somebody will do because of an answer."""

    name = "caselight.store.improvement"
    label = "improvement"
