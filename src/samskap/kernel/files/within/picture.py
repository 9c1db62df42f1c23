"""A picture, drawn anew: what comes out holds points of colour and nothing else."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

from samskap.kernel.files.within import tell

if TYPE_CHECKING:
    from typing import BinaryIO

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")
MOST_POINTS: Final = 16_000_000
_LONGEST_SIDE: Final = 2400


def picture(file: BinaryIO, out: BinaryIO) -> None:
    """Tell ``["picture", width, height, bytes]`` and then a PNG, or ``["refused", why]``.

    Only the first of moving pictures. Where it was taken and by whom does not come along. A large
    one is made smaller, its longest side 2 400 points.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    try:
        with Image.open(file, formats=FORMATS) as found:
            if found.width * found.height > MOST_POINTS:
                return tell(out, "refused", "large")
            found.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
            drawn = ImageOps.exif_transpose(found).convert(_mode(found.mode))
            drawn.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return tell(out, "refused", "large")
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        KeyError,
        IndexError,
        EOFError,
    ):
        return tell(out, "refused", "damaged")
    anew = Image.new(drawn.mode, drawn.size)
    anew.paste(drawn)
    saved = io.BytesIO()
    anew.save(saved, "PNG")
    tell(out, "picture", anew.width, anew.height, saved.tell())
    out.write(saved.getvalue())
    return None


def _mode(found: str) -> str:
    return "RGBA" if found in {"RGBA", "LA", "PA", "P"} else "RGB"
