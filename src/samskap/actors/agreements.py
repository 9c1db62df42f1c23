"""Agreements as files: what is taken, and what it is called when it is given back."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST_AGREEMENT: Final = 10_000_000  # bytes
LONGEST_NAME: Final = 120
_HEAD: Final = re.compile(rb"%PDF-[12]\.[0-9]")
_TAIL: Final = 2048  # bytes in which a PDF says where it ends
_NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|]+')


def check_agreement(content: bytes) -> None:
    """Raise ``ValidationError`` unless ``content`` is a PDF of a size we keep.

    It is looked at, not only at what it is called: a PDF says so in its first bytes, and says in
    its last ones where it ends. One that was cut off on the way is refused.
    """
    if len(content) > LARGEST_AGREEMENT:
        raise ValidationError(_("The file is larger than 10 MB. Save it as a smaller PDF."))
    if not _HEAD.match(content):
        raise ValidationError(_("This is not a PDF. Save the agreement as a PDF and choose that."))
    tail = content[-_TAIL:]
    if b"startxref" not in tail or b"%%EOF" not in tail:
        raise ValidationError(_("The PDF has no end: it was cut off. Save it again and choose it."))


def clean_name(name: str) -> str:
    r"""Return what a file is called, without its folders and what no file name may hold.

    >>> clean_name("C:\\avtaler\\Avtale 2024.PDF")
    'Avtale 2024.pdf'
    >>> clean_name("../../etc/passwd")
    'passwd.pdf'
    >>> clean_name("")
    'agreement.pdf'
    """
    last = re.split(r"[/\\]", name)[-1]
    shown = "".join(
        each for each in unicodedata.normalize("NFC", last) if unicodedata.category(each)[0] != "C"
    )
    stem = re.sub(r"\.pdf$", "", _NOT_IN_NAMES.sub(" ", shown), flags=re.IGNORECASE)
    stem = stem.strip(" .")[:LONGEST_NAME].strip(" .")
    return f"{stem or 'agreement'}.pdf"
