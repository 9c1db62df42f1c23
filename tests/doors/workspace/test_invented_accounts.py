"""An invented account opens nothing where people work in earnest."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from samskap.trust import actions
from samskap.trust.doers import OPERATOR
from tests.doors.workspace.test_sign_in import NEW_PASSWORD, give, letters
from tests.world.people import NOON, PASSWORD

pytestmark = pytest.mark.django_db
INVENTED = "oppdiktet@samskap.example"


@pytest.fixture
def invented():
    person = actions.register_person(name="Oppdiktet Navn", is_demo=True, by=OPERATOR, at=NOON)
    actions.open_account(
        person=person, email=INVENTED, password=PASSWORD, is_verified=True, by=OPERATOR, at=NOON
    )
    return person


def is_in(client):
    return client.get(reverse("workspace:home")).status_code != 302


def test_an_invented_account_works_in_a_demonstration(invented, client, settings):
    settings.DEMO = True

    give(client, email=INVENTED)

    assert client.session["_auth_user_id"] == str(invented.user_id)


@pytest.mark.usefixtures("invented")
def test_its_password_lets_nobody_in_outside_a_demonstration(client):
    answer = give(client, email=INVENTED)

    assert "_auth_user_id" not in client.session
    assert answer.url == reverse("account_inactive")


@pytest.mark.usefixtures("invented")
def test_a_letter_with_a_new_password_lets_nobody_in_outside_a_demonstration(client, settings):
    settings.DEMO = True
    client.post(reverse("account_reset_password"), {"email": INVENTED})
    address = re.search(r"http://testserver(\S+)", letters()[0].text)[1]
    settings.DEMO = False

    page = client.get(address, follow=True)
    if page.redirect_chain:
        client.post(
            page.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        )
    give(client, email=INVENTED, password=NEW_PASSWORD)

    assert "_auth_user_id" not in client.session


def test_a_session_left_over_from_a_demonstration_is_nobodys(invented, client, settings):
    settings.DEMO = True
    client.force_login(invented.user)
    was_in = client.get(reverse("account_email")).status_code
    settings.DEMO = False

    assert was_in == 200
    assert client.get(reverse("account_email")).status_code == 302
    assert not is_in(client)


@pytest.mark.usefixtures("invented")
def test_one_press_does_not_exist_outside_a_demonstration():
    pressed = Client().post(reverse("workspace:demo-sign-in", args=["secretariat"]))

    assert pressed.status_code == 404
