"""The one way an entry is written out before it is hashed; docs/reference/audit-log.md has it all.

Every field is text in UTF-8 after its length in four bytes, most significant first; a field without
a value is the length FF FF FF FF and nothing more. It is what ``COPY … (FORMAT BINARY)`` sends of
columns of text, so that a million rows need not be taken apart to be hashed.
"""

from __future__ import annotations

import hashlib
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

FORM: Final = "samskap-log-1"
# What stands in for the hash before the first: no other use of SHA-256 begins with it.
BEGINNING: Final = hashlib.sha256(FORM.encode()).digest()
# The fields of an entry ``e``, each as PostgreSQL writes it in a session as ``as_text`` makes it.
ENTRY_FIELDS: Final = (
    "e.id::text, e.verb::text, e.about_kind::text, e.about_key::text, e.by::text,"
    " e.on_behalf_of_id::text, e.at::text, e.recorded_at::text, e.door::text, e.changes::text,"
    " e.reason"
)
# The fields of a seal ``s`` that are hashed before the entry's.
SEAL_FIELDS: Final = "s.sequence::text, s.settled::text, s.sealed_at::text"
HASH_BYTES: Final = 32
LENGTH_BYTES: Final = 4

_LENGTH: Final = struct.Struct(">i")
_COUNT_BYTES: Final = 2
# Signature, flags and the length of an extension: what binary COPY begins with.
_HEADER_BYTES: Final = 19


def field(text: str | None) -> bytes:
    """Write one field."""
    if text is None:
        return _LENGTH.pack(-1)
    content = text.encode()
    return _LENGTH.pack(len(content)) + content


def chained(previous: bytes, fields: bytes) -> bytes:
    """Return the hash of what is written out in ``fields``, which follows on ``previous``."""
    return hashlib.sha256(previous + fields).digest()


def nth_field(fields: bytes, number: int) -> str:
    """Read a field back, counted from 0; one without a value is empty."""
    at = 0
    for _ in range(number):
        at += LENGTH_BYTES + max(0, _LENGTH.unpack_from(fields, at)[0])
    (length,) = _LENGTH.unpack_from(fields, at)
    return fields[at + LENGTH_BYTES : at + LENGTH_BYTES + max(0, length)].decode()


@contextmanager
def as_text(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let times be written one way, whatever the session had: UTC, year first.

    Within a transaction, which must be open.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('TimeZone'), current_setting('DateStyle')")
        before = cursor.fetchone()
        cursor.execute(_SETTINGS, ("UTC", "ISO, YMD"))
        yield
        cursor.execute(_SETTINGS, before)


_SETTINGS: Final = "SELECT set_config('TimeZone', %s, true), set_config('DateStyle', %s, true)"


def copied(
    connection: BaseDatabaseWrapper, statement: str, parameters: tuple[object, ...]
) -> Iterator[bytes]:
    """Yield each row of ``statement``, all of whose columns are text or bytes, as it is sent."""
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT BINARY)", parameters) as copy,
    ):
        begin = _HEADER_BYTES + _COUNT_BYTES
        for sent in copy:
            if len(sent) > begin:
                yield bytes(sent[begin:])
                begin = _COUNT_BYTES
