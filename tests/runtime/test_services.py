import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from samskap.runtime.ports import require_free_port
from samskap.runtime.problem import ProblemError
from samskap.runtime.services import Service, end_left_behind, is_serving, processes_of
from tests.runtime.world import eventually

# A leader with a child of its own, both of which sleep; the child ignores a polite end.
FAMILY = """
import os, signal, time
if os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(os.getpid(), flush=True)
time.sleep(600)
"""
STARTER = """
import sys, time
from pathlib import Path
from samskap.runtime.services import Service
log, owner = Path(sys.argv[1]), Path(sys.argv[2])
service = Service("sleeper", [sys.executable, "-c", sys.argv[3]], {}, log, owner)
service.start()
print(service.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    made = Service(
        "sleeper", [sys.executable, "-c", FAMILY], {}, tmp_path / "log", tmp_path, patience=0.5
    )
    yield made
    made.stop()


def test_stopped_service_takes_its_whole_family_with_it(service: Service, tmp_path: Path) -> None:
    service.start()
    eventually(lambda: len(processes_of(tmp_path)) == 2, "leader and child are there")

    service.stop()

    assert (processes_of(tmp_path), service.pid) == ([], None)


def test_service_that_ends_is_started_again_without_what_it_left(
    service: Service, tmp_path: Path
) -> None:
    service.start()
    eventually(lambda: len(processes_of(tmp_path)) == 2, "leader and child are there")
    before = processes_of(tmp_path)
    assert service.pid is not None

    os.kill(service.pid, signal.SIGKILL)
    eventually(lambda: _tended(service).has_ended, "the end is noticed")
    eventually(lambda: not _tended(service).has_ended, "it is started again")
    eventually(lambda: len(processes_of(tmp_path)) == 2, "leader and child are there")

    assert set(before) & set(processes_of(tmp_path)) == set()


def _tended(service: Service) -> Service:
    service.tend()
    return service


def test_service_that_ends_at_once_is_tried_with_growing_delays(tmp_path: Path) -> None:
    log = tmp_path / "log"
    failing = Service("failing", [sys.executable, "-c", "print('no')"], {}, log, tmp_path)
    failing.start()

    seconds = eventually(lambda: _tries(_tended(failing)) == 3, "the third try")

    failing.stop()
    assert seconds >= 0.2 + 0.4


def _tries(service: Service) -> int:
    return service.last_words().count("no")


def test_service_is_never_started_from_another_thread(service: Service) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as threads, pytest.raises(RuntimeError, match="main thread"):
        threads.submit(service.start).result()


def test_service_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    sleep = "import time; time.sleep(600)"
    with _starter(tmp_path, sleep) as starter:
        eventually(lambda: processes_of(tmp_path) != [], "the service is there")

        starter.kill()
        starter.wait()

    eventually(lambda: processes_of(tmp_path) == [], "the service is gone", seconds=10)


def test_what_an_earlier_run_left_is_ended_and_a_neighbours_is_not(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    with _starter(ours, FAMILY) as killed, _starter(theirs, FAMILY) as living:
        eventually(lambda: len(processes_of(ours)) == 2, "our family is there")
        eventually(lambda: len(processes_of(theirs)) == 2, "their family is there")
        killed.kill()
        killed.wait()
        # The leader ends with its starter; its stubborn child does not.
        eventually(lambda: len(processes_of(ours)) == 1, "one is left behind")

        ended = end_left_behind(ours, seconds=0.5)

        assert (ended, is_serving(ours), len(processes_of(theirs))) == (1, False, 2)
        living.kill()
        living.wait()
    end_left_behind(theirs, seconds=0.5)


def _starter(owner: Path, program: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", STARTER, str(owner / "log"), str(owner), program],
        stdout=subprocess.DEVNULL,
    )


def test_port_that_somebody_listens_on_is_refused_by_number() -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        port = stranger.getsockname()[1]

        with pytest.raises(ProblemError) as refused:
            require_free_port(port)

    assert refused.value.sentence == f"Port {port} is already in use by another program."
    assert f"PORT={port + 1} make up" in refused.value.remedy


def test_free_port_is_let_through_and_stays_free() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    require_free_port(port)
    require_free_port(port)


def test_port_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ProblemError) as refused:
        require_free_port(70000)

    assert refused.value.sentence == "There is no port 70000."
