"""Agreements as files: what is taken, and what it is called when it is given back."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError

from samskap.kernel.files.names import clean_name
from samskap.kernel.files.papers import LARGEST_PDF, check_pdf, look_at_pdf
from samskap.kernel.files.refusal import RefusedFileError

LARGEST_AGREEMENT: Final = LARGEST_PDF  # bytes


def glance_at_agreement(content: bytes) -> None:
    """Raise ``ValidationError`` when it is seen at once that ``content`` is no PDF we keep."""
    try:
        look_at_pdf(content)
    except RefusedFileError as refused:
        raise ValidationError(str(refused)) from refused


def check_agreement(content: bytes) -> None:
    """Raise ``ValidationError`` unless ``content`` is a whole PDF that does nothing by itself.

    It is looked through, whatever it is called, by a process that may do next to nothing.
    """
    try:
        check_pdf(content)
    except RefusedFileError as refused:
        raise ValidationError(str(refused)) from refused


def name_of_agreement(name: str) -> str:
    """Return what an agreement is called when it is given back, after the sender's name of it."""
    return clean_name(name, kind="pdf", otherwise="agreement")
