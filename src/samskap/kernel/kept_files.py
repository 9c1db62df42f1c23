"""Files that a row names: there when the row is kept, and not when it is not."""

from __future__ import annotations

import weakref
from functools import partial
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile


class _UntilCommitted:
    """Waits for the end of a transaction together with what is to be done then."""


def keep_with_rows(file: FieldFile, name: str, content: bytes) -> None:
    """Write ``content`` to ``file``, and delete it again when the transaction is not committed.

    The row is the caller's to save. Django tells of a commit and not of a rollback, but it lets go
    of all that waits for the commit: what was held by that alone takes the file with it.
    """
    file.save(name, ContentFile(content), save=False)
    waits = _UntilCommitted()
    undone = weakref.finalize(waits, file.storage.delete, file.name or "")
    transaction.on_commit(partial(_committed, waits, undone))


def _committed(_waits: _UntilCommitted, undone: weakref.finalize[..., _UntilCommitted]) -> None:
    undone.detach()
