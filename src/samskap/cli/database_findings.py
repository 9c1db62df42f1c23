"""What ``samskap doctor`` finds in the database server, asked without Django."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import psycopg

from samskap.cli.findings import Finding, failed, ok
from samskap.runtime.binaries import SUPPORTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.cli.installation import Addresses

_PATIENCE_S: Final = 10
_CLOCK_SLACK_S: Final = 60
_APPEND_ONLY: Final = ("trust_auditentry", "trust_auditseal", "trust_loghead", "trust_erasure")
_GUIDE: Final = "docs/guides/operating.md says how the two roles are made."

_FACTS: Final = """
SELECT current_setting('server_version_num')::int / 10000,
       current_setting('server_encoding'),
       lower('ÆØÅ') = 'æøå' AND 'ø' ~ '^[[:alpha:]]$',
       (SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'),
       extract(epoch FROM clock_timestamp())::float8
"""
_TOO_MUCH: Final = """
SELECT 'is a superuser' FROM pg_roles WHERE rolname = current_user AND rolsuper
UNION ALL SELECT 'may make roles' FROM pg_roles WHERE rolname = current_user AND rolcreaterole
UNION ALL SELECT 'is a member of the owner role'
  WHERE pg_has_role(current_user, %(owner)s, 'MEMBER')
UNION ALL SELECT 'may create in the schema' WHERE has_schema_privilege('public', 'CREATE')
UNION ALL SELECT 'owns ' || relname FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
    AND pg_get_userbyid(relowner) = current_user
UNION ALL SELECT 'may truncate ' || relname FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    AND has_table_privilege(oid, 'TRUNCATE')
UNION ALL SELECT 'may change ' || relname FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%(log)s)
    AND has_table_privilege(oid, 'UPDATE, DELETE')
"""
_TOO_LITTLE: Final = """
SELECT 'may not add to ' || relname FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%(log)s)
    AND NOT has_table_privilege(oid, 'INSERT')
UNION ALL SELECT 'may not read ' || relname FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
    AND NOT has_table_privilege(oid, 'SELECT')
"""


@dataclass(frozen=True, slots=True)
class _Server:
    version: int
    encoding: str
    knows_our_letters: bool
    has_trigrams: bool
    time: float


def findings_of_the_database(addresses: Addresses) -> Iterator[Finding]:
    """Look at the server, its locale and clock, and the rights of the two roles."""
    try:
        with psycopg.connect(addresses.app, connect_timeout=_PATIENCE_S) as app:
            server = _server(app)
            yield _version(server)
            yield _letters(server, app)
            yield _clock(server)
            yield from _roles(addresses, app)
    except psycopg.Error as error:
        said = str(error).strip().partition("\n")[0].rstrip(".")
        yield failed(
            "database",
            f"The database does not answer the application: {said}.",
            "See that it runs, and that DATABASE_URL has the right address, role and password.",
        )


def _server(connection: psycopg.Connection[Any]) -> _Server:
    row = connection.execute(_FACTS).fetchone()
    if row is None:
        raise psycopg.DataError("no answer")
    version, encoding, letters, trigrams, now = row
    return _Server(version, encoding, letters, bool(trigrams), now)


def _version(server: _Server) -> Finding:
    if server.version not in SUPPORTED or server.encoding != "UTF8":
        first, last = SUPPORTED[0], SUPPORTED[-1]
        return failed(
            "database",
            f"PostgreSQL {server.version} in {server.encoding} answers.",
            f"Use PostgreSQL {first} to {last}, with a database in UTF8.",
        )
    return ok("database", f"PostgreSQL {server.version} answers, in UTF8.")


def _letters(server: _Server, connection: psycopg.Connection[Any]) -> Finding:
    """Ask what only a locale with letters answers: pg_trgm throws away what it takes for none."""
    known = server.knows_our_letters
    if known and server.has_trigrams:
        row = connection.execute("SELECT cardinality(show_trgm('ø')) > 0").fetchone()
        known = bool(row and row[0])
    if not known:
        return failed(
            "locale",
            "In this database æ, ø and å are no letters, so that searches miss them in silence.",
            "Make the database anew with LC_CTYPE C.UTF-8 (or another UTF-8 locale), and restore.",
        )
    return ok("locale", "æ, ø and å are letters.")


def _clock(server: _Server) -> Finding:
    apart = abs(server.time - time.time())
    if apart > _CLOCK_SLACK_S:
        return failed(
            "database clock",
            f"The database's clock and this machine's are {apart:.0f} s apart.",
            "Let both keep their time right (timedatectl set-ntp true).",
        )
    return ok("database clock", "The database's clock agrees with this machine's.")


def _roles(addresses: Addresses, app: psycopg.Connection[Any]) -> Iterator[Finding]:
    with psycopg.connect(addresses.owner, connect_timeout=_PATIENCE_S) as owner:
        owner_name, app_name = owner.info.user, app.info.user
    if owner_name == app_name:
        sentence = f"One role, {app_name}, both owns the tables and works with them."
        remedy = f"Make two, and name the owner in DATABASE_OWNER_URL: {_GUIDE}"
        yield failed("roles", sentence, remedy)
        return
    named = {"owner": owner_name, "log": list(_APPEND_ONLY)}
    too_much = [row[0] for row in app.execute(_TOO_MUCH, named).fetchall()]
    too_little = [row[0] for row in app.execute(_TOO_LITTLE, named).fetchall()]
    if too_much:
        remedy = f"Take that from it, and run samskap migrate: {_GUIDE}"
        yield failed("roles", f"The role {app_name} {_listed(too_much)}.", remedy)
    elif too_little:
        remedy = "Run samskap migrate: it gives the role its rights."
        yield failed("roles", f"The role {app_name} {_listed(too_little)}.", remedy)
    else:
        yield ok(
            "roles", f"{owner_name} owns; {app_name} owns nothing and only adds to the audit log."
        )


def _listed(what: list[str]) -> str:
    shown = what[:3]
    more = f" and {len(what) - len(shown)} things more" if len(what) > len(shown) else ""
    return ", ".join(shown) + more
