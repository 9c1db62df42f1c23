"""Read one file, alone and within limits. Run by ``asking`` as a process of its own.

The file is standard input; what is told of it goes to standard output, a JSON value a line, or as
bytes where bytes were asked for. Nothing is written to any disk, no other process is begun, no
network is there, and the kernel sees to it (``filtering``). It ends with 0 when it has told all it
was asked, else it took too much.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

# A user and a network of its own: names from Linux's sched.h.
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_OPEN_FILES: Final = 48


def main(package: str, memory: str, seconds: str, kind: str, *asked: str) -> None:
    """Do what was asked of the file, within the limits that came along."""
    _shut_out()
    _limit(int(memory), int(seconds))
    # Ours and the libraries', and nothing else: the interpreter was told to know no more.
    sys.path.append(package)
    _read_alone()
    sys.setrecursionlimit(500)
    _reader(kind)(sys.stdin.buffer, sys.stdout.buffer, *asked)
    sys.stdout.buffer.flush()


def _reader(kind: str) -> Callable[..., None]:
    from importlib import import_module  # noqa: PLC0415 - nothing before the limits

    readers = {
        "look": "samskap.kernel.files.within.workbook",
        "sheet": "samskap.kernel.files.within.workbook",
        "text": "samskap.kernel.files.within.text",
        "pdf": "samskap.kernel.files.within.paper",
        "picture": "samskap.kernel.files.within.picture",
    }
    reader: Callable[..., None] = getattr(import_module(readers[kind]), kind)
    return reader


def _shut_out() -> None:
    """Leave the network, where the system lets us; nothing we import asks for it anyway."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) != 0:
        libc.unshare(_NEW_USER | _NEW_NETWORK)


def _read_alone() -> None:
    from samskap.kernel.files.filtering import allow_reading_alone  # noqa: PLC0415 - see above

    allow_reading_alone()


def _limit(memory: int, seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):  # A system that knows no such limit.
            continue


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (MemoryError, RecursionError):
        os._exit(3)
