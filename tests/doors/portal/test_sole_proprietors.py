"""A sole proprietor is a person: brought in any way, nothing of them is kept or comes out.

The numbers are made up; 01010750160 is the Norwegian form with right check digits, of nobody's.
"""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.urls import reverse
from psycopg import sql

from samskap.actors.models import Actor, ImportRow
from tests.doors.portal.pages import address
from tests.rooms.actors.test_importing import bring_in, entity
from tests.world.disguises import found_in
from tests.world.region import ostfold

pytestmark = pytest.mark.django_db
NAME, MAIL, STREET = "KARI FROSKEDAM", "kari@froskedam.example", "Froskedamveien 7"
TRACES = ("froskedam", "01010750160", "8112289874")
PAGES = (
    ("home", {}),
    ("directory", {}),
    ("network", {}),
    ("coverage", {}),
    ("partners", {}),
    ("place", {"key": "3105"}),
)
API = (
    "actors",
    "coverage_of_factors",
    "network_of_actors",
    "ties",
    "memberships",
    "network_as_csv",
    "network_as_graphml",
)
HEADS = "orgnr;navn;kommune;organisasjonsform;epost;adresse"


def from_the_register(form):
    of_one = entity(
        organisasjonsform={"kode": form},
        navn=NAME,
        epostadresse=MAIL,
        forretningsadresse={"landkode": "NO", "kommunenummer": "3105", "adresse": [STREET]},
    )
    return bring_in([of_one])


def from_a_list(form, number="313000001", mail=MAIL):
    return bring_in(f"{HEADS}\n{number};{NAME};Sarpsborg;{form};{mail};{STREET}\n")


WAYS = [
    *((from_the_register, (form,)) for form in ("ENK", "PERS")),
    *(
        (from_a_list, (form,))
        for form in ("ENK", "enk", "Enkeltpersonforetak", "Enkeltmannsforetak", "Enskild firma")
    ),
    (from_a_list, ("ENK", "31300000", "kari@@froskedam")),
    (from_a_list, ("", "01010750160")),
    (from_a_list, ("", "811228-9874")),
    (from_a_list, ("", "19811228-9874")),
]


@pytest.mark.parametrize(("bring", "given"), WAYS)
def test_of_a_persons_row_nothing_is_kept_but_that_it_stood_there(bring, given):
    ostfold()

    run = bring(*given)

    row = run.rows.get()
    assert (row.outcome, row.values, row.actor) == ("rejected", {}, None)
    assert row.changes == {"changed": {}, "suggested": {}}
    assert len(row.reasons) == 1
    assert found_in(json.dumps(row.reasons).encode(), TRACES) == []
    assert Actor.objects.count() == 0


def copied():
    """Return the rows of every table of the room as the database writes them."""
    with connection.cursor() as cursor:
        tables = [
            table
            for table in connection.introspection.table_names(cursor)
            if table.startswith(("actors_", "trust_audit"))
        ]
        return {table: _copy(cursor, table) for table in tables}


def _copy(cursor, table):
    lines = sql.SQL("SELECT string_agg(t::text, chr(10)) FROM {} t").format(sql.Identifier(table))
    cursor.execute(lines.as_string(None))
    return (cursor.fetchone()[0] or "").encode()


@pytest.mark.drill
@pytest.mark.usefixtures("region")
def test_what_everyone_can_read_is_the_same_after_as_before(reader):
    everything = [address("nb", name, **given) for name, given in PAGES]
    everything += [reverse(f"api:v1:{name}") for name in API]
    everything += [f"{address('nb', 'directory')}?q=froskedam", "/api/v1/actors?q=froskedam"]
    number = Actor.objects.count()

    for bring, given in WAYS:
        bring(*given)

    assert Actor.objects.count() == number
    assert ImportRow.objects.filter(outcome="rejected").count() == len(WAYS)
    kept = {table: found_in(content, TRACES) for table, content in copied().items()}
    assert {table: found for table, found in kept.items() if found} == {}
    answers = {where: reader.get(where) for where in everything}
    assert {answer.status_code for answer in answers.values()} == {200}
    told = {
        where: found_in(answer.content, ("kari@froskedam", "kari froskedam"))
        for where, answer in answers.items()
        if not answer.streaming
    }
    assert {where: found for where, found in told.items() if found} == {}
