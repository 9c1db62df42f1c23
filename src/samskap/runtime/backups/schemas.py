"""Putting the tables of a named database aside, in the same database, and back if need be."""

from __future__ import annotations

import time
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
_LEAVING_S: Final = 2.0
_LOOK_AGAIN_S: Final = 0.05
# What is in a schema and is no extension's: tables take their indexes and sequences along.
_THINGS: Final = """
SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
  ELSE 'TABLE' END, relname::text, NULL
FROM pg_class
WHERE relnamespace = %(schema)s::text::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
  AND NOT EXISTS (SELECT FROM pg_depend
    WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype IN ('a', 'i', 'e'))
UNION ALL
SELECT CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, proname::text,
  pg_get_function_identity_arguments(pg_proc.oid)
FROM pg_proc WHERE pronamespace = %(schema)s::text::regnamespace AND prokind IN ('f', 'p')
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid
    AND deptype = 'e')
UNION ALL
SELECT 'TYPE', typname::text, NULL FROM pg_type LEFT JOIN pg_class ON pg_class.oid = typrelid
WHERE typnamespace = %(schema)s::text::regnamespace
  AND (typtype = 'e' OR typtype = 'c' AND relkind = 'c')
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_type'::regclass AND objid = pg_type.oid
    AND deptype = 'e')
ORDER BY 1, 2, 3
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
        _require_alone(connection)
        had_tables = bool(_value(connection, _TABLES))
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(aside)))
        _move(connection, "public", aside)
        _say(connection, _BEGUN + aside)
    try:
        yield
    except BaseException:
        with psycopg.connect(owner_url, connect_timeout=10) as connection:
            half = f"half_{aside}"
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(half)))
            _move(connection, "public", half)
            _drop(connection, half)
            _move(connection, aside, "public")
            _drop(connection, aside)
            _say(connection, None)
        raise
    with psycopg.connect(owner_url, connect_timeout=10) as connection:
        _say(connection, None)
        if not had_tables:
            _drop(connection, aside)


def _require_alone(connection: psycopg.Connection[Any]) -> None:
    """Whoever hung up a moment ago is still on the server's list for some milliseconds."""
    deadline = time.monotonic() + _LEAVING_S
    while _value(connection, _OTHERS):
        if time.monotonic() > deadline:
            raise ProblemError(
                "Somebody else is connected to the database.",
                "Stop every web server and worker that uses it, and try again.",
            )
        # Within one transaction the server gives the same list again.
        connection.rollback()
        time.sleep(_LOOK_AGAIN_S)


def _move(connection: psycopg.Connection[Any], source: str, target: str) -> None:
    """Move everything that is ours: what searches and indexes stand on stays where it is."""
    for kind, name, arguments in connection.execute(
        _THINGS.encode(), {"schema": source}
    ).fetchall():
        of = sql.SQL("") if arguments is None else sql.SQL(f"({arguments})")
        connection.execute(
            sql.SQL("ALTER {} {}{} SET SCHEMA {}").format(
                sql.SQL(kind), sql.Identifier(source, name), of, sql.Identifier(target)
            )
        )


def _say(connection: psycopg.Connection[Any], what: str | None) -> None:
    statement = sql.SQL("COMMENT ON SCHEMA public IS {}").format(sql.Literal(what))
    connection.execute(statement)


def _drop(connection: psycopg.Connection[Any], name: str) -> None:
    connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(name)))


def _value(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None
