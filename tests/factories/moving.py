"""Folders that go into the store and come out: what is compared, and packages in states that come seldom."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.apps import apps

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EXAMPLES = sorted(path.parent for path in (Path(__file__).parents[2] / "examples").glob("*/inspection.yaml"))


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def counted() -> dict[str, int]:
    """How many rows each table of the store has, the audit included."""
    models = (model for app in apps.get_app_configs() if app.name.startswith("caselight") for model in app.get_models())
    return {model._meta.db_table: model._default_manager.count() for model in models}
