"""Everything one ``samskap up`` runs: the database, the web server and the worker."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from samskap.cli.installation import Addresses, Installation, require_answer
from samskap.cli.nightly import Nightly
from samskap.runtime.backups.shelf import Habit
from samskap.runtime.logs import LogKeeper
from samskap.runtime.ports import HOST
from samskap.runtime.postgres.lock import FolderLock
from samskap.runtime.problem import ProblemError
from samskap.runtime.services import Service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from samskap.runtime.postgres import PostgresSupervisor

TICK_S: Final = 0.05
_PATIENCE_S: Final = 60
_WEB_WORKERS: Final = 2
# Each holds a connection of its own; left to itself the server would take all there are.
_WEB_THREADS: Final = 3
_JOBS_AT_ONCE: Final = 2
_STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_READY: Final = "/health/ready?without=jobs&without=disk"


@dataclass
class Running:
    """What is running now, and how to look after it."""

    installation: Installation
    supervisor: PostgresSupervisor | None
    addresses: Addresses
    services: list[Service] = field(default_factory=list)
    nightly: Nightly | None = None
    logs: LogKeeper | None = None

    def tend(self) -> None:
        """Look after everything once, without waiting."""
        if self.supervisor is not None:
            self.supervisor.tend()
        for service in self.services:
            service.tend()
        if self.nightly is not None:
            self.nightly.tend()
        if self.logs is not None:
            self.logs.tend()

    def serve(self, *, port: int, demo: bool) -> None:
        """Start the web server and the worker, and wait until a page can be had.

        Raises
        ------
        ProblemError
            One of them ended instead, or a minute passed.
        """
        habit = Habit.of(self.installation.folders.data, os.environ)
        environment = _service_environment(self.installation, self.addresses, demo=demo)
        logs, owner = self.installation.folders.logs, self.installation.folders.data
        (owner / "static").mkdir(exist_ok=True)
        environment |= {"PROMETHEUS_MULTIPROC_DIR": str(_emptied(owner / "figures"))}
        self.services = [
            Service("web server", _web_command(port), environment, logs / "web.log", owner),
            Service(
                *("worker", _worker_command(), environment, logs / "jobs.log", owner),
                # It would ask a database that is gone, too; an unfinished job is done again.
                when_orphaned=signal.SIGKILL,
            ),
        ]
        for service in self.services:
            service.start()
        self._wait_until_ready(port)
        self.logs = LogKeeper(logs)
        self.nightly = Nightly(owner, habit, logs / "backup.log")

    def stop(self) -> None:
        """Stop the services, then the database; whatever was asked for in between is done."""
        if self.nightly is not None:
            self.nightly.stop()
        for service in self.services:
            service.ask_to_stop()
        for service in self.services:
            service.stop()
        if self.supervisor is not None:
            self.supervisor.stop()

    def _wait_until_ready(self, port: int) -> None:
        deadline, answer = time.monotonic() + _PATIENCE_S, "it does not answer"
        while time.monotonic() < deadline:
            for service in self.services:
                if service.has_ended:
                    raise _ended(service)
            if self.supervisor is not None:
                self.supervisor.tend()
            answer = _answer_of(port)
            if not answer:
                return
            time.sleep(TICK_S)
        raise ProblemError(
            f"The web server runs but is not ready: {answer}.",
            f"Read the end of {self.services[0].log}, and ask samskap doctor.",
        )


@contextmanager
def running(installation: Installation) -> Iterator[Running]:
    """Run the database, and stop it and all that was started beside it at the end.

    Raises
    ------
    ProblemError
        The database cannot be started, or the one that is named does not answer.
    """
    if installation.has_own_server:
        supervisor = installation.supervisor()
        own = Addresses(owner=supervisor.owner_url, app=supervisor.app_url)
        all_of_it = Running(installation, supervisor, own)
    else:
        require_answer(installation.external_addresses())
        all_of_it = Running(installation, None, installation.external_addresses())
    try:
        if all_of_it.supervisor is not None:
            all_of_it.supervisor.initialise()
            all_of_it.supervisor.start()
        yield all_of_it
    finally:
        with _deaf():
            all_of_it.stop()


@contextmanager
def claimed(installation: Installation) -> Iterator[None]:
    """Be the only ``samskap up`` on a data folder.

    Raises
    ------
    ProblemError
        There is one already; the sentence says where it serves.
    """
    installation.folders.create()
    lock = FolderLock(installation.folders.data / "up.lock")
    try:
        lock.acquire()
    except ProblemError as problem:
        port = installation.memory.port
        where = f" on http://{HOST}:{port}" if port else ""
        raise ProblemError(
            f"Samskap already serves {installation.folders.data}{where}.",
            "Use that one, stop it with Ctrl-C, or choose another data folder with SAMSKAP_DATA.",
        ) from problem
    try:
        yield
    finally:
        lock.release()


@contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Let Ctrl-C, a polite end and a closed terminal all be an interrupt."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in _STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _deaf() -> Iterator[None]:
    """Hear no second Ctrl-C while stopping: what stops in order loses nothing."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _service_environment(
    installation: Installation, addresses: Addresses, *, demo: bool
) -> dict[str, str]:
    """Give what serves the application's address only: the owner's is for migrations."""
    environment = {**os.environ, **installation.environment(addresses, demo=demo)}
    environment.pop("DATABASE_OWNER_URL", None)
    environment.setdefault("SAMSKAP_BEHIND_PROXY", "")
    if not environment["SAMSKAP_BEHIND_PROXY"]:
        environment.setdefault("SAMSKAP_PLAIN_HTTP", "1")
    return environment | {"PYTHONUNBUFFERED": "1"}


def _emptied(folder: Path) -> Path:
    """Return ``folder`` with nothing in it: figures of an earlier run are nobody's."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return folder


def _web_command(port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", HOST, "--port", str(port), "--no-ws", "--no-access-log"),
        *("--workers", str(_WEB_WORKERS), "--blocking-threads", str(_WEB_THREADS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "3"),
        "samskap.config.wsgi:application",
    ]


def _worker_command() -> list[str]:
    concurrency = ("--concurrency", str(_JOBS_AT_ONCE))
    return [
        *(sys.executable, "-m", "django", "procrastinate", "worker", *concurrency),
        *("--shutdown-graceful-timeout", "5"),
    ]


def _answer_of(port: int) -> str:
    """Say what stands in the way of a page: nothing when one can be had."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", _READY)
        answer = connection.getresponse()
        said = answer.read()
    except (OSError, http.client.HTTPException):
        return "it does not answer"
    finally:
        connection.close()
    return "" if answer.status < http.HTTPStatus.BAD_REQUEST else _reasons(answer.status, said)


def _reasons(status: int, said: bytes) -> str:
    with suppress(ValueError, KeyError, TypeError):
        checks = json.loads(said)["checks"]
        return " ".join(str(check["says"]) for check in checks if check["state"] != "ok").rstrip(
            "."
        )
    return f"it answers {status}"


def _ended(service: Service) -> ProblemError:
    said = service.last_words().splitlines()
    why = said[-1].strip().rstrip(".") if said else "it did not say why"
    return ProblemError(
        f"The {service.name} ended at once: {why}.", f"Read the end of {service.log}."
    )
