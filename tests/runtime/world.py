"""What the tests of the database's ground share: polling, a keeper process, a clean place."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg
import pytest

from samskap.runtime.folders import DataFolders
from samskap.runtime.postgres import PostgresSupervisor, Status
from samskap.runtime.postgres.processes import server_processes

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds; a deadline, not a measurement

as_root_only = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root hands the database to another account"
)


def eventually(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> float:
    """Wait until something holds, and give the seconds it took."""
    start = time.monotonic()
    while not holds():
        assert time.monotonic() - start < seconds, f"{what}: not within {seconds} s"
        time.sleep(0.01)
    return time.monotonic() - start


def folders_at(data: Path, **environ: str) -> DataFolders:
    return DataFolders.locate(PROJECT, {"SAMSKAP_DATA": str(data), **environ})


def tend_until_ready(supervisor: PostgresSupervisor) -> float:
    return eventually(lambda: supervisor.tend() is Status.READY, "the server is ready again")


def ask(url: str, query: str) -> object:
    """Give the first value a query answers."""
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return row[0] if row else None


@contextmanager
def open_place() -> Iterator[Path]:
    """Give a folder that the database's account can reach; nothing may run in it afterwards."""
    with tempfile.TemporaryDirectory(prefix="samskap-test-") as name:
        place = Path(name).resolve()
        place.chmod(0o755)
        folders = folders_at(place / "data")
        yield place
        left = server_processes(folders.database) if folders.database.exists() else []
        shutil.rmtree(folders.socket, ignore_errors=True)
        assert left == []


@cache
def python_for_anyone() -> str:
    """Give this Python, or its twin on the machine when an ordinary user cannot reach this one."""
    account = folders_at(Path("/tmp")).account  # noqa: S108 - nothing is written
    twin = f"/usr/bin/python3.{sys.version_info.minor}"
    for python in (sys.executable, twin):
        if account.may_run([python, "--version"]):
            return python
    pytest.skip("no Python on this machine that an ordinary user can reach")


class Keeper:
    """A separate process that keeps the database of a data folder."""

    def __init__(self, data: Path, python: str = sys.executable, **options: int) -> None:
        libraries = [str(PROJECT / "src"), str(Path(psycopg.__file__).parents[1])]
        self.process = subprocess.Popen(
            [python, str(Path(__file__).with_name("keeper.py")), str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(libraries)},
            **options,  # type: ignore[call-overload]
        )

    def line(self) -> str:
        """Wait for the next thing it says; empty when it has ended."""
        assert self.process.stdout is not None
        return str(self.process.stdout.readline().strip())

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def end(self) -> str:
        """Let it stop its server in good order, and give what it logged."""
        return str(self.process.communicate("\n", timeout=PATIENCE)[1])


@contextmanager
def keeper(data: Path, python: str = sys.executable, **options: int) -> Iterator[Keeper]:
    kept = Keeper(data, python, **options)
    try:
        yield kept
    finally:
        if kept.process.poll() is None:
            kept.end()
        eventually(lambda: nothing_runs_in(data), "the server is gone")


def nothing_runs_in(data: Path) -> bool:
    database = data / "database"
    return not database.exists() or not server_processes(database)
