"""The application ``reports``, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The letter, what was accepted in it, and the figures from elsewhere it may quote."""

    name = "caselight.store.reports"
    label = "reports"
