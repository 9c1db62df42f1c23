"""What the log costs eight who write at once, and how long it takes to verify it.

    python benchmarks/audit.py

The writers are processes of their own, each of which edits a body of its own, the lightest action
there is that asks for rights; a sealer works beside them all the time. Without the log the same
actions are done and nothing is written of them. ``ratio`` is the time with over the time without.
Then ``samskap audit verify``, in full, over a hundred times as many entries as ``--actors`` says.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import convention
from django.db import connection, transaction
from django.utils import timezone
from world import region

from samskap.actors.actions.bodies import BodyFacts, edit_body, set_up_body
from samskap.actors.models import BodyKind
from samskap.jobs.sealing import PAUSE_S
from samskap.kernel.text import LocalisedText
from samskap.trust import audit
from samskap.trust.log.comparing import held_to, kept_heads
from samskap.trust.log.keys import known_keys
from samskap.trust.log.sealing import Sealer
from samskap.trust.log.verifying import verify
from samskap.trust.models import Role
from tests.world.people import someone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from samskap.trust.models import User

WRITERS = 8
ACTIONS = 25
A_MILLION = 1_000_000
ENTRIES_AN_ACTOR = 100

MANY_ENTRIES = """
    INSERT INTO trust_auditentry
        (verb, about_kind, about_key, by, on_behalf_of_id, at, recorded_at, door, changes, reason)
    SELECT 'actor.edited', 'actors.actor', gen_random_uuid()::text, gen_random_uuid(), NULL,
        now() - number * interval '1 second', now() - number * interval '1 second', 'workspace',
        jsonb_build_object('name', jsonb_build_array(
            jsonb_build_object('nb', 'Navnet før ' || number), jsonb_build_object('nb', 'Etter')
        )), 'Ny adresse'
    FROM generate_series(1, %s) AS number
"""


def main() -> None:
    """Compare, and print the ratio."""
    asked = _arguments()
    with region(actors=30):
        with transaction.atomic():
            people = [someone(Role.SECRETARIAT) for _ in range(WRITERS)]
        writers = [Writer(number, by) for number, by in enumerate(people)]
        enough = threading.Event()
        sealer = threading.Thread(target=_keep_sealing, args=(enough,))
        sealer.start()
        convention.compared(
            f"{WRITERS} writers of {ACTIONS} actions each with the log and without it, and all of"
            f" {asked.actors * ENTRIES_AN_ACTOR} entries verified (seconds told for a million of"
            f" them), {asked.rounds} rounds each in turn"
        )
        try:
            timings = convention.side_by_side(
                {
                    "with_log": lambda: _write(writers, is_logged=True),
                    "without_log": lambda: _write(writers, is_logged=False),
                },
                rounds=asked.rounds,
            )
        finally:
            for writer in writers:
                writer.end()
            enough.set()
            sealer.join()
        convention.figures(timings)
        _figure_speed(timings)
        _verify(asked.actors * ENTRIES_AN_ACTOR, rounds=min(asked.rounds, 3))
    convention.ratio(timings["with_log"], timings["without_log"])


class Writer:
    """A process that does its actions when it is told, and says when it has."""

    def __init__(self, number: int, by: User) -> None:
        self._told, inside = multiprocessing.Pipe()
        # By fork, so that nothing is loaded eight times; it opens a connection of its own.
        self._process: BaseProcess = multiprocessing.get_context("fork").Process(
            target=_work_as_told, args=(inside, number, by)
        )
        connection.close()
        self._process.start()
        inside.close()
        self.done()

    def begin(self, *, is_logged: bool) -> None:
        """Let it begin."""
        self._told.send(is_logged)

    def done(self) -> None:
        """Wait until it is ready. Raises ``EOFError`` when it ended instead."""
        self._told.recv()

    def end(self) -> None:
        """Let it go home."""
        self._told.send(None)
        self._process.join()


def _write(writers: list[Writer], *, is_logged: bool) -> None:
    for writer in writers:
        writer.begin(is_logged=is_logged)
    for writer in writers:
        writer.done()


def _work_as_told(told: Connection, number: int, by: User) -> None:
    body = set_up_body(facts=_facts(f"Rad {number}"), by=by, at=timezone.now())
    record, turn = audit.record, 0
    told.send("ready")
    while (is_logged := told.recv()) is not None:
        audit.record = record if is_logged else _nothing
        for _ in range(ACTIONS):
            turn += 1
            edit_body(body=body, facts=_facts(f"Rad {number}.{turn}"), by=by, at=timezone.now())
        told.send("done")
    connection.close()


def _facts(name: str) -> BodyFacts:
    return BodyFacts(name=LocalisedText({"nb": name}), kind=BodyKind.COUNCIL)


def _nothing(*_: Any, **__: Any) -> None:
    """Write nothing down."""


def _keep_sealing(enough: threading.Event) -> None:
    sealer = Sealer()
    while not enough.wait(PAUSE_S):
        sealer.seal()
    connection.close()


def _figure_speed(timings: Mapping[str, convention.Timing]) -> None:
    logged, not_logged = timings["with_log"].p50_ms, timings["without_log"].p50_ms
    convention.figure("actions_per_second", WRITERS * ACTIONS * 1000 / logged, "1/s")
    convention.figure("speed_kept", 100 * not_logged / logged, "%")


def _verify(entries: int, *, rounds: int) -> None:
    """Seal many entries at once and verify them, the whole command's work each time."""
    with connection.cursor() as cursor:
        cursor.execute(MANY_ENTRIES, [entries])
        begun = time.perf_counter()
        sealed = Sealer().seal_all() or 0
        convention.figure("sealed_per_second", sealed / (time.perf_counter() - begun), "1/s")
        cursor.execute("ANALYZE trust_auditentry, trust_auditseal")
    taken, worked = [], []
    for _ in range(rounds):
        begun, before = time.perf_counter(), _worked()
        verdict = held_to(verify(), kept_heads(), known=known_keys())
        taken.append(time.perf_counter() - begun)
        worked.append(_worked() - before)
        if not verdict.is_whole or verdict.checked < entries:
            raise SystemExit("What was sealed is not whole; the figures are worth nothing.")
    for name, seconds in (("verify_million", taken), ("verify_million_processor", worked)):
        convention.figure(name, statistics.median(seconds) * A_MILLION / entries, "s")


def _worked() -> float:
    """Return the processor's seconds so far: ours, and of the server's process that answers us.

    The server's are told where there is /proc, and the server stands on this machine.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (server,) = cursor.fetchone()
    ticks = 0
    with suppress(OSError):
        fields = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--actors", type=int, default=10_000, help="a hundredth of the entries to verify"
    )
    parser.add_argument("--rounds", type=int, default=15, help="how often each is timed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
