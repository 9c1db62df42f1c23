"""A real ``samskap up`` in a process of its own, and what one asks of it."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samskap.cli.installation import Installation
from samskap.runtime.binaries import BINARIES_SETTING
from samskap.runtime.postgres import PostgresSupervisor, choose_source
from samskap.runtime.postgres.processes import recorded_pid, server_processes
from samskap.runtime.services import processes_of
from tests.runtime.world import PATIENCE, PROJECT, eventually, folders_at, open_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A page that asks the database for every line it shows.
PAGE = "/nb/hvem-er-hvem/"
_OTHERS = ("DATABASE_", "SAMSKAP_", "DJANGO_")


def say(name: str, value: float, unit: str) -> None:
    """Give a figure on a line of its own."""
    shown = f"{value:.2f}" if isinstance(value, float) else str(value)
    sys.stdout.write(f"\n{name} {shown} {unit}\n")


def samskap(data: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command on a data folder as an operator would, and return what it said."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(_OTHERS)}
    binaries = os.environ.get(BINARIES_SETTING)
    return subprocess.run(
        [sys.executable, "-m", "samskap.cli", *arguments],
        cwd=PROJECT,
        env=kept
        | {"SAMSKAP_DATA": str(data)}
        | ({BINARIES_SETTING: binaries} if binaries else {})
        | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def begun_installation() -> Iterator[Installation]:
    """Give an empty installation of Østfold whose database runs."""
    with open_place() as place:
        made = Installation(folders_at(place / "data"))
        init = samskap(made.folders.data, "init", "regions/ostfold")
        assert init.returncode == 0, init.stderr
        supervisor = PostgresSupervisor(made.folders, choose_source(made.folders, os.environ))
        supervisor.initialise()
        supervisor.start()
        yield made
        supervisor.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status_of(port: int, page: str = PAGE) -> int:
    """Give the status a page answers with; 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", page)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()
    return answer.status


@dataclass
class Up:
    """One run of ``samskap up`` on a data folder, as a demonstration unless said otherwise."""

    data: Path
    port: int
    demo: bool = True
    process: subprocess.Popen[bytes] = field(init=False)
    said: Path = field(init=False)

    def __post_init__(self) -> None:
        kept = {name: text for name, text in os.environ.items() if not name.startswith(_OTHERS)}
        self.said = self.data.with_name(f"said-{time.monotonic_ns()}")
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "samskap.cli", "up", "--port", str(self.port)),
                    *(["--demo"] if self.demo else []),
                ],
                cwd=PROJECT,
                env={**kept, "SAMSKAP_DATA": str(self.data)},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    @property
    def words(self) -> str:
        return self.said.read_text()

    @property
    def postmaster(self) -> int | None:
        return recorded_pid(self.data / "database")

    @property
    def web_processes(self) -> list[int]:
        return [pid for pid in processes_of(self.data) if "granian" in _command(pid)]

    @property
    def worker(self) -> int:
        return next(pid for pid in processes_of(self.data) if "procrastinate" in _command(pid))

    def wait_until_serving(self, seconds: float = 2 * PATIENCE) -> float:
        """Give the seconds until the closing line stood there and a page could be had."""

        def serves() -> bool:
            assert self.process.poll() is None, self.words
            return "Ctrl-C stops everything" in self.words and status_of(self.port) == 200

        return eventually(serves, "samskap up serves", seconds=seconds)

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def ends_with(self) -> tuple[int, str]:
        """Wait until it gives up by itself, and give its exit code and what it said."""
        return self.process.wait(PATIENCE), self.words

    def is_gone(self) -> bool:
        """Whether nothing of it runs any more: no service, no database process."""
        return not processes_of(self.data) and not server_processes(folders_at(self.data).database)


def _command(pid: int) -> str:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:  # noqa: PTH123 - not a path of ours
            return file.read().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


class Readers:
    """Threads that ask for the page all the time, and note each answer."""

    def __init__(self, port: int, number: int = 4) -> None:
        self._port = port
        self._enough = threading.Event()
        self.answers: list[int] = []
        self._threads = [threading.Thread(target=self._read) for _ in range(number)]
        for thread in self._threads:
            thread.start()

    def _read(self) -> None:
        while not self._enough.is_set():
            self.answers.append(status_of(self._port))

    def stop(self) -> None:
        self._enough.set()
        for thread in self._threads:
            thread.join(PATIENCE)
