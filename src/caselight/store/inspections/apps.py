"""The application ``inspections``, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Inspections, their services, teams, states and the files they carry."""

    name = "caselight.store.inspections"
    label = "inspections"
