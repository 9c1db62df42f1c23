"""Ending server processes that work in our folder without being our child."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

from samskap.runtime.postgres.processes import send, server_processes, wait_for_end
from samskap.runtime.problem import ProblemError

FAST_STOP = 20.0  # seconds a fast shutdown may take before an immediate one
IMMEDIATE_STOP = 5.0  # seconds an immediate shutdown may take before the end by force

_STEPS = (
    (signal.SIGINT, FAST_STOP),
    (signal.SIGQUIT, IMMEDIATE_STOP),
    (signal.SIGKILL, IMMEDIATE_STOP),
)


def end_left_behind(database: Path, progress: Callable[[str], None]) -> None:
    """Shut down whatever still runs on the folder, first cleanly, and wait for it.

    Raises
    ------
    ProblemError
        Something cannot be ended at all.
    """
    for number, patience in _STEPS:
        left = server_processes(database)
        if not left:
            return
        progress("Stopping the database server that an earlier run left behind.")
        signal_left_behind(database, number)
        deadline = time.monotonic() + patience
        for process in left:
            wait_for_end(process, database, max(0.0, deadline - time.monotonic()))
    if left := server_processes(database):
        raise ProblemError(
            f"Process {left[0].pid} still works in {database} and cannot be stopped.",
            "Stop it, or restart the machine.",
        )


def signal_left_behind(database: Path, number: signal.Signals) -> None:
    """Signal the postmaster, who tells the rest; without one, the rest, who expect no orders.

    A backend without a postmaster takes a polite signal for a cancelled query.
    """
    left = server_processes(database)
    postmasters = [process for process in left if process.is_postmaster]
    alone = signal.SIGKILL if number is signal.SIGKILL else signal.SIGQUIT
    for process in postmasters or left:
        send(process, database, number if postmasters else alone)
