"""Tying a child process to its parent's life."""

import ctypes
import os
import signal
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def tied_to_parent(number: signal.Signals) -> Callable[[], None]:
    """Prepare the call a child makes before it becomes another program.

    From then on the kernel sends it ``number`` when the *thread* that started it ends. The parent
    may end between the fork and the call; then nobody would send it any more, and the child ends.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def tie() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return tie
