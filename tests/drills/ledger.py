"""Starting the writer, and holding its account against the database."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.runtime.world import PATIENCE

TABLE = "CREATE TABLE written (id int PRIMARY KEY, payload text)"


class Writer:
    """A separate process that writes, and notes in a file what was acknowledged."""

    def __init__(self, url: str, account: Path) -> None:
        self.account = account
        self.errors = account.with_suffix(".errors")
        with self.errors.open("w") as errors:
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("writer.py")), url, str(account)],
                stdin=subprocess.PIPE,
                stderr=errors,
                env=dict(os.environ),
            )

    def acknowledged(self) -> set[int]:
        """Read the whole lines of the account; the last may still be on its way."""
        text = self.account.read_text() if self.account.exists() else ""
        return {int(line) for line in text.rpartition("\n")[0].splitlines()}

    def has_met(self, error: str) -> bool:
        return error in self.errors.read_text()

    def stop(self) -> None:
        self._process.communicate(b"\n", timeout=PATIENCE)


def lost_rows(url: str, acknowledged: set[int]) -> set[int]:
    """Give what was acknowledged and is not there."""
    with psycopg.connect(url) as connection:
        kept = {number for (number,) in connection.execute("SELECT id FROM written")}
    return acknowledged - kept
