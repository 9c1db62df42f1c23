"""Giving a file back: to be saved, never shown, and never taken for anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from collections.abc import Iterable


def as_download(content: bytes | str | Iterable[str], *, name: str, kind: str) -> HttpResponse:
    """Answer with a file to save under ``name``; ``kind`` is its media type.

    The browser guesses nothing, runs nothing in it, and keeps no copy.
    """
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "no-store"
    return answer
