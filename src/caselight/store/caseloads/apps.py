"""The application ``caseloads``, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class CaseloadsConfig(AppConfig):
    """The cases a service supplied, and the subjects that are examined."""

    name = "caselight.store.caseloads"
    label = "caseloads"
