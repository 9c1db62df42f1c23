"""Two web nodes and two workers over one PostgreSQL: whichever answers, it is one house."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import uuid
from typing import TYPE_CHECKING

import httpx
import psycopg
import pytest

from samskap.cli.installation import Installation
from tests.drills.installation import Up, free_port, status_of
from tests.runtime.world import PROJECT, eventually, folders_at, open_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.drill
LETTERS = 60
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Second:
    """A second web node and a second worker, started as the guide to operating says."""

    def __init__(self, data: Path) -> None:
        installation = Installation(folders_at(data))
        self.addresses = installation.embedded_addresses()
        environment = {
            **os.environ,
            **installation.environment(self.addresses, demo=True),
            # The tests have a key of their own in the environment; the installation has this.
            "SAMSKAP_SECRET_KEY": (data / "secrets" / "secret-key").read_text().strip(),
            "SAMSKAP_PLAIN_HTTP": "1",
        }
        environment.pop("DATABASE_OWNER_URL", None)
        self.port = free_port()
        web = ["granian", "--interface", "wsgi", "--no-ws", "--port", str(self.port)]
        worker = ["django", "procrastinate", "worker", "--concurrency", "2"]
        self.web, self.worker = (
            subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=PROJECT,
                env=environment,
                stdin=subprocess.DEVNULL,
            )
            for command in (
                [
                    *web,
                    "--workers",
                    "1",
                    "--blocking-threads",
                    "3",
                    "samskap.config.wsgi:application",
                ],
                worker,
            )
        )

    def stop(self) -> None:
        for process in (self.web, self.worker):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def first() -> Iterator[Up]:
    with open_place() as place:
        up = Up(place / "data", free_port())
        up.wait_until_serving()
        yield up
        up.interrupt()
        eventually(up.is_gone, "everything it started is gone", seconds=30)


@pytest.fixture
def second(first: Up) -> Iterator[Second]:
    started = Second(first.data)
    eventually(lambda: status_of(started.port) == 200, "the second node answers", seconds=60)
    yield started
    started.stop()


def _signed_in(port: int) -> httpx.Client:
    reader = httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True, timeout=30)
    page = reader.get("/nb/konto/login/")
    form = re.search(r"<form[^>]*data-demo-role='?\"?secretariat.*?</form>", page.text, re.DOTALL)
    assert form, page.text[:500]
    action = re.search(r'action="([^"]+)"', form[0])
    fields = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', form[0]))
    assert action
    assert reader.post(action[1], data=fields).url.path == "/nb/arbeid/"
    return reader


def test_one_who_signs_in_at_one_node_is_signed_in_at_the_other(first: Up, second: Second) -> None:
    reader = _signed_in(first.port)

    there = reader.get(f"http://127.0.0.1:{second.port}/nb/arbeid/", follow_redirects=False)
    token = _TOKEN.search(reader.get("/nb/konto/logout/").text)
    assert token
    reader.post("/nb/konto/logout/", data={"csrfmiddlewaretoken": token[1]})
    after = reader.get(f"http://127.0.0.1:{second.port}/nb/arbeid/", follow_redirects=False)

    assert (there.status_code, after.status_code) == (200, 302)


def test_what_is_changed_at_one_is_seen_at_both_at_once(first: Up, second: Second) -> None:
    pages = [
        f"http://127.0.0.1:{port}/nb/hvem-er-hvem/?q=Tvilling" for port in (first.port, second.port)
    ]
    assert [httpx.get(page).text.count("Tvilling Verksted") for page in pages] == [0, 0]

    with psycopg.connect(second.addresses.owner, autocommit=True) as database:
        database.execute(
            "UPDATE actors_actor SET name = jsonb_set(name, '{nb}', '\"Tvilling Verksted\"'),"
            " search_text = search_text || ' tvilling verksted'"
            " WHERE id = (SELECT min(id) FROM actors_actor WHERE visibility = 'public')"
        )

    assert all("Tvilling Verksted" in httpx.get(page).text for page in pages)


def test_each_letter_goes_out_once_though_two_workers_look_for_work(
    first: Up, second: Second
) -> None:
    outbox = first.data / "outbox"
    before = set(outbox.glob("*.eml"))
    with psycopg.connect(second.addresses.app, autocommit=True) as database:
        for number in range(LETTERS):
            key = uuid.uuid4()
            message = f"Subject: Brev {number}\r\n\r\nHei.\r\n".encode()
            database.execute(
                "INSERT INTO kernel_letter (key, sender, recipients, message, queued_at)"
                " VALUES (%s, 'a@example.no', '[\"b@example.no\"]', %s, now())",
                [key, message],
            )
            database.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
                " VALUES ('default', 'samskap.mail.deliver', jsonb_build_object('key', %s::text))",
                [str(key)],
            )

        def waiting() -> int:
            row = database.execute(
                "SELECT count(*) FROM kernel_letter WHERE delivered_at IS NULL"
            ).fetchone()
            return int(row[0]) if row else -1

        eventually(lambda: waiting() == 0, "all letters are delivered", seconds=60)
        workers = database.execute(
            "SELECT count(DISTINCT worker_id) FROM procrastinate_jobs"
            " WHERE task_name = 'samskap.mail.deliver'"
        ).fetchone()

    new = [path.read_bytes() for path in set(outbox.glob("*.eml")) - before]
    told = sorted(int(re.search(rb"Subject: Brev (\d+)", one)[1]) for one in new)  # type: ignore[index]
    assert told == list(range(LETTERS))
    assert workers is not None


def test_one_of_each_goes_and_the_other_carries_on(first: Up, second: Second) -> None:
    second.web.kill()
    second.worker.kill()
    with psycopg.connect(second.addresses.app, autocommit=True) as database:
        newest = database.execute("SELECT max(id) FROM trust_auditentry").fetchone()
        _signed_in(first.port)

        def sealed() -> bool:
            row = database.execute(
                "SELECT count(*) FROM trust_auditentry e WHERE NOT EXISTS"
                " (SELECT FROM trust_auditseal s WHERE s.entry_id = e.id)"
            ).fetchone()
            return row is not None and row[0] == 0

        eventually(sealed, "the worker that is left seals the log", seconds=15)

    assert newest is not None
    assert status_of(first.port) == 200


def test_a_message_with_two_lengths_is_refused(first: Up) -> None:
    # RFC 9112, 6.1: whoever sends both may be smuggling a second request past a proxy.
    forged = (
        b"POST /nb/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", first.port), timeout=10) as line:
        line.sendall(forged)
        line.shutdown(socket.SHUT_WR)
        answers = b"".join(iter(lambda: line.recv(65536), b""))

    # Either it is refused outright, or read once and by its chunks alone.
    assert answers.count(b"HTTP/1.1 2") + answers.count(b"HTTP/1.1 3") == 0
