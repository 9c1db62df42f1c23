"""A change of how one signs in ends every session but the one it was made in."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samskap.trust import actions
from samskap.trust.doers import OPERATOR
from tests.doors.workspace.test_sign_in import KARI, NEW_PASSWORD, give, turn_on_second_step
from tests.world.people import PASSWORD, add_authenticator_app, person_with_account

pytestmark = pytest.mark.django_db
TOLD = "We signed you out: the account was closed, or the way it is signed in to was changed."


def signed_in(email=KARI):
    client = Client()
    give(client, email=email)
    return client


def is_in(client):
    return client.get(reverse("workspace:home")).status_code == 200


def passkey_of(user):
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": "Mobilen"})


def add_app(here, _user):
    turn_on_second_step(here)


def add_passkey(_here, user):
    passkey_of(user)


def change_password(here, _user):
    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )


@pytest.mark.parametrize("change", [add_app, add_passkey, change_password])
def test_other_sessions_end_when_something_is_added_or_changed(change):
    user = person_with_account(KARI).user
    here, there = signed_in(), signed_in()
    assert is_in(there)

    change(here, user)

    page = there.get(reverse("workspace:home"), follow=True)
    assert page.redirect_chain[0][0].startswith(reverse("account_login"))
    assert TOLD in page.content.decode()
    assert "_auth_user_id" not in there.session


@pytest.mark.parametrize("change", [add_app, change_password])
def test_the_session_that_makes_the_change_goes_on(change):
    user = person_with_account(KARI).user
    here = signed_in()

    change(here, user)

    assert is_in(here)


def remove_app(here, _user):
    here.post(reverse("mfa_deactivate_totp"))


def make_new_codes(here, _user):
    here.post(reverse("mfa_generate_recovery_codes"))


@pytest.mark.parametrize("change", [remove_app, make_new_codes])
def test_other_sessions_end_when_a_factor_is_removed_or_made_anew(change):
    user = person_with_account(KARI).user
    here = signed_in()
    turn_on_second_step(here)
    user.refresh_from_db()
    there = Client()
    there.force_login(user)
    assert is_in(there)

    change(here, user)

    assert (is_in(here), is_in(there)) == (True, False)


def test_sessions_end_when_a_passkey_is_removed():
    user = person_with_account(KARI).user
    passkey = passkey_of(user)
    user.refresh_from_db()
    there = Client()
    there.force_login(user)
    assert is_in(there)

    passkey.delete()

    assert not is_in(there)


def test_renaming_a_passkey_or_using_one_ends_nothing():
    user = person_with_account(KARI).user
    passkey = passkey_of(user)
    user.refresh_from_db()
    there = Client()
    there.force_login(user)

    passkey.data = {"name": "Nøkkelringen"}
    passkey.save()
    passkey.record_usage()

    assert is_in(there)


def test_whoever_is_closed_out_is_told_once():
    person = person_with_account(KARI)
    there = signed_in()
    assert is_in(there)

    actions.close_account(person=person, by=OPERATOR, at=timezone.now())

    first = there.get(reverse("account_login")).content.decode()
    second = there.get(reverse("account_login")).content.decode()
    assert (TOLD in first, TOLD in second) == (True, False)


def test_a_session_of_another_account_goes_on():
    person_with_account(KARI)
    other = person_with_account("ola@samskap.example").user
    there = signed_in("ola@samskap.example")

    turn_on_second_step(signed_in())

    assert is_in(there)
    add_authenticator_app(other)
    assert not is_in(there)


def test_sessions_from_before_the_counting_go_on():
    user = person_with_account(KARI).user

    assert user.sign_in_changes == 0
    assert user.get_session_auth_hash() == super(type(user), user).get_session_auth_hash()
