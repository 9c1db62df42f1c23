"""Cells of a text file, line by line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_noop as _

from samskap.kernel.files.refusal import RefusedFileError
from samskap.kernel.tables.cells import clean
from samskap.kernel.tables.limits import MOST_LINES_IN_A_CELL

if TYPE_CHECKING:
    from collections.abc import Iterator

_DELIMITERS: Final = (";", ",", "\t", "|")
# Excel's own first line, which says what stands between the cells.
_EXCEL_SAYS: Final = re.compile(r"\A\"?sep=(.)\"?[;,\t|]*(\r\n|\n|\r)", re.IGNORECASE)
_LINES_TO_JUDGE_BY: Final = 40
csv.field_size_limit(1024 * 1024)


def rows_of_text(text: str) -> Iterator[tuple[int, list[str]]]:
    """Return each line of cells with the number it begins on, counted from 1, empty ones too.

    Raises ``RefusedFileError`` while reading when a quotation mark is never closed.
    """
    said = _EXCEL_SAYS.match(text)
    if said:
        return _rows(text[said.end() :], said.group(1), first=2)
    return _rows(text, delimiter_of(text), first=1)


def delimiter_of(text: str) -> str:
    """Return what stands between the cells: what divides most lines into as many."""
    return max(_DELIMITERS, key=lambda each: _evenness(text, each))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    try:
        lines = list(islice(_cells(text, delimiter), _LINES_TO_JUDGE_BY))
    except csv.Error:
        return (0.0, 0)
    widths = Counter(len(cells) for _line, cells in lines if len(cells) > 1)
    if not widths:
        return (0.0, 0)
    (width, times), *_rest = widths.most_common(1)
    return (round(times / max(1, sum(any(cells) for _line, cells in lines)), 1), width)


def _rows(text: str, delimiter: str, *, first: int) -> Iterator[tuple[int, list[str]]]:
    begun = 0
    try:
        for begun, cells in _cells(text, delimiter):
            _refuse_open_quotes(begun + first - 1, cells)
            yield begun + first - 1, [clean(cell) for cell in cells]
    except csv.Error as broken:
        raise _never_closed(begun + first) from broken


def _cells(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    begun = 1
    for cells in reader:
        yield begun, cells
        begun = reader.line_num + 1


def _refuse_open_quotes(line: int, cells: list[str]) -> None:
    if any(cell.count("\n") > MOST_LINES_IN_A_CELL for cell in cells):
        raise _never_closed(line)


def _never_closed(line: int) -> RefusedFileError:
    return RefusedFileError(
        _("A quotation mark on line %(line)s is never closed, so the cells cannot be told apart."),
        _("Close it or remove it, and send the file again."),
        line=line,
    )
