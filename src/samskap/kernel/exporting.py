"""Tables for spreadsheets, whose cells hold text and never a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BEGINS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_BYTE_ORDER_MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"


def safe_cell(value: object) -> str:
    """Return ``value`` as text that no spreadsheet works out; nothing is an empty cell.

    What would begin a formula gets an apostrophe before it, which a spreadsheet does not show.
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def plain_cell(text: str) -> str:
    """Return what ``safe_cell`` was given, from a table of ours that somebody sends back.

    >>> plain_cell(safe_cell("+47 69 00 00 00")), plain_cell("'s-Hertogenbosch")
    ('+47 69 00 00 00', "'s-Hertogenbosch")
    """
    return text[1:] if text[:1] == "'" and text[1:].startswith(_BEGINS_A_FORMULA) else text


def as_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as CSV (RFC 4180) with safe cells, marked so that Excel reads it as UTF-8."""
    stream = io.StringIO()
    stream.write(_BYTE_ORDER_MARK)
    writer = csv.writer(stream)
    writer.writerow([safe_cell(value) for value in head])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return stream.getvalue()
