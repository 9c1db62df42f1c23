"""Making an installation anew beside the one that is there, and changing places in one go.

Until everything is made and looked at, what was there is as it was. The change itself is a few
renames on one disk; one that is cut short is finished by whoever starts next.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING, Final

from samskap.runtime.backups.writing import sync_folder
from samskap.runtime.diagnosis import free_bytes
from samskap.runtime.keeping import PRIVATE, keep, kept
from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from pathlib import Path

    from samskap.runtime.backups.manifest import Manifest, Part
    from samskap.runtime.backups.reading import Archive

_STAGE: Final = "restoring"
_READY: Final = "ready.json"
_PLACES: Final = ("database", "files", "secrets", "installation.json")
# Rows take more room in tables than in text: their heads, their indexes, and the server's log.
_SWELLS: Final = 4
_SPARE: Final = 128 * 1024 * 1024  # bytes
_MB: Final = 1024 * 1024
_OPEN_FOLDER, _PRIVATE_FOLDER = 0o755, 0o700


def stage_of(data: Path) -> Path:
    """Say where an installation is made anew."""
    return data / _STAGE


def begin(data: Path, manifest: Manifest, *, with_database: bool) -> Path:
    """Make an empty place to build in, after asking whether there is room.

    Raises
    ------
    ProblemError
        The disk has too little room for what the backup holds.
    """
    rows = sum(part.length for part in manifest.parts if part.name.startswith("database/"))
    others = sum(part.length for part in manifest.parts) - rows
    wanted = others + _SPARE + (rows * _SWELLS if with_database else 0)
    if (free := free_bytes(data)) < wanted:
        raise ProblemError(
            f"The disk that holds {data} has {free // _MB} MB free, and the restore takes "
            f"{wanted // _MB} MB.",
            "Free some space, or restore into another SAMSKAP_DATA. Nothing was changed.",
        )
    stage = stage_of(data)
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(mode=_OPEN_FOLDER)
    stage.chmod(_OPEN_FOLDER)
    return stage


def unpack(archive: Archive, stage: Path) -> None:
    """Put files, keys and what is remembered in place, each as the manifest says it is.

    Raises
    ------
    ProblemError
        One of them, read again from the disk, is not what it must be.
    """
    for folder in ("files", "secrets"):
        (stage / folder).mkdir(mode=_PRIVATE_FOLDER)
    for part in archive.manifest.parts:
        if not part.name.startswith("database/"):
            _unpack(archive, part, stage / part.name)
    for part in archive.manifest.parts:
        if not part.name.startswith("database/"):
            _require_same(part, stage / part.name)


def is_occupied(data: Path) -> bool:
    """Whether there is an installation in a data folder: a database, or files of people."""
    files = data / "files"
    return (data / "database").exists() or (files.is_dir() and any(files.iterdir()))


def change_places(data: Path, *, aside: str) -> Path:
    """Let what was made take the place of what is there, which is kept in the folder ``aside``."""
    stage = stage_of(data)
    keep(stage / _READY, {"aside": aside})
    sync_folder(stage)
    finish(data)
    return data / aside


def finish(data: Path) -> bool:
    """Finish a change of places that was cut short, and say whether there was one.

    What was begun and never came so far is removed: it took nothing from what was there.
    """
    stage = stage_of(data)
    if not stage.exists():
        return False
    aside = kept(stage / _READY).get("aside")
    if not aside:
        return False
    old = data / str(aside)
    old.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
    for name in _PLACES:
        # Made anew it is still in the stage; then what is in its place is the old one.
        if not (stage / name).exists():
            continue
        _put_aside(data / name, old / name)
        (stage / name).rename(data / name)
    sync_folder(old)
    sync_folder(data)
    shutil.rmtree(stage)
    if not any(old.iterdir()):
        old.rmdir()
    return True


def _put_aside(path: Path, old: Path) -> None:
    """Keep what is in a place, unless there is nothing in it."""
    if path.is_dir() and not any(path.iterdir()):
        path.rmdir()
    elif path.exists():
        path.rename(old)


def give_up(data: Path) -> None:
    """Remove what was being made, unless it is whole and on its way to its place."""
    stage = stage_of(data)
    if not kept(stage / _READY):
        shutil.rmtree(stage, ignore_errors=True)


def _unpack(archive: Archive, part: Part, path: Path) -> None:
    path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, PRIVATE), "wb") as file:
        for block in archive.blocks(part.name):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())


def _require_same(part: Part, path: Path) -> None:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != part.sha256:
        raise ProblemError(
            f"{part.name} did not come onto the disk as it is in the backup.",
            "Nothing was changed. See that the disk is sound, and try again.",
        )
