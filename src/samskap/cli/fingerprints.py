"""Knowing, without starting Django, whether a database is as this version and region want it.

The database itself remembers what it was last prepared from, in the comment of a table that its
owner always has: so the answer travels with a dump, and a new or restored database is never
taken for one that is ready.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from collections.abc import Iterable
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_TABLE: Final = "public.django_migrations"
_WRITTEN: Final = re.compile(r"samskap code=([0-9a-f]{64}) region=([0-9a-f]{64})")
_CODE: Final = {".py", ".json", ".sql", ".yaml"}


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a database is prepared from: this version's code, and a region's data."""

    code: str
    region: str

    def __str__(self) -> str:
        return f"samskap code={self.code} region={self.region}"


NOTHING: Final = Fingerprint("", "")


def of_this_version(region: Path, *, demo: bool) -> Fingerprint:
    """Take the fingerprint of the installed product and of a region folder."""
    return fingerprint(_PACKAGE, region, versions=_versions(), demo=demo)


def fingerprint(package: Path, region: Path, *, versions: str, demo: bool) -> Fingerprint:
    """Take the fingerprint of the package's code with its libraries, and of a region folder."""
    return Fingerprint(
        code=_digest(package, _CODE, versions),
        region=_digest(region, {".yaml", ".yml"}, f"demo={demo}"),
    )


def recorded(owner_url: str) -> Fingerprint:
    """Read what a database was last prepared from; nothing when it never was."""
    with psycopg.connect(owner_url) as connection:
        row = connection.execute(
            "SELECT obj_description(to_regclass(%s), 'pg_class')", [_TABLE]
        ).fetchone()
    found = _WRITTEN.fullmatch(row[0]) if row and row[0] else None
    return Fingerprint(*found.groups()) if found else NOTHING


def record(owner_url: str, prepared: Fingerprint) -> None:
    """Write into a database what it is prepared from now."""
    statement = sql.SQL("COMMENT ON TABLE {} IS {}").format(
        sql.Identifier(*_TABLE.split(".")), sql.Literal(str(prepared))
    )
    with psycopg.connect(owner_url) as connection:
        connection.execute(statement)


def _versions() -> str:
    """Say which libraries are installed: one of them may bring migrations of its own."""
    found = {f"{one.name}=={one.version}" for one in importlib.metadata.distributions()}
    return " ".join(sorted(found))


def _digest(folder: Path, suffixes: Iterable[str], facts: str) -> str:
    digest = hashlib.sha256(facts.encode())
    paths = (path for path in folder.rglob("*") if path.suffix in suffixes and path.is_file())
    for path in sorted(paths):
        digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
