"""``samskap backup``: everything an installation keeps, in one file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import samskap
from samskap.cli.installation import Installation, as_json, database, tell
from samskap.runtime import backups
from samskap.runtime.backups.shelf import Habit, Shelf, made_at
from samskap.runtime.diagnosis import explained
from samskap.runtime.postgres.lock import FolderLock
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from samskap.runtime.backups import Manifest

_EPILOG = """\b
Examples:
  samskap backup
  samskap backup --to /mnt/elsewhere
  samskap backup verify /mnt/elsewhere/samskap-20261124T013000Z.backup
  samskap backup list
"""
_FILE = click.Path(dir_okay=False, path_type=Path)
_MB = 1024 * 1024
LEDGER = "erasures.jsonl"
_DISK_STORAGE = "django.core.files.storage.FileSystemStorage"


@click.group(invoke_without_command=True, epilog=_EPILOG)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to put it in; the installation's own if left out.",
)
@click.option("--json", "wants_json", is_flag=True, help="For a program to read.")
@click.pass_context
def backup(ctx: click.Context, *, folder: Path | None, wants_json: bool) -> None:
    """Make a backup of database, files and keys in one file, and read it through.

    Goes on while the installation serves. Older ones than SAMSKAP_BACKUP_DAYS are removed. The file
    holds everything, keys as well: guard it as you guard the machine.
    """
    if ctx.invoked_subcommand is None:
        made, manifest = make_backup(Installation.here(), folder)
        facts = _facts(made, manifest)
        click.echo(as_json(facts) if wants_json else _lines(made, manifest))


@backup.command(epilog="\b\nExample:\n  samskap backup verify samskap-20261124T013000Z.backup")
@click.argument("file", type=_FILE)
@click.option("--fingerprint", default="", help="What was said of it when it was made.")
@click.option("--json", "wants_json", is_flag=True, help="For a program to read.")
def verify(file: Path, *, fingerprint: str, wants_json: bool) -> None:
    """Read the whole of FILE, and say whether it is what it was when it was made.

    Needs no database and no installation, and takes nothing out of it.
    """
    manifest = backups.verify(file, fingerprint=fingerprint)
    click.echo(as_json(_facts(file, manifest)) if wants_json else _lines(file, manifest))


@backup.command("list", epilog="\b\nExample:\n  samskap backup list --json")
@click.option("--json", "wants_json", is_flag=True, help="For a program to read.")
def list_(*, wants_json: bool) -> None:
    """List the backups there are, the newest first."""
    shelf = Habit.of(Installation.here().folders.data, os.environ).shelf
    found = [(path, made_at(path).isoformat(), path.stat().st_size) for path in shelf.backups()]
    if wants_json:
        names = ("file", "made_at", "bytes")
        click.echo(
            as_json([dict(zip(names, (str(path), *rest), strict=True)) for path, *rest in found])
        )
        return
    for path, moment, size in found:
        click.echo(f"{moment}  {size / _MB:8.1f} MB  {path}")
    if not found:
        tell(f"There are no backups in {shelf.folder} yet. Make one: samskap backup.")


def make_backup(installation: Installation, folder: Path | None = None) -> tuple[Path, Manifest]:
    """Make a backup and remove those that are too old; return where it is and what it says.

    Raises
    ------
    ProblemError
        Another is being made, the database does not answer, or the disk is full.
    """
    habit = Habit.of(installation.folders.data, os.environ)
    shelf = Shelf(folder.resolve()) if folder else habit.shelf
    now = datetime.now(UTC)
    with (
        explained(installation.folders.data, room_for="the backup"),
        database(installation) as addresses,
        alone(installation),
    ):
        shelf.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = shelf.name_for(now)
        manifest = backups.write_backup(
            target,
            data=installation.folders.data,
            owner_url=addresses.owner,
            version=samskap.__version__,
            files_are_elsewhere=_files_are_elsewhere(),
        )
        _keep_ledger(installation.folders.data / LEDGER, shelf.folder / LEDGER)
        shelf.remove_older(now=now, days=habit.days)
    return target, manifest


def _keep_ledger(ledger: Path, copy: Path) -> None:
    """Keep who was erased beside the backups, for a restore on another machine; keys, no names.

    Nobody is taken out: an installation that came back from an old backup knows fewer than the copy
    does, and a newer backup may still hold them.
    """
    if ledger.exists():
        known = copy.read_bytes().splitlines() if copy.exists() else []
        lines = dict.fromkeys([*known, *ledger.read_bytes().splitlines()])
        draft = copy.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_bytes(b"".join(line + b"\n" for line in lines))
        draft.replace(copy)


class alone:  # noqa: N801 - read as a word after "with"
    """Be the only one who makes or restores a backup of an installation.

    Raises
    ------
    ProblemError
        Somebody else is at it.
    """

    def __init__(self, installation: Installation) -> None:
        self._lock = FolderLock(installation.folders.data / "backup.lock")

    def __enter__(self) -> None:
        try:
            self._lock.acquire()
        except ProblemError as problem:
            raise ProblemError(
                "Another backup, or a restore, is under way.", "Wait until it is done."
            ) from problem

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _files_are_elsewhere() -> bool:
    return os.environ.get("SAMSKAP_FILE_STORAGE", _DISK_STORAGE) != _DISK_STORAGE


def _facts(path: Path, manifest: Manifest) -> dict[str, Any]:
    return {
        "file": str(path),
        "bytes": path.stat().st_size,
        "fingerprint": manifest.fingerprint,
        "made_at": manifest.made_at,
        "samskap": manifest.samskap,
        "postgresql": manifest.postgresql,
        "tables": len(manifest.tables),
        "rows": sum(table.rows for table in manifest.tables),
        "files": sum(part.name.startswith("files/") for part in manifest.parts),
        "files_are_elsewhere": manifest.files_are_elsewhere,
        "log": manifest.log,
    }


def _lines(path: Path, manifest: Manifest) -> str:
    facts = _facts(path, manifest)
    made = "  made {made_at} by Samskap {samskap} on PostgreSQL {postgresql}"
    holds = "  {rows} rows in {tables} tables, {files} files, {size:.1f} MB, read through and whole"
    log = "  the log: {log[entries]} entries, {log[sealed]} sealed, head {log[head]}"
    lines = ["{file}", made, holds, log, "  fingerprint {fingerprint}"]
    if manifest.files_are_elsewhere:
        lines.append("  files are kept by a storage of their own, and are not in here")
    return "\n".join(lines).format(**facts, size=facts["bytes"] / _MB)
