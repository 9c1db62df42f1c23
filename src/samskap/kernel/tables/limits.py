"""How much of a file we read. Bytes, unless the name says otherwise."""

from __future__ import annotations

from typing import Final

LARGEST_FILE: Final = 20 * 1024 * 1024
# Rows under the names of the columns.
MOST_ROWS: Final = 200_000
# More than any table we take, so that the reader can say that there are too many.
MOST_LINES: Final = MOST_ROWS + 100
MOST_COLUMNS: Final = 400
# What a workbook may be once unpacked; 200 000 rows of 50 cells come to about half of it.
LARGEST_UNPACKED: Final = 512 * 1024 * 1024
MOST_PARTS: Final = 2_000
# A quotation mark that is opened and never closed swallows lines; no honest cell has so many.
MOST_LINES_IN_A_CELL: Final = 200
# Where the names of the columns are looked for.
LINES_ABOVE_NAMES: Final = 30
