"""What ``samskap doctor`` finds: each one thing, how it stands, and what to do about it."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from samskap.cli.installation import PROJECT
from samskap.runtime.backups.shelf import Habit
from samskap.runtime.diagnosis import LEAST_FREE_SETTING, free_bytes, least_free_bytes
from samskap.runtime.ports import require_free_port
from samskap.runtime.problem import ProblemError
from samskap.runtime.services import is_serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from samskap.cli.installation import Installation

State = Literal["ok", "failed"]

DEFAULT_PORT: Final = 8000
_OLDEST_PYTHON: Final = (3, 11)
_MB: Final = 1024 * 1024
_CLOCK_SLACK_S: Final = 60
_OLDEST_BACKUP: Final = timedelta(hours=48)
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_WRITABLE_BY_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_SET_UP: Final = "Run make setup."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: how it stands in a sentence, and what to do if it is wrong."""

    name: str
    state: State
    sentence: str
    remedy: str = ""

    @property
    def is_failure(self) -> bool:
        """Whether something has to be done."""
        return self.state == "failed"


def ok(name: str, sentence: str) -> Finding:
    """Say that a thing is as it should be."""
    return Finding(name, "ok", sentence)


def failed(name: str, sentence: str, remedy: str) -> Finding:
    """Say what is wrong, and what to do about it."""
    return Finding(name, "failed", sentence, remedy)


def findings_of_the_machine(installation: Installation) -> Iterator[Finding]:
    """Look at everything that can be seen without a database."""
    yield python()
    yield disk(installation)
    yield data_folder(installation)
    yield secret_files(installation)
    yield clock(installation)
    yield assets()
    yield catalogues()
    yield port(installation)
    if installation.is_begun:
        yield nightly_backup(installation)


def python() -> Finding:
    """Look at the Python that runs this."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info[:2] < _OLDEST_PYTHON:
        remedy = "Install Python 3.11 or newer and run make setup."
        return failed("python", f"Python {version} is too old.", remedy)
    return ok("python", f"Python {version}.")


def disk(installation: Installation) -> Finding:
    """Look at the room left under the data folder."""
    data = installation.folders.data
    free, least = free_bytes(data) // _MB, least_free_bytes(os.environ) // _MB
    if free < least:
        return failed(
            "disk",
            f"Only {free} MB are free on the disk that holds {data}.",
            f"Free some space: the database stops writing when there is none. {least} MB is the "
            f"least to work with ({LEAST_FREE_SETTING}).",
        )
    return ok("disk", f"{free} MB are free under {data}.")


def data_folder(installation: Installation) -> Finding:
    """Look at who owns the data folder, and who else may write in it."""
    data = installation.folders.data
    try:
        facts = data.stat()
    except OSError as error:
        if error.errno == errno.ENOENT:
            remedy = "Make an installation: samskap init regions/NAME, or samskap up."
            return failed("data folder", f"{data} is not there yet.", remedy)
        return failed(
            "data folder", f"{data} cannot be looked at: {error.strerror}.", "Run as root."
        )
    if not os.access(data, os.W_OK):
        remedy = "Run as the user who made it, or choose another with SAMSKAP_DATA."
        return failed("data folder", f"This user may not write in {data}.", remedy)
    if facts.st_mode & _WRITABLE_BY_OTHERS:
        remedy = f"Close it: chmod go-w {data}"
        return failed("data folder", f"Others than its owner may write in {data}.", remedy)
    return ok("data folder", f"{data} is its owner's own.")


def secret_files(installation: Installation) -> Finding:
    """Look at who may read the secrets."""
    folder = installation.folders.secrets
    if not os.access(folder, os.R_OK | os.X_OK):
        if os.environ.get("SAMSKAP_SECRET_KEY"):
            return ok("secrets", "The secret key comes from the environment.")
        remedy = "Start once with samskap up, as the user who is to run it."
        return failed("secrets", f"There are no secrets in {folder} that we can read.", remedy)
    open_ones = [path for path in (folder, *sorted(folder.iterdir())) if _mode(path) & _OTHERS]
    if open_ones:
        names = ", ".join(str(path) for path in open_ones)
        return failed(
            "secrets",
            f"Others than their owner may read {names}.",
            f"Close them: chmod -R go= {folder}. If others use this machine, make them anew.",
        )
    return ok("secrets", "Only their owner can read them.")


def clock(installation: Installation) -> Finding:
    """Look whether time has gone backwards since we last started."""
    memory = installation.folders.data / "installation.json"
    ahead = memory.stat().st_mtime - time.time() if memory.exists() else 0.0
    if ahead > _CLOCK_SLACK_S:
        return failed(
            "clock",
            f"The clock is {ahead:.0f} s behind the last time Samskap was started here.",
            "Set the clock, and let the machine keep it right (timedatectl set-ntp true).",
        )
    return ok("clock", time.strftime("It is %Y-%m-%d %H:%M:%S %Z."))


def assets() -> Finding:
    """Look whether the styles and scripts are built."""
    if not (_PACKAGE / "ui" / "built" / ".vite" / "manifest.json").exists():
        return failed("assets", "Styles and scripts are not built.", _SET_UP)
    return ok("assets", "Styles and scripts are built.")


def catalogues() -> Finding:
    """Look whether the texts of every language are compiled, from what they say now."""
    sources = sorted((_PACKAGE / "locale").rglob("*.po"))
    stale = [path.parts[-3] for path in sources if _is_stale(path)]
    if not sources or stale:
        what = f"The texts in {', '.join(stale)} are" if stale else "No texts are"
        return failed("texts", f"{what} not compiled.", _SET_UP)
    return ok(
        "texts", f"The texts in {', '.join(path.parts[-3] for path in sources)} are compiled."
    )


def port(installation: Installation) -> Finding:
    """Look whether the port is ours, or free to be."""
    wanted = installation.memory.port or DEFAULT_PORT
    if is_serving(installation.folders.data):
        return ok("port", f"Samskap serves on port {wanted}.")
    try:
        require_free_port(wanted)
    except ProblemError as problem:
        return failed("port", problem.sentence, problem.remedy)
    return ok("port", f"Port {wanted} is free.")


def nightly_backup(installation: Installation) -> Finding:
    """Look whether there is a backup from last night, where one is wanted every night."""
    habit = Habit.of(installation.folders.data, os.environ)
    newest = habit.shelf.newest_at()
    if habit.minute is None:
        return ok("backup", "Nobody wants one made by itself: SAMSKAP_BACKUP_AT is never.")
    age = datetime.now(UTC) - (newest or _begun(installation))
    if age > _OLDEST_BACKUP:
        last = f"was made {newest:%Y-%m-%d}" if newest else "has not been made"
        return failed(
            "backup",
            f"The last backup in {habit.folder} {last}.",
            "Make one with samskap backup, and read the end of logs/backup.log.",
        )
    said = f"The last is of {newest:%Y-%m-%d %H:%M} UTC" if newest else "The first comes tonight"
    return ok("backup", f"{said}, in {habit.folder}.")


def _begun(installation: Installation) -> datetime:
    """Say when there was something to keep for the first time."""
    key = installation.folders.secrets / "secret-key"
    return datetime.fromtimestamp(key.stat().st_mtime, UTC) if key.exists() else datetime.now(UTC)


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    if not compiled.exists():
        return True
    in_checkout = (PROJECT / "pyproject.toml").exists()
    return in_checkout and compiled.stat().st_mtime < source.stat().st_mtime


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
