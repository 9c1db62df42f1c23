"""Read a file as a table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from samskap.kernel.files.refusal import RefusedFileError
from samskap.kernel.tables.heads import Heads, find_heads
from samskap.kernel.tables.limits import LINES_ABOVE_NAMES, MOST_ROWS
from samskap.kernel.tables.plain import lines_of_text
from samskap.kernel.tables.sorts import Sort, sort_of
from samskap.kernel.tables.workbook import rows_of_workbook

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from samskap.kernel.remark import Remark


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on, its cells by column, and what stands beyond the columns."""

    line: int
    values: dict[str, str]
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns, and rows to go through once. ``notes`` say what was done to read it."""

    headers: tuple[str, ...]
    rows: Iterator[Row]
    notes: tuple[Remark, ...] = ()


def read_table(file: Path | bytes, *, words: Collection[str] = ()) -> Table:
    """Read a CSV or XLSX file; ``words`` are names of columns that we know, folded.

    The names of the columns may stand below a title; in a workbook the visible sheet that has
    them is read. Rows without a value are passed over. Raises ``RefusedFileError``, at once or
    while the rows are gone through.
    """
    data = file.read_bytes() if isinstance(file, Path) else file
    if sort_of(data) is Sort.WORKBOOK:
        lines, notes = rows_of_workbook(data, words=words)
    else:
        lines, notes = lines_of_text(data), ()
    above = list(islice(lines, LINES_ABOVE_NAMES))
    heads = find_heads(above, words=words)
    rest = chain(above[heads.position + 1 :], lines)
    named = tuple(filter(None, heads.names))
    return Table(named, _rows(heads, rest), (*notes, *heads.notes))


def _rows(heads: Heads, lines: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    width, number = len(heads.names), 0
    for line, cells in lines:
        if not any(cells):
            continue
        number += 1
        if number > MOST_ROWS:
            raise RefusedFileError(
                _("The table has more than 200 000 rows, which is the most we read."),
                _("Divide it, and send one part at a time."),
            )
        padded = cells[:width] + [""] * (width - len(cells))
        values, beyond = {}, [*filter(None, cells[width:])]
        for name, cell in zip(heads.names, padded, strict=True):
            if name:
                values[name] = cell
            elif cell:
                beyond.append(cell)
        yield Row(line, values, tuple(beyond))
