"""A writer that keeps its own account of what the database acknowledged.

Run with an address and a file. It inserts 0, 1, 2 … and notes each number in the file, flushed to
the disk, once the commit was acknowledged. It survives a database that goes away; each new kind
of error goes to standard error. It stops when its standard input closes.
"""

import os
import select
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg

_PAYLOAD = "x" * 2000


def write(url: str, account: Path) -> None:
    numbers = count()
    handle = os.open(account, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    told: set[str] = set()
    while not _asked_to_stop():
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                _insert(connection, numbers, handle)
        except psycopg.Error as error:
            _tell(f"{type(error).__name__}: {error}".splitlines()[0], told)
            time.sleep(0.02)
    os.close(handle)


def _insert(connection: psycopg.Connection, numbers: Iterator[int], handle: int) -> None:
    while not _asked_to_stop():
        number = next(numbers)
        connection.execute("INSERT INTO written VALUES (%s, %s)", [number, _PAYLOAD])
        os.write(handle, f"{number}\n".encode())
        os.fsync(handle)


def _asked_to_stop() -> bool:
    return bool(select.select([sys.stdin], [], [], 0)[0])


def _tell(error: str, told: set[str]) -> None:
    if error not in told:
        told.add(error)
        sys.stderr.write(error + "\n")
        sys.stderr.flush()


if __name__ == "__main__":
    write(sys.argv[1], Path(sys.argv[2]))
