"""Cells of an XLSX workbook.

Every cell comes as text: a whole number without a point, a day as 2026-11-24, a formula as what it
came to when it was saved.
"""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from samskap.kernel.files.within import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from python_calamine import CalamineSheet, CalamineWorkbook

# More than Excel has; what stands further out is nobody's table.
_MOST_ACROSS: Final = 20_000
_MOST_MERGED: Final = 20_000


def look(file: BinaryIO, out: BinaryIO, lines: str) -> None:
    """Tell the number, the name and the first lines of each visible sheet."""
    for facts in _within(file, lambda workbook: _looked_at(workbook, int(lines))):
        tell(out, *facts)


def sheet(file: BinaryIO, out: BinaryIO, number: str, most: str) -> None:
    """Tell the lines of one sheet, at most so many."""

    def numbered(workbook: CalamineWorkbook) -> Iterator[tuple[Any, ...]]:
        found = _lines(workbook.get_sheet_by_index(int(number)))
        return enumerate(islice(found, int(most)), start=1)

    for facts in _within(file, numbered):
        tell(out, *facts)


def _within(
    file: BinaryIO, asked: Callable[[CalamineWorkbook], Iterator[tuple[Any, ...]]]
) -> Iterator[tuple[Any, ...]]:
    """Yield what is asked of a workbook, or why it cannot be opened."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415

    try:
        yield from asked(CalamineWorkbook.from_filelike(file))
    except PasswordError:
        yield "refused", "password"
    except CalamineError:
        yield "refused", "damaged"


def _looked_at(workbook: CalamineWorkbook, lines: int) -> Iterator[tuple[int, str, list[Any]]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    for number, about in enumerate(workbook.sheets_metadata):
        if about.visible != SheetVisibleEnum.Visible or about.typ != SheetTypeEnum.WorkSheet:
            continue
        found = list(islice(_lines(workbook.get_sheet_by_index(number)), lines))
        yield number, about.name, found


def _lines(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Return every line from the sheet's first, whether anything stands on it or not."""
    # The library goes through empty lines above the first cell, but leaves out empty columns.
    _down, across = sheet.start or (0, 0)
    spread = _spread_down(sheet)
    for number, cells in enumerate(sheet.iter_rows()):
        line = [""] * across + [_text(cell) for cell in cells[:_MOST_ACROSS]]
        _fill(line, number, spread)
        yield line


def _spread_down(sheet: CalamineSheet) -> dict[int, list[tuple[int, int, list[str]]]]:
    """Return, by column, the cells that are merged over several lines, and room for their text."""
    found: dict[int, list[tuple[int, int, list[str]]]] = {}
    for (top, left), (bottom, _right) in (sheet.merged_cell_ranges or [])[:_MOST_MERGED]:
        if bottom > top:
            found.setdefault(left, []).append((top, bottom, []))
    return found


def _fill(
    line: list[str], number: int, spread: dict[int, list[tuple[int, int, list[str]]]]
) -> None:
    for column, ranges in spread.items():
        for top, bottom, text in ranges:
            if column < len(line) and number == top:
                text.append(line[column])
            elif column < len(line) and top < number <= bottom and text:
                line[column] = line[column] or text[0]


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return str(cell)
