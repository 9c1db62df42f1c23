"""Which letters the bytes of a text file stand for."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.utils.translation import gettext_noop as _

from samskap.kernel.files.refusal import RefusedFileError

_MARKED: Final = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Windows, Macintosh, and DOS in Norway. Latin-1 reads anything, and comes last.
_ONE_BYTE: Final = ("cp1252", "mac-roman", "cp865", "latin-1")
_OURS: Final = frozenset("æøåäöÆØÅÄÖ")
_USUAL: Final = frozenset(
    "éèêüáóôàçñÉÜßšžŠŽđáčŧŋ«»“”’—…€§°·½"
    "\N{LEFT SINGLE QUOTATION MARK}\N{EN DASH}\N{ACUTE ACCENT}\N{NO-BREAK SPACE}"
)
# UTF-8 that someone read as Windows letters and saved once more: ø became an Ã and a cedilla.
_READ_WRONG: Final = re.compile(
    "|".join(letter.encode("utf-8").decode("cp1252") for letter in "æøåÆØÅäöÄÖé")
)
# Unicode's own limit for streams (UAX 15): thirty marks in a row.
_MOST_MARKS: Final = 30
_BEYOND_LATIN: Final = re.compile("[\u0300-\U0010ffff]{31,}")
_SAMPLE: Final = 4096
_CONTROL: Final = re.compile("[\x01-\x08\x0b\x0e-\x1f]")


def decoded(data: bytes) -> tuple[str, str]:
    """Return the text of ``data`` in composed letters (NFC), and the encoding it was in.

    NUL bytes are left out. Raises ``RefusedFileError`` when it is no text.
    """
    text, encoding = _read(data)
    text = text.replace("\0", "").removeprefix("\ufeff")
    if len(_CONTROL.findall(text[:_SAMPLE])) > len(text[:_SAMPLE]) // 50 or _is_heaped(text):
        raise RefusedFileError(
            _("This is not a text file."), _("Save the table as XLSX or CSV, and send that.")
        )
    return unicodedata.normalize("NFC", _mended(text)), encoding


def _is_heaped(text: str) -> bool:
    """Whether more marks stand on a letter than any language has; ordering them is slow."""
    for run in _BEYOND_LATIN.findall(text):
        marks = 0
        for sign in run:
            marks = marks + 1 if unicodedata.combining(sign) else 0
            if marks > _MOST_MARKS:
                return True
    return False


def _read(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    wide = _two_bytes(data[:_SAMPLE])
    if wide:
        return data.decode(wide, errors="replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = max(_ONE_BYTE, key=lambda each: _likeness(data, each))
        return data.decode(encoding, errors="replace"), encoding


def _two_bytes(sample: bytes) -> str:
    """Return which UTF-16 it is when every other byte of Latin text is nothing."""
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    enough = len(sample) // 5
    if max(first, second) <= enough or min(first, second) > enough // 4:
        return ""
    return "utf-16-le" if second > first else "utf-16-be"


def _likeness(data: bytes, encoding: str) -> int:
    """Say how much the letters beyond ASCII look like Norwegian or Swedish in ``encoding``."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return -len(data)
    beyond = [letter for letter in text if letter > "\x7f"]
    return sum(_weight(letter) for letter in beyond)


def _weight(letter: str) -> int:
    if letter in _OURS:
        return 3
    if letter in _USUAL:
        return 1
    return -1 if unicodedata.category(letter) in {"Ll", "Lu"} else -3


def _mended(text: str) -> str:
    if not _READ_WRONG.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
