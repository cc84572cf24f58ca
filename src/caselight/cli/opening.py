"""Opens the store for a command: Django with the settings of this machine."""

from __future__ import annotations

import os


def open_store() -> None:
    """Set Django up, once; ``DJANGO_SETTINGS_MODULE`` may name other settings than ours."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caselight.config.settings")
    import django

    django.setup()
