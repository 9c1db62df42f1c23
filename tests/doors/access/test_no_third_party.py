"""Whoever reads whatever page: nothing comes from another host, and three cookies are all."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.doors.access.calling import address, call
from tests.doors.access.canaries import ANONYMOUS, ROLES
from tests.doors.access.table import TABLE
from tests.world.elsewhere import fetched_from_elsewhere, heads_to_elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.drill, pytest.mark.breadth]
COOKIES = {
    settings.SESSION_COOKIE_NAME,
    settings.CSRF_COOKIE_NAME,
    settings.LANGUAGE_COOKIE_NAME,
}


@pytest.mark.parametrize("caller", [ANONYMOUS, *ROLES])
def test_no_address_fetches_from_another_host_or_sets_a_cookie_of_another_kind(caller, world):
    elsewhere, cookies, pages = {}, set(), 0
    for name, row in TABLE.items():
        if row.get is None:
            continue
        where = address(name, row, world)
        answer = call(world, caller, "GET", where)
        cookies |= set(answer.cookies)
        found = list(heads_to_elsewhere(answer.headers))
        if answer.get("Content-Type", "").startswith("text/html"):
            pages += 1
            found += fetched_from_elsewhere(answer.content.decode())
        if found:
            elsewhere[where] = found

    assert elsewhere == {}
    assert cookies <= COOKIES
    assert pages > len(TABLE) // 5
