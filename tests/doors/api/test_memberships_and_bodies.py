"""Memberships and bodies are told with what is for everyone, and nothing of what is agreed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from samskap.actors.actions import memberships as actions
from samskap.actors.models import MembershipKind, SeatRole
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role, Visibility
from tests.doors.api import world
from tests.world import people, talks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ostfold")]
FROM_2024 = dt.date(2024, 1, 1)


def signed_in(role, *, party=None):
    caller = Client()
    caller.force_login(people.someone(role, party=party))
    return caller


def slugs(answer):
    assert answer.status_code == 200
    return [each["actor"]["slug"] for each in answer.json()["items"]]


@pytest.fixture
def verft(request):
    request.getfixturevalue("ostfold")
    return world.actor("verft", "Verft AS")


def test_a_membership_is_told_whole(caller, verft):
    row = talks.membership(verft)

    assert caller.get("/api/v1/memberships").json() == {
        "items": [
            {
                "key": str(row.key),
                "actor": {
                    "key": str(verft.key),
                    "slug": "verft",
                    "name": {"nb": "Verft AS", "sv": None, "en": None},
                    "is_example": False,
                },
                "kind": "partner",
                "status": "current",
                "valid_from": "2024-01-01",
                "valid_to": None,
                "is_example": False,
                "visibility": "public",
            }
        ],
        "count": 1,
        "next": None,
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["gammel", "verft", "lytter", "nykommer"]),
        ("status=current", ["verft", "lytter"]),
        ("status=former", ["gammel"]),
        ("status=coming", ["nykommer"]),
        ("kind=observer", ["lytter"]),
        ("kind=partner&status=current", ["verft"]),
        ("status=former&status=coming", ["gammel", "nykommer"]),
    ],
)
def test_memberships_are_narrowed_by_kind_and_where_they_stand(asked, found, caller, today, verft):
    today(world.TODAY)
    talks.membership(verft, valid_from=FROM_2024)
    talks.membership(
        world.actor("gammel", "Gammel AS"),
        valid_from=dt.date(2020, 1, 1),
        valid_to=dt.date(2023, 1, 1),
    )
    talks.membership(
        world.actor("lytter", "Lytter AS"),
        kind=MembershipKind.OBSERVER,
        valid_from=dt.date(2025, 1, 1),
    )
    talks.membership(world.actor("nykommer", "Nykommer AS"), valid_from=dt.date(2027, 1, 1))

    assert slugs(caller.get(f"/api/v1/memberships?{asked}")) == found


def test_what_is_agreed_is_in_no_answer_not_even_the_secretariats(verft, settings, tmp_path):
    kept = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path},
    }
    settings.STORAGES = settings.STORAGES | {"default": kept}
    row = talks.membership(verft, contribution_nok=Decimal("98765.43"))
    actions.attach_agreement(
        membership=row,
        content=talks.A_PDF,
        name="Kanarifugl.pdf",
        by=OPERATOR,
        at=people.NOON,
    )

    for role in Role:
        text = signed_in(role).get("/api/v1/memberships").content.decode()
        assert "verft" in text
        assert "98765" not in text
        assert "Kanarifugl" not in text
        assert "contribution" not in text


def test_a_membership_for_the_partners_is_not_the_publics(caller, verft):
    talks.membership(verft, visibility=Visibility.PARTNERS)

    assert slugs(caller.get("/api/v1/memberships")) == []
    assert slugs(signed_in(Role.PARTNER_REPRESENTATIVE).get("/api/v1/memberships")) == ["verft"]


def test_memberships_and_bodies_take_as_many_questions_for_three_as_for_one(
    caller, django_assert_num_queries
):
    for count in (1, 3):
        for number in range(count):
            actor = world.actor(f"a{count}{number}", f"A{count}{number} AS")
            talks.membership(actor)
            talks.seat(talks.body(f"Gruppe {count}{number}"), actor)
        with django_assert_num_queries(2):
            caller.get("/api/v1/memberships")
        with django_assert_num_queries(4):
            caller.get("/api/v1/bodies")


def test_a_body_is_told_with_who_sits_and_what_is_vacant(caller, today, verft):
    today(world.TODAY)
    board = talks.body()
    person = people.person_with_account("kanari@p.example", name="Kari Kanari")
    sits = talks.seat(board, verft, SeatRole.DEPUTY_CHAIR, person=person)
    talks.seat(board, world.actor("for", "Før AS"), valid_to=dt.date(2026, 1, 1))

    answer = caller.get(f"/api/v1/bodies/{board.slug}")

    assert answer.json() == {
        "key": str(board.key),
        "slug": board.slug,
        "name": {"nb": "Styret (nb)", "sv": "Styret (sv)", "en": "Styret (en)"},
        "kind": "board",
        "purpose": {"nb": None, "sv": None, "en": None},
        "seats": [
            {
                "key": str(sits.key),
                "actor": "verft",
                "name": {"nb": "Verft AS", "sv": None, "en": None},
                "role": "deputy-chair",
                "valid_from": "2025-01-01",
                "valid_to": None,
                "is_example": False,
            }
        ],
        "vacant": ["chair", "member"],
        "is_example": False,
        "visibility": "public",
    }
    assert "Kanari" not in signed_in(Role.SECRETARIAT).get("/api/v1/bodies").content.decode()


def test_a_body_that_is_not_for_the_reader_is_not_there(caller):
    hidden = talks.body("Utvalget", visibility=Visibility.SECRETARIAT)

    assert caller.get(f"/api/v1/bodies/{hidden.slug}").status_code == 404
    assert caller.get("/api/v1/bodies").json()["count"] == 0
    assert signed_in(Role.AUDITOR).get(f"/api/v1/bodies/{hidden.slug}").status_code == 200
