"""The folder where backups stand: what they are called, how long they are kept, when one is due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from samskap.runtime.problem import ProblemError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

KEEP_SETTING: Final = "SAMSKAP_BACKUP_DAYS"
HOUR_SETTING: Final = "SAMSKAP_BACKUP_AT"
FOLDER_SETTING: Final = "SAMSKAP_BACKUP_TO"
KEEP_DAYS: Final = 30
NIGHTLY: Final = "02:30"
NEVER: Final = "never"
_NAME: Final = re.compile(r"samskap-(\d{8}T\d{6}Z)(-\d+)?\.backup")
_MOMENT: Final = "%Y%m%dT%H%M%SZ"
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of backups; the names say when each was made, whatever became of the files since."""

    folder: Path

    def name_for(self, now: datetime) -> Path:
        """Choose a name that is free for a backup made now."""
        stamp = now.astimezone(UTC).strftime(_MOMENT)
        names = [f"samskap-{stamp}.backup", *(f"samskap-{stamp}-{n}.backup" for n in range(2, 100))]
        return next(path for path in (self.folder / name for name in names) if not path.exists())

    def backups(self) -> list[Path]:
        """List the backups, the newest first."""
        found = self.folder.iterdir() if self.folder.is_dir() else ()
        return sorted((path for path in found if _NAME.fullmatch(path.name)), reverse=True)

    def newest_at(self) -> datetime | None:
        """Say when the newest was made."""
        return max((made_at(path) for path in self.backups()), default=None)

    def remove_older(self, *, now: datetime, days: int) -> list[Path]:
        """Remove backups older than so many days, never the newest, and say which."""
        others = self.backups()[1:]
        past = [path for path in others if made_at(path) < now - timedelta(days=days)]
        for path in past:
            path.unlink(missing_ok=True)
        return past


@dataclass(frozen=True, slots=True)
class Habit:
    """How an installation keeps its backups: where, when in the night, and for how many days."""

    folder: Path
    minute: int | None
    """Minutes after midnight, by the machine's clock; none when nobody wants one by itself."""
    days: int

    @classmethod
    def of(cls, data: Path, environ: Mapping[str, str]) -> Habit:
        """Read it from the environment.

        Raises
        ------
        ProblemError
            A setting is not what it can be.
        """
        return cls(
            folder=data / environ[FOLDER_SETTING]
            if environ.get(FOLDER_SETTING)
            else data / "backups",
            minute=_minute(environ.get(HOUR_SETTING) or NIGHTLY),
            days=_days(environ.get(KEEP_SETTING) or str(KEEP_DAYS)),
        )

    @property
    def shelf(self) -> Shelf:
        """The folder as a shelf."""
        return Shelf(self.folder)

    def is_due(self, *, now: datetime, since: datetime) -> bool:
        """Whether a night has gone by without a backup; ``since`` is when there was nothing yet.

        A machine that was off at night makes up for it when it is on again.
        """
        if self.minute is None:
            return False
        last = max(filter(None, (self.shelf.newest_at(), since)))
        return last < latest(now, self.minute)


def latest(now: datetime, minute: int) -> datetime:
    """Give the last moment at or before ``now`` when the clock showed that minute of the day."""
    local = now.astimezone()
    today = local.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)
    return today if today <= local else today - timedelta(days=1)


def made_at(path: Path) -> datetime:
    """Say when a backup was made, by its name."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        raise ValueError(path.name)
    return datetime.strptime(found.group(1), _MOMENT).replace(tzinfo=UTC)


def _minute(said: str) -> int | None:
    if said.lower() == NEVER:
        return None
    found = _CLOCK.fullmatch(said)
    if found is None:
        raise ProblemError(
            f"{HOUR_SETTING} is “{said}”, which is not a time of day.",
            f"Write hours and minutes, as in {NIGHTLY}, or {NEVER}.",
        )
    return int(found.group(1)) * 60 + int(found.group(2))


def _days(said: str) -> int:
    if not said.isdigit() or int(said) < 1:
        raise ProblemError(
            f"{KEEP_SETTING} is “{said}”, which is not a number of days.",
            f"Write a whole number, 1 or more, as in {KEEP_DAYS}.",
        )
    return int(said)
