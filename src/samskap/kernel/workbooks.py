"""Tables written out for others' spreadsheets: a row at a time, and every cell text."""

from __future__ import annotations

import csv
import io
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import xlsxwriter

from samskap.kernel.exporting import safe_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
# What Excel has room for.
_LONGEST_CELL: Final = 32_767
_LONGEST_NAME: Final = 31
_NARROWEST, _WIDEST = 12, 60


class Sheet(NamedTuple):
    """A table with its name and the words over its columns."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[object]]


def write_csv(file: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as CSV (RFC 4180) with safe cells, marked so that Excel reads it as UTF-8."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text)
    writer.writerow([safe_cell(value) for value in head])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    text.detach()


def write_workbook(file: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Write a workbook (XLSX) with safe cells, none of them a formula, a link or a number.

    What Excel has no room for in a cell is cut at 32 767 characters.
    """
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    bold = book.add_format({"bold": True})
    for each in sheets:
        sheet = book.add_worksheet(each.name[:_LONGEST_NAME])
        sheet.freeze_panes(1, 0)
        for column, word in enumerate(each.head):
            sheet.set_column(column, column, min(_WIDEST, max(_NARROWEST, len(word) + 4)))
            sheet.write_string(0, column, word, bold)
        for number, row in enumerate(each.rows, 1):
            for column, value in enumerate(row):
                sheet.write_string(number, column, safe_cell(value)[:_LONGEST_CELL])
    book.close()
