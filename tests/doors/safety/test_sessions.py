"""How long a session lasts, and what knows it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from samskap.trust.models import Role, Session
from tests.world.people import someone

pytestmark = pytest.mark.django_db
PASSWORD = "fire gode ord om våren"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def later(monkeypatch):
    """Move the clock of the house on."""
    real = timezone.now

    def by(**span):
        monkeypatch.setattr(timezone, "now", lambda: real() + dt.timedelta(**span))

    return by


@pytest.fixture
def board_member():
    client = Client()
    client.force_login(someone(Role.BOARD_MEMBER))
    assert client.get(reverse("workspace:home")).status_code == 200
    return client


def test_a_session_that_rests_for_two_hours_ends(board_member, later):
    later(hours=2, minutes=1)

    answer = board_member.get(reverse("portal:home"))

    assert "_auth_user_id" not in board_member.session
    assert "You had not been here for a while, so we signed you out." in answer.content.decode()


def test_a_session_that_is_used_goes_on(board_member, later):
    later(hours=1, minutes=59)
    assert board_member.get(reverse("workspace:home")).status_code == 200
    later(hours=3, minutes=57)

    assert board_member.get(reverse("workspace:home")).status_code == 200


def test_not_every_click_is_written_down(board_member, later):
    begun = board_member.session["seen"]
    later(minutes=4)
    board_member.get(reverse("workspace:home"))

    assert board_member.session["seen"] == begun


def test_however_much_it_is_used_a_session_ends_after_twelve_hours(board_member, later):
    for hours in range(1, 13):
        later(hours=hours, minutes=-1)
        assert board_member.get(reverse("workspace:home")).status_code == 200
    later(hours=12, minutes=1)

    answer = board_member.get(reverse("portal:home"))

    assert "_auth_user_id" not in board_member.session
    assert "You have been signed in for twelve hours." in answer.content.decode()


def test_signing_in_makes_a_new_session_that_nobody_can_guess():
    user = someone(Role.BOARD_MEMBER)
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = "sign-in"
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before

    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    after = client.session.session_key

    assert "_auth_user_id" in client.session
    assert after != before
    assert not Session.objects.filter(session_key=before).exists()
    # 32 signs of 36 hold 165 bits.
    assert len(after) == 32


def test_a_session_that_was_ended_is_of_no_use(board_member):
    key = board_member.session.session_key
    board_member.post(reverse("account_logout"))
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = key

    assert thief.get(reverse("workspace:home")).status_code == 302
    assert not Session.objects.filter(session_key=key).exists()


def test_every_page_of_the_desk_has_the_way_out(board_member):
    page = board_member.get(reverse("workspace:home")).content.decode()

    assert f'href="{reverse("account_logout")}"' in page or (
        f'action="{reverse("account_logout")}"' in page
    )
