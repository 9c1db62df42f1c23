"""A leak that is planted on purpose is found: the matrix and the canaries are not asleep."""

from __future__ import annotations

import pytest
from django.db.models import Q

from samskap.trust.access import Reader, reader_holding
from samskap.trust.models import Role, User
from tests.doors.access.calling import without_row, written_by_reading, wrong_cells
from tests.doors.access.canaries import ANONYMOUS, COMPANY
from tests.doors.access.listening import heard_at, leaks
from tests.doors.access.routes import routes
from tests.world.people import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.drill, pytest.mark.breadth]
BAKER = min(COMPANY)


def test_an_access_function_that_lets_everything_through_is_heard(world, monkeypatch):
    addresses = ["/api/v1/actors", "/api/v1/network.graphml"]
    assert leaks(heard_at(world, ANONYMOUS, addresses), ANONYMOUS) == {}

    monkeypatch.setattr("samskap.actors.queries.actors.visible_to", lambda _reader: Q())

    found = leaks(heard_at(world, ANONYMOUS, addresses), ANONYMOUS)
    assert "actor of the secretariat, name (sawmill)" in found["/api/v1/actors"]
    assert "actor of one organisation, name (bakery)" in found["/api/v1/actors"]


def test_a_field_that_is_shown_to_all_who_see_the_page_is_heard(world, monkeypatch):
    """The bakery's people read the sawmill's membership, and not on what terms it belongs."""
    page = ["/en/work/actors/sagbruket/membership/"]
    assert leaks(heard_at(world, BAKER, page), BAKER) == {}

    monkeypatch.setattr(Reader, "sees_all", property(lambda _reader: True))

    assert (
        "membership, contribution (sawmill)" in leaks(heard_at(world, BAKER, page), BAKER)[page[0]]
    )


def test_a_door_that_takes_everyone_for_the_secretariat_is_seen_in_the_matrix(world, monkeypatch):
    assert wrong_cells(world, "workspace:log", "GET") == {}
    everything = Reader(roles=frozenset({Role.SECRETARIAT}), is_signed_in=True)

    monkeypatch.setattr("samskap.workspace.desk.reader_holding", lambda _held: everything)

    wrong = wrong_cells(world, "workspace:log", "GET")
    assert wrong[BAKER] == (200, (403,))
    assert set(wrong) == {
        "partner-representative",
        "company-member",
        "board-member",
        "administrator",
        "no mandate",
    }


def test_a_page_that_writes_when_it_is_read_is_seen(world, monkeypatch):
    pages = ["workspace:home", "portal:home"]
    assert written_by_reading(world, BAKER, pages) == {}

    def reader_who_leaves_a_trace(held):
        User.objects.update(last_login=NOON)
        return reader_holding(held)

    monkeypatch.setattr("samskap.workspace.desk.reader_holding", reader_who_leaves_a_trace)

    assert written_by_reading(world, BAKER, pages) == {"workspace:home": ["trust_user"]}


def test_an_address_that_nobody_has_decided_about_fails_the_matrix(settings):
    assert without_row(each.name for each in routes()) == []

    settings.ROOT_URLCONF = "tests.doors.access.one_too_many"

    assert without_row(each.name for each in routes()) == ["nobody-decided"]
