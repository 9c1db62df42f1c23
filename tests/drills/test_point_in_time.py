"""A PostgreSQL of one's own, put back to the minute before a mistake, as the guide says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg
import pytest

from samskap.runtime.postgres import choose_source
from tests.drills.installation import samskap, say
from tests.runtime.world import ask, eventually, folders_at, open_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.drill

ROWS = 2_000 if os.environ.get("SAMSKAP_DRILL_FULL") else 200
GONE, LATE = "kari@example.org", "ola@example.org"
# As docs/guides/operating.md has it; the socket of the drill lets in whom the folder lets in.
ROLES = """
CREATE ROLE samskap_owner LOGIN;
CREATE ROLE samskap_app LOGIN;
GRANT samskap_app TO samskap_owner;
CREATE DATABASE samskap OWNER samskap_owner ENCODING UTF8 LOCALE 'C.UTF-8' TEMPLATE template0;
REVOKE ALL ON DATABASE samskap FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE samskap TO samskap_app;
"""


@dataclass
class OwnServer:
    """A server that is nobody's but the operator's, with what it writes archived as it goes."""

    place: Path

    def __post_init__(self) -> None:
        folders = folders_at(self.place / "nobody")
        self.account = folders.account
        self.bin = choose_source(folders, os.environ).reachable_by(folders.account, self.place).bin
        for folder in (self.data, self.archive, self.socket):
            folder.mkdir(mode=0o700)
            os.chown(folder, self.account.uid, self.account.gid)
        self.socket.chmod(0o755)

    @property
    def data(self) -> Path:
        return self.place / "pg"

    @property
    def archive(self) -> Path:
        return self.place / "archive"

    @property
    def socket(self) -> Path:
        return self.place / "s"

    def url(self, role: str, database: str = "samskap") -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket), safe='')}"

    @property
    def named(self) -> dict[str, str]:
        """The settings that lead Samskap here."""
        return {
            "DATABASE_URL": self.url("samskap_app"),
            "DATABASE_OWNER_URL": self.url("samskap_owner"),
        }

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs as the server's account."""
        other = {} if self.account.is_current else {"user": self.account.uid, "extra_groups": []}
        done = subprocess.run(
            [str(self.bin / program), *arguments],
            cwd="/",
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **({"group": self.account.gid, **other} if other else {}),
        )
        assert done.returncode == 0, done.stdout

    def make(self) -> None:
        where = f"--pgdata={self.data}"
        self.run("initdb", where, "--username=postgres", "--auth=trust", "--locale=C.UTF-8")
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(
                f"listen_addresses = ''\nunix_socket_directories = '{self.socket}'\n"
                "wal_level = replica\narchive_mode = on\narchive_timeout = 60\n"
                f"archive_command = 'test ! -f {self.archive}/%f && cp %p {self.archive}/.%f && "
                f"sync {self.archive}/.%f && mv {self.archive}/.%f {self.archive}/%f'\n"
            )
        self.start()
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            for statement in ROLES.strip().splitlines():
                connection.execute(statement.encode())

    def start(self) -> None:
        log = f"--log={self.data / 'server.log'}"
        self.run("pg_ctl", "start", f"--pgdata={self.data}", log, "--wait", "--timeout=120")

    def stop(self) -> None:
        self.run("pg_ctl", "stop", f"--pgdata={self.data}", "--mode=fast", "--wait")

    def copy_base(self) -> Path:
        base = self.place / "base"
        base.mkdir(mode=0o700)
        os.chown(base, self.account.uid, self.account.gid)
        self.run(
            "pg_basebackup",
            f"--pgdata={base}",
            f"--host={self.socket}",
            "--username=postgres",
            "--checkpoint=fast",
            "--wal-method=none",
            "--no-sync",
        )
        return base

    def put_back(self, base: Path, moment: str) -> None:
        """Do what the guide says, with the server stopped."""
        self.data.rename(self.place / "aside")
        shutil.copytree(base, self.data, copy_function=shutil.copy2, symlinks=True)
        with (self.data / "postgresql.auto.conf").open("a") as settings:
            settings.write(
                f"restore_command = 'cp {self.archive}/%f %p'\n"
                f"recovery_target_time = '{moment}'\nrecovery_target_action = 'promote'\n"
            )
        (self.data / "recovery.signal").touch()
        for path in (self.data, *self.data.rglob("*")):
            os.chown(path, self.account.uid, self.account.gid)
        self.data.chmod(0o700)


@pytest.fixture
def server() -> Iterator[OwnServer]:
    with open_place() as place:
        server = OwnServer(place)
        server.make()
        try:
            yield server
        finally:
            server.stop()


def is_known(server: OwnServer, email: str) -> bool:
    with psycopg.connect(server.url("samskap_owner")) as connection:
        return bool(
            connection.execute("SELECT FROM trust_user WHERE email = %s", [email]).fetchall()
        )


def write_rows(server: OwnServer, first: int, last: int) -> None:
    """Write rows, each acknowledged before the next, in the place of what people do."""
    with psycopg.connect(server.url("samskap_owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS drill_row (n int PRIMARY KEY)")
        for number in range(first, last + 1):
            connection.execute("INSERT INTO drill_row VALUES (%s)", [number])


def test_database_put_back_to_a_minute_has_all_of_before_and_none_of_after(server):
    web = server.place / "web"

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = samskap(web, *arguments, **server.named)
        assert done.returncode == 0, done.stderr
        return done

    run("init", "regions/ostfold")
    run("appoint", GONE, "--name", "Kari Nordmann", "--as", "auditor")
    run("audit", "head", "--out", str(server.place / "head.json"))
    base = server.copy_base()
    write_rows(server, 1, ROWS)
    moment = str(ask(server.url("samskap_owner"), "SELECT clock_timestamp()"))
    write_rows(server, ROWS + 1, 2 * ROWS)
    run("appoint", LATE, "--name", "Ola Nordmann", "--as", "auditor")
    run("erase", GONE, "--for-good")
    server.stop()

    since = time.monotonic()
    server.put_back(base, moment)
    server.start()
    owner = server.url("samskap_owner")
    eventually(lambda: ask(owner, "SELECT NOT pg_is_in_recovery()") is True, "it is promoted")
    seconds = time.monotonic() - since

    numbers = ask(owner, "SELECT array_agg(n ORDER BY n) FROM drill_row")
    assert numbers == list(range(1, ROWS + 1))
    assert [is_known(server, each) for each in (GONE, LATE)] == [True, False]

    assert run("erase", "--again").stdout == "Erased again: 1.\n"
    assert not is_known(server, GONE)
    head = str(server.place / "head.json")
    verdict = json.loads(run("audit", "verify", "--head", head, "--json").stdout)
    assert (verdict["is_whole"], verdict["breaks"]) == (True, [])
    say("acknowledged rows of before that are back", ROWS, "rows")
    say("from the stopped server to one that serves", seconds, "s")
