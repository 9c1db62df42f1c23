"""Turning what the machine and PostgreSQL say into one sentence and a remedy."""

import errno
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from samskap.runtime.account import can_see
from samskap.runtime.problem import ProblemError

SPACE_NEEDED = 16 * 1024 * 1024  # bytes; PostgreSQL writes its log in files of this size
LEAST_FREE_SETTING = "SAMSKAP_LEAST_FREE_MB"
LEAST_FREE_MB = 500  # what a night's backup and the server's log of a busy day take, and a margin
_MEGABYTE = 1024 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM}
_SAYS_FULL = re.compile(r"No space left on device|Disk quota exceeded|Check free disk space")
# What the server says of itself, not of a session: those lines name a user before the level.
_SAYS_WHY = re.compile(
    r"(?:\] (?:FATAL|PANIC)|^initdb: error|^postgres: error):\s+(.+)", re.MULTILINE
)


@contextmanager
def explained(folder: Path, *, room_for: str = "the database") -> Iterator[None]:
    """Raise a full disk, a missing right or a read-only disk under ``folder`` as a ProblemError."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise disk_full(folder, room_for) from error
        where = error.filename or folder
        if error.errno in _FORBIDDEN:
            raise ProblemError(
                f"This user may not write to {where}.",
                "Run as the user who made the data folder, or choose another with SAMSKAP_DATA.",
            ) from error
        if error.errno == errno.ENOTDIR:
            raise ProblemError(
                f"{where} is a file where a folder is needed, or lies under one.",
                "Move the file away, or choose another data folder with SAMSKAP_DATA.",
            ) from error
        if error.errno == errno.EROFS:
            raise ProblemError(
                f"{where} is on a disk that can only be read.",
                "Choose a data folder that can be written to with SAMSKAP_DATA.",
            ) from error
        raise


def disk_full(folder: Path, room_for: str = "the database") -> ProblemError:
    """Say that the disk under a folder is full, and how much is left on it."""
    left = free_bytes(folder) / _MEGABYTE
    return ProblemError(
        f"The disk that holds {folder} has no room for {room_for} ({left:.0f} MB free).",
        "Free some space; everything acknowledged before is still there.",
    )


def free_bytes(folder: Path) -> int:
    """Count the bytes an ordinary user may still write to the disk under a folder."""
    nearest = next(path for path in (folder, *folder.parents) if can_see(path))
    facts = os.statvfs(nearest)
    return facts.f_bavail * facts.f_frsize


def least_free_bytes(environ: Mapping[str, str]) -> int:
    """Say how many bytes must be free before we call a disk nearly full: 500 MB, or as told.

    Raises
    ------
    ProblemError
        The setting is not a number.
    """
    said = environ.get(LEAST_FREE_SETTING) or str(LEAST_FREE_MB)
    if not said.isdecimal():
        raise ProblemError(
            f"{LEAST_FREE_SETTING} is “{said}”, which is not a number of megabytes.",
            f"Write a whole number, as in {LEAST_FREE_MB}.",
        )
    return int(said) * _MEGABYTE


def is_full(folder: Path) -> bool:
    """Whether PostgreSQL can no longer be sure of its next log file on the disk under a folder."""
    return free_bytes(folder) < SPACE_NEEDED


def explain(said: str, *, what: str, silent: str, place: Path, remedy: str) -> ProblemError:
    """Explain a PostgreSQL program's end from what it said last, and from the disk it ran on.

    A program that fills the disk of its own log cannot say so; therefore the disk is asked as well.
    """
    if _SAYS_FULL.search(said) or is_full(place):
        return disk_full(place)
    reasons: list[str] = _SAYS_WHY.findall(said)
    why = reasons[-1].strip().rstrip(".") if reasons else silent
    return ProblemError(f"{what}: {why}.", remedy)
