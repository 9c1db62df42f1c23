"""Cells of an XLSX workbook, read by a process that may take little memory and time.

A workbook is a program's work and may be anybody's: a few kilobytes can unfold into terabytes.
The process that opens it has nothing of ours and is ended when it takes too much.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_noop as _

from samskap.kernel.remark import Remark
from samskap.kernel.tables.cells import clean
from samskap.kernel.tables.heads import best_line, how_many_known
from samskap.kernel.tables.limits import LINES_ABOVE_NAMES
from samskap.kernel.tables.refusal import RefusedFileError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_CHILD: Final = Path(__file__).with_name("workbook_child.py")
_PATIENCE_S: Final = 120


def rows_of_workbook(
    data: bytes, *, words: Collection[str]
) -> tuple[Iterator[tuple[int, list[str]]], tuple[Remark, ...]]:
    """Return the lines of the sheet that names its columns, and which sheet that was.

    Raises ``RefusedFileError`` when the workbook cannot be read, or has no visible sheet with
    anything in it.
    """
    folder = TemporaryDirectory(prefix="samskap-workbook-")
    try:
        path = Path(folder.name) / "workbook.xlsx"
        path.write_bytes(data)
        sheets = _sheets(path)
        chosen = max(sheets, key=lambda sheet: _fitness(sheet, words))
        _ask("read", path, str(chosen["number"]))
    except BaseException:
        folder.cleanup()
        raise
    return _lines(folder), _which(chosen, sheets)


def _sheets(path: Path) -> list[dict[str, Any]]:
    found = [sheet for sheet in _ask("look", path)["sheets"] if _has_something(sheet)]
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


def _lines(folder: TemporaryDirectory[str]) -> Iterator[tuple[int, list[str]]]:
    with folder, (Path(folder.name) / "rows.jsonl").open(encoding="utf-8") as written:
        for number, line in enumerate(written, start=1):
            yield number, [clean(cell) for cell in json.loads(line)]


def _ask(*asked: object) -> dict[str, Any]:
    try:
        # Nothing of ours goes along: no settings, no secrets, no path but the libraries'.
        done = subprocess.run(  # noqa: S603 - our own file, under our own interpreter
            [sys.executable, "-I", str(_CHILD), *map(str, asked), str(LINES_ABOVE_NAMES)],
            capture_output=True,
            env={"LC_ALL": "C.UTF-8"},
            timeout=_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise _too_much() from slow
    if done.returncode:
        raise _too_much()
    answer: dict[str, Any] = json.loads(done.stdout)
    if answer.get("refused") == "password":
        raise RefusedFileError(
            _("The workbook is locked with a password."),
            _("Remove the password in Excel, save it, and send it again."),
        )
    if answer.get("refused"):
        raise RefusedFileError(
            _("The workbook is damaged, and cannot be opened."),
            _("Open it in Excel, save it again, and send that."),
        )
    return answer


def _too_much() -> RefusedFileError:
    return RefusedFileError(
        _("The workbook takes more memory or time to open than we give it."),
        _("Keep the one sheet with the organisations, and send that as CSV."),
    )
