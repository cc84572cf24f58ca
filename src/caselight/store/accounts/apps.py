"""The application ``accounts``, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The people who sign in, and what their roles allow."""

    name = "caselight.store.accounts"
    label = "accounts"
