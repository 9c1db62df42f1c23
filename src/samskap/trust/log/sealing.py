"""Sealing: what has been written since is put in the chain, by whoever holds the lock.

A writer commits when it will, and numbers may come out of order. So the sealer takes every entry it
can see that has no seal, however low its number, and knows how far down it must look: it notes the
highest number given out and which transactions run, and when all those have ended nothing can
appear any more at or below that number. How far this has come stands in each seal, hashed with it:
an entry that turns up below it was put there afterwards, by no action of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from django.db import connection, transaction

from samskap.trust.log.canonical import (
    BEGINNING,
    ENTRY_FIELDS,
    as_text,
    chained,
    copied,
    field,
    nth_field,
)

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

AT_A_TIME: Final = 5000
# Any number, as long as nobody else locks it: "samskap" and "log" in ASCII, folded into 63 bits.
_LOCK: Final = 0x73616D6C6F67


class _Last(NamedTuple):
    sequence: int
    hash: bytes
    settled: int


@dataclass(frozen=True, slots=True)
class _Watch:
    """The highest number that had been given out, and who was at work then."""

    highest: int
    at_work: frozenset[str]


class Sealer:
    """Seals whatever waits. One for each process; only one in the world works at a time."""

    def __init__(self) -> None:
        self._watch: _Watch | None = None
        self._decided = 0

    def seal(self, *, at_most: int = AT_A_TIME) -> int | None:
        """Seal up to ``at_most`` entries, in one transaction, and return how many they were.

        ``None`` when another is sealing.
        """
        with transaction.atomic(), connection.cursor() as cursor, as_text(connection):
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not _only(cursor):
                return None
            last = _last(cursor)
            decided = self._look_around(cursor)
            waiting = list(copied(connection, _WAITING, (last.settled, at_most)))
            if waiting:
                was_all = len(waiting) < at_most
                _write(cursor, waiting, after=last, decided=decided, was_all=was_all)
            return len(waiting)

    def seal_all(self) -> int | None:
        """Seal until nothing waits, and return how many were sealed; ``None`` as ``seal``."""
        number = 0
        while sealed := self.seal():
            number += sealed
        return None if sealed is None else number

    def _look_around(self, cursor: CursorWrapper) -> int:
        """Return a number at or below which no entry can appear any more; 0 when none is known."""
        highest, at_work = _highest(cursor), _at_work(cursor)
        if self._decided > highest:
            # Another database than before, brought back from a copy: what we knew is of no use.
            self._decided, self._watch = 0, None
        if self._watch is not None and not self._watch.at_work & at_work:
            self._decided, self._watch = max(self._decided, self._watch.highest), None
        if not at_work:
            self._decided = highest
        elif self._watch is None:
            self._watch = _Watch(highest, at_work)
        return self._decided


def _highest(cursor: CursorWrapper) -> int:
    cursor.execute(
        "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM trust_auditentry_id_seq"
    )
    return int(str(_only(cursor)))


def _at_work(cursor: CursorWrapper) -> frozenset[str]:
    """Return the transactions that run in this database, besides our own.

    Asked after the highest number: whoever was given one at or below it is here, or has ended.
    """
    cursor.execute(_AT_WORK)
    return frozenset(row[0] for row in cursor.fetchall())


def _last(cursor: CursorWrapper) -> _Last:
    cursor.execute(
        "SELECT sequence, hash, settled FROM trust_auditseal ORDER BY sequence DESC LIMIT 1"
    )
    row = cursor.fetchone()
    return _Last(row[0], bytes(row[1]), row[2]) if row else _Last(0, BEGINNING, 0)


def _write(
    cursor: CursorWrapper, waiting: list[bytes], *, after: _Last, decided: int, was_all: bool
) -> None:
    """Add a seal for each of ``waiting``; the last of them says how far everything is decided."""
    cursor.execute("SELECT clock_timestamp()::text")
    sealed_at = str(_only(cursor))
    previous = after.hash
    with cursor.copy(
        "COPY trust_auditseal (sequence, entry_id, settled, sealed_at, hash) FROM STDIN"
    ) as copy:
        for sequence, fields in enumerate(waiting, after.sequence + 1):
            number = int(nth_field(fields, 0))
            settled = after.settled
            if sequence == after.sequence + len(waiting):
                settled = max(settled, decided if was_all else min(decided, number))
            head = field(str(sequence)) + field(str(settled)) + field(sealed_at)
            previous = chained(previous, head + fields)
            copy.write_row((sequence, number, settled, sealed_at, previous))


def _only(cursor: CursorWrapper) -> object:
    row = cursor.fetchone()
    return row[0] if row else None


_WAITING: Final = f"""
SELECT {ENTRY_FIELDS} FROM trust_auditentry e
WHERE e.id > %s AND NOT EXISTS (SELECT FROM trust_auditseal s WHERE s.entry_id = e.id)
ORDER BY e.id LIMIT %s
"""  # noqa: S608 - columns of ours
_AT_WORK: Final = """
SELECT held.virtualtransaction FROM pg_locks held JOIN pg_stat_activity session USING (pid)
WHERE held.locktype = 'virtualxid' AND session.datname = current_database()
  AND held.pid <> pg_backend_pid()
"""
