"""The full-disk drill itself; it runs where a small disk is mounted.

Run as a module with the folder of a small disk. A cluster is made there, once without enough space
and once with it; a server runs under a writer while the disk is filled to the last byte and freed
again; every acknowledged row is looked for. What was found is printed as JSON.
"""

import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg

from samskap.runtime.diagnosis import free_bytes
from samskap.runtime.postgres import PostgresSupervisor, choose_source
from samskap.runtime.problem import ProblemError
from tests.drills.ledger import TABLE, Writer, lost_rows
from tests.runtime.world import eventually, folders_at, tend_until_ready

ENOUGH_TO_BEGIN = 20_000_000  # bytes; PostgreSQL fails in the middle of making a cluster
_CHUNK = b"\0" * 65536


class _Log(logging.Handler):
    """Keeps the sentences the supervisor logged."""

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.sentences.append(record.getMessage())


def drill(small: Path, elsewhere: Path) -> dict[str, object]:
    log = _Log()
    logging.getLogger("samskap").addHandler(log)
    ballast = small / "ballast"
    folders = folders_at(small / "data")
    supervisor = PostgresSupervisor(folders, choose_source(folders, os.environ))
    made = [_refusal(supervisor.initialise, ballast, left) for left in (ENOUGH_TO_BEGIN, 0)]
    supervisor.initialise()
    supervisor.start()
    try:
        found = _fill_and_free(supervisor, ballast, elsewhere / "account")
    finally:
        supervisor.stop()
    started = [_refusal(supervisor.start, ballast, 0)]
    return {**found, "made": made, "started": started, "run": log.sentences}


def _refusal(step: Callable[[], None], ballast: Path, left: int) -> str:
    """Give what a step says on a disk with so many bytes left; the disk is freed again."""
    _fill(ballast, left)
    try:
        step()
    except ProblemError as problem:
        return problem.sentence
    finally:
        ballast.unlink()
    return "it went well"


def _fill_and_free(
    supervisor: PostgresSupervisor, ballast: Path, account: Path
) -> dict[str, object]:
    with psycopg.connect(supervisor.owner_url) as connection:
        connection.execute(TABLE)
    writer = Writer(supervisor.owner_url, account)
    try:
        eventually(lambda: len(writer.acknowledged()) > 100, "rows are written")
        _fill(ballast)
        eventually(
            lambda: _tended(supervisor) and writer.has_met("No space left on device"),
            "the writer is told that the disk is full",
        )
        before = len(writer.acknowledged())
        ballast.unlink()
        tend_until_ready(supervisor)
        eventually(
            lambda: _tended(supervisor) and len(writer.acknowledged()) > before,
            "writing goes on",
        )
    finally:
        writer.stop()
    tend_until_ready(supervisor)
    acknowledged = writer.acknowledged()
    lost = lost_rows(supervisor.owner_url, acknowledged)
    return {"acknowledged": len(acknowledged), "lost": sorted(lost)}


def _fill(ballast: Path, left: int = 0) -> None:
    with ballast.open("ab", buffering=0) as file:
        while free_bytes(ballast.parent) > left:
            try:
                file.write(_CHUNK)
            except OSError:
                return


def _tended(supervisor: PostgresSupervisor) -> bool:
    supervisor.tend()
    return True


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as elsewhere:
        os.umask(0o022)
        sys.stdout.write(json.dumps(drill(Path(sys.argv[1]), Path(elsewhere))))
