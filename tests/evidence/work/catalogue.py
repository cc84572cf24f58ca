"""What a database says of its own schema, as sorted lines: tables, columns, indexes, constraints, triggers, functions."""

from __future__ import annotations

from django.db import connection

SQLITE = "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master"
POSTGRESQL = """
    SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
        || ' ' || COALESCE(column_default, '') FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(c.oid)
        FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public'
    UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function ' || pg_get_functiondef(p.oid)
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'
    UNION ALL SELECT 'view ' || viewname || ' ' || definition FROM pg_views WHERE schemaname = 'public'
"""
APPLIED = "SELECT 'applied ' || app || '.' || name FROM django_migrations"


def catalogue() -> list[str]:
    """The lines; empty where nothing was made yet."""
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
        lines = [row[0] for row in cursor.fetchall()]
        if "django_migrations" in connection.introspection.table_names(cursor):
            cursor.execute(APPLIED)
            lines += [row[0] for row in cursor.fetchall()]
    return sorted(lines)
