"""Where a table says what its columns are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_noop as _

from samskap.kernel.files.refusal import RefusedFileError
from samskap.kernel.folding import folded
from samskap.kernel.remark import Remark
from samskap.kernel.tables.limits import MOST_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    Line = tuple[int, list[str]]

_A_NUMBER: Final = re.compile(r"'?[0-9][0-9 .,\-]{4,}")
_ALPHABET: Final = 26
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Heads:
    """The names of the columns, and which of the lines looked at they stand on.

    A column with neither a name nor anything in it has the name ''.
    """

    position: int
    names: tuple[str, ...]
    notes: tuple[Remark, ...] = ()


def find_heads(lines: Sequence[Line], *, words: Collection[str]) -> Heads:
    """Return the names among ``lines``: those we know best, else the first line of several names.

    A column without a name gets its letter, [C], if anything stands in it; of two with the same
    name the second gets a number. Raises ``RefusedFileError`` when no line looks like names.
    """
    position = best_line([cells for _line, cells in lines], words=words)
    if position is None:
        raise RefusedFileError(
            _("No line names the columns."),
            _(
                "Write a line on top that says what each column holds, such as “organisation "
                "number” and “name”, and send the file again."
            ),
        )
    below = [cells for _line, cells in lines[position + 1 :]]
    names, notes = _named(lines[position][1], below)
    if len(names) > MOST_COLUMNS:
        raise RefusedFileError(
            _("The table has %(count)s columns, and 400 is the most we read."),
            _("Keep the columns that are about the organisations, and send the file again."),
            count=len(names),
        )
    if position:
        notes.insert(0, Remark(_("Line %(line)s names the columns."), {"line": lines[position][0]}))
    return Heads(position, names, tuple(notes))


def best_line(lines: Sequence[list[str]], *, words: Collection[str]) -> int | None:
    """Return which of ``lines`` names the columns; none when no line looks like names."""
    known = [how_many_known(cells, words) for cells in lines]
    if any(known):
        return known.index(max(known))
    for position, cells in enumerate(lines):
        filled = [cell for cell in cells if cell]
        if len(filled) >= _TWO:
            return None if any(map(_A_NUMBER.fullmatch, filled)) else position
    return None


def how_many_known(cells: Iterable[str], words: Collection[str]) -> int:
    """Return how many of ``cells`` are names of columns that we know."""
    return len({folded(cell) for cell in cells} & set(words))


def _named(cells: list[str], below: list[list[str]]) -> tuple[tuple[str, ...], list[Remark]]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    seen: Counter[str] = Counter()
    names, twins = [], []
    for position, cell in enumerate(cells):
        name = " ".join(cell.split()) or _name_for(position, below)
        seen[name] += bool(name)
        if seen[name] == _TWO:
            twins.append(name)
        names.append(name if seen[name] < _TWO else f"{name} ({seen[name]})")
    message = _("Several columns are called “%(name)s”; the first keeps the name.")
    return tuple(names), [Remark(message, {"name": name}) for name in twins]


def _name_for(position: int, below: list[list[str]]) -> str:
    is_used = any(len(cells) > position and cells[position] for cells in below)
    return f"[{_letter(position)}]" if is_used else ""


def _letter(position: int) -> str:
    """Return a column's letters as a spreadsheet has them: A, Z, AA."""
    before, last = divmod(position, _ALPHABET)
    return (_letter(before - 1) if before else "") + chr(ord("A") + last)
