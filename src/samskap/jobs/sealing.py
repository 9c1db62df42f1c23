"""The sealer at work: beside the jobs of a worker, for as long as the worker lives."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import structlog
from django.db import Error, connection

from samskap.trust.log.sealing import AT_A_TIME, Sealer

if TYPE_CHECKING:
    from collections.abc import Iterator

log = structlog.get_logger(__name__)

# Within two seconds is promised; a round takes a few milliseconds.
PAUSE_S: Final = 0.5
_PAUSE_AFTER_A_FAULT_S: Final = 2.0


@contextmanager
def sealing() -> Iterator[None]:
    """Seal in a thread of its own until the end of what is inside."""
    enough = threading.Event()
    thread = threading.Thread(target=_work, args=(enough,), name="sealer", daemon=True)
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join()


def _work(enough: threading.Event) -> None:
    """Seal again and again; a database that is away for a while is waited for."""
    sealer, pause = Sealer(), 0.0
    while not enough.wait(pause):
        try:
            sealed = sealer.seal()
        except Error as error:
            log.warning("log.not-sealed", error=str(error).strip())
            connection.close()
            pause = _PAUSE_AFTER_A_FAULT_S
        else:
            pause = 0.0 if sealed == AT_A_TIME else PAUSE_S
    connection.close()
