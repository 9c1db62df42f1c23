"""``samskap restore``: an installation as a backup holds it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from samskap.cli.backup import LEDGER, alone
from samskap.cli.installation import PROJECT, Addresses, Installation, require_answer, tell
from samskap.cli.serving import claimed
from samskap.runtime import backups
from samskap.runtime.backups import schemas, staging
from samskap.runtime.diagnosis import explained
from samskap.runtime.folders import DataFolders
from samskap.runtime.postgres.lock import FolderLock
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.runtime.backups import Archive, Manifest

_EPILOG = """\b
Examples:
  SAMSKAP_DATA=/srv/samskap-new samskap restore samskap-20261124T013000Z.backup
  samskap restore samskap-20261124T013000Z.backup --replace
"""


@click.command(epilog=_EPILOG)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Though there is something here; it is kept aside.")
@click.option(
    "--erasures",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Another list of who was erased, kept elsewhere (erasures.jsonl).",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(file: Path, *, replace: bool, erasures: Path | None, yes: bool) -> None:
    """Bring database, files and keys back as they were when FILE was made.

    The whole file is looked through first. What is there is not touched before everything has been
    made beside it and looked at; then it is kept aside. Erasures made since the backup are done
    again before anyone can sign in.
    """
    installation = Installation.here()
    manifest = backups.verify(file)
    data = installation.folders.data
    # A ledger that is not there is an empty one: then nobody was erased.
    ledgers = [data / LEDGER, file.parent / LEDGER, *([erasures] if erasures else [])]
    if not any(ledger.exists() for ledger in ledgers):
        tell(
            "No list of who was erased since stands here or beside the backup; name one with"
            " --erasures if there is."
        )
    with explained(data), claimed(installation), alone(installation):
        if staging.finish(data):
            tell("Finished a restore that had been cut short.")
        if not installation.has_own_server:
            require_answer(installation.external_addresses())
        is_occupied = _is_occupied(installation)
        if is_occupied and not replace:
            raise ProblemError(
                f"There is an installation in {data} already."
                if installation.has_own_server
                else "There are tables in the database that DATABASE_OWNER_URL names already.",
                "Say --replace to put it aside, or choose another SAMSKAP_DATA.",
            )
        aside = f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        _say_what_happens(installation, manifest, aside=aside if is_occupied else "")
        if not yes:
            click.confirm("Go on?", abort=True, err=True)
        with backups.open_archive(file) as archive:
            _restore(installation, archive, aside=aside, ledgers=ledgers)
    click.echo(f"The installation is as it was at {manifest.made_at}. Serve it with samskap up.")


def _say_what_happens(installation: Installation, manifest: Manifest, *, aside: str) -> None:
    rows = sum(table.rows for table in manifest.tables)
    files = sum(part.name.startswith("files/") for part in manifest.parts)
    tell(
        f"This makes the installation in {installation.folders.data} what it was at "
        f"{manifest.made_at}: {rows} rows, {files} files and the keys."
    )
    if aside:
        tell(f"What is there now is kept aside, as {aside}. Remove it when you need it no more.")
    if manifest.files_are_elsewhere:
        tell("The backup holds no files: they are kept by a storage of their own.")
    tell("Whoever is signed in must sign in anew, and letters that waited then go out now.")


def _is_occupied(installation: Installation) -> bool:
    if staging.is_occupied(installation.folders.data):
        return True
    if installation.has_own_server:
        return False
    return schemas.has_tables(installation.external_addresses().owner)


def _restore(
    installation: Installation, archive: Archive, *, aside: str, ledgers: list[Path]
) -> None:
    data, own = installation.folders.data, installation.has_own_server
    stage = staging.begin(data, archive.manifest, with_database=own)
    try:
        staging.unpack(archive, stage)
        made = Installation(DataFolders.locate(PROJECT, {**os.environ, "SAMSKAP_DATA": str(stage)}))
        with _empty_database(made, aside=aside) as addresses:
            from samskap.cli.restoring import fill  # noqa: PLC0415 - needs Django

            fill(made, addresses, archive, ledgers=ledgers)
        if own:
            _change_places(data, aside=aside)
        else:
            staging.change_places(data, aside=aside)
    finally:
        staging.give_up(data)


def _change_places(data: Path, *, aside: str) -> None:
    """Change places while nobody else runs the database that goes."""
    lock = FolderLock(data / "database.lock")
    lock.acquire()
    try:
        staging.change_places(data, aside=aside)
    finally:
        lock.release()


@contextmanager
def _empty_database(made: Installation, *, aside: str) -> Iterator[Addresses]:
    """Give a database to fill: a new cluster, or the named one with its tables put aside."""
    if not made.has_own_server:
        addresses = made.external_addresses()
        with schemas.put_aside(addresses.owner, aside.replace("-", "_").lower()):
            yield addresses
        return
    supervisor = made.supervisor()
    try:
        supervisor.initialise()
        supervisor.start()
        yield Addresses(owner=supervisor.owner_url, app=supervisor.app_url)
    finally:
        supervisor.stop()
