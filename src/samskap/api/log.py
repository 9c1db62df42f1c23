"""The log: how far it is sealed, signed. What is in it is for those who may read it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import BaseModel, Field

from samskap.api.answers import answer
from samskap.api.parameters import Asked, only_known_parameters
from samskap.api.problems import NOT_FOUND, RefusedError
from samskap.api.shapes import SHAPE
from samskap.trust.public import newest_heads

router = Router()
router.add_decorator(only_known_parameters, mode="view")

_FORM: Final = gettext_noop("The form of this head: samskap-log-head-1.")


class SignedHead(BaseModel):
    """The newest seal of the log, signed: the file that samskap audit verify --head reads."""

    model_config = SHAPE

    form: str = Field(description=_FORM)
    site: str = Field(description=gettext_noop("Whose log it is: the address of the site."))
    sequence: int = Field(description=gettext_noop("How many entries were sealed."))
    hash: str = Field(
        description=gettext_noop("The hash of the last of them, SHA-256 in hexadecimal.")
    )
    made_at: datetime = Field(description=gettext_noop("When it was signed."))
    public_key: str = Field(description=gettext_noop("The Ed25519 key it is signed with, Base64."))
    signature: str = Field(description=gettext_noop("The signature, Base64."))


@router.get(
    "/log/head",
    response=SignedHead,
    summary=gettext_noop("The signed head of the log"),
    description=gettext_noop(
        "How far the log is sealed, signed every night. Keep it: held to it later, the log shows"
        " whether anything before it was rewritten or taken away."
    ),
    openapi_extra={
        "x-may-find-nothing": True,
        "x-examples": [
            {"address": "/api/v1/log/head", "summary": gettext_noop("The newest signed head")}
        ],
    },
)
def log_head(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001 - ?lang=
    """Answer with the head that was signed last."""
    heads = newest_heads(at_most=1)
    if not heads:
        raise RefusedError(NOT_FOUND, _("No head of the log is signed yet."))
    return answer(SignedHead(**heads[0].facts()))
