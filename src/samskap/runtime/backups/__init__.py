"""Backups: everything an installation keeps, in one file that says what is in it.

The archive is a zip file, so that any machine can open it: ``database/TABLE.copy`` for each table,
as PostgreSQL's COPY writes it; ``files/…``; ``secrets/…``; and, last, ``manifest.json`` with what
each part must be. docs/guides/backup-and-restore.md tells the whole of it.
"""

from samskap.runtime.backups.manifest import FORMAT, Manifest, Part, Table
from samskap.runtime.backups.reading import Archive, open_archive, verify
from samskap.runtime.backups.shelf import Shelf
from samskap.runtime.backups.writing import write_backup

__all__ = [
    "FORMAT",
    "Archive",
    "Manifest",
    "Part",
    "Shelf",
    "Table",
    "open_archive",
    "verify",
    "write_backup",
]
