"""More than a password is asked of some, and of nobody in a demonstration."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samskap.kernel.models import Letter
from samskap.trust import audit
from samskap.trust.models import Role
from tests.world.people import add_authenticator_app, someone

pytestmark = pytest.mark.django_db
ASKED = (Role.SECRETARIAT, Role.ADMINISTRATOR)


def someone_with_a_password_alone(role):
    user = someone(role)
    Authenticator.objects.filter(user=user).delete()
    user.refresh_from_db()
    return user


def home(client):
    return client.get(reverse("workspace:home"))


@pytest.mark.parametrize("role", ASKED)
def test_a_role_that_keeps_others_secrets_is_led_to_a_second_lock_first(role, sign_in):
    client = sign_in(someone_with_a_password_alone(role))

    answer = home(client)
    page = client.get(answer.url).content.decode()

    assert (answer.status_code, answer.url) == (302, reverse("mfa_index"))
    assert "Your role asks for two locks." in page
    assert "Your role asks for a second lock on the account. Add it here first." in page


@pytest.mark.parametrize("role", sorted(set(Role) - set(ASKED)))
def test_other_roles_are_asked_for_nothing_more(role, sign_in):
    assert home(sign_in(someone(role))).status_code == 200


@pytest.mark.parametrize("name", ["portal:home", "workspace:people", "account_change_password"])
def test_nothing_else_opens_before_the_second_lock_is_there(name, sign_in):
    client = sign_in(someone_with_a_password_alone(Role.ADMINISTRATOR))

    assert client.get(reverse(name)).url == reverse("mfa_index")
    assert client.post(reverse(name)).url == reverse("mfa_index")


def test_the_open_interface_says_that_the_second_lock_is_missing(sign_in):
    client = sign_in(someone_with_a_password_alone(Role.SECRETARIAT))

    answer = client.get("/api/v1/actors", headers={"Accept-Language": "en"})

    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert json.loads(answer.content)["title"] == "A second step is missing"


def test_a_page_that_asks_for_a_part_of_itself_is_led_away_whole(sign_in):
    client = sign_in(someone_with_a_password_alone(Role.SECRETARIAT))

    answer = client.get(reverse("workspace:people"), headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, reverse("mfa_index"))


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_add_webauthn", "mfa_activate_totp", "account_logout"]
)
def test_the_way_to_the_second_lock_stays_open(name, sign_in):
    client = sign_in(someone_with_a_password_alone(Role.ADMINISTRATOR))

    answer = client.get(reverse(name))

    assert answer.status_code == 200 or answer.url.startswith(reverse("account_reauthenticate"))


def test_with_the_second_lock_everything_opens(sign_in):
    user = someone_with_a_password_alone(Role.ADMINISTRATOR)
    client = sign_in(user)
    assert home(client).status_code == 302

    add_authenticator_app(user)

    assert home(sign_in(user)).status_code == 200


def test_whoever_removes_the_last_one_is_asked_again(sign_in):
    user = someone(Role.ADMINISTRATOR)
    client = sign_in(user)
    assert home(client).status_code == 200

    Authenticator.objects.filter(user=user).delete()
    user.refresh_from_db()

    assert home(sign_in(user)).url == reverse("mfa_index")


def test_whether_there_is_a_second_lock_is_asked_once_a_session(sign_in):
    client = sign_in(someone(Role.ADMINISTRATOR))
    client.get(reverse("portal:accessibility"))

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("portal:accessibility"))

    assert [query for query in asked if "mfa_authenticator" in query["sql"]] == []


def test_a_demonstration_asks_nobody_and_says_so(sign_in, settings):
    settings.DEMO = True
    client = sign_in(someone_with_a_password_alone(Role.SECRETARIAT))

    page = client.get(reverse("mfa_index")).content.decode()

    assert home(client).status_code == 200
    assert "A demonstration asks nobody for the second." in page


def test_sign_in_to_a_demonstration_says_that_the_second_lock_is_waived(client, settings):
    settings.DEMO = True
    user = someone(Role.SECRETARIAT)
    type(user).objects.update(is_demo=True)
    type(user.person).objects.update(is_demo=True)

    page = client.get(reverse("account_login")).content.decode()

    assert "here nobody is asked." in page


def remove_locks(client, person, reason="Telefonen er borte"):
    where = reverse("workspace:locks-remove", args=[person.key])
    return client.post(where, {"locks-reason": reason})


def test_an_administrator_lets_one_in_who_has_lost_every_lock(sign_in, at_desk):
    user = someone(Role.SECRETARIAT)
    there = sign_in(user)
    assert home(there).status_code == 200

    remove_locks(at_desk(Role.ADMINISTRATOR), user.person)

    entry = audit.history_of(user.person)[0]
    assert home(there).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert (entry.verb, entry.changes, entry.reason) == (
        "account.second-steps-removed",
        {"second_steps": [1, 0]},
        "Telefonen er borte",
    )
    user.refresh_from_db()
    assert home(sign_in(user)).url == reverse("mfa_index")
    assert Letter.objects.get().recipients == [user.email]


def test_a_reason_with_the_name_in_it_removes_nothing(at_desk):
    user = someone(Role.SECRETARIAT)

    page = remove_locks(at_desk(Role.ADMINISTRATOR), user.person, reason=user.person.name)

    assert page.status_code == 422
    assert "The log keeps the reason for good." in page.content.decode()
    assert Authenticator.objects.filter(user=user).count() == 1


def test_nobody_removes_their_own_locks_without_proving_who_they_are(sign_in):
    user = someone(Role.ADMINISTRATOR)

    assert remove_locks(sign_in(user), user.person).status_code == 403
    assert Authenticator.objects.filter(user=user).count() == 1
