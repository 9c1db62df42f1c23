"""Every address, as everyone who calls: let in or turned away as the table says."""

from __future__ import annotations

import pytest

from samskap.api.v1 import api
from samskap.trust.models import AuditEntry
from tests.doors.access.calling import (
    address,
    call,
    leads_to_sign_in,
    without_row,
    written_by_reading,
    wrong_cells,
)
from tests.doors.access.canaries import ADMINISTRATOR, ANONYMOUS, COMPANY, SECRETARIAT
from tests.doors.access.document import PAGE, page
from tests.doors.access.routes import routes
from tests.doors.access.table import DESK, OUTSIDE, OVERSEERS, TABLE
from tests.doors.access.world import undone

pytestmark = pytest.mark.django_db


def test_every_address_has_a_row_and_every_row_an_address():
    names = dict.fromkeys(route.name for route in routes())

    assert without_row(names) == []
    assert [name for name in TABLE if name not in names] == []


def test_every_operation_of_the_api_has_a_row():
    operations = [
        f"api:v1:{operation['operationId']}"
        for methods in api.get_openapi_schema()["paths"].values()
        for operation in methods.values()
    ]

    assert operations != []
    assert without_row(operations) == []


@pytest.mark.drill
@pytest.mark.breadth
@pytest.mark.parametrize("name", TABLE)
def test_whoever_reads_is_let_in_or_turned_away_as_the_table_says(name, world):
    assert wrong_cells(world, name, "GET") == {}


@pytest.mark.drill
@pytest.mark.breadth
@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.post is not None])
def test_whoever_acts_is_let_in_or_turned_away_as_the_table_says(name, world):
    assert wrong_cells(world, name, "POST") == {}


@pytest.mark.drill
@pytest.mark.breadth
@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.post])
def test_nothing_is_done_for_a_page_that_is_not_ours(name, world):
    row = TABLE[name]
    where, caller = address(name, row, world), min(row.post)
    before = AuditEntry.objects.count()

    answer = call(world, caller, "POST", where, checks_csrf=True)

    assert answer.status_code == 403
    assert AuditEntry.objects.count() == before


@pytest.mark.drill
@pytest.mark.breadth
@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row.post is None])
def test_an_address_for_reading_changes_nothing_whatever_is_sent(name, world):
    where = address(name, TABLE[name], world)
    before = AuditEntry.objects.count()

    with undone():
        client = world.client(min(SECRETARIAT))
        client.post(where)
        assert AuditEntry.objects.count() == before


@pytest.mark.drill
@pytest.mark.breadth
@pytest.mark.parametrize("caller", sorted({ANONYMOUS} | COMPANY | OVERSEERS | ADMINISTRATOR))
def test_reading_writes_nothing_anywhere(caller, world):
    assert written_by_reading(world, caller, TABLE) == {}


@pytest.mark.drill
@pytest.mark.breadth
@pytest.mark.parametrize("name", DESK)
def test_who_is_not_signed_in_is_led_to_sign_in_and_back(name, world):
    row = DESK[name]
    where = address(name, row, world)
    method = "POST" if row.get is None else "GET"

    led = {caller: call(world, caller, method, where) for caller in sorted(OUTSIDE)}

    assert {
        caller: leads_to_sign_in(answer, where) for caller, answer in led.items()
    } == dict.fromkeys(sorted(OUTSIDE), True)


def test_the_page_for_those_who_approve_says_what_the_table_says():
    assert PAGE.read_text(encoding="utf-8") == page()
