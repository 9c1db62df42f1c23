"""Cells of a text file, read by a process that may take little memory and time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_noop as _

from samskap.kernel.files.asking import TooMuchError, ask
from samskap.kernel.files.refusal import RefusedFileError
from samskap.kernel.remark import Remark
from samskap.kernel.tables.limits import MOST_LINES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

_REFUSED: Final = b'["refused"'


def lines_of_text(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Return each line of cells with the number it begins on, as ``csv_rows.rows_of_text`` does.

    Raises ``RefusedFileError`` at once or on the way, as that does, and when it takes too much.
    """
    try:
        return _lines(ask("text", data, MOST_LINES))
    except TooMuchError as much:
        raise RefusedFileError(
            _("The file takes more memory or time to read than we give it."),
            _("Divide it, and send one part at a time."),
        ) from much


def _lines(told: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    with told:
        for line in told:
            if line.startswith(_REFUSED):
                _what, sentence, remedy = json.loads(line)
                raise RefusedFileError.of(Remark.of(sentence), Remark.of(remedy))
            number, cells = json.loads(line)
            yield number, cells
