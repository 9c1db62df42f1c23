"""What an error answers: problem+json (RFC 9457), in the caller's language."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Literal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest
    from django_stubs_ext import StrPromise

MEDIA_TYPE: Final = "application/problem+json"
# RFC 9457, 3.1.1: a relative type is written with its full path. It is then the same in every
# installation, and leads to the paragraph about it.
_TYPES_AT: Final = "/api/v1/docs#problem-"

Where = Literal["query", "path", "header", "body"]


class Fault(BaseModel):
    """One thing that is wrong with a request."""

    model_config = ConfigDict(extra="forbid")

    where: Where = Field(description=gettext_noop("The part of the request it stands in."))
    name: str = Field(description=gettext_noop("The name of the parameter."))
    detail: str = Field(description=gettext_noop("What is wrong with it, and what would be right."))


class Problem(BaseModel):
    """Why a request was not answered as it asked to be."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description=gettext_noop("The kind of problem, and where it is explained."))
    title: str = Field(description=gettext_noop("The kind of problem in words."))
    status: int = Field(description=gettext_noop("The HTTP status."), ge=400, le=599)
    detail: str = Field(description=gettext_noop("What went wrong this time."))
    instance: str = Field(description=gettext_noop("The address that was asked for."))
    errors: list[Fault] = Field(
        description=gettext_noop(
            "What is wrong with each parameter; empty when no parameter is to blame."
        )
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name in addresses, its status, its title, and what to do about it."""

    slug: str
    status: HTTPStatus
    title: StrPromise
    remedy: StrPromise


UNKNOWN_PARAMETER: Final = Kind(
    "unknown-parameter",
    HTTPStatus.BAD_REQUEST,
    gettext_lazy("Unknown parameter"),
    gettext_lazy("Use the parameters that are listed for the address."),
)
UNREADABLE_CURSOR: Final = Kind(
    "unreadable-cursor",
    HTTPStatus.BAD_REQUEST,
    gettext_lazy("Unreadable cursor"),
    gettext_lazy("Follow “next” as it stands, or begin again without a cursor."),
)
BAD_REQUEST: Final = Kind(
    "bad-request",
    HTTPStatus.BAD_REQUEST,
    gettext_lazy("The request cannot be read"),
    gettext_lazy("Check how the request is written."),
)
HTTPS_NEEDED: Final = Kind(
    "https-needed",
    HTTPStatus.FORBIDDEN,
    gettext_lazy("Ask with https"),
    gettext_lazy("Begin the address with https. Nothing is led on by itself."),
)
NOT_FOUND: Final = Kind(
    "not-found",
    HTTPStatus.NOT_FOUND,
    gettext_lazy("Nothing with that key"),
    gettext_lazy("Look in the list for the keys there are."),
)
NO_SUCH_ADDRESS: Final = Kind(
    "no-such-address",
    HTTPStatus.NOT_FOUND,
    gettext_lazy("No such address"),
    gettext_lazy("The addresses there are stand on this page and in the OpenAPI document."),
)
METHOD_NOT_ALLOWED: Final = Kind(
    "method-not-allowed",
    HTTPStatus.METHOD_NOT_ALLOWED,
    gettext_lazy("Reading only"),
    gettext_lazy("Ask with GET or HEAD."),
)
KEY_UNDER_WAY: Final = Kind(
    "key-under-way",
    HTTPStatus.CONFLICT,
    gettext_lazy("The same request is being answered"),
    gettext_lazy("Ask again in a moment, with the same Idempotency-Key."),
)
KEY_USED: Final = Kind(
    "key-used",
    HTTPStatus.UNPROCESSABLE_ENTITY,
    gettext_lazy("The key was used for another request"),
    gettext_lazy("Give every new request an Idempotency-Key of its own."),
)
INVALID_PARAMETER: Final = Kind(
    "invalid-parameter",
    HTTPStatus.UNPROCESSABLE_ENTITY,
    gettext_lazy("A parameter has a value that cannot be used"),
    gettext_lazy("“errors” says which, and what would be right."),
)
SERVER_ERROR: Final = Kind(
    "server-error",
    HTTPStatus.INTERNAL_SERVER_ERROR,
    gettext_lazy("Something went wrong here"),
    gettext_lazy("Try again in a minute. If it goes on, tell those who run the installation."),
)
KINDS: Final = (
    UNKNOWN_PARAMETER,
    UNREADABLE_CURSOR,
    BAD_REQUEST,
    HTTPS_NEEDED,
    NOT_FOUND,
    NO_SUCH_ADDRESS,
    METHOD_NOT_ALLOWED,
    KEY_UNDER_WAY,
    INVALID_PARAMETER,
    KEY_USED,
    SERVER_ERROR,
)
_FIRST_OF_STATUS: Final = {
    HTTPStatus.BAD_REQUEST: BAD_REQUEST,
    HTTPStatus.NOT_FOUND: NO_SUCH_ADDRESS,
    HTTPStatus.METHOD_NOT_ALLOWED: METHOD_NOT_ALLOWED,
    HTTPStatus.INTERNAL_SERVER_ERROR: SERVER_ERROR,
}


class RefusedError(Exception):
    """The request cannot be answered; carries what the caller is told."""

    def __init__(self, kind: Kind, detail: str, errors: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.errors = kind, detail, list(errors)


def problem_response(
    request: HttpRequest, kind: Kind, detail: str, errors: Sequence[Fault] = ()
) -> HttpResponse:
    """Answer ``request`` with a problem of ``kind``."""
    return _response(
        Problem(
            type=f"{_TYPES_AT}{kind.slug}",
            title=str(kind.title),
            status=kind.status,
            detail=detail,
            instance=request.path,
            errors=list(errors),
        )
    )


def problem_for_status(request: HttpRequest, status: int) -> HttpResponse:
    """Answer with a problem that says no more than ``status`` does."""
    kind = _FIRST_OF_STATUS.get(HTTPStatus(status))
    if kind is not None:
        return problem_response(request, kind, _detail_of(kind, request))
    return _response(
        Problem(
            type="about:blank",
            title=HTTPStatus(status).phrase,
            status=status,
            detail=HTTPStatus(status).description,
            instance=request.path,
            errors=[],
        )
    )


def _detail_of(kind: Kind, request: HttpRequest) -> str:
    if kind is NO_SUCH_ADDRESS:
        return _("There is nothing at %(address)s.") % {"address": request.path}
    if kind is METHOD_NOT_ALLOWED:
        return _("%(address)s can be read, not changed.") % {"address": request.path}
    return str(kind.remedy)


def _response(problem: Problem) -> HttpResponse:
    return HttpResponse(problem.model_dump_json(), status=problem.status, content_type=MEDIA_TYPE)
