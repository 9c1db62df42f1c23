"""Filling an empty database from a backup: the tables of that day, the rows, and this version's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.cli.installation import enter, is_demo, tell
from samskap.runtime.backups import loading
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from samskap.cli.installation import Addresses, Installation
    from samskap.runtime.backups import Archive, Manifest


def fill(
    made: Installation, addresses: Addresses, archive: Archive, *, ledgers: Sequence[Path]
) -> None:
    """Make the tables as they were, put the rows in, look at them, and bring them up to now.

    ``ledgers`` are files that say who was erased, some of them since the backup.

    Raises
    ------
    ProblemError
        A newer version made the backup, or what is in the database is not what it should be.
    """
    enter(made.environment(addresses, demo=is_demo(made)))
    from django.db import connections  # noqa: PLC0415

    try:
        tell("Making the tables.")
        _migrate_to(archive.manifest)
        tell("Putting the rows in.")
        loading.load(archive, addresses.owner)
        _require_same_counts(archive.manifest, addresses)
        from samskap.cli.migrating import migrate_as_owner  # noqa: PLC0415

        migrate_as_owner(tell)
        _require_whole_log()
        _erase_again(ledgers)
    finally:
        connections.close_all()


def _require_whole_log() -> None:
    from samskap.trust.log.comparing import held_to, kept_heads  # noqa: PLC0415
    from samskap.trust.log.keys import known_keys  # noqa: PLC0415
    from samskap.trust.log.verifying import verify  # noqa: PLC0415

    verdict = held_to(verify(), kept_heads(), known=known_keys())
    if not verdict.is_whole:
        raise ProblemError(
            f"The backup's audit log does not hold at {verdict.number_of_breaks} places, the first "
            f"of them number {verdict.breaks[0].sequence}.",
            "It was changed before the backup was made. Take an older backup; find out by whom.",
        )
    tell(f"The log is whole: {verdict.checked} sealed entries hold.")


def _erase_again(ledgers: Sequence[Path]) -> None:
    """Erase whoever was erased since, before anyone can sign in."""
    from django.utils import timezone  # noqa: PLC0415

    from samskap.trust import audit  # noqa: PLC0415
    from samskap.trust.models.audit import Door  # noqa: PLC0415
    from samskap.trust.privacy import erasures  # noqa: PLC0415

    with audit.through(Door.CLI):
        again = sum(erasures.replay(at=timezone.now(), path=path) for path in ledgers)
    if again:
        tell(f"Erased again who had been erased since the backup: {again}.")


def _migrate_to(manifest: Manifest) -> None:
    """Apply the migrations the backup's database had, and no other."""
    from django.db import connections  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from samskap.cli.migrating import owner_alias  # noqa: PLC0415

    executor = MigrationExecutor(connections[owner_alias()])
    graph = executor.loader.graph
    wanted = {(app, name) for app, _, name in (each.partition(".") for each in manifest.migrations)}
    unknown = sorted(wanted - set(graph.nodes))
    if unknown:
        raise ProblemError(
            f"The backup was made by a newer version, Samskap {manifest.samskap}: it has "
            f"{len(unknown)} migrations that this one does not know.",
            "Install that version or a newer one, and restore with it.",
        )
    last = [
        key
        for key in sorted(wanted)
        if not any(
            child.key in wanted and child.key[0] == key[0] for child in graph.node_map[key].children
        )
    ]
    executor.migrate(last)
    connections[owner_alias()].close()


def _require_same_counts(manifest: Manifest, addresses: Addresses) -> None:
    found = loading.counts(addresses.owner, manifest.tables)
    apart = [table.name for table in manifest.tables if found[table.name] != table.rows]
    if apart:
        raise ProblemError(
            f"These tables do not hold what the backup does: {', '.join(apart)}.",
            "Nothing was changed. Take another backup.",
        )
