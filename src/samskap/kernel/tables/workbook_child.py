"""Open one workbook, alone and within limits. Run by ``workbook.py`` as a process of its own.

``look PATH LINES`` writes the first lines of each visible sheet as JSON; ``read PATH NUMBER LINES``
writes a sheet's lines to ``rows.jsonl`` beside it. Every cell comes as text: a whole number without
a point, a day as 2026-11-24, a formula as what it came to when it was saved.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from python_calamine import CalamineSheet, CalamineWorkbook

_MEMORY: Final = 1536 * 1024 * 1024
_WRITTEN: Final = 1024 * 1024 * 1024
_SECONDS: Final = 90
# More rows than any table we take, so that the reader can say that there are too many.
_MOST_LINES: Final = 200_100
_MOST_MERGED: Final = 20_000


def main(asked: list[str]) -> dict[str, Any]:
    """Do what was asked, and return what to say of it."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError  # noqa: PLC0415

    _limit()
    try:
        with CalamineWorkbook.from_path(asked[1]) as workbook:
            if asked[0] == "look":
                return {"sheets": list(_looked_at(workbook, int(asked[2])))}
            return _written(workbook, Path(asked[1]), int(asked[2]))
    except PasswordError:
        return {"refused": "password"}
    except CalamineError:
        return {"refused": "damaged"}


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, _WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):  # A system that knows no such limit.
            continue


def _looked_at(workbook: CalamineWorkbook, lines: int) -> Iterator[dict[str, Any]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    for number, about in enumerate(workbook.sheets_metadata):
        if about.visible != SheetVisibleEnum.Visible or about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(number)
        found = list(islice(_lines(sheet), lines))
        yield {"number": number, "name": about.name, "lines": found}


def _written(workbook: CalamineWorkbook, path: Path, number: int) -> dict[str, Any]:
    sheet = workbook.get_sheet_by_index(number)
    with path.with_name("rows.jsonl").open("w", encoding="utf-8") as rows:
        for line in islice(_lines(sheet), _MOST_LINES):
            rows.write(json.dumps(line) + "\n")
    return {}


def _lines(sheet: CalamineSheet) -> Iterator[list[str]]:
    """Return every line from the sheet's first, whether anything stands on it or not."""
    # The library goes through empty lines above the first cell, but leaves out empty columns.
    _down, across = sheet.start or (0, 0)
    spread = _spread_down(sheet)
    for number, cells in enumerate(sheet.iter_rows()):
        line = [""] * across + [_text(cell) for cell in cells]
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


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:])))
