"""Whoever owns the database and means ill: the log changed behind the product's back."""

from __future__ import annotations

from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TABLES = ("trust_auditentry", "trust_auditseal", "trust_loghead")


def chance_of(seed: object) -> Random:
    """The same chance for the same seed: what failed once can be looked at."""
    return Random(str(seed))  # noqa: S311 - no secret depends on it


def sql(statement: str, *given: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


@contextmanager
def as_the_owner() -> Iterator[None]:
    """Be the tables' owner, with their triggers out of the way."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("RESET ROLE")
    for table in TABLES:
        sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        for table in TABLES:
            sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        sql("SELECT set_config('role', %s, true)", settings.DATABASE_APP_ROLE)


def change(sequence: int, chance: Random) -> None:
    """Let an entry say something else, in any of its fields."""
    field, value = chance.choice(
        [
            ("verb", "'party.forged'"),
            ("about_kind", "'trust.person'"),
            ("about_key", "about_key || '0'"),
            ("by", "gen_random_uuid()"),
            ("at", "at + interval '1 microsecond'"),
            ("recorded_at", "recorded_at - interval '1 second'"),
            ("door", "'portal'"),
            ("changes", """changes || '{"forged": []}'"""),
            ("reason", "reason || ' '"),
        ]
    )
    sql(
        f"UPDATE trust_auditentry SET {field} = {value}"  # noqa: S608 - ours
        " WHERE id = (SELECT entry_id FROM trust_auditseal WHERE sequence = %s)",
        sequence,
    )


def change_seal(sequence: int, chance: Random) -> None:
    """Let a seal say something else."""
    change = chance.choice(
        [
            "hash = sha256(hash)",
            "hash = 'short'",
            "hash = ''",
            "sealed_at = sealed_at - interval '1 day'",
            "settled = settled + 1",
        ]
    )
    sql(f"UPDATE trust_auditseal SET {change} WHERE sequence = %s", sequence)  # noqa: S608 - ours


def remove_entry(sequence: int, _chance: Random) -> None:
    """Let an entry be gone, and its seal stand."""
    sql(
        "DELETE FROM trust_auditentry"
        " WHERE id = (SELECT entry_id FROM trust_auditseal WHERE sequence = %s)",
        sequence,
    )


def remove_both(sequence: int, chance: Random) -> None:
    """Let an entry and its seal be gone."""
    remove_entry(sequence, chance)
    sql("DELETE FROM trust_auditseal WHERE sequence = %s", sequence)


def close_ranks(sequence: int, chance: Random) -> None:
    """Let an entry and its seal be gone, and those that follow move up."""
    remove_both(sequence, chance)
    _move(sequence, by=-1)


def insert(sequence: int, _chance: Random) -> None:
    """Put an entry in with a seal before ``sequence``, and let those that follow make room."""
    forged = _made_up()
    _move(sequence - 1, by=1)
    sql(
        "INSERT INTO trust_auditseal (sequence, entry_id, settled, sealed_at, hash)"
        " SELECT %s, %s, settled, sealed_at, sha256(hash) FROM trust_auditseal WHERE sequence = %s",
        sequence,
        forged,
        sequence + 1,
    )


def slip_in(sequence: int, _chance: Random) -> None:
    """Put an entry in with a number that was never used, and no seal, before ``sequence``."""
    sql(
        "INSERT INTO trust_auditentry"
        " (id, verb, about_kind, about_key, at, recorded_at, door, changes, reason)"
        " OVERRIDING SYSTEM VALUE"
        " SELECT entry_id - 1, 'party.forged', 'trust.party', '', sealed_at, sealed_at,"
        " 'cli', '{}', '' FROM trust_auditseal WHERE sequence = %s",
        sequence,
    )


def swap_entries(sequence: int, _chance: Random) -> None:
    """Let two entries change places: what the one said, the other says."""
    sql(
        "UPDATE trust_auditseal SET entry_id = -entry_id WHERE sequence IN (%s, %s)",
        sequence,
        sequence + 1,
    )
    sql(
        "UPDATE trust_auditseal mine SET entry_id = -other.entry_id FROM trust_auditseal other"
        " WHERE mine.sequence IN (%s, %s) AND other.sequence IN (%s, %s)"
        " AND mine.sequence <> other.sequence",
        *(sequence, sequence + 1) * 2,
    )


def swap_seals(sequence: int, _chance: Random) -> None:
    """Let two seals change places, each with its entry."""
    for old, new in ((sequence, 10**9), (sequence + 1, sequence), (10**9, sequence + 1)):
        sql("UPDATE trust_auditseal SET sequence = %s WHERE sequence = %s", new, old)


EVERY_SORT: tuple[Callable[[int, Random], None], ...] = (
    change,
    change_seal,
    remove_entry,
    remove_both,
    close_ranks,
    insert,
    slip_in,
    swap_entries,
    swap_seals,
)


def cut(above: int) -> None:
    """Let the newest be gone, entries and seals: what is left is a whole chain."""
    sql(
        "DELETE FROM trust_auditentry e USING trust_auditseal s"
        " WHERE s.entry_id = e.id AND s.sequence > %s",
        above,
    )
    sql("DELETE FROM trust_auditseal WHERE sequence > %s", above)


def unseal(above: int) -> None:
    """Take the newest seals away, so that a sealer makes them anew."""
    sql("DELETE FROM trust_auditseal WHERE sequence > %s", above)


def _move(above: int, *, by: int) -> None:
    for step in (10**9, by - 10**9):
        sql(
            "UPDATE trust_auditseal SET sequence = sequence + %s WHERE sequence > %s",
            step,
            above if step > 0 else 10**9,
        )


def _made_up() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO trust_auditentry (verb, about_kind, about_key, at, door, changes, reason)"
            " VALUES ('party.forged', 'trust.party', '', now(), 'cli', '{}', '') RETURNING id"
        )
        return int(cursor.fetchone()[0])
