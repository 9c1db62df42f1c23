"""What a backup says of itself: its parts with their hashes, and what the database held."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from samskap.runtime.problem import ProblemError

FORMAT: Final = 1
NAME: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive: its name, its length in bytes unpacked, and its SHA-256."""

    name: str
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the database: the columns that were copied, in order, and how many rows."""

    name: str
    columns: tuple[str, ...]
    rows: int

    @property
    def part(self) -> str:
        """The part of the archive that holds its rows."""
        return f"database/{self.name}.copy"


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything a backup says of itself; names and numbers, and nothing about any person."""

    made_at: str
    """ISO 8601, in UTC; the moment of the database's snapshot, by the database's own clock."""
    samskap: str
    postgresql: str
    migrations: tuple[str, ...]
    """Every migration the database had, as ``app.name``, in the order of their names."""
    tables: tuple[Table, ...]
    """In an order in which they can be filled: a table comes after those its rows point to."""
    sequences: tuple[tuple[str, int, bool], ...]
    """Name, last value, and whether that one has been given out."""
    log: dict[str, Any]
    """How far the audit log went: entries, its last number, and the head of the sealed chain."""
    prepared_from: str
    """What the database remembers of the code and the region's folder it was prepared from."""
    files_are_elsewhere: bool
    """Whether files are kept by a storage of their own, which has its own backup."""
    parts: tuple[Part, ...]
    format: int = FORMAT

    def written(self) -> bytes:
        """Write it as JSON; the same facts give the same bytes."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=False).encode()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what is written: kept elsewhere, it shows that a backup is the one it was."""
        return hashlib.sha256(self.written()).hexdigest()

    @classmethod
    def read(cls, written: bytes) -> Manifest:
        """Read what ``written`` gave.

        Raises
        ------
        ProblemError
            It is not one, or of a later kind than this version knows.
        """
        try:
            facts = json.loads(written)
            if facts["format"] != FORMAT:
                raise ProblemError(
                    f"The backup is of kind {facts['format']}, and this version reads {FORMAT}.",
                    "Restore it with the version of Samskap that made it, or a newer one.",
                )
            tables = tuple(
                Table(each["name"], tuple(each["columns"]), each["rows"])
                for each in facts.pop("tables")
            )
            parts = tuple(Part(**each) for each in facts.pop("parts"))
            sequences = tuple(
                (name, int(last), bool(used)) for name, last, used in facts.pop("sequences")
            )
            migrations = tuple(facts.pop("migrations"))
            return cls(
                **facts, tables=tables, parts=parts, sequences=sequences, migrations=migrations
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise not_a_backup() from error


def not_a_backup() -> ProblemError:
    """Say that something is not a backup, or not a whole one."""
    return ProblemError(
        "The file is not a whole backup of Samskap.",
        "It was cut off or changed on the way, or is another file. Take another backup.",
    )
