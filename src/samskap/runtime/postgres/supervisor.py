"""The supervisor: makes, starts, watches, restarts and stops the embedded PostgreSQL."""

import logging
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path

import psycopg

from samskap.runtime.binaries import BinarySource
from samskap.runtime.diagnosis import disk_full, explain, explained, is_full
from samskap.runtime.folders import SOCKET_NAME, DataFolders
from samskap.runtime.logs import put_aside_if_long
from samskap.runtime.postgres import children, settings
from samskap.runtime.postgres.cluster import check_cluster, make_cluster, write_access
from samskap.runtime.postgres.left_behind import (
    FAST_STOP,
    IMMEDIATE_STOP,
    end_left_behind,
    signal_left_behind,
)
from samskap.runtime.postgres.lock import FolderLock
from samskap.runtime.postgres.processes import (
    remove_misleading_pid_file,
    says_ready,
    server_processes,
)
from samskap.runtime.problem import ProblemError

logger = logging.getLogger(__name__)

_TICK = 0.02  # seconds between two looks while something is waited for
_TELL_EVERY = 2.0  # seconds between two words of progress
_REFUSING = 30.0  # seconds a server may say it is ready and yet answer no query
_STEADY = 1.0  # seconds of readiness after which a death counts as the first one
_DELAYS = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6, 2.0)  # seconds after the first death in a row, and so on
_LAST_WORDS = 64 * 1024  # bytes
_LOOK_AT_DISK_EVERY = 5.0  # seconds


class Status(Enum):
    """What the server does, as far as its supervisor knows."""

    STOPPED = "stopped"
    STARTING = "starting"
    READY = "ready"
    WAITING = "waiting"


def _say_nothing(_: str) -> None:
    """Take the place of a progress callback nobody gave."""


class PostgresSupervisor:
    """One embedded PostgreSQL on one data folder, as a child of this process.

    ``initialise`` once, ``start``, then ``tend`` every 50 ms or so from the main loop, and
    ``stop``. The server ends with this process however it ends. All four are called from the main
    thread. ``progress`` is given a sentence now and then while something takes its time.
    """

    def __init__(
        self,
        folders: DataFolders,
        source: BinarySource,
        progress: Callable[[str], None] = _say_nothing,
    ) -> None:
        self.folders = folders
        self._source = source
        self._progress = progress
        self._lock = FolderLock(folders.data / "database.lock")
        self._child: subprocess.Popen[bytes] | None = None
        self._status = Status.STOPPED
        self._log_start = 0
        self._deaths = 0
        self._since = 0.0
        self._next_try = 0.0
        self._last_words = ""
        self._refusal = ""
        self._disk_seen_full = False
        self._next_disk_look = 0.0

    @property
    def status(self) -> Status:
        """What the server does, as of the last call."""
        return self._status

    @property
    def pid(self) -> int | None:
        """The postmaster's process number, while there is one."""
        return self._child.pid if self._child else None

    @property
    def owner_url(self) -> str:
        """The address for migrations: the role that owns the database."""
        return settings.url(settings.OWNER, self.folders.socket)

    @property
    def app_url(self) -> str:
        """The address for everything else: the role that owns nothing."""
        return settings.url(settings.APP, self.folders.socket)

    @property
    def log(self) -> Path:
        """The server's own log."""
        return self.folders.logs / "database.log"

    def initialise(self) -> None:
        """Make the folders, and the cluster with its roles and database unless it is there.

        Raises
        ------
        ProblemError
            Another supervisor has the folder, the disk is full, or the cluster cannot be made or
            is not one that these programs can run.
        """
        with self._whole_or_stopped():
            self._prepare()
            if self.folders.database.exists():
                check_cluster(self.folders, self._source)
                return
            self._progress("Making the database.")
            make_cluster(self.folders, self._source)

    def start(self) -> None:
        """Start the server and wait until it answers a query, for as long as recovery takes.

        Does nothing when it was started before. A server that a killed run left behind on the
        folder is shut down first.

        Raises
        ------
        ProblemError
            Another supervisor has the folder, or the server ended instead of becoming ready.
        """
        if self._child is not None:
            return
        with self._whole_or_stopped():
            self._prepare()
            check_cluster(self.folders, self._source)
            end_left_behind(self.folders.database, self._progress)
            self._launch()
            self._wait_until_ready()

    def tend(self) -> Status:
        """Look after the server without waiting: start it again, with growing delays, if it died.

        What is wrong is logged in one sentence, once, and never raised.
        """
        try:
            with explained(self.folders.data):
                self._tend()
        except ProblemError as problem:
            self._note_death(problem)
        except (OSError, subprocess.SubprocessError) as error:
            self._note_death(self._cannot_start(error))
        return self._status

    def stop(self) -> None:
        """Stop the server: fast, then at once, then by force; and let go of the folder.

        Nothing acknowledged is lost in any of the three. Harmless when nothing runs.
        """
        try:
            if self._child is not None:
                self._stop_child(self._child)
        finally:
            self._child = None
            self._status = Status.STOPPED
            if self._lock.is_held:
                self._tidy()
            self._lock.release()

    def _tidy(self) -> None:
        """Remove the socket's folder, which the server has left empty."""
        with suppress(OSError):
            self.folders.socket.rmdir()

    # ── before the server ────────────────────────────────────────────────────────────────────

    def _prepare(self) -> None:
        children.require_linux()
        self.folders.create()
        self._lock.acquire()
        self.folders.create_socket()
        self._source = self._source.reachable_by(self.folders.account, self.folders.binaries)

    @contextmanager
    def _whole_or_stopped(self) -> Iterator[None]:
        """Leave neither a server nor a lock behind when a step fails or is interrupted."""
        try:
            with explained(self.folders.data):
                yield
        except BaseException:
            self.stop()
            raise

    def _launch(self) -> None:
        """Start a server on a folder where no other runs."""
        database = self.folders.database
        if remove_misleading_pid_file(database):
            logger.warning("Removed a postmaster.pid that named a process other than a server.")
        for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (self.folders.socket / name).unlink(missing_ok=True)
        write_access(database, self.folders.account)
        self._log_start = put_aside_if_long(self.log)
        command = settings.server_command(self._source, self.folders)
        self._child = children.launch(command, self.folders.account, self.log)
        self._enter(Status.STARTING)

    # ── while it runs ────────────────────────────────────────────────────────────────────────

    def _tend(self) -> None:
        if self._child is not None and self._child.poll() is not None:
            self._note_death(self._explain_death())
        if self._status is Status.STARTING:
            self._look_for_readiness()
        elif self._status is Status.WAITING and time.monotonic() >= self._next_try:
            self._try_again()
        self._watch_disk()

    def _watch_disk(self) -> None:
        """Say once that the disk has become full, while the server still answers."""
        if time.monotonic() < self._next_disk_look:
            return
        self._next_disk_look = time.monotonic() + _LOOK_AT_DISK_EVERY
        try:
            full = is_full(self.folders.database)
        except OSError:
            return
        if full and not self._disk_seen_full:
            logger.error("%s", disk_full(self.folders.database))
        self._disk_seen_full = full

    def _try_again(self) -> None:
        """Start again once the last server's orphans are gone; until then, hurry them."""
        if server_processes(self.folders.database):
            patient = time.monotonic() - self._since < IMMEDIATE_STOP
            number = signal.SIGQUIT if patient else signal.SIGKILL
            signal_left_behind(self.folders.database, number)
            return
        self.folders.create()
        self.folders.create_socket()
        self._launch()

    def _note_death(self, problem: ProblemError) -> None:
        steady = self._status is Status.READY and time.monotonic() - self._since >= _STEADY
        self._deaths = 1 if steady else self._deaths + 1
        self._next_try = time.monotonic() + _DELAYS[min(self._deaths, len(_DELAYS)) - 1]
        self._child = None
        self._enter(Status.WAITING)
        if problem.sentence != self._last_words:
            self._last_words = problem.sentence
            logger.error("%s", problem)

    def _look_for_readiness(self) -> None:
        """Become ready when our own child, and no other server, answers a query."""
        if self._child is None or not says_ready(self.folders.database, self._child.pid):
            return
        try:
            with psycopg.connect(self.owner_url, connect_timeout=2) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error as error:
            self._refusal = str(error).strip().rpartition("\n")[2]
            return
        self._last_words = self._refusal = ""
        self._enter(Status.READY)

    def _wait_until_ready(self) -> None:
        told = refusing_since = time.monotonic()
        while self._status is Status.STARTING:
            if self._child is not None and self._child.poll() is not None:
                raise self._explain_death()
            self._look_for_readiness()
            now = time.monotonic()
            refusing_since = refusing_since if self._refusal else now
            if now - refusing_since > _REFUSING:
                raise self._explain_refusal()
            if now - told > _TELL_EVERY:
                told = now
                self._progress(
                    "The database is repairing itself after a crash; this may take time."
                )
            time.sleep(_TICK)

    def _enter(self, status: Status) -> None:
        self._status = status
        self._since = time.monotonic()

    # ── when it ends ─────────────────────────────────────────────────────────────────────────

    def _explain_death(self) -> ProblemError:
        code = self._child.returncode if self._child else 0
        return explain(
            _end_of(self.log, self._log_start),
            what="The database server stopped",
            silent=f"{signal.Signals(-code).name} ended it" if code < 0 else "it did not say why",
            place=self.folders.database,
            remedy=f"The end of {self.log} may tell more.",
        )

    def _cannot_start(self, error: Exception) -> ProblemError:
        return ProblemError(
            f"The database server could not be started again: {error}.",
            f"Look at {self.folders.data}; it is tried again every few seconds.",
        )

    def _explain_refusal(self) -> ProblemError:
        return ProblemError(
            f"The database server runs but lets us ask it nothing: {self._refusal}.",
            f"Read the end of {self.log}.",
        )

    def _stop_child(self, child: "subprocess.Popen[bytes]") -> None:
        for number, patience in (
            (signal.SIGINT, FAST_STOP),
            (signal.SIGQUIT, IMMEDIATE_STOP),
        ):
            child.send_signal(number)
            try:
                child.wait(patience)
            except subprocess.TimeoutExpired:
                self._progress("The database is slow to stop; hurrying it.")
            else:
                return
        child.kill()
        child.wait()


def _end_of(log: Path, start: int) -> str:
    """Read what was said last, at most from ``start`` on; nothing when the log is gone."""
    try:
        with log.open("rb") as file:
            length = log.stat().st_size
            # A shorter one has been put aside since, and begun anew.
            file.seek(max(start if start <= length else 0, length - _LAST_WORDS))
            return file.read().decode(errors="replace")
    except OSError:
        return ""
