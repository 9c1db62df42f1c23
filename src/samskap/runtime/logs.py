"""Our own logs: put aside every day or when they are long, and gone before a month is over.

Whoever writes a log has it open for as long as it runs, so a log is copied and then emptied; what
is written in the instant between is lost. At most 16 MB are kept of one that ran wild.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)

LONGEST: Final = 16 * 1024 * 1024  # bytes
EVERY: Final = timedelta(days=1)
# With the day it was written in, no line is older than thirty days.
KEPT_FOR: Final = timedelta(days=29)
KEPT_OF_EACH: Final = 8 * LONGEST  # bytes put aside of one log
_LOOK_EVERY_S: Final = 5.0
_MARK: Final = "put-aside"
_STAMP: Final = "%Y%m%dT%H%M%S%fZ"


@dataclass
class LogKeeper:
    """Looks after the logs in a folder: ``tend`` often; it does little, and seldom."""

    folder: Path
    _next_look: float = field(default=0.0, init=False)

    def tend(self) -> None:
        """Put aside what is due and remove what is old."""
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + _LOOK_EVERY_S
        try:
            keep(self.folder, now=datetime.now(UTC))
        except OSError as error:
            logger.warning("The logs could not be put aside: %s.", error.strerror)
            self._next_look = time.monotonic() + EVERY.total_seconds() / 24


def keep(folder: Path, *, now: datetime) -> None:
    """Put aside each log that is long, or all of them once a day; remove those kept long enough."""
    mark = folder / _MARK
    is_day_over = _is_older(mark, EVERY, now)
    for log in sorted(folder.glob("*.log")):
        size = log.stat().st_size
        if size > LONGEST or (size and is_day_over):
            _put_aside(log, now)
    if is_day_over or not mark.exists():
        mark.touch(mode=0o600)
        os.utime(mark, (now.timestamp(), now.timestamp()))
    for log in sorted(folder.glob("*.log")):
        _forget_old(log, now)


def put_aside_if_long(log: Path) -> int:
    """Put a log aside that nobody writes and that is long; return the length of what is there."""
    length = log.stat().st_size if log.exists() else 0
    if length <= LONGEST:
        return length
    _put_aside(log, datetime.now(UTC))
    return 0


def _put_aside(log: Path, now: datetime) -> None:
    aside = log.with_name(f"{log.name}.{now.strftime(_STAMP)}")
    try:
        with log.open("rb") as written, _new(aside) as kept:
            written.seek(max(0, log.stat().st_size - LONGEST))
            shutil.copyfileobj(written, kept)
    except OSError:
        # A disk that is full has more use for the room.
        aside.unlink(missing_ok=True)
        logger.warning("There is no room to keep what %s said.", log)
    else:
        os.utime(aside, (now.timestamp(), now.timestamp()))
    os.truncate(log, 0)


def _new(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _forget_old(log: Path, now: datetime) -> None:
    size = 0
    for aside in sorted(log.parent.glob(f"{log.name}.*"), reverse=True):
        size += aside.stat().st_size
        if _is_older(aside, KEPT_FOR, now) or size > KEPT_OF_EACH:
            aside.unlink()


def _is_older(path: Path, age: timedelta, now: datetime) -> bool:
    return path.exists() and now - datetime.fromtimestamp(path.stat().st_mtime, UTC) >= age
