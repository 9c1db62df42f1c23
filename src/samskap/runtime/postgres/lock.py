"""One supervisor to a data folder."""

import fcntl
import os
from pathlib import Path

from samskap.runtime.problem import ProblemError


class FolderLock:
    """A lock the kernel lets go of when its holder ends, however it ends.

    The number inside the file is for people to read; only the lock itself counts.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether we have it."""
        return self._handle is not None

    def acquire(self) -> None:
        """Take the lock, or keep it.

        Raises
        ------
        ProblemError
            Another process has it.
        """
        if self.is_held:
            return
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        except BlockingIOError:
            holder = os.pread(handle, 20, 0).decode(errors="replace").strip() or "unknown"
            os.close(handle)
            raise ProblemError(
                f"The database in {self._path.parent} is already run by process {holder}.",
                "Use that one, stop it first, or choose another data folder with SAMSKAP_DATA.",
            ) from None
        except OSError:
            os.close(handle)
            raise
        self._handle = handle

    def release(self) -> None:
        """Let go of the lock, if it is held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
