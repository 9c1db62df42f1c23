"""Putting the tables of a named database aside, in the same database, and back if need be."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLES: Final = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
_OTHERS: Final = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
_EXTENSIONS: Final = """
SELECT extname FROM pg_extension WHERE extnamespace = 'public'::regnamespace ORDER BY extname
"""
_BEGUN: Final = "samskap: a restore has begun, and what was here is in "
_SAYS: Final = "SELECT coalesce(obj_description('public'::regnamespace, 'pg_namespace'), '')"


def has_tables(owner_url: str) -> bool:
    """Whether there is anything in the database yet."""
    with psycopg.connect(owner_url, connect_timeout=10) as connection:
        return bool(_value(connection, _TABLES))


def require_whole(owner_url: str) -> None:
    """Refuse a database whose restore was cut short: what it should hold is not in it.

    Raises
    ------
    ProblemError
        The sentence says where what was there before is.
    """
    with psycopg.connect(owner_url, connect_timeout=10) as connection:
        said = str(_value(connection, _SAYS))
    if said.startswith(_BEGUN):
        where = said.removeprefix(_BEGUN)
        raise ProblemError(
            f"A restore into this database was cut short; what was there is in the schema {where}.",
            "Restore again with --replace.",
        )


@contextmanager
def put_aside(owner_url: str, aside: str) -> Iterator[None]:
    """Give an empty ``public`` and keep what was in it as the schema ``aside``.

    It is put back when what is done inside fails. An ``aside`` without tables is not kept.

    Raises
    ------
    ProblemError
        Somebody else is connected to the database.
    """
    with psycopg.connect(owner_url, connect_timeout=10) as connection:
        if _value(connection, _OTHERS):
            raise ProblemError(
                "Somebody else is connected to the database.",
                "Stop every web server and worker that uses it, and try again.",
            )
        had_tables = bool(_value(connection, _TABLES))
        _rename(connection, "public", aside)
        connection.execute("CREATE SCHEMA public")
        connection.execute(
            sql.SQL("COMMENT ON SCHEMA public IS {}").format(sql.Literal(_BEGUN + aside))
        )
        _move_extensions(connection, aside, "public")
    try:
        yield
    except BaseException:
        with psycopg.connect(owner_url, connect_timeout=10) as connection:
            _move_extensions(connection, "public", aside)
            connection.execute("DROP SCHEMA public CASCADE")
            _rename(connection, aside, "public")
        raise
    with psycopg.connect(owner_url, connect_timeout=10) as connection:
        connection.execute("COMMENT ON SCHEMA public IS NULL")
        if not had_tables:
            _drop(connection, aside)


def _rename(connection: psycopg.Connection[Any], name: str, new: str) -> None:
    statement = sql.SQL("ALTER SCHEMA {} RENAME TO {}")
    connection.execute(statement.format(sql.Identifier(name), sql.Identifier(new)))


def _drop(connection: psycopg.Connection[Any], name: str) -> None:
    connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))


def _move_extensions(connection: psycopg.Connection[Any], source: str, target: str) -> None:
    """Move what searches and indexes stand on: the tables that use it go on doing so."""
    query = _EXTENSIONS.replace("'public'::regnamespace", "%s::text::regnamespace")
    for (name,) in connection.execute(query.encode(), [source]).fetchall():
        statement = sql.SQL("ALTER EXTENSION {} SET SCHEMA {}")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(target)))


def _value(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None
