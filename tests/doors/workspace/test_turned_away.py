"""Whoever is turned away at the desk is told what to do; what is shown there is kept nowhere."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samskap.trust.models import Role
from tests.world.people import person_with_account

pytestmark = pytest.mark.django_db


def test_one_with_an_account_and_no_mandate_is_told_so(sign_in):
    client = sign_in(person_with_account("ny@samskap.example").user)

    page = client.get(reverse("workspace:home"))

    assert page.status_code == 200
    assert "You hold no mandate today" in page.content.decode()
    assert client.get(reverse("workspace:actors")).status_code == 403


def test_the_wrong_role_gets_a_page_that_helps(at_desk):
    page = at_desk(Role.BOARD_MEMBER).get(reverse("workspace:log"))

    assert page.status_code == 403
    assert "Your role does not open this page" in page.content.decode()


def test_no_browser_or_proxy_keeps_a_page_of_the_desk(at_desk):
    page = at_desk(Role.SECRETARIAT).get(reverse("workspace:home"))

    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
