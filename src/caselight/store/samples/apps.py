"""The application ``samples``, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class SamplesConfig(AppConfig):
    """What was drawn, and who examines which case."""

    name = "caselight.store.samples"
    label = "samples"
