"""Cells of a text file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from samskap.kernel.files.within import tell

if TYPE_CHECKING:
    from typing import BinaryIO


def text(file: BinaryIO, out: BinaryIO, most: str) -> None:
    """Tell each line's number and cells, at most so many lines; last, why it ends too early."""
    # Sentences go out as they are written, and are put into a language by whoever asked.
    settings.configure(USE_I18N=False)
    from samskap.kernel.files.refusal import RefusedFileError  # noqa: PLC0415
    from samskap.kernel.tables.csv_rows import rows_of_text  # noqa: PLC0415
    from samskap.kernel.tables.encoding import decoded  # noqa: PLC0415

    try:
        for told, (line, cells) in enumerate(rows_of_text(decoded(file.read())[0])):
            if told >= int(most):
                break
            tell(out, line, cells)
    except RefusedFileError as refused:
        tell(out, "refused", refused.sentence.kept(), refused.remedy.kept())
