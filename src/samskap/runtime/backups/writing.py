"""Writing a backup: beside its place, onto the disk, read through again, and then put in place."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from samskap.runtime.backups import dumping
from samskap.runtime.backups.manifest import NAME, Manifest, Part, Table
from samskap.runtime.backups.reading import verify
from samskap.runtime.diagnosis import explained
from samskap.runtime.folders import short_name
from samskap.runtime.keeping import PRIVATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

UNFINISHED: Final = ".unfinished-"
_HELD: Final = ".held-for-backup-"
_BLOCK: Final = 1024 * 1024
_LEVEL: Final = 3  # of 9: most of what can be saved, in a third of the time
_KEPT_FOLDERS: Final = ("files", "secrets")
_KEPT_FILES: Final = ("installation.json",)


def write_backup(
    target: Path, *, data: Path, owner_url: str, version: str, files_are_elsewhere: bool = False
) -> Manifest:
    """Write everything the installation in ``data`` keeps to ``target``, whole or not at all.

    The file is readable by its own user only. What can be served meanwhile goes on being served.

    Raises
    ------
    ProblemError
        The disk is full, or cannot be written to; nothing is left of the attempt.
    FileExistsError
        There is something at ``target`` already.
    """
    with explained(target.parent, room_for="the backup"):
        mark = f"{UNFINISHED}{short_name(data)}-"
        remove_unfinished(target.parent, mark)
        remove_unfinished(data, _HELD)
        draft = _draft(target.parent, mark)
        try:
            with draft.open("w+b") as file:
                manifest = _write(file, data, owner_url, version, elsewhere=files_are_elsewhere)
                file.flush()
                os.fsync(file.fileno())
            verify(draft)
            target.hardlink_to(draft)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(target.parent)
    return manifest


def remove_unfinished(folder: Path, mark: str) -> None:
    """Remove what a killed attempt left; call it as the only one who writes this mark."""
    for left in folder.glob(f"{mark}*"):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink(missing_ok=True)


def _draft(folder: Path, mark: str) -> Path:
    """Make an empty file that is private from its first moment."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=mark)
    os.close(handle)
    return Path(name)


def sync_folder(folder: Path) -> None:
    """Let a name that was put in a folder be on the disk, as its contents are."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(
    file: IO[bytes], data: Path, owner_url: str, version: str, *, elsewhere: bool
) -> Manifest:
    with _held_files(data) as held:
        held.take()
        with (
            dumping.held_still(owner_url) as database,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
        ):
            # A file that came in between the two looks is one that the database may speak of.
            held.take()
            parts: list[Part] = []
            tables = tuple(_write_tables(archive, database, parts))
            parts += [_write_part(archive, name, _blocks(path)) for name, path in held.found()]
            manifest = Manifest(
                made_at=database.made_at,
                samskap=version,
                postgresql=database.postgresql,
                migrations=database.migrations,
                tables=tables,
                sequences=database.sequences,
                log=database.log(),
                prepared_from=database.prepared_from,
                files_are_elsewhere=elsewhere,
                parts=tuple(parts),
            )
            _write_part(archive, NAME, [manifest.written()])
    return manifest


def _write_tables(
    archive: zipfile.ZipFile, database: dumping.Snapshot, parts: list[Part]
) -> Iterator[Table]:
    for shape in database.shapes:
        rows = _Rows(database.rows_of(shape))
        parts.append(_write_part(archive, Table(shape.name, (), 0).part, rows))
        yield Table(shape.name, shape.columns, rows.number)


@dataclass
class _Rows:
    """Blocks of a table on their way, counted as they go by."""

    blocks: Iterable[bytes]
    number: int = 0

    def __iter__(self) -> Iterator[bytes]:
        for block in self.blocks:
            self.number += dumping.count_rows(block)
            yield block


def _write_part(archive: zipfile.ZipFile, name: str, blocks: Iterable[bytes]) -> Part:
    digest, length = hashlib.sha256(), 0
    # The moment and the rights of a part say nothing that the manifest does not.
    about = zipfile.ZipInfo(name)
    about.external_attr, about.compress_type = PRIVATE << 16, zipfile.ZIP_DEFLATED
    with archive.open(about, "w", force_zip64=True) as part:
        for block in blocks:
            digest.update(block)
            length += len(block)
            part.write(block)
    return Part(name, length, digest.hexdigest())


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


# Files, held while the database is read -----------------------------------------------------------


@dataclass
class _Held:
    """The installation's files under a second name, so that none goes while we look at it."""

    data: Path
    folder: Path
    _names: set[str] = field(default_factory=set)

    def take(self) -> None:
        """Hold every file that is there now."""
        for path in self._there():
            name = path.relative_to(self.data).as_posix()
            if name in self._names:
                continue
            second = self.folder / name
            second.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                _hold(path, second)
            except FileNotFoundError:  # It went while we looked, so the database knows it no more.
                continue
            self._names.add(name)

    def found(self) -> list[tuple[str, Path]]:
        """List what is held: the name it has in the installation, and where it can be read."""
        return [(name, self.folder / name) for name in sorted(self._names)]

    def _there(self) -> Iterator[Path]:
        for name in _KEPT_FOLDERS:
            yield from (path for path in sorted((self.data / name).rglob("*")) if _is_kept(path))
        yield from (self.data / name for name in _KEPT_FILES if (self.data / name).is_file())


def _is_kept(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _hold(path: Path, second: Path) -> None:
    try:
        second.hardlink_to(path)
    except FileNotFoundError:
        raise
    except OSError:  # A disk that knows no second names.
        shutil.copy2(path, second)


@contextmanager
def _held_files(data: Path) -> Iterator[_Held]:
    with tempfile.TemporaryDirectory(dir=data, prefix=_HELD) as name:
        yield _Held(data, Path(name))
