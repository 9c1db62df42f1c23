import os
import signal
import subprocess
from pathlib import Path

import pytest

from samskap.runtime.postgres.processes import (
    ServerProcess,
    is_alive,
    recorded_pid,
    remove_misleading_pid_file,
    says_ready,
    send,
    server_processes,
    wait_for_end,
)
from tests.runtime.world import eventually


def test_process_that_has_ended_but_was_not_collected_is_dead() -> None:
    child = subprocess.Popen(["true"])
    try:
        eventually(lambda: not is_alive(child.pid), "it has ended", seconds=10)
        os.kill(child.pid, 0)  # the kernel still knows the number
    finally:
        child.wait()


def test_innocent_process_is_neither_found_nor_signalled(place: Path) -> None:
    with subprocess.Popen(["sleep", "600"], cwd=place) as sleeper:
        pretended = ServerProcess(sleeper.pid, is_postmaster=True)

        send(pretended, place, signal.SIGKILL)

        assert server_processes(place) == []
        assert wait_for_end(pretended, place, 0.0)
        assert sleeper.poll() is None
        sleeper.kill()


@pytest.mark.parametrize(
    ("content", "pid"), [("4711\n/srv\n", 4711), ("", None), ("æ\n", None), (None, None)]
)
def test_pid_file_gives_a_number_or_nothing(
    place: Path, content: str | None, pid: int | None
) -> None:
    if content is not None:
        (place / "postmaster.pid").write_text(content)

    assert recorded_pid(place) == pid


def test_only_a_pid_file_that_would_mislead_is_removed(place: Path) -> None:
    path = place / "postmaster.pid"
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    contents = {
        "ours": f"{os.getpid()}\n",
        "standalone": f"-{os.getpid()}\n",
        "empty": "",
        "dead": f"{gone.pid}\n",
    }

    removed = {}
    for name, content in contents.items():
        path.write_text(content)
        removed[name] = remove_misleading_pid_file(place)
        assert path.exists() == (not removed[name])

    assert removed == {"ours": True, "standalone": True, "empty": True, "dead": False}


@pytest.mark.parametrize(
    ("pid", "state", "ready"),
    [(7, "ready   ", True), (7, "starting", False), (8, "ready   ", False)],
)
def test_server_is_ready_when_the_file_is_its_own_and_says_so(
    place: Path, pid: int, state: str, *, ready: bool
) -> None:
    lines = ["7", place, 1700000000, 5432, place, "", "1 2", state]
    (place / "postmaster.pid").write_text("".join(f"{line}\n" for line in lines))

    assert says_ready(place, pid) == ready
