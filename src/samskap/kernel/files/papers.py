"""PDFs that people send in: looked through, and kept byte for byte, as they were signed."""

from __future__ import annotations

import json
import re
from typing import Final

from django.utils.translation import gettext_noop as _

from samskap.kernel.files.asking import TooMuchError, ask
from samskap.kernel.files.refusal import RefusedFileError

LARGEST_PDF: Final = 10_000_000  # bytes
_HEAD: Final = re.compile(rb"%PDF-[12]\.[0-9]")
_TAIL: Final = 2048  # bytes in which a PDF says where it ends

_SAVE_AGAIN: Final = _("Open it, print it to a new PDF, and choose that.")
_WHY: Final = {
    "damaged": (_("The PDF is damaged: no page of it can be read."), _SAVE_AGAIN),
    "locked": (
        _("The PDF is locked with a password."),
        _("Remove the password and choose it again."),
    ),
    "active": (_("The PDF holds a program, and we keep none."), _SAVE_AGAIN),
    "large": (_("The PDF holds more parts than we look through."), _SAVE_AGAIN),
}


def look_at_pdf(content: bytes) -> None:
    """Refuse at a glance what is no PDF, too large, or cut off; raises ``RefusedFileError``."""
    if len(content) > LARGEST_PDF:
        raise RefusedFileError(_("The file is larger than 10 MB."), _("Save it as a smaller PDF."))
    if not _HEAD.match(content):
        raise RefusedFileError(_("This is not a PDF."), _("Save it as a PDF and choose that."))
    tail = content[-_TAIL:]
    if b"startxref" not in tail or b"%%EOF" not in tail:
        raise RefusedFileError(
            _("The PDF has no end: it was cut off."), _("Save it again and choose it.")
        )


def check_pdf(content: bytes) -> int:
    """Look a PDF through in a process of its own, and return how many pages it has.

    Raises ``RefusedFileError`` for one that is no PDF, cut off, damaged, locked, larger than 10 MB,
    or that would run or open something by itself.
    """
    look_at_pdf(content)
    try:
        with ask("pdf", content) as told:
            what, said = json.loads(told.readline())
    except TooMuchError as much:
        raise RefusedFileError(
            _("The PDF takes more memory or time to open than we give it."), _SAVE_AGAIN
        ) from much
    if what == "refused":
        raise RefusedFileError(*_WHY[said])
    return int(said)
