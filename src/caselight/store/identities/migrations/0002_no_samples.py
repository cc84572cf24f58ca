"""PostgreSQL takes no samples of the vault: what it remembers for planning would outlive a purge."""

from __future__ import annotations

from typing import Any

from django.db import migrations

COLUMNS = (("identities_person", "sealed"), ("identities_blockingkey", "digest"))


def take_no_samples(apps: Any, schema_editor: Any) -> None:
    """ANALYZE copies values of a column into the catalogue, unless its target is nought. SQLite cannot be told; a purge removes them."""
    del apps
    if schema_editor.connection.vendor == "postgresql":
        for table, column in COLUMNS:
            schema_editor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" SET STATISTICS 0')


class Migration(migrations.Migration):
    dependencies = [("identities", "0001_initial")]

    operations = [migrations.RunPython(take_no_samples, migrations.RunPython.noop, elidable=False)]
