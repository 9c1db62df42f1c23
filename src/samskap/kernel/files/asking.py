"""Asking the child: what a file holds, told within limits, or that it took too much."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from samskap.kernel.files.limits import MOST_TOLD, allowance

if TYPE_CHECKING:
    from samskap.kernel.files.limits import Allowance

_CHILD: Final = Path(__file__).with_name("child.py")
_PACKAGE: Final = Path(__file__).resolve().parents[3]
_IN_MEMORY: Final = 1024 * 1024
_BLOCK: Final = 256 * 1024


class TooMuchError(Exception):
    """The file took more memory, time or room than it was worth."""


def ask(kind: str, data: bytes, *asked: object) -> IO[bytes]:
    """Return what the child tells of ``data``, in a file that goes when it is closed.

    Raises ``TooMuchError`` when the child was stopped, or ended without telling all.
    """
    allowed = allowance(len(data))
    told: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - handed on
    try:
        with tempfile.TemporaryFile() as given:
            given.write(data)
            given.seek(0)
            _run(_command(allowed, kind, asked), given, told, allowed)
    except BaseException:
        told.close()
        raise
    told.seek(0)
    return told


def _command(allowed: Allowance, kind: str, asked: tuple[object, ...]) -> list[str]:
    # Nothing of ours goes along: no settings, no secrets, no path but ours and the libraries'.
    return [
        *(sys.executable, "-I", "-B", str(_CHILD), str(_PACKAGE)),
        *(str(allowed.memory), str(allowed.seconds), kind, *map(str, asked)),
    ]


def _run(command: list[str], given: IO[bytes], told: IO[bytes], allowed: Allowance) -> None:
    with subprocess.Popen(  # noqa: S603 - our own file, under our own interpreter
        command,
        stdin=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
        cwd="/",
    ) as child:
        try:
            deadline = time.monotonic() + allowed.patience
            _listen(child, told, deadline)
            # One that has told all and does not end is not waited for either.
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired as much:
            child.kill()
            raise TooMuchError from much
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        raise TooMuchError


def _listen(child: subprocess.Popen[Any], told: IO[bytes], deadline: float) -> None:
    assert child.stdout is not None  # noqa: S101 - tells the type, tests nothing
    said, number = child.stdout.fileno(), 0
    with selectors.DefaultSelector() as waiting:
        waiting.register(said, selectors.EVENT_READ)
        while True:
            if not waiting.select(timeout=max(0.0, deadline - time.monotonic())):
                raise TooMuchError
            block = os.read(said, _BLOCK)
            if not block:
                return
            number += len(block)
            if number > MOST_TOLD:
                raise TooMuchError
            told.write(block)
