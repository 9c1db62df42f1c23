"""Call one address as one caller, and say what the table expects of the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.urls import reverse
from django.utils import translation

from tests.doors.access.canaries import CALLERS
from tests.doors.access.table import OUTSIDE, TABLE
from tests.doors.access.world import undone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpResponse

    from tests.doors.access.table import Row
    from tests.doors.access.world import World

_NOT_TAKEN = 405
# Who is signed in, and how often something was tried: what every request may note.
_NOTED = {"kernel_cached", "django_session"}
_ROWS_WRITTEN = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
"""


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


def without_row(names: Iterable[str]) -> list[str]:
    """Return the addresses nobody has decided about, in the resolver's order."""
    return [name for name in names if name not in TABLE]


def wrong_cells(world: World, name: str, method: str) -> dict[str, tuple[int, tuple[int, ...]]]:
    """Return whoever is not answered as the table says: what they got, what was expected."""
    row = TABLE[name]
    where = address(name, row, world)
    answers = {caller: call(world, caller, method, where).status_code for caller in CALLERS}
    return {
        caller: (status, expected(row, caller, method))
        for caller, status in answers.items()
        if status not in expected(row, caller, method)
    }


def written_by_reading(world: World, caller: str, names: Iterable[str]) -> dict[str, list[str]]:
    """Return each address at which reading as ``caller`` writes rows, and the tables they are in.

    PostgreSQL counts them by itself, those of triggers and of what was undone again too.
    """
    found: dict[str, list[str]] = {}
    for name in names:
        before = _rows_written()
        call(world, caller, "GET", address(name, TABLE[name], world))
        after = _rows_written()
        if grown := {table for table in after if after[table] > before.get(table, 0)} - _NOTED:
            found[name] = sorted(grown)
    return found


def _rows_written() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS_WRITTEN)
        return dict(cursor.fetchall())
