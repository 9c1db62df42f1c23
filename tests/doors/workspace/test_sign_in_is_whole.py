"""How someone signs in changes with its entry in the trail, or not at all."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, reverse
from django.utils import timezone

from samskap.kernel import mail
from samskap.kernel.models import Letter
from samskap.trust import audit
from samskap.trust.models import AuditEntry, User
from samskap.workspace import addresses
from tests.doors.workspace.test_sign_in import KARI, NEW_PASSWORD, give, turn_on_second_step
from tests.world.people import PASSWORD, person_with_account

pytestmark = pytest.mark.django_db


class TrailIsFullError(Exception):
    """The trail takes no entry."""


def _refuse(_verb, **_named):
    raise TrailIsFullError


@pytest.fixture
def full_trail(monkeypatch):
    """Let the trail refuse every entry from now on."""
    return lambda: monkeypatch.setattr(audit, "record", _refuse)


def signed_in():
    person_with_account(KARI)
    client = Client(raise_request_exception=False)
    give(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def posted_letters():
    for letter in Letter.objects.filter(delivered_at=None).order_by("id"):
        mail.deliver(letter.key, at=timezone.now())
    return mail.Outbox.of_this_installation().letters()


def test_a_password_is_not_changed_when_the_trail_cannot_say_so(full_trail):
    client = signed_in()
    full_trail()

    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    assert answer.status_code == 500
    assert User.objects.get().check_password(PASSWORD)
    assert posted_letters() == []
    assert client.get(reverse("workspace:home")).status_code == 200


def test_a_password_by_letter_is_not_chosen_when_the_trail_cannot_say_so(full_trail):
    person_with_account(KARI)
    client = Client(raise_request_exception=False)
    client.post(reverse("account_reset_password"), {"email": KARI})
    address = re.search(r"http://testserver(\S+)", posted_letters()[0].text)[1]
    form = client.get(address, follow=True).redirect_chain[-1][0]
    full_trail()

    answer = client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert answer.status_code == 500
    assert User.objects.get().check_password(PASSWORD)


def test_an_address_is_not_changed_when_the_trail_cannot_say_so(full_trail):
    client = signed_in()
    client.post(reverse("account_email"), {"action_add": "", "email": "ny@samskap.example"})
    letter = next(one for one in posted_letters() if one.to == "ny@samskap.example")
    address = re.search(r"http://testserver(\S+)", letter.text)[1]
    full_trail()

    answer = client.post(address)

    assert answer.status_code == 500
    assert User.objects.get().email == KARI
    assert list(
        EmailAddress.objects.order_by("email").values_list("email", "primary", "verified")
    ) == [(KARI, True, True), ("ny@samskap.example", False, False)]


def test_a_second_step_is_not_turned_off_when_the_trail_cannot_say_so(full_trail):
    client = signed_in()
    turn_on_second_step(client)
    full_trail()

    answer = client.post(reverse("mfa_deactivate_totp"))

    assert answer.status_code == 500
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_a_second_step_is_not_turned_on_when_the_trail_cannot_say_so(full_trail):
    client = signed_in()
    full_trail()

    turn_on_second_step(client)

    assert Authenticator.objects.count() == 0


def test_a_changed_address_is_told_in_the_trail():
    client = signed_in()
    client.post(reverse("account_email"), {"action_add": "", "email": "ny@samskap.example"})
    letter = next(one for one in posted_letters() if one.to == "ny@samskap.example")

    client.post(re.search(r"http://testserver(\S+)", letter.text)[1])

    assert User.objects.get().email == "ny@samskap.example"
    assert AuditEntry.objects.order_by("id").last().verb == "account.address-changed"


def names_in(patterns, *, whole):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names_in(pattern.url_patterns, whole=whole)
        elif (pattern.callback.__closure__ is not None and _is_atomic(pattern.callback)) == whole:
            yield pattern.name


def _is_atomic(view):
    return any(isinstance(cell.cell_contents, transaction.Atomic) for cell in view.__closure__)


def test_every_address_of_sign_in_is_one_transaction_but_those_that_only_prove_who_someone_is():
    ours = {pattern.name for pattern in addresses.OURS}

    assert set(names_in(addresses.urlpatterns, whole=False)) == addresses.PROVING | ours
    assert "account_change_password" in set(names_in(addresses.urlpatterns, whole=True))
