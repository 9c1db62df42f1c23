"""Pictures that people send in: drawn anew, so that what we keep is ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop as _

from samskap.kernel.files.asking import TooMuchError, ask
from samskap.kernel.files.refusal import RefusedFileError

LARGEST_PICTURE: Final = 10_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG of our own making, and its size in points."""

    content: bytes
    width: int
    height: int


def clean_picture(content: bytes) -> Picture:
    """Draw a PNG, JPEG, WebP or GIF anew as a PNG without anything but the picture.

    Raises ``RefusedFileError`` for anything else, a damaged one, or one of more than 10 MB or 16
    million points.
    """
    if len(content) > LARGEST_PICTURE:
        raise RefusedFileError(_("The picture is larger than 10 MB."), _("Save it smaller."))
    try:
        with ask("picture", content) as told:
            what, *said = json.loads(told.readline())
            drawn = told.read()
    except TooMuchError as much:
        raise _too_large() from much
    if what == "refused":
        raise _too_large() if said == ["large"] else _no_picture()
    width, height, length = said
    if len(drawn) != length:
        raise _no_picture()
    return Picture(drawn, width, height)


def _too_large() -> RefusedFileError:
    return RefusedFileError(
        _("The picture has more points than we take."),
        _("Save it with 4 000 points or fewer along each side."),
    )


def _no_picture() -> RefusedFileError:
    return RefusedFileError(
        _("This is not a picture we can read."), _("Save it as PNG or JPEG, and choose that.")
    )
