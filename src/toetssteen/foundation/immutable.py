"""Database triggers that refuse to change or delete rows of a table, for SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any


def forbid_change(table: str) -> tuple[Any, Any]:
    """The forward and backward functions for `migrations.RunPython` that guard one table."""

    def forward(apps: Any, editor: Any) -> None:
        vendor = editor.connection.vendor
        if vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                editor.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is written once'); END"
                )
        elif vendor == "postgresql":
            editor.execute(
                f"CREATE FUNCTION {table}_refuse() RETURNS trigger AS $$ BEGIN "
                f"RAISE EXCEPTION '{table} is written once'; END $$ LANGUAGE plpgsql"
            )
            editor.execute(
                f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
            )

    def backward(apps: Any, editor: Any) -> None:
        vendor = editor.connection.vendor
        if vendor == "sqlite":
            for verb in ("update", "delete"):
                editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        elif vendor == "postgresql":
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}")
            editor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse()")

    return forward, backward
