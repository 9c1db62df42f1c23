"""Answers: a pydantic model straight to JSON, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone

from samskap.trust.access import reader_for

if TYPE_CHECKING:
    from django.http import HttpRequest
    from pydantic import BaseModel

    from samskap.trust.access import Reader


def answer(model: BaseModel) -> HttpResponse:
    """Answer with ``model``; it was validated when it was made, and is not validated again."""
    return HttpResponse(model.model_dump_json(), content_type="application/json; charset=utf-8")


def reader_of(request: HttpRequest) -> Reader:
    """Tell who is reading: a signed-in user with their mandates of today, else the public."""
    return reader_for(request.user, on=timezone.localdate())
