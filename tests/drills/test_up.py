"""`samskap up --demo` as people meet it: killed, interrupted, in the way, and started again."""

from __future__ import annotations

import os
import signal
import socket
import statistics
import time
from typing import TYPE_CHECKING

import psycopg
import pytest

from samskap.cli.installation import Installation
from tests.drills.installation import Readers, Up, free_port, say, status_of
from tests.drills.ledger import TABLE, Writer, lost_rows
from tests.runtime.world import eventually, folders_at, open_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.drill

KILLS = int(os.environ.get("SAMSKAP_DRILL_KILLS", "3"))
IS_FULL = bool(os.environ.get("SAMSKAP_DRILL_FULL"))
MEDIAN_S, WORST_S = 2.0, 10.0
SECOND_RUN_S = 5.0
GONE_S = 1.0
MORE_ROWS = 20
STEADY_S = 1.5


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """Give the data folder of a demonstration that has been started once, and stopped."""
    with open_place() as place:
        first = Up(place / "data", free_port())
        say("first_run", first.wait_until_serving(), "s")
        assert first.interrupt() == 0
        yield place / "data"


@pytest.fixture
def up(data: Path) -> Iterator[Up]:
    started = Up(data, free_port())
    yield started
    if started.process.poll() is None:
        started.interrupt()
    eventually(started.is_gone, "everything it started is gone", seconds=30)


@pytest.fixture
def readers(up: Up) -> Iterator[Readers]:
    up.wait_until_serving()
    reading = Readers(up.port)
    yield reading
    reading.stop()


def _owner_url(data: Path) -> str:
    return Installation(folders_at(data)).embedded_addresses().owner


def _seconds_until_a_page(up: Up, killed: int | None) -> float:
    """Wait for a page whose request began when a new server was there.

    A process of the killed server may answer one last query, and that is no recovery.
    """
    start = time.monotonic()
    eventually(lambda: up.postmaster not in {None, killed}, "a new server is there")
    eventually(lambda: status_of(up.port) == 200, "a page is there")
    return time.monotonic() - start


@pytest.mark.usefixtures("readers")
def test_killed_database_is_back_within_seconds_and_loses_nothing_acknowledged(
    up: Up, data: Path
) -> None:
    url = _owner_url(data)
    with psycopg.connect(url) as connection:
        connection.execute("DROP TABLE IF EXISTS written")
        connection.execute(TABLE)
    writer, web = Writer(url, data.with_name("account")), up.web_processes
    took: list[float] = []
    for _ in range(KILLS):
        enough = len(writer.acknowledged()) + MORE_ROWS
        eventually(lambda: len(writer.acknowledged()) >= enough, "the writer goes on")  # noqa: B023
        # A server that keeps dying is tried with growing pauses; each kill meets a steady one.
        time.sleep(STEADY_S)
        killed = up.postmaster
        assert killed is not None

        os.kill(killed, signal.SIGKILL)
        took.append(_seconds_until_a_page(up, killed))
    enough = len(writer.acknowledged()) + MORE_ROWS
    eventually(lambda: len(writer.acknowledged()) >= enough, "the writer goes on")
    writer.stop()

    median, worst = statistics.median(took), max(took)
    say("kills_of_the_database", KILLS, "times")
    say("acknowledged_rows", len(writer.acknowledged()), "rows")
    say("kill_to_page_median", median, "s")
    say("kill_to_page_worst", worst, "s")
    assert lost_rows(url, writer.acknowledged()) == set()
    assert up.web_processes == web
    assert median <= MEDIAN_S
    assert worst <= WORST_S


def test_killed_worker_is_started_again(up: Up) -> None:
    up.wait_until_serving()
    killed = up.worker

    os.kill(killed, signal.SIGKILL)

    eventually(lambda: _has_another_worker(up, killed), "another worker is there")
    eventually(lambda: status_of(up.port, "/health/ready") == 200, "the worker works")


def _has_another_worker(up: Up, killed: int) -> bool:
    try:
        return up.worker != killed
    except StopIteration:
        return False


def test_killed_web_server_is_started_again_on_the_same_port(up: Up) -> None:
    up.wait_until_serving()
    leader, *_ = up.web_processes

    os.kill(leader, signal.SIGKILL)

    eventually(lambda: leader not in up.web_processes, "the old web server is gone")
    eventually(lambda: status_of(up.port) == 200, "a page is there")


def test_interrupted_up_stops_everything_quietly(up: Up) -> None:
    up.wait_until_serving()

    code = up.interrupt()

    assert (code, up.is_gone()) == (0, True)
    assert up.words.splitlines()[-1] == "Stopped."


def test_terminated_up_stops_everything(up: Up) -> None:
    up.wait_until_serving()

    up.process.terminate()

    assert (up.process.wait(30), up.is_gone()) == (0, True)


def test_killed_up_leaves_no_process_and_the_next_one_serves(up: Up, data: Path) -> None:
    up.wait_until_serving()

    up.process.kill()
    up.process.wait()
    seconds = eventually(up.is_gone, "everything it started is gone", seconds=10)

    say("killed_up_to_nothing_left", seconds, "s")
    assert not IS_FULL or seconds <= GONE_S
    following = Up(data, up.port)
    following.wait_until_serving()
    assert following.interrupt() == 0


def test_what_a_killed_run_left_on_the_port_is_ended_first(up: Up, data: Path) -> None:
    up.wait_until_serving()
    leader, *orphans = up.web_processes
    for orphan in orphans:
        os.kill(orphan, signal.SIGSTOP)

    up.process.kill()
    os.kill(leader, signal.SIGKILL)
    up.process.wait()
    following = Up(data, up.port)
    following.wait_until_serving()

    assert set(orphans) & set(following.web_processes) == set()
    assert "Ended what an earlier run had left behind." in following.words
    assert following.interrupt() == 0


def test_second_up_on_one_folder_says_where_the_first_serves(up: Up, data: Path) -> None:
    up.wait_until_serving()

    code, words = Up(data, free_port()).ends_with()

    assert code == 1
    assert words.splitlines() == [
        f"Samskap already serves {data} on http://127.0.0.1:{up.port}.",
        "Use that one, stop it with Ctrl-C, or choose another data folder with SAMSKAP_DATA.",
    ]


def test_what_is_invented_is_never_served_as_if_it_were_real(data: Path) -> None:
    for _ in ("the first time", "and every other"):
        code, words = Up(data, free_port(), demo=False).ends_with()

        assert code == 1
        assert words.splitlines()[0] == (
            "There is demonstration data here, and this is not a demonstration."
        )
        assert "--demo" in words.splitlines()[1]


def test_port_in_use_is_said_before_anything_is_made() -> None:
    with open_place() as place, socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]

        code, words = Up(place / "data", port).ends_with()

        assert code == 1
        assert words.splitlines()[0] == f"Port {port} is already in use by another program."
        assert f"PORT={port + 1} make up" in words.splitlines()[1]
        assert not (place / "data" / "database").exists()


def test_lock_file_of_a_dead_run_is_in_nobodys_way(data: Path) -> None:
    (data / "up.lock").write_text("1\n")
    (data / "database" / "postmaster.pid").write_text("1\n")

    following = Up(data, free_port())
    following.wait_until_serving()

    assert following.interrupt() == 0


def test_second_run_serves_at_once(data: Path) -> None:
    again = Up(data, free_port())

    seconds = again.wait_until_serving()

    say("second_run", seconds, "s")
    assert again.interrupt() == 0
    assert not IS_FULL or seconds <= SECOND_RUN_S
