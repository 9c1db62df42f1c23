"""A process that keeps a database, as ``samskap up`` does, so that tests can kill it.

Run with the data folder; it prints the postmaster's number and the owner's address, tends the
server until its standard input closes, and stops it. A line ``pid`` is printed at each restart.
"""

import logging
import os
import select
import sys
from pathlib import Path

from samskap.runtime.folders import DataFolders
from samskap.runtime.postgres import PostgresSupervisor, Status, choose_source
from samskap.runtime.problem import ProblemError


def keep(data: str) -> None:
    folders = DataFolders.locate(Path(data), {**os.environ, "SAMSKAP_DATA": data})
    supervisor = PostgresSupervisor(folders, choose_source(folders, os.environ))
    supervisor.initialise()
    supervisor.start()
    told: int | None = None
    _say(supervisor.owner_url)
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        if supervisor.tend() is Status.READY and supervisor.pid != told:
            told = supervisor.pid
            _say(told)
    supervisor.stop()


def _say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        keep(sys.argv[1])
    except ProblemError as problem:
        sys.exit(str(problem))
