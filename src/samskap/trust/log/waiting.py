"""What is written and not yet sealed, and how far the chain has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

# Sealing takes two seconds at most; this long, and nobody seals.
TOO_LONG: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The unsealed tail: how many entries, and how long the oldest has stood there."""

    number: int
    age: timedelta

    @property
    def is_too_long(self) -> bool:
        """Whether it looks as if nobody sealed."""
        return self.age > TOO_LONG


@dataclass(frozen=True, slots=True)
class Sealed:
    """How far the chain has come: the newest place, and when it was sealed."""

    sequence: int
    sealed_at: datetime


def waiting() -> Waiting:
    """Return what waits for the sealer."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        number, age = cursor.fetchone()
    return Waiting(number, age)


def sealed() -> Sealed | None:
    """Return how far the chain has come; ``None`` before the first seal."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequence, sealed_at FROM trust_auditseal ORDER BY sequence DESC LIMIT 1"
        )
        row = cursor.fetchone()
    return Sealed(*row) if row else None


def how_far() -> tuple[Sealed | None, Waiting]:
    """Return both: how far the chain has come, and what waits. One question."""
    with connection.cursor() as cursor:
        cursor.execute(_HOW_FAR)
        sequence, sealed_at, number, age = cursor.fetchone()
    return (Sealed(sequence, sealed_at) if sequence else None), Waiting(number, age)


# Counted by the entries themselves: how far a seal says that all is decided may be forged. Entries
# that commit late stand a few numbers behind, never thousands.
# An entry from before the column that says when it was written down is as old as what it tells of.
_WAITING: Final = """
SELECT count(*), coalesce(
  greatest(max(clock_timestamp() - coalesce(e.recorded_at, e.at)), interval '0'), interval '0'
)
FROM trust_auditentry e
WHERE e.id > (SELECT coalesce(max(entry_id), 0) - 10000 FROM trust_auditseal)
  AND NOT EXISTS (SELECT FROM trust_auditseal s WHERE s.entry_id = e.id)
"""
_HOW_FAR: Final = f"""
SELECT newest.sequence, newest.sealed_at, tail.number, tail.age
FROM ({_WAITING}) AS tail(number, age)
LEFT JOIN LATERAL (
  SELECT sequence, sealed_at FROM trust_auditseal ORDER BY sequence DESC LIMIT 1
) AS newest ON true
"""  # noqa: S608 - both questions are ours
