"""Answers: a pydantic model straight to JSON, once."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Final

from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from samskap.trust.access import reader_for

if TYPE_CHECKING:
    from django.http import HttpRequest
    from pydantic import BaseModel

    from samskap.trust.access import Reader

_WORTH_PACKING: Final = 2_000  # bytes


def answer(model: BaseModel) -> HttpResponse:
    """Answer with ``model``; it was validated when it was made, and is not validated again."""
    return HttpResponse(model.model_dump_json(), content_type="application/json; charset=utf-8")


def reader_of(request: HttpRequest) -> Reader:
    """Tell who is reading: a signed-in user with their mandates of today, else the public."""
    return reader_for(request.user, on=timezone.localdate())


def packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Pack what is large, the same each time, for a caller who can unpack it."""
    patch_vary_headers(response, ["Accept-Encoding"])
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    if takes and len(response.content) >= _WORTH_PACKING:
        response.content = gzip.compress(response.content, compresslevel=4, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return response
