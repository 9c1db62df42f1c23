"""Who is let out: at the next click, whatever ended."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from samskap.trust import actions
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Party, Role
from samskap.trust.models.audit import Door
from tests.world.people import someone

pytestmark = pytest.mark.django_db


def home(client):
    return client.get(reverse("workspace:home"))


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_a_session_ends_at_the_next_click_when_the_account_is_closed(sign_in):
    user = someone(Role.BOARD_MEMBER)
    client = sign_in(user)
    assert home(client).status_code == 200

    actions.close_account(person=user.person, by=OPERATOR, at=timezone.now())

    assert home(client).status_code == 302


def test_a_session_ends_at_the_next_click_when_a_mandate_ends(sign_in):
    user = someone(Role.BOARD_MEMBER)
    client = sign_in(user)
    assert home(client).status_code == 200

    actions.end_mandate(
        mandate=user.person.mandates.get(),
        on=timezone.localdate(),
        by=OPERATOR,
        at=timezone.now(),
    )
    answer = client.get(reverse("portal:home"))

    assert answer.status_code == 200
    assert not is_signed_in(client)
    assert "A mandate of yours has ended" in answer.content.decode()


def test_a_session_ends_even_when_another_mandate_still_holds(sign_in):
    user = someone(Role.COMPANY_MEMBER)
    actions.give_mandate(
        person=user.person,
        party=Party.objects.create(),
        capacity=Role.COMPANY_MEMBER,
        valid_from=dt.date(2024, 1, 1),
        by=OPERATOR,
        at=timezone.now(),
    )
    client = sign_in(user)
    home(client)

    actions.end_mandate(
        mandate=user.person.mandates.order_by("id").first(),
        on=timezone.localdate(),
        by=OPERATOR,
        at=timezone.now(),
    )

    assert home(client).status_code == 302
    assert not is_signed_in(client)


def test_a_session_goes_on_when_a_mandate_is_given(sign_in):
    user = someone(Role.BOARD_MEMBER)
    client = sign_in(user)
    home(client)

    actions.give_mandate(
        person=user.person,
        party=Party.objects.create(),
        capacity=Role.COMPANY_MEMBER,
        valid_from=timezone.localdate(),
        by=OPERATOR,
        at=timezone.now(),
    )

    assert home(client).status_code == 200
    assert is_signed_in(client)


@pytest.mark.usefixtures("region")
def test_what_is_done_at_the_desk_says_that_it_came_through_the_desk(at_desk):
    at_desk(Role.SECRETARIAT).post(
        reverse("workspace:person-new"), {"name": "Kari Eksempel", "language": "nb"}
    )

    entry = AuditEntry.objects.get(verb="person.registered", by__isnull=False)
    assert entry.door == Door.WORKSPACE
