"""Filling a database, made by the same migrations, with what a backup holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

from samskap.runtime.backups.dumping import MANNER, PASSING
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from typing import LiteralString

    from samskap.runtime.backups.manifest import Table
    from samskap.runtime.backups.reading import Archive

_TRIGGERS: Final = """
SELECT relname, tgname, tgenabled::text FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND tgenabled <> 'D' AND relnamespace = 'public'::regnamespace
ORDER BY relname, tgname
"""
_NAMES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
_AGAIN: Final = {"O": "ENABLE TRIGGER", "A": "ENABLE ALWAYS TRIGGER", "R": "ENABLE REPLICA TRIGGER"}
_COLUMNS: Final = """
SELECT relname, array_agg(attname::text ORDER BY attnum)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
  AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
GROUP BY relname
"""


def load(archive: Archive, owner_url: str) -> None:
    """Put a backup's rows into a database whose tables are made, in place of any that are there.

    All of it or nothing: one transaction. Rules that speak when a row is written are silent, since
    they have spoken once; what a row must be is asked of every row.

    Raises
    ------
    ProblemError
        The tables are not those of the backup, or a row is not what its table takes.
    """
    manifest = archive.manifest
    with psycopg.connect(owner_url, connect_timeout=10) as connection:
        connection.execute(MANNER.encode())
        _require_same_shape(connection, manifest.tables)
        noisy = connection.execute(_TRIGGERS.encode()).fetchall()
        for table, trigger, _when in noisy:
            _switch(connection, table, "DISABLE TRIGGER", trigger)
        _empty(connection, manifest.tables)
        try:
            for each in manifest.tables:
                _fill(connection, each, archive)
            connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        except psycopg.Error as error:
            raise ProblemError(
                f"The database does not take the backup: {_short(error)}.",
                "See that the same version of Samskap made it, or an older one.",
            ) from error
        for name, last, used in manifest.sequences:
            connection.execute(
                "SELECT setval(to_regclass(%s), %s, %s) WHERE to_regclass(%s) IS NOT NULL",
                [f'public."{name}"', last, used, f'public."{name}"'],
            )
        _remember(connection, manifest.prepared_from)
        for table, trigger, when in noisy:
            _switch(connection, table, _AGAIN[when], trigger)
    with psycopg.connect(owner_url, autocommit=True, connect_timeout=10) as connection:
        connection.execute("ANALYZE")


def counts(owner_url: str, tables: tuple[Table, ...]) -> dict[str, int]:
    """Count the rows of each table as it is now."""
    with psycopg.connect(owner_url, connect_timeout=10) as connection:
        return {table.name: _count(connection, table.name) for table in tables}


def _require_same_shape(connection: psycopg.Connection[Any], tables: tuple[Table, ...]) -> None:
    there = {
        name: set(columns)
        for name, columns in connection.execute(_COLUMNS.encode())
        if name not in PASSING
    }
    wanted = {table.name: set(table.columns) for table in tables}
    if there != wanted:
        apart = sorted(
            name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name)
        )
        raise ProblemError(
            f"The database's tables are not those of the backup: {', '.join(apart[:5])}.",
            "Restore it with the version of Samskap that made it.",
        )


def _remember(connection: psycopg.Connection[Any], prepared_from: str) -> None:
    """Let the database remember what it was prepared from (``samskap.cli.fingerprints``)."""
    said = sql.Literal(prepared_from or None)
    connection.execute(sql.SQL("COMMENT ON TABLE public.django_migrations IS {}").format(said))


def _switch(
    connection: psycopg.Connection[Any], table: str, how: LiteralString, trigger: str
) -> None:
    statement = sql.SQL("ALTER TABLE {} " + how + " {}").format(
        sql.Identifier("public", table), sql.Identifier(trigger)
    )
    connection.execute(statement)


def _empty(connection: psycopg.Connection[Any], tables: tuple[Table, ...]) -> None:
    """Remove what the migrations themselves put in, and what passes."""
    names = [*(table.name for table in tables), *sorted(PASSING)]
    there = {name for (name,) in connection.execute(_NAMES.encode())}
    listed = sql.SQL(", ").join(sql.Identifier("public", name) for name in names if name in there)
    connection.execute(sql.SQL("TRUNCATE TABLE {}").format(listed))


def _fill(connection: psycopg.Connection[Any], table: Table, archive: Archive) -> None:
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier("public", table.name), sql.SQL(", ").join(map(sql.Identifier, table.columns))
    )
    with connection.cursor() as cursor:
        with cursor.copy(statement) as copy:
            for block in archive.blocks(table.part):
                copy.write(block)
        if cursor.rowcount != table.rows:
            raise ProblemError(
                f"The table {table.name} took {cursor.rowcount} rows of {table.rows}.",
                "Nothing was restored. Take another backup.",
            )


def _count(connection: psycopg.Connection[Any], table: str) -> int:
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table))
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _short(error: psycopg.Error) -> str:
    """Say what is wrong without the values, which may be anybody's."""
    about = error.diag
    where = " in ".join(
        filter(None, (about.constraint_name or about.column_name, about.table_name))
    )
    return f"{about.sqlstate or type(error).__name__} {where}".strip()
