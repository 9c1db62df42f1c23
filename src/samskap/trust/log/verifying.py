"""Verifying: that every entry is as it was when it was sealed, in its place, and none missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from samskap.trust.log.canonical import (
    BEGINNING,
    ENTRY_FIELDS,
    HASH_BYTES,
    LENGTH_BYTES,
    SEAL_FIELDS,
    as_text,
    chained,
    copied,
    field,
    nth_field,
)
from samskap.trust.log.waiting import Waiting, waiting

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is told one by one; the rest is only counted.
TOLD: Final = 100
_HASH: Final = slice(LENGTH_BYTES, LENGTH_BYTES + HASH_BYTES)
_FIELDS: Final = slice(LENGTH_BYTES + HASH_BYTES, None)
# The number of the entry stands after what is the seal's own.
_ENTRY_NUMBER: Final = 3
_NO_ENTRY: Final = field(None) * 11


class Fault(StrEnum):
    """What can be wrong with a place in the chain."""

    CHANGED = "changed"
    SEAL_CHANGED = "seal-changed"
    ENTRY_GONE = "entry-gone"
    SEAL_GONE = "seal-gone"
    INSERTED = "inserted"
    TAIL_CUT = "tail-cut"
    REWRITTEN = "rewritten"
    SIGNATURE = "signature"
    UNKNOWN_KEY = "unknown-key"


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the chain does not hold.

    ``sequence`` is the place; of what was rewritten as a whole it is the first that may have been,
    and ``until`` the last. ``entry`` is the number of the entry, where there is one.
    """

    fault: Fault
    sequence: int
    entry: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it: how many seals were held to their entries, what is wrong, what waits."""

    checked: int
    breaks: tuple[Break, ...]
    """In the order of their places; at most ``TOLD`` of them."""
    number_of_breaks: int
    waiting: Waiting

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.number_of_breaks


def verify() -> Verdict:
    """Hold every seal to its entry and to the seal before it, the first to the last.

    A break is told where it is: each link is checked with the hash that stands before it, so that
    one change does not make all that follows look changed.
    """
    with transaction.atomic(), as_text(connection):
        walk = _Walk()
        for sent in _chain(_last_sequence()):
            walk.take(sent)
        walk.end()
        inserted = list(_inserted())
        found = sorted([*walk.breaks, *inserted], key=lambda one: one.sequence)
        return Verdict(
            checked=walk.checked,
            breaks=tuple(found[:TOLD]),
            number_of_breaks=walk.number_of_breaks + len(inserted),
            waiting=waiting(),
        )


class _Walk:
    """What is known so far, on the way from the first seal to the last."""

    def __init__(self) -> None:
        self.breaks: list[Break] = []
        self.checked = self.number_of_breaks = 0
        self._previous: bytes | None = BEGINNING
        self._sequence = 0
        # A link that does not hold, and the hash that would have: what follows tells which it is.
        self._doubt: tuple[Break, bytes] | None = None

    def take(self, sent: bytes) -> None:
        """Hold one seal to the one before, and to its entry: its hash, and what was hashed."""
        hashed, fields = sent[_HASH], sent[_FIELDS]
        self.checked += 1
        if self._doubt is not None or not self._follows(hashed, fields):
            self._look_closer(*_parted(sent))
            return
        self._previous = hashed
        self._sequence += 1

    def _follows(self, hashed: bytes, fields: bytes) -> bool:
        place = b"%d" % (self._sequence + 1)
        return (
            self._previous is not None
            and sha256(self._previous + fields).digest() == hashed
            and fields[LENGTH_BYTES : LENGTH_BYTES + len(place)] == place
            and not fields.endswith(_NO_ENTRY)
        )

    def _look_closer(self, hashed: bytes, fields: bytes) -> None:
        sequence = int(nth_field(fields, 0))
        if sequence != self._sequence + 1:
            self._miss(self._sequence + 1, sequence)
        holds = self._previous is None or sha256(self._previous + fields).digest() == hashed
        if self._doubt is not None:
            holds = self._settle(*self._doubt, hashed, fields) or holds
        if fields.endswith(_NO_ENTRY):
            self._add(Break(Fault.ENTRY_GONE, sequence))
        elif not holds and self._previous is not None:
            doubted = Break(Fault.CHANGED, sequence, int(nth_field(fields, _ENTRY_NUMBER)))
            self._doubt = doubted, chained(self._previous, fields)
        self._previous, self._sequence = hashed, sequence

    def end(self) -> None:
        """Nothing follows: what is in doubt was changed, entry or seal."""
        if self._doubt is not None:
            self._add(self._doubt[0])
            self._doubt = None

    def _settle(self, doubted: Break, should_be: bytes, hashed: bytes, fields: bytes) -> bool:
        """Add what was in doubt, and say whether this follows on what should have stood there.

        Then the seal before was changed, and neither its entry nor this one.
        """
        self._doubt = None
        follows = chained(should_be, fields) == hashed
        self._add(replace(doubted, fault=Fault.SEAL_CHANGED) if follows else doubted)
        return follows

    def _miss(self, first: int, beyond: int) -> None:
        """Add the seals from ``first`` on that are not there; what follows them is held to none."""
        self.end()
        for missing in range(first, min(beyond, first + TOLD)):
            self._add(Break(Fault.SEAL_GONE, missing))
        self.number_of_breaks += max(0, beyond - first - TOLD)
        self._previous = None

    def _add(self, one: Break) -> None:
        self.number_of_breaks += 1
        if len(self.breaks) < TOLD:
            self.breaks.append(one)


def _parted(sent: bytes) -> tuple[bytes, bytes]:
    """Take the hash and the hashed fields apart, however long somebody made the hash."""
    end = LENGTH_BYTES + int.from_bytes(sent[:LENGTH_BYTES], "big")
    return sent[LENGTH_BYTES:end], sent[end:]


def _chain(last: int) -> Iterator[bytes]:
    """Yield each seal up to ``last`` in their order: its hash, and the fields that were hashed."""
    # One entry after the other by its number: nothing is sorted, and the first comes at once. One
    # process of the server's reads while we hash: a second would spend its time on handing over.
    _plan(is_by_number=True)
    yield from copied(connection, _SEALS, (last,))
    _plan(is_by_number=False)


def _plan(*, is_by_number: bool) -> None:
    with connection.cursor() as cursor:
        for way in ("hashjoin", "mergejoin", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = {'off' if is_by_number else 'on'}")
        helpers = "= 0" if is_by_number else "TO DEFAULT"
        cursor.execute(f"SET LOCAL max_parallel_workers_per_gather {helpers}")


def _last_sequence() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(sequence), 0) FROM trust_auditseal")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _inserted() -> Iterator[Break]:
    """Yield the entries that turned up, sealed or not, where nothing could appear any more.

    One without a seal is told by the place it stands before.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PUT_THERE)
        for sequence, entry in cursor.fetchall():
            yield Break(Fault.INSERTED, sequence, entry)


_SEALS: Final = f"""
SELECT s.hash, {SEAL_FIELDS}, {ENTRY_FIELDS}
FROM trust_auditseal s LEFT JOIN trust_auditentry e ON e.id = s.entry_id
WHERE s.sequence <= %s ORDER BY s.sequence
"""  # noqa: S608 - columns of ours
_PUT_THERE: Final = """
SELECT later.sequence, later.entry_id FROM trust_auditseal later
JOIN trust_auditseal earlier ON earlier.sequence = later.sequence - 1
WHERE later.entry_id <= earlier.settled
UNION ALL
SELECT coalesce(
    (SELECT min(s.sequence) FROM trust_auditseal s WHERE s.entry_id > e.id),
    (SELECT max(s.sequence) FROM trust_auditseal s)
  ), e.id
FROM trust_auditentry e
WHERE e.id <= (SELECT max(settled) FROM trust_auditseal)
  AND NOT EXISTS (SELECT FROM trust_auditseal s WHERE s.entry_id = e.id)
ORDER BY 1, 2
LIMIT 1000
"""
