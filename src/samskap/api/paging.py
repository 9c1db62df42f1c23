"""Lists a page at a time: the cursor says which row the page before ended with."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from samskap.api.problems import UNREADABLE_CURSOR, Fault, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

Row = TypeVar("Row", bound=Model)

# Without a time in it: the same page has the same cursor, and so the same ETag.
_SIGNER: Final = signing.Signer(salt="samskap.api.cursor")
# What does not change which rows the list holds, and so may differ from page to page.
_FREE: Final = frozenset({"cursor", "limit", "lang"})


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list, how many the whole list holds, and where the next page is, if any."""

    rows: list[Row]
    count: int
    next: str | None


def page_of(
    rows: QuerySet[Row],
    *,
    order: Sequence[str],
    request: HttpRequest,
    limit: int,
    cursor: str | None,
    prepare: Callable[[QuerySet[Row]], QuerySet[Row]] = lambda rows: rows,
) -> Page[Row]:
    """Return the page of ``rows`` that begins after ``cursor``.

    ``order`` is one or more fields that together are unique and never empty. Rows that come or go
    between two pages move no other row from its page: none is given twice, none is left out.
    ``prepare`` adds what only the page needs (prefetches). Raises ``RefusedError`` for a cursor
    that is not ours, or is another list's.
    """
    ordered = rows.order_by(*order)
    if cursor is not None:
        ordered = ordered.filter(_after(order, _read(cursor, request, len(order))))
    found = list(prepare(ordered)[: limit + 1])
    shown = found[:limit]
    more = len(found) > limit
    return Page(
        rows=shown,
        count=rows.count(),
        next=_address_after(shown[-1], order, request) if more else None,
    )


def linked(response: HttpResponse, page: Page[Any]) -> HttpResponse:
    """Say the next page in a Link header too (RFC 8288)."""
    if page.next is not None:
        response.headers["Link"] = f'<{page.next}>; rel="next"'
    return response


def _after(order: Sequence[str], values: Sequence[Any]) -> Q:
    """(a, b) > (x, y), written out for the database."""
    later = Q()
    for depth, field in enumerate(order):
        same = Q(**dict(zip(order[:depth], values, strict=False)))
        later |= same & Q(**{f"{field}__gt": values[depth]})
    return later


def _address_after(row: Model, order: Sequence[str], request: HttpRequest) -> str:
    values = [getattr(row, field) for field in order]
    asked = request.GET.copy()
    asked["cursor"] = _SIGNER.sign_object([_list_of(request), *values])
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")


def _read(cursor: str, request: HttpRequest, wanted: int) -> list[Any]:
    try:
        mark, *values = _SIGNER.unsign_object(cursor)
    except signing.BadSignature as forged:
        detail = _("The cursor is not one that this installation has given.")
        raise _refused(detail) from forged
    if mark != _list_of(request) or len(values) != wanted:
        raise _refused(_("The cursor belongs to another list, or to other filters."))
    return list(values)


def _refused(detail: str) -> RefusedError:
    return RefusedError(
        UNREADABLE_CURSOR, detail, [Fault(where="query", name="cursor", detail=detail)]
    )


def _list_of(request: HttpRequest) -> str:
    filters = sorted(
        (name, sorted(values)) for name, values in request.GET.lists() if name not in _FREE
    )
    return sha256(repr((request.path, filters)).encode()).hexdigest()[:16]
