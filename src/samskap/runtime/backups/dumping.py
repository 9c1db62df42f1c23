"""Reading a whole database as it was in one moment, with nothing but a connection to it.

``pg_dump`` must be as new as the server and lie somewhere on the machine; COPY goes wherever we go,
and what it writes can be read by any version (docs/decisions says more).
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# What must not come back: sign-ins that have ended since, and counts of attempts.
PASSING: Final = frozenset({"django_session", "kernel_cached"})
# How values are written: the same on every server, whatever it is set to.
MANNER: Final = """
SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres'; SET LOCAL timezone = 'UTC';
SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex';
SET LOCAL client_encoding = 'UTF8';
SET LOCAL search_path = public; SET LOCAL lock_timeout = '10s'; SET LOCAL statement_timeout = 0;
SET LOCAL idle_in_transaction_session_timeout = 0
"""
_TABLES: Final = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname
"""
_COLUMNS: Final = """
SELECT relname, array_agg(attname::text ORDER BY attnum)
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
  AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
GROUP BY relname
"""
_KEYS: Final = """
SELECT relname, array_agg(attname::text ORDER BY array_position(indkey, attnum))
FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
WHERE relnamespace = 'public'::regnamespace AND indisprimary
GROUP BY relname
"""
_POINTS_TO: Final = """
SELECT a.relname, b.relname
FROM pg_constraint JOIN pg_class a ON a.oid = conrelid JOIN pg_class b ON b.oid = confrelid
WHERE contype = 'f' AND a.oid <> b.oid AND NOT condeferrable
  AND a.relnamespace = 'public'::regnamespace
"""
_SEQUENCES: Final = """
SELECT sequencename, coalesce(last_value, start_value), last_value IS NOT NULL
FROM pg_sequences WHERE schemaname = 'public' ORDER BY sequencename
"""
_ENTRIES, _SEALS = "trust_auditentry", "trust_auditseal"
_LOG: Final = "SELECT count(*), coalesce(max(id), 0) FROM trust_auditentry"
_HEAD: Final = """
SELECT coalesce(max(sequence), 0), coalesce(max(encode(hash, 'hex')), '')
FROM (SELECT sequence, hash FROM trust_auditseal ORDER BY sequence DESC LIMIT 1) newest
"""
_FACTS: Final = """
SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
       current_setting('server_version'),
       coalesce(obj_description(to_regclass('public.django_migrations'), 'pg_class'), '')
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table before its rows are read: its columns, and those it is ordered by."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]


class Snapshot:
    """A database held still; ``shapes`` in the order they can be filled in."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self.made_at, self.postgresql, self.prepared_from = _one(connection, _FACTS)
        self.shapes = _shapes(connection)
        self.sequences = tuple(
            (str(name), int(last), bool(used)) for name, last, used in _all(connection, _SEQUENCES)
        )
        self.migrations = tuple(
            f"{app}.{name}"
            for app, name in _all(
                connection, "SELECT app, name FROM django_migrations ORDER BY app, name"
            )
        )

    def log(self) -> dict[str, Any]:
        """Say how far the audit log went: entries, the last one's number, and the chain's head."""
        there = {shape.name for shape in self.shapes}
        facts: dict[str, Any] = {"entries": 0, "last": 0, "sealed": 0, "head": ""}
        if _ENTRIES in there:
            facts["entries"], facts["last"] = _one(self._connection, _LOG)
        if _SEALS in there:
            facts["sealed"], facts["head"] = _one(self._connection, _HEAD)
        return facts

    def rows_of(self, shape: Shape) -> Iterator[bytes]:
        """Yield a table as COPY writes it: a line for each row, in the order of its key."""
        statement = sql.SQL("COPY (SELECT {} FROM {}{}) TO STDOUT").format(
            sql.SQL(", ").join(map(sql.Identifier, shape.columns)),
            sql.Identifier("public", shape.name),
            _ordered(shape),
        )
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for block in copy:
                yield bytes(block)


@contextmanager
def held_still(owner_url: str) -> Iterator[Snapshot]:
    """Hold a database still for reading: what others write meanwhile is not seen, nor stopped."""
    with psycopg.connect(owner_url, autocommit=True, connect_timeout=10) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        connection.execute(MANNER)
        _keep_as_they_are(connection, _listed(owner_url))
        yield Snapshot(connection)


def count_rows(block: bytes) -> int:
    """Count rows in what COPY wrote: a line break inside a value is written as two letters."""
    return block.count(b"\n")


def _listed(owner_url: str) -> list[str]:
    """List the tables on a connection of its own: the snapshot is to be taken after the locks."""
    with psycopg.connect(owner_url, connect_timeout=10) as other:
        return [name for (name,) in _all(other, _TABLES)]


def _keep_as_they_are(connection: psycopg.Connection[Any], names: list[str]) -> None:
    """Let no migration change a table while it is read."""
    if names:
        tables = sql.SQL(", ").join(sql.Identifier("public", name) for name in names)
        connection.execute(sql.SQL("LOCK TABLE {} IN ACCESS SHARE MODE").format(tables))


def _shapes(connection: psycopg.Connection[Any]) -> tuple[Shape, ...]:
    columns: Mapping[str, list[str]] = dict(_all(connection, _COLUMNS))
    keys: Mapping[str, list[str]] = dict(_all(connection, _KEYS))
    order = TopologicalSorter({name: set() for name in sorted(columns)})
    for name, pointed_to in _all(connection, _POINTS_TO):
        order.add(name, pointed_to)
    return tuple(
        Shape(name, tuple(columns[name]), tuple(keys.get(name, ())))
        for name in order.static_order()
        if name not in PASSING
    )


def _ordered(shape: Shape) -> sql.Composable:
    if not shape.key:
        return sql.SQL("")
    return sql.SQL(" ORDER BY {}").format(sql.SQL(", ").join(map(sql.Identifier, shape.key)))


def _all(connection: psycopg.Connection[Any], query: str) -> list[Any]:
    return connection.execute(query.encode()).fetchall()


def _one(connection: psycopg.Connection[Any], query: str) -> Any:
    row = connection.execute(query.encode()).fetchone()
    if row is None:
        raise psycopg.DataError("no answer")
    return row
