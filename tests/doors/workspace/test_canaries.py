"""What is the secretariat's alone is looked for wherever others can look."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from samskap.actors.actions import memberships
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role
from samskap.workspace import urls
from tests.world import talks
from tests.world.people import NOON, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]
CANARIES = (
    "Kanarina",
    "kanari@fugl.example",
    "99 88 77 66",
    "Fugleburet",
    "Burvokter",
    "Kanarifrø",
    "87654",
    "87 654",
    "87\N{NO-BREAK SPACE}654",
    "87,654",
    "Kanariavtale",
)
OTHERS = (
    Role.PARTNER_REPRESENTATIVE,
    Role.COMPANY_MEMBER,
    Role.BOARD_MEMBER,
    Role.ADMINISTRATOR,
)
API = ("actors", "actors?q=Kanarina", "actors?q=Kanarifrø", "memberships", "bodies", "ties")


@pytest.fixture
def guarded(workshop):
    """A public firm, a partner, with everything about it that is not for others."""
    who = talks.contact(
        workshop,
        "Kanarina Fuglesang",
        role="Burvokter",
        email="kanari@fugl.example",
        phone="99 88 77 66",
    )
    talks.talk(workshop, "Fugleburet er tomt", contacts=[who], next_step="Kjøp Kanarifrø")
    kept = talks.membership(workshop, contribution_nok=Decimal(87654))
    memberships.attach_agreement(
        membership=kept, content=talks.A_PDF, name="Kanariavtale.pdf", by=OPERATOR, at=NOON
    )
    talks.seat(talks.body(), workshop, valid_to=dt.date(2027, 1, 1))
    return workshop


def pages(client, actor):
    """Every page of the desk that opens without a key, or with the actor's or the body's slug."""
    for pattern in urls.urlpatterns:
        for kwargs in (None, {"slug": actor.slug}, {"slug": "styret-nb"}):
            try:
                where = reverse(f"workspace:{pattern.name}", kwargs=kwargs)
            except NoReverseMatch:
                continue
            for query in ("", "?q=Kanarina", "?q=Kanarifrø"):
                yield where + query, client.get(where + query)


def sung(answer, where=""):
    """The canaries on a page, but for the one that was searched for, which comes back as typed."""
    content = b"".join(answer) if answer.streaming else answer.content
    text = content.decode(errors="replace")
    return [canary for canary in CANARIES if canary in text and canary not in where]


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_of_the_desk_tells_others_of_people_talks_and_terms(role, at_desk, guarded):
    own = guarded.party if role in {Role.PARTNER_REPRESENTATIVE, Role.COMPANY_MEMBER} else None
    client = at_desk(role, party=own)

    told = {where: found for where, page in pages(client, guarded) if (found := sung(page, where))}

    assert told == {}


def test_the_same_pages_do_tell_the_secretariat(at_desk, guarded):
    client = at_desk(Role.SECRETARIAT)
    heard = {canary for where, page in pages(client, guarded) for canary in sung(page, where)}

    assert heard >= {"Kanarina", "kanari@fugl.example", "99 88 77 66", "Fugleburet", "Kanariavtale"}
    assert heard & {"87 654", "87\N{NO-BREAK SPACE}654", "87,654"}


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("role", [None, *Role])
def test_no_answer_of_the_api_tells_anyone(role):
    client = Client()
    if role is not None:
        client.force_login(someone(role))

    told = {path: found for path in API if (found := sung(client.get(f"/api/v1/{path}")))}

    assert told == {}
    assert client.get("/api/v1/actors").json()["count"] == 1
    assert client.get("/api/v1/actors?q=Kanarina").json()["count"] == 0
    assert client.get("/api/v1/actors?q=Fugleburet").json()["count"] == 0


@pytest.mark.parametrize(
    ("name", "kwargs"), [("actor", True), ("directory", False), ("partners", False)]
)
def test_no_page_of_the_portal_tells_anyone(name, kwargs, client, guarded):
    where = reverse(f"portal:{name}", kwargs={"slug": guarded.slug} if kwargs else None)

    for query in ("", "?q=Kanarina", "?q=Fugleburet"):
        assert sung(client.get(where + query), query) == []
