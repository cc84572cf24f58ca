"""The application of this journey, so that its templates and files are found."""

from __future__ import annotations

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """See the package."""

    name = "caselight.web.planning"
    label = "web_planning"
