"""What no field says of how somebody is forgotten: the entry in the log, and files."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from samskap.actors.forgetting import the_contacts
from samskap.actors.models import ImportRun, ImportState
from samskap.kernel.naming import pattern
from samskap.trust import audit

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from datetime import datetime

    from samskap.kernel.personal import Subject
    from samskap.trust.doers import Doer

_LARGEST_PART: Final = 64 * 1024 * 1024  # bytes; no part of a file that was let in is larger
_ENCODINGS: Final = ("utf-8", "cp1252", "utf-16")
_PERSONAL: Final = ("name", "role", "email", "phone", "source_note")


def erase(subject: Subject, by: Doer, at: datetime) -> None:
    """Say in the log that each contact goes, and put away the files that name the subject."""
    for contact in the_contacts(subject):
        changes: dict[str, list[Any]] = {field: [] for field in _PERSONAL}
        audit.record("contact.erased", about=contact, by=by, at=at, changes=changes)
    finding = pattern(subject)
    if finding is not None:
        for run in ImportRun.objects.exclude(file="").select_for_update().order_by("pk"):
            if _names(run, finding):
                _put_away(run, by=by, at=at)


def _put_away(run: ImportRun, *, by: Doer, at: datetime) -> None:
    """Let a file go that somebody is named in: it can be brought in again without them."""
    storage, name = run.file.storage, run.file.name or ""
    transaction.on_commit(lambda: storage.delete(name))
    run.rows.all().delete()
    run.file, run.state, run.asked_for_at = "", ImportState.CANCELLED, None
    run.save(update_fields=["file", "state", "asked_for_at"])
    audit.record("import.cancelled", about=run, by=by, at=at)


def _names(run: ImportRun, finding: re.Pattern[str]) -> bool:
    try:
        with run.file.open("rb") as stream:
            content = stream.read()
    except FileNotFoundError:
        return False
    return any(finding.search(text) for part in _parts(content) for text in _readings(part))


def _parts(content: bytes) -> Iterator[bytes]:
    """Return the file, or what is packed in it when it is a workbook."""
    if not zipfile.is_zipfile(BytesIO(content)):
        yield content
        return
    with zipfile.ZipFile(BytesIO(content)) as workbook:
        for entry in workbook.infolist():
            if entry.file_size <= _LARGEST_PART:
                yield workbook.read(entry)


def _readings(part: bytes) -> Iterator[str]:
    for encoding in _ENCODINGS:
        yield part.decode(encoding, errors="replace")
