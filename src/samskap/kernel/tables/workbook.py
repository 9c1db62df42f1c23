"""Cells of an XLSX workbook, read by a process that may take little memory and time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_noop as _

from samskap.kernel.files.asking import TooMuchError, ask
from samskap.kernel.files.refusal import RefusedFileError
from samskap.kernel.remark import Remark
from samskap.kernel.tables.cells import clean
from samskap.kernel.tables.heads import best_line, how_many_known
from samskap.kernel.tables.limits import LINES_ABOVE_NAMES, MOST_LINES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import IO

_REFUSED: Final = b'["refused"'


def rows_of_workbook(
    data: bytes, *, words: Collection[str]
) -> tuple[Iterator[tuple[int, list[str]]], tuple[Remark, ...]]:
    """Return the lines of the sheet that names its columns, and which sheet that was.

    Raises ``RefusedFileError`` when the workbook cannot be read, or has no visible sheet with
    anything in it.
    """
    sheets = _sheets(data)
    chosen = max(sheets, key=lambda sheet: _fitness(sheet, words))
    return _lines(_ask("sheet", data, chosen["number"], MOST_LINES)), _which(chosen, sheets)


def _sheets(data: bytes) -> list[dict[str, Any]]:
    with _ask("look", data, LINES_ABOVE_NAMES) as told:
        named = (
            dict(zip(("number", "name", "lines"), json.loads(line), strict=True)) for line in told
        )
        found = [sheet for sheet in named if _has_something(sheet)]
    if not found:
        raise RefusedFileError(
            _("No visible sheet of the workbook has anything in it."),
            _("Show the sheet with the organisations, save, and send the file again."),
        )
    return found


def _has_something(sheet: dict[str, Any]) -> bool:
    return any(cell for line in sheet["lines"] for cell in line)


def _fitness(sheet: dict[str, Any], words: Collection[str]) -> tuple[int, bool]:
    lines = [[clean(cell) for cell in line] for line in sheet["lines"]]
    known = max((how_many_known(line, words) for line in lines), default=0)
    return known, best_line(lines, words=words) is not None


def _which(chosen: dict[str, Any], sheets: list[dict[str, Any]]) -> tuple[Remark, ...]:
    if len(sheets) == 1:
        return ()
    others = ", ".join(sheet["name"] for sheet in sheets if sheet is not chosen)
    message = _("The sheet “%(sheet)s” was read. These were left alone: %(others)s.")
    return (Remark(message, {"sheet": chosen["name"], "others": others}),)


def _lines(told: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    with told:
        for line in told:
            number, cells = json.loads(line)
            yield number, [clean(cell) for cell in cells]


def _ask(kind: str, data: bytes, *asked: object) -> IO[bytes]:
    """Return what is told of a workbook, after seeing that it was opened."""
    try:
        told = ask(kind, data, *asked)
    except TooMuchError as much:
        raise _too_much() from much
    first = told.readline()
    if first.startswith(_REFUSED):
        told.close()
        raise _locked() if json.loads(first)[1] == "password" else _damaged()
    told.seek(0)
    return told


def _locked() -> RefusedFileError:
    return RefusedFileError(
        _("The workbook is locked with a password."),
        _("Remove the password in Excel, save it, and send it again."),
    )


def _damaged() -> RefusedFileError:
    return RefusedFileError(
        _("The workbook is damaged, and cannot be opened."),
        _("Open it in Excel, save it again, and send that."),
    )


def _too_much() -> RefusedFileError:
    return RefusedFileError(
        _("The workbook takes more memory or time to open than we give it."),
        _("Keep the one sheet with the organisations, and send that as CSV."),
    )
