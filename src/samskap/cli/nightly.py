"""The backup that ``samskap up`` makes every night, in a process of its own."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from samskap.runtime.parent import tied_to_parent
from samskap.runtime.services import MARK

if TYPE_CHECKING:
    from pathlib import Path

    from samskap.runtime.backups.shelf import Habit

logger = logging.getLogger(__name__)

_LOOK_EVERY_S: Final = 60.0
_TRY_AGAIN_S: Final = 3600.0


@dataclass
class Nightly:
    """One backup a night, or the next time we are on; ``tend`` often, ``stop`` at the end.

    ``tend`` never waits. What goes wrong is logged in one sentence and tried again in an hour.
    """

    data: Path
    habit: Habit
    log: Path
    _begun: datetime = field(default_factory=lambda: datetime.now(UTC), init=False)
    _child: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _next_look: float = field(default=0.0, init=False)

    def tend(self) -> None:
        """Start a backup if one is due, or see how the one that runs has ended."""
        if self._child is not None:
            self._look_after(self._child)
        elif time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + _LOOK_EVERY_S
            if self.habit.is_due(now=datetime.now(UTC), since=self._born):
                self._start()

    def stop(self) -> None:
        """End a backup that runs; it leaves nothing, and is due again the next time."""
        if self._child is not None:
            self._child.terminate()
            self._child.wait()
            self._child = None

    @property
    def _born(self) -> datetime:
        """When there was nothing to keep yet: before the installation's first secret was made."""
        try:
            return datetime.fromtimestamp(
                (self.data / "secrets" / "secret-key").stat().st_mtime, UTC
            )
        except OSError:
            return self._begun

    def _start(self) -> None:
        with self.log.open("ab") as output:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "samskap.cli", "backup"],
                stdin=subprocess.DEVNULL,
                stdout=output.fileno(),
                stderr=subprocess.STDOUT,
                env={**os.environ, "SAMSKAP_DATA": str(self.data), MARK: str(self.data)},
                process_group=0,
                preexec_fn=tied_to_parent(signal.SIGTERM),  # noqa: PLW1509 - no threads before the exec
            )

    def _look_after(self, child: subprocess.Popen[bytes]) -> None:
        code = child.poll()
        if code is None:
            return
        self._child = None
        if code:
            logger.warning("The nightly backup could not be made; see %s.", self.log)
            self._next_look = time.monotonic() + _TRY_AGAIN_S
