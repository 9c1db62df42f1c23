"""Migrating as the database's owner, with progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

if TYPE_CHECKING:
    from collections.abc import Callable

_TELL_EVERY = 10


def owner_alias() -> str:
    """Return the connection that migrates: the owner's, or the only one there is."""
    return "owner" if "owner" in settings.DATABASES else DEFAULT_DB_ALIAS


def migrate_as_owner(tell: Callable[[str], None]) -> int:
    """Apply what is missing, and count it."""
    alias = owner_alias()
    total = len(_plan(alias))
    if total:
        tell(f"Migrating the database: {total} migrations.")
    with connections[alias].cursor() as cursor:
        # Rather fail than stand first in a queue that the whole installation waits behind.
        cursor.execute("SET lock_timeout = '10s'")
    call_command("migrate", database=alias, interactive=False, stdout=_Counter(tell, total))
    connections[alias].close()
    return total


def _plan(alias: str) -> list[Any]:
    executor = MigrationExecutor(connections[alias])
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


class _Counter:
    """Hears what ``migrate`` prints, and tells every tenth migration."""

    def __init__(self, tell: Callable[[str], None], total: int) -> None:
        self._tell = tell
        self._total = total
        self._done = 0

    def write(self, said: str) -> None:
        if " OK" not in said:
            return
        self._done += 1
        if self._done % _TELL_EVERY == 0:
            self._tell(f"  {self._done} of {self._total}")

    def flush(self) -> None:
        """Do nothing: every word is told at once."""
