"""Who was erased, by key alone: in the database, and in a file that no restore touches.

``SAMSKAP_DATA/erasures.jsonl`` has one JSON object a line: ``kind`` (a model's label), ``key`` (the
row's own) and ``erased_at`` (ISO 8601, universal time). It is only added to, and on the disk before
the erasing is done. A restore puts the table back as it was; the file still has the rest.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from samskap.trust.models.privacy import Erasure

if TYPE_CHECKING:
    from collections.abc import Iterable

LEDGER_FILE: Final = "erasures.jsonl"
# Somebody of whom nothing was here but an address in a text.
ADDRESS: Final = "address"


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One row that was erased."""

    erased_at: datetime
    kind: str
    key: UUID


def ledger_file() -> Path:
    """Return where this installation's ledger lies."""
    return Path(settings.DATA) / LEDGER_FILE


def key_of_address(address: str) -> UUID:
    """Return the key of an address: it leads back to none without this installation's secret."""
    sealed = salted_hmac("samskap.erasures", address.lower(), algorithm="sha256").digest()
    return UUID(bytes=sealed[:16])


def note(keys: Iterable[tuple[str, UUID]], *, at: datetime) -> None:
    """Add the rows to both ledgers, in the transaction that is open; the file first, and for good.

    A line in the file whose transaction fails does no harm: it is erased when it is asked again.
    """
    known = {(line.kind, line.key) for line in _read(ledger_file())}
    lines = [Line(at, kind, key) for kind, key in keys]
    _append([line for line in lines if (line.kind, line.key) not in known])
    for line in lines:
        Erasure.objects.get_or_create(
            kind=line.kind, subject=line.key, defaults={"erased_at": line.erased_at}
        )


def erased(*, since: datetime | None = None, path: Path | None = None) -> list[Line]:
    """Return what either ledger knows, the oldest first, each row once.

    ``path`` is another file than this installation's: one that was kept beside a backup.
    """
    known = {
        (row.kind, row.subject): row.erased_at
        for row in Erasure.objects.order_by("id").only("kind", "subject", "erased_at")
    }
    for line in _read(path or ledger_file()):
        known.setdefault((line.kind, line.key), line.erased_at)
    found = sorted(Line(at, kind, key) for (kind, key), at in known.items())
    return [line for line in found if since is None or line.erased_at >= since]


def _append(lines: list[Line]) -> None:
    if not lines:
        return
    path = ledger_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    written = "".join(
        json.dumps(
            {"kind": each.kind, "key": str(each.key), "erased_at": each.erased_at.isoformat()}
        )
        + "\n"
        for each in lines
    )
    # A line that was cut short would take the next one with it.
    if path.exists() and not path.read_bytes().endswith(b"\n"):
        written = f"\n{written}"
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, written.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(path: Path) -> Iterable[Line]:
    """Return the whole lines of a file: one that was cut short while it was written is no line."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        try:
            told = json.loads(line)
            yield Line(datetime.fromisoformat(told["erased_at"]), told["kind"], UUID(told["key"]))
        except (ValueError, KeyError, TypeError):
            continue
