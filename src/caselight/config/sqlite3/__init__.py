"""Django's SQLite engine on a SQLite that is new enough to be trusted in WAL mode."""
