"""Tables that other people made: CSV and XLSX, read as rows of text under named columns.

``read_table`` takes a file as it came and gives back its columns and its rows, each with the line
it begins on; or it refuses the file with a sentence that says what it is and what to do. It never
guesses at a value: text stays text, a number is written in digits, a date as 2026-11-24.
"""

from samskap.kernel.files.refusal import RefusedFileError
from samskap.kernel.tables.limits import LARGEST_FILE, MOST_ROWS
from samskap.kernel.tables.reading import Row, Table, read_table

__all__ = ["LARGEST_FILE", "MOST_ROWS", "RefusedFileError", "Row", "Table", "read_table"]
