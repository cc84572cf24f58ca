"""The application of this journey, so that its templates and files are found."""

from __future__ import annotations

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """See the package."""

    name = "caselight.web.demonstration"
    label = "web_demonstration"
