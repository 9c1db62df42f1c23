"""Finding and ending the server processes of one data folder, and never any other process.

A number in a pid file proves nothing: it may be forged, or long since given to someone else. A
process counts as ours when its program is ``postgres`` and it works in the very folder. Signals
go through a pidfd that was opened before the look, so that they cannot reach a successor.
"""

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_CHILD_TITLE = b"postgres: "
_GONE_PROGRAM = " (deleted)"
_SOCKET_LINE = 4
_READY_LINE = 7


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """A living process of PostgreSQL on the folder."""

    pid: int
    is_postmaster: bool


def server_processes(database: Path) -> list[ServerProcess]:
    """Find every living server process on a data folder, whoever started it."""
    pids = sorted(int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit())
    found = (_look_at(pid, database) for pid in pids)
    return [process for process in found if process is not None]


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be collected does not."""
    try:
        stat = (_PROC / str(pid) / "stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] not in {"Z", "X"}


def send(process: ServerProcess, database: Path, number: signal.Signals) -> None:
    """Signal a server process if it still is one."""
    with _handle(process.pid) as handle:
        if handle is not None and _look_at(process.pid, database) == process:
            signal.pidfd_send_signal(handle, number)


def wait_for_end(process: ServerProcess, database: Path, seconds: float) -> bool:
    """Wait until a server process has ended, and say whether it has."""
    with _handle(process.pid) as handle:
        if handle is None or _look_at(process.pid, database) != process:
            return True
        return bool(select.select([handle], [], [], seconds)[0])


def recorded_pid(database: Path) -> int | None:
    """Read the process number in ``postmaster.pid``: none without the file or without a number."""
    try:
        return int(_pid_file_lines(database)[0])
    except (OSError, ValueError, IndexError):
        return None


def recorded_socket(database: Path) -> Path | None:
    """Read where the server takes connections: none without the file or without a folder in it.

    It may have been started with other settings than ours, and be elsewhere than we would put it.
    """
    try:
        folder = _pid_file_lines(database)[_SOCKET_LINE]
    except (OSError, IndexError):
        return None
    return Path(folder) if folder.startswith("/") else None


def says_ready(database: Path, pid: int) -> bool:
    """Whether ``postmaster.pid`` is that process's and says that it takes connections."""
    try:
        lines = _pid_file_lines(database)
    except OSError:
        return False
    return len(lines) > _READY_LINE and lines[0] == str(pid) and lines[_READY_LINE] == "ready"


def remove_misleading_pid_file(database: Path) -> bool:
    """Remove a pid file that would make PostgreSQL refuse to start, and say whether there was one.

    Call it only when no server process lives on the folder. A file whose process is dead stays:
    PostgreSQL knows what to do with it, and looks for its shared memory too.
    """
    path = database / "postmaster.pid"
    if not path.exists():
        return False
    pid = recorded_pid(database)
    if pid is not None and not (_PROC / str(abs(pid))).exists():
        return False
    path.unlink(missing_ok=True)
    return True


def _pid_file_lines(database: Path) -> list[str]:
    text = (database / "postmaster.pid").read_text(errors="replace")
    return [line.strip() for line in text.splitlines()]


def _look_at(pid: int, database: Path) -> ServerProcess | None:
    entry = _PROC / str(pid)
    try:
        program = (entry / "exe").readlink().name.removesuffix(_GONE_PROGRAM)
        if program != "postgres" or not is_alive(pid):
            return None
        command = (entry / "cmdline").read_bytes()
        if not _works_in(entry, command, database):
            return None
    except OSError:
        return None
    return ServerProcess(pid, is_postmaster=not command.startswith(_CHILD_TITLE))


def _works_in(entry: Path, command: bytes, database: Path) -> bool:
    """Compare folders by what they are, not by name; a server just started is not in it yet."""
    if (entry / "cwd").samefile(database):
        return True
    words = command.split(b"\0")
    return b"-D" in words and os.fsencode(database) in words


@contextmanager
def _handle(pid: int) -> Iterator[int | None]:
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        yield None
        return
    try:
        yield handle
    finally:
        os.close(handle)
