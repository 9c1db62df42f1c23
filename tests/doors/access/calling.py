"""Call one address as one caller, and say what the table expects of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation

from tests.doors.access.table import OUTSIDE
from tests.doors.access.world import undone

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.doors.access.table import Row
    from tests.doors.access.world import World

_NOT_TAKEN = 405


def address(name: str, row: Row, world: World) -> str:
    """Return the address of a row, about what the row says."""
    with translation.override("en"):
        return row.at or reverse(name, kwargs=world.about[row.of] if row.of else None)


def call(
    world: World, caller: str, method: str, where: str, *, checks_csrf: bool = False
) -> HttpResponse:
    """Return the answer to ``caller``; what it did is undone."""
    client = world.client(caller, enforce_csrf_checks=checks_csrf)
    with undone(), translation.override("en"):
        return client.get(where) if method == "GET" else client.post(where)


def expected(row: Row, caller: str, method: str) -> tuple[int, ...]:
    """Return the statuses that the table allows ``caller``."""
    allowed, answer = (row.get, row.read) if method == "GET" else (row.post, row.done)
    if allowed is None:
        return (_NOT_TAKEN,)
    if caller in allowed:
        return answer if isinstance(answer, tuple) else (answer,)
    if row.away is not None:
        return (row.away,)
    return (302,) if caller in OUTSIDE else (403,)


def leads_to_sign_in(answer: HttpResponse, where: str) -> bool:
    """Whether the answer leads to sign-in, and from there back to ``where``."""
    with translation.override("en"):
        return answer["Location"] == f"{reverse('account_login')}?next={where}"
