"""The application ``assessments``, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Judgements as events that are only ever added, and what became of each case."""

    name = "caselight.store.assessments"
    label = "assessments"
