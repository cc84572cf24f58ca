"""The application ``identities``, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class IdentitiesConfig(AppConfig):
    """Who a key is: names apart from casework, each under a key of its own that can be destroyed."""

    name = "caselight.store.identities"
    label = "identities"
