"""The application of this journey, so that its templates and files are found."""

from __future__ import annotations

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """See the package."""

    name = "caselight.web.moderation"
    label = "web_moderation"
