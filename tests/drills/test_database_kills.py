import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samskap.runtime.postgres import PostgresSupervisor, Status, choose_source
from samskap.runtime.postgres.processes import server_processes
from tests.drills.ledger import TABLE, Writer, lost_rows
from tests.runtime.world import (
    PATIENCE,
    PROJECT,
    eventually,
    folders_at,
    keeper,
    nothing_runs_in,
    open_place,
    tend_until_ready,
)

pytestmark = pytest.mark.drill

KILLS = int(os.environ.get("SAMSKAP_DRILL_KILLS", "3"))
MORE_ROWS = 50


@pytest.fixture
def place() -> Iterator[Path]:
    with open_place() as folder:
        yield folder


@pytest.fixture
def supervisor(place: Path) -> Iterator[PostgresSupervisor]:
    folders = folders_at(place / "data")
    supervisor = PostgresSupervisor(folders, choose_source(folders, os.environ))
    supervisor.initialise()
    supervisor.start()
    with psycopg.connect(supervisor.owner_url) as connection:
        connection.execute(TABLE)
    yield supervisor
    supervisor.stop()


@pytest.fixture
def writer(supervisor: PostgresSupervisor, place: Path) -> Iterator[Writer]:
    writer = Writer(supervisor.owner_url, place / "account")
    yield writer
    writer.stop()


def _wait_for_more(supervisor: PostgresSupervisor, writer: Writer) -> None:
    enough = len(writer.acknowledged()) + MORE_ROWS

    def written() -> bool:
        supervisor.tend()
        return len(writer.acknowledged()) >= enough

    eventually(written, "the writer goes on")


def test_killed_server_under_a_writer_loses_no_acknowledged_row(
    supervisor: PostgresSupervisor, writer: Writer
) -> None:
    for _ in range(KILLS):
        _wait_for_more(supervisor, writer)
        assert supervisor.pid is not None

        os.kill(supervisor.pid, signal.SIGKILL)
        acknowledged = writer.acknowledged()
        eventually(lambda: supervisor.tend() is not Status.READY, "the death is noticed")
        tend_until_ready(supervisor)

        assert lost_rows(supervisor.owner_url, acknowledged) == set()
    _wait_for_more(supervisor, writer)
    assert lost_rows(supervisor.owner_url, writer.acknowledged()) == set()


def test_killed_backend_under_a_writer_loses_no_acknowledged_row(
    supervisor: PostgresSupervisor, writer: Writer
) -> None:
    for _ in range(KILLS):
        _wait_for_more(supervisor, writer)
        postmaster = supervisor.pid
        children = server_processes(supervisor.folders.database)
        victim = next(child for child in children if not child.is_postmaster)

        os.kill(victim.pid, signal.SIGKILL)
        _wait_for_more(supervisor, writer)

        assert supervisor.pid == postmaster
        assert lost_rows(supervisor.owner_url, writer.acknowledged()) == set()


def test_killed_keeper_under_a_writer_loses_no_acknowledged_row(place: Path) -> None:
    data = place / "data"
    writer: Writer | None = None
    for _ in range(KILLS):
        with keeper(data) as kept:
            url = kept.line()
            with psycopg.connect(url) as connection:
                connection.execute(TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
            writer = writer or Writer(url, place / "account")
            assert lost_rows(url, writer.acknowledged()) == set()
            enough = len(writer.acknowledged()) + MORE_ROWS
            eventually(lambda: len(writer.acknowledged()) >= enough, "the writer goes on")  # noqa: B023

            kept.kill()
            eventually(lambda: nothing_runs_in(data), "the server is gone", seconds=10)
    assert writer is not None
    writer.stop()

    with keeper(data) as last:
        assert lost_rows(last.line(), writer.acknowledged()) == set()


def test_full_disk_is_told_in_words_and_loses_no_acknowledged_row(place: Path) -> None:
    small = place / "small"
    small.mkdir()
    if subprocess.run(_on_small_disk(small, "true"), check=False, capture_output=True).returncode:
        pytest.skip("no mount namespace on this machine: the full-disk drill was not run")

    done = subprocess.run(
        _on_small_disk(small, sys.executable, "-m", "tests.drills.full_disk", str(small)),
        check=False,
        capture_output=True,
        text=True,
        timeout=4 * PATIENCE,
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(PROJECT / "src"), *sys.path])},
    )

    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    full = f"The disk that holds {small}/data"
    assert (len(found["made"]), len(found["started"]), len(found["run"]) > 0) == (2, 1, True)
    said = [*found["made"], *found["started"], *found["run"]]
    assert {sentence[: len(full)] for sentence in said} == {full}
    assert found["acknowledged"] > 100
    assert found["lost"] == []


def _on_small_disk(folder: Path, *command: str) -> list[str]:
    """Run a command where 64 MB are mounted on a folder, unseen by the rest of the machine.

    An ordinary user becomes root of a namespace to mount, and herself again to go on.
    """
    mount = 'mount -t tmpfs -o size=64m,mode=755 drill "$0" && exec '
    if os.geteuid() == 0:
        return ["unshare", "-m", "sh", "-c", f'{mount} "$@"', str(folder), *command]
    back = f'unshare -U --map-user={os.geteuid()} --map-group={os.getegid()} "$@"'
    return ["unshare", "-rm", "sh", "-c", mount + back, str(folder), *command]
