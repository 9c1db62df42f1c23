"""What a caller may ask with: known names, given once, in values we can use."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from samskap.api.problems import (
    INVALID_PARAMETER,
    UNKNOWN_PARAMETER,
    Fault,
    RefusedError,
)
from samskap.kernel.languages import Language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from ninja.operation import Operation

PAGE_SIZE: Final = 50
LARGEST_PAGE: Final = 200
_LONGEST_CURSOR: Final = 1000

# What pydantic finds wrong, in the caller's language; the names in brackets are pydantic's own.
_CANNOT_BE_USED: Final = gettext_lazy("This value cannot be used.")
_WHOLE_NUMBER: Final = gettext_lazy("Give a whole number.")
_CHOICES: Final = gettext_lazy("Give one of these: %(expected)s.")
_WORDS: Final = {
    "date_as_day": gettext_lazy("Give a day, written as 2026-11-24."),
    "since_as_day": gettext_lazy(
        "Give quarter, last-quarter, year, or a day, written as 2026-09-30."
    ),
    "int_parsing": _WHOLE_NUMBER,
    "int_parsing_size": _WHOLE_NUMBER,
    "greater_than_equal": gettext_lazy("Give %(ge)s or more."),
    "less_than_equal": gettext_lazy("Give %(le)s or less."),
    "enum": _CHOICES,
    "literal_error": _CHOICES,
    "string_too_long": gettext_lazy("Give at most %(max_length)s characters."),
    "string_too_short": gettext_lazy("Give at least %(min_length)s characters."),
}


def _day(written: object) -> object:
    """Let a day be a day only: pydantic would read “17” as seconds since 1970."""
    if isinstance(written, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.ASCII):
        try:
            return date.fromisoformat(written)
        except ValueError:
            pass
    raise PydanticCustomError("date_as_day", "not a day")


Day = Annotated[date, BeforeValidator(_day)]


class Asked(BaseModel):
    """What every address may be asked with."""

    model_config = ConfigDict(extra="forbid")

    lang: Language | None = Field(
        None,
        description=gettext_noop(
            "The language of problems and of this documentation. Without it Accept-Language"
            " decides, else bokmål. Texts in the data come in every language."
        ),
    )


class AskedForPage(Asked):
    """What every list may be asked with."""

    limit: int = Field(
        PAGE_SIZE, ge=1, le=LARGEST_PAGE, description=gettext_noop("How many rows a page holds.")
    )
    cursor: str | None = Field(
        None,
        max_length=_LONGEST_CURSOR,
        description=gettext_noop(
            "Where the page begins. Take it from “next” of the page before; it fits that list"
            " with those filters, and nothing else."
        ),
    )


def only_known_parameters(
    run: Callable[..., HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Refuse a request with parameters that the operation would pass over in silence.

    A misspelt filter that is passed over gives everything: the caller believes a wrong answer.
    """
    operation: Operation = run.__self__  # type: ignore[attr-defined]
    known = sorted(_query_names(operation))
    many = {
        name
        for model in operation.models
        for name in getattr(model, "__ninja_collection_fields__", [])
    }

    @wraps(run)
    def checked(request: HttpRequest, **path: Any) -> HttpResponseBase:
        try:
            _refuse_unknown(request, known)
            _refuse_unwritable(request, many)
        except RefusedError as refused:
            return operation.api.on_exception(request, refused)
        return run(request, **path)

    return checked


def _query_names(operation: Operation) -> Iterator[str]:
    for model in operation.models:
        if model.__ninja_param_source__ == "query":
            yield from getattr(model, "__ninja_flatten_map__", {})


def _refuse_unknown(request: HttpRequest, known: list[str]) -> None:
    faults = [
        Fault(where="query", name=name, detail=_unknown(name, known))
        for name in request.GET
        if name not in known
    ]
    if faults:
        raise RefusedError(UNKNOWN_PARAMETER, " ".join(fault.detail for fault in faults), faults)


def _unknown(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return _("There is no parameter “%(name)s” here. Did you mean “%(near)s”?") % {
            "name": name,
            "near": near[0],
        }
    return _("There is no parameter “%(name)s” here. There are: %(known)s.") % {
        "name": name,
        "known": ", ".join(known),
    }


def _refuse_unwritable(request: HttpRequest, many: set[str]) -> None:
    faults = [
        Fault(where="query", name=name, detail=detail)
        for name, values in request.GET.lists()
        for detail in _faults_in(values, may_be_many=name in many)
    ]
    if faults:
        raise RefusedError(INVALID_PARAMETER, summary_of(faults), faults)


def _faults_in(values: list[str], *, may_be_many: bool) -> Iterator[str]:
    if len(values) > 1 and not may_be_many:
        yield _("Give it once.")
    if any("\0" in value for value in values):
        yield _("It holds a character that no text has.")


def summary_of(faults: list[Fault]) -> str:
    """Put the faults into one line: “limit: Give it once.”."""
    return " ".join(f"{fault.name}: {fault.detail}" for fault in faults)


def faults_from(errors: list[dict[str, Any]]) -> list[Fault]:
    """Say in the caller's language what the validation of parameters found."""
    return [
        Fault(where=error["loc"][0], name=_name_in(error["loc"]), detail=_in_words(error))
        for error in errors
    ]


def _name_in(place: tuple[str | int, ...]) -> str:
    """Return the parameter's name; what follows it is the number of one of its values."""
    return next(str(part) for part in reversed(place) if isinstance(part, str))


def _in_words(error: dict[str, Any]) -> str:
    words = _WORDS.get(error["type"], _CANNOT_BE_USED)
    limits = {name: _listed(value) for name, value in error.get("ctx", {}).items()}
    return str(words) % limits


def _listed(value: object) -> str:
    """Write “'a', 'b' or 'c'” as “a, b, c”, and anything else as it is."""
    return str(value).replace("'", "").replace(" or ", ", ")
