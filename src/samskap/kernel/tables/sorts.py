"""What a file is, by what it begins with rather than by its name."""

from __future__ import annotations

from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_noop as _

from samskap.kernel.files.refusal import RefusedFileError
from samskap.kernel.tables.limits import LARGEST_FILE, LARGEST_UNPACKED, MOST_PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sort(Enum):
    """What we can read."""

    TEXT = "text"
    WORKBOOK = "workbook"


_SAVE_AS: Final = _("Open it in a spreadsheet program, save it as XLSX or CSV, and send that.")
_SEND_TABLE: Final = _("Send the table itself, as XLSX or CSV.")
_WEB_PAGE: Final = _("This is a web page, whatever its name says.")

_BEGINNINGS: Final[Mapping[bytes, tuple[str, str]]] = {
    b"%PDF": (_("This is a PDF: it shows a table, but holds none."), _SEND_TABLE),
    b"\x1f\x8b": (_("This is a packed file (gzip)."), _("Unpack it, and send what is in it.")),
    b"7z\xbc\xaf": (_("This is a packed file (7z)."), _("Unpack it, and send what is in it.")),
    b"Rar!": (_("This is a packed file (RAR)."), _("Unpack it, and send what is in it.")),
    b"\x89PNG": (_("This is a picture."), _SEND_TABLE),
    b"\xff\xd8\xff": (_("This is a picture."), _SEND_TABLE),
    b"GIF8": (_("This is a picture."), _SEND_TABLE),
    b"{\\rtf": (_("This is a text document."), _SEND_TABLE),
    b"PAR1": (_("This is a Parquet file."), _("Save it as CSV, and send that.")),
    b"SQLite": (_("This is a database file."), _("Save the table as CSV, and send that.")),
}
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# How parts of the file are named in an Office file behind a password.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MARKUP: Final[Mapping[bytes, str]] = {
    b"<html": _WEB_PAGE,
    b"<!doctype html": _WEB_PAGE,
    b"<table": _WEB_PAGE,
    b"<meta": _WEB_PAGE,
    b"<?xml": _("This is XML, not a table."),
}
_PARTS: Final[Mapping[str, tuple[str, str]]] = {
    "xl/workbook.bin": (_("This is a binary Excel workbook (XLSB)."), _SAVE_AS),
    "content.xml": (_("This is an OpenDocument file."), _SAVE_AS),
    "Index/Document.iwa": (_("This is a Numbers document."), _SAVE_AS),
    "word/document.xml": (_("This is a text document."), _SEND_TABLE),
    "ppt/presentation.xml": (_("This is a presentation."), _SEND_TABLE),
}


def sort_of(data: bytes) -> Sort:
    """Return what ``data`` is; raises ``RefusedFileError`` when it is nothing we read."""
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise RefusedFileError(
            _("The file is empty."), _("See that it was saved, and send it again.")
        )
    if len(data) > LARGEST_FILE:
        raise RefusedFileError(
            _("The file is %(size)s MB, and 20 MB is the most we read."),
            _("Divide it, and send one part at a time."),
            size=-(-len(data) // (1024 * 1024)),
        )
    for beginning, (sentence, remedy) in _BEGINNINGS.items():
        if data.startswith(beginning):
            raise RefusedFileError(sentence, remedy)
    if data.startswith(_OLD_OFFICE):
        raise _old_office(data)
    if data.startswith(b"PK"):
        return _packed(data)
    _refuse_markup(data)
    return Sort.TEXT


def _old_office(data: bytes) -> RefusedFileError:
    if _ENCRYPTED in data:
        return RefusedFileError(
            _("The workbook is locked with a password."),
            _("Remove the password in Excel, save it, and send it again."),
        )
    return RefusedFileError(_("This is an old Excel or Office file (XLS)."), _SAVE_AS)


def _packed(data: bytes) -> Sort:
    try:
        parts = {part.filename: part.file_size for part in ZipFile(BytesIO(data)).infolist()}
    except (BadZipFile, ValueError, NotImplementedError) as broken:
        raise RefusedFileError(
            _("The file is damaged: it ends before it is whole."),
            _("Save it again where it came from, and send that."),
        ) from broken
    for part, (sentence, remedy) in _PARTS.items():
        if part in parts:
            raise RefusedFileError(sentence, remedy)
    if "xl/workbook.xml" not in parts:
        raise RefusedFileError(
            _("This is a packed file (ZIP)."), _("Unpack it, and send what is in it.")
        )
    if sum(parts.values()) > LARGEST_UNPACKED or len(parts) > MOST_PARTS:
        raise RefusedFileError(
            _("The workbook is too large once it is unpacked."),
            _("Keep the one sheet with the organisations, and send that as CSV."),
        )
    return Sort.WORKBOOK


def _refuse_markup(data: bytes) -> None:
    beginning = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, sentence in _MARKUP.items():
        if beginning.startswith(mark):
            raise RefusedFileError(sentence, _SAVE_AS)
