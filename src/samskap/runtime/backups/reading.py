"""Reading a backup: nothing of it is believed before it has been held up to the manifest."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from samskap.runtime.backups.dumping import count_rows
from samskap.runtime.backups.manifest import NAME, Manifest, Part, not_a_backup
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BLOCK: Final = 1024 * 1024
_LARGEST_MANIFEST: Final = 256 * 1024 * 1024
_FOLDERS: Final = ("database", "files", "secrets")
_FILES: Final = frozenset({"installation.json"})
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Archive:
    """An open backup: what it says of itself, and its parts to read."""

    manifest: Manifest
    _zip: zipfile.ZipFile

    def blocks(self, part: str) -> Iterator[bytes]:
        """Yield what a part holds, unpacked, a block at a time."""
        with _telling_damage(), self._zip.open(part) as file:
            yield from _blocks(file)

    def parts_in(self, folder: str) -> list[Part]:
        """List the parts in one of the archive's folders."""
        return [part for part in self.manifest.parts if part.name.startswith(f"{folder}/")]


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open a backup and read its manifest, but none of its parts.

    Raises
    ------
    ProblemError
        It is not a backup, not a whole one, or its names are not what a manifest may name.
    """
    try:
        with _telling_damage(), zipfile.ZipFile(path) as archive:
            if archive.getinfo(NAME).file_size > _LARGEST_MANIFEST:
                raise not_a_backup()
            manifest = Manifest.read(archive.read(NAME))
            _require_same_names(archive, manifest)
            yield Archive(manifest, archive)
    except KeyError as error:
        raise not_a_backup() from error
    except FileNotFoundError as error:
        raise ProblemError(
            f"There is no file {path}.", "samskap backup list shows those there are."
        ) from error


def verify(path: Path, *, fingerprint: str = "") -> Manifest:
    """Read a whole backup and hold every part up to the manifest, and that to its fingerprint.

    Raises
    ------
    ProblemError
        Something is missing, too much, or not as the manifest says; or it is not that backup.
    """
    with open_archive(path) as archive:
        manifest = archive.manifest
        if fingerprint and manifest.fingerprint != fingerprint.lower():
            raise ProblemError(
                "The backup is not the one with that fingerprint.",
                "Compare it with what was said when it was made, or take another backup.",
            )
        rows = {table.part: table.rows for table in manifest.tables}
        for part in manifest.parts:
            _require_same(archive, part, rows.get(part.name))
    return manifest


def _require_same(archive: Archive, part: Part, rows: int | None) -> None:
    digest, length, counted = hashlib.sha256(), 0, 0
    for block in archive.blocks(part.name):
        length += len(block)
        if length > part.length:
            break
        digest.update(block)
        counted += count_rows(block)
    is_same = (length, digest.hexdigest()) == (part.length, part.sha256)
    if not is_same or (rows is not None and counted != rows):
        raise ProblemError(
            f"The backup's part {part.name} is not what it was when the backup was made.",
            "The file was damaged or changed. Take another backup.",
        )


def _require_same_names(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Insist on each part once, no other, and none that would leave the folder it is put in."""
    there = sorted(archive.namelist())
    promised = sorted([NAME, *(part.name for part in manifest.parts)])
    tables = {table.part for table in manifest.tables}
    in_database = {part.name for part in manifest.parts if part.name.startswith("database/")}
    if there != promised or tables != in_database or not all(map(_is_safe, promised)):
        raise not_a_backup()


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or str(path) != name:
        return False
    return name in {NAME, *_FILES} or (len(path.parts) > 1 and path.parts[0] in _FOLDERS)


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block


@contextmanager
def _telling_damage() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise not_a_backup() from error
