"""The processes an installation serves with: started, started again when they end, stopped.

Each runs in a process group of its own, apart from the terminal's Ctrl-C, and ends with us however
we end. Each carries a mark in its environment, so that a later run knows what a killed one left.
"""

import logging
import os
import select
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from samskap.runtime.logs import put_aside_if_long
from samskap.runtime.parent import tied_to_parent
from samskap.runtime.problem import ProblemError

logger = logging.getLogger(__name__)

MARK = "SAMSKAP_SERVICE_OF"
_PROC = Path("/proc")
_FIRST_DELAY = 0.2  # seconds
_LONGEST_DELAY = 5.0
_MANY_ENDS = 5
_STEADY = 10.0  # seconds of running after which an end counts as the first one
_TICK = 0.02
_LAST_PATIENCE = 1.0  # seconds for a killed family to be gone
_LAST_WORDS = 4096  # bytes


@dataclass
class Service:
    """One process and those it starts; ``start`` once, ``tend`` often, ``stop`` at the end.

    All three are called from the main thread, and ``tend`` never waits.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    owner: Path
    """The data folder of the installation it belongs to."""
    patience: float = 10.0
    """Seconds it may take to stop of itself."""
    when_orphaned: signal.Signals = signal.SIGTERM
    """What the kernel sends it when we are killed: by force, if it asks the database to stop."""
    _child: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    _since: float = field(default=0.0, init=False)
    _next_try: float = field(default=0.0, init=False)
    _ends: int = field(default=0, init=False)

    @property
    def pid(self) -> int | None:
        """The process number, while there is one."""
        return self._child.pid if self._child else None

    @property
    def has_ended(self) -> bool:
        """Whether it is not running now, though it was started."""
        return self._child is None or _is_over(self._child)

    def start(self) -> None:
        """Start the process.

        Raises
        ------
        RuntimeError
            Called from another thread than the main one: the kernel ties the child to the thread.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError("a service must be started from the main thread")
        put_aside_if_long(self.log)
        with self.log.open("ab") as output:
            self._child = subprocess.Popen(  # noqa: S603 - the command is ours
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output.fileno(),
                stderr=subprocess.STDOUT,
                env={**self.environment, MARK: str(self.owner)},
                process_group=0,
                preexec_fn=tied_to_parent(self.when_orphaned),  # noqa: PLW1509 - no threads before the exec
            )
        self._since = time.monotonic()

    def tend(self) -> None:
        """Start it again, with growing delays, if it has ended."""
        if self._child is not None and _is_over(self._child):
            self._note_end(self._child)
        elif self._child is None and time.monotonic() >= self._next_try:
            self.start()

    def ask_to_stop(self) -> None:
        """Ask it to stop, and do not wait for it."""
        if self._child is not None:
            self._child.send_signal(signal.SIGTERM)

    def stop(self) -> None:
        """Ask it to stop, and end by force what has not stopped in time."""
        if self._child is None:
            return
        self.ask_to_stop()
        deadline = time.monotonic() + self.patience
        while not _is_over(self._child) and time.monotonic() < deadline:
            time.sleep(_TICK)
        _end_group(self._child)
        _wait_until_gone(self._child.pid)
        self._child = None

    def last_words(self) -> str:
        """Give the end of its log."""
        try:
            with self.log.open("rb") as file:
                file.seek(max(0, self.log.stat().st_size - _LAST_WORDS))
                return file.read().decode(errors="replace").strip()
        except OSError:
            return ""

    def _note_end(self, child: "subprocess.Popen[bytes]") -> None:
        _end_group(child)
        now = time.monotonic()
        self._ends = 1 if now - self._since >= _STEADY else self._ends + 1
        delay = min(_FIRST_DELAY * 2 ** (self._ends - 1), _LONGEST_DELAY)
        self._next_try = now + delay
        self._child = None
        if self._ends in {1, _MANY_ENDS}:
            how = "ended" if self._ends == 1 else "keeps ending"
            logger.warning("The %s %s and is started again; see %s.", self.name, how, self.log)


def _is_over(child: "subprocess.Popen[bytes]") -> bool:
    """Whether a child has ended, without collecting it: its number stays its own until then."""
    if child.returncode is not None:
        return True
    return os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _end_group(leader: "subprocess.Popen[bytes]") -> None:
    """End by force whatever is left of a process group, and collect its leader."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(leader.pid, signal.SIGKILL)
    leader.wait()


def _wait_until_gone(group: int) -> None:
    """Wait for those of a killed group that are not our own children.

    Not long: their end is certain, and one that nobody collects stays in the list of processes.
    """
    deadline = time.monotonic() + _LAST_PATIENCE
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except (ProcessLookupError, PermissionError):
            return
        time.sleep(_TICK)


# What a killed run left behind --------------------------------------------------------------------


def is_serving(owner: Path) -> bool:
    """Whether services of an installation run, kept by somebody or left behind."""
    return bool(processes_of(owner))


def processes_of(owner: Path) -> list[int]:
    """Return the process numbers of an installation's services and of what those started."""
    return sorted(pid for pid, mark in _marked() if mark == str(owner))


def end_left_behind(owner: Path, *, seconds: float = 5.0) -> int:
    """End the services of one installation that an earlier run left, and count them.

    Call it only as the one keeper of the data folder.

    Raises
    ------
    ProblemError
        One of them cannot be ended.
    """
    handles = [handle for pid in processes_of(owner) for handle in _open(pid, owner)]
    try:
        _end_all(handles, signal.SIGTERM, seconds)
        _end_all(handles, signal.SIGKILL, seconds)
        if _living(handles):
            raise ProblemError(
                f"A process that an earlier run of {owner} left behind cannot be ended.",
                "Restart the machine, or run as the user who started it.",
            )
    finally:
        for handle in handles:
            os.close(handle)
    return len(handles)


def _marked() -> Iterator[tuple[int, str]]:
    """Yield each living process that carries the mark, and whose it says it is."""
    wanted = f"{MARK}=".encode()
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            for line in (entry / "environ").read_bytes().split(b"\0"):
                if line.startswith(wanted):
                    yield int(entry.name), os.fsdecode(line.removeprefix(wanted))


def _open(pid: int, owner: Path) -> Iterator[int]:
    """Yield a handle to a process, if it is still one of the installation's."""
    with suppress(ProcessLookupError):
        handle = os.pidfd_open(pid)
        if pid in processes_of(owner):
            yield handle
        else:
            os.close(handle)


def _living(handles: Sequence[int]) -> list[int]:
    return [handle for handle in handles if not select.select([handle], [], [], 0)[0]]


def _end_all(handles: Sequence[int], number: signal.Signals, seconds: float) -> None:
    for handle in _living(handles):
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, number)
    deadline = time.monotonic() + seconds
    while _living(handles) and time.monotonic() < deadline:
        time.sleep(_TICK)
