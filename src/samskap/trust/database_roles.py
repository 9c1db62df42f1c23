"""What the application's database role may do: work, own nothing, add alone to what lasts.

The owner role migrates and keeps the tables; the application role reads and writes rows. Both are
named by settings, so any managed PostgreSQL will do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import connections
from psycopg import sql

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY_TABLES: Final = (
    "trust_auditentry",
    "trust_auditseal",
    "trust_loghead",
    "trust_erasure",
)


def grant_after_migrate(*, using: str, **_: Any) -> None:
    """Run after ``migrate`` on any database alias."""
    grant_to_application(connections[using], settings.DATABASE_APP_ROLE)


def grant_to_application(connection: BaseDatabaseWrapper, role: str) -> None:
    """Let ``role`` work with every table of the schema, and only add to the append-only ones.

    Does nothing when we are that role ourselves (a single-role installation, which ``samskap
    doctor`` warns of) or when the role does not exist here.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = %s OR to_regrole(%s) IS NULL", [role, role])
        row = cursor.fetchone()
        if row is None or row[0]:
            return
        for statement in _grants(role, connection.introspection.table_names(cursor)):
            cursor.execute(statement.as_string(None))


def _grants(role: str, tables: list[str]) -> list[sql.Composed]:
    name = sql.Identifier(role)
    statements = [
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        ).format(name),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        sql.SQL("REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM {}").format(name),
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM {}").format(name),
        sql.SQL("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}").format(name),
    ]
    append_only = [
        sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), name)
        for table in APPEND_ONLY_TABLES
        if table in tables
    ]
    return [*statements, *append_only]
