"""The application ``audit``, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what: an append-only, hash-chained record in the same transaction as the change it speaks of."""

    name = "caselight.store.audit"
    label = "audit"
