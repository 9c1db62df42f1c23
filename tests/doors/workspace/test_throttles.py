"""Trying too often is stopped, by account and by address, and said in the reader's language.

Invitations are in test_invitations.py, sign-in services in tests/journeys, and who gets through all
the same in test_guessing.py.
"""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samskap.kernel.models import Letter
from tests.doors.workspace.test_sign_in import give
from tests.world.people import PASSWORD, person_with_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]
KARI, OLA = "kari@samskap.example", "ola@samskap.example"
TOO_OFTEN = "That was tried too often"
TOO_MANY = "That was too many attempts. Try again in five minutes."


def from_address(number):
    """A browser at an address of its own."""
    return Client(REMOTE_ADDR=f"192.0.2.{number}")


def heading(page):
    said = re.search(r"<h1>(.*?)</h1>", page.content.decode(), re.DOTALL)[1]
    return " ".join(said.split())


def test_another_account_is_not_stopped_by_it():
    person_with_account(KARI)
    person_with_account(OLA)
    one = from_address(1)
    for _ in range(6):
        stopped = give(one, password="feil-passord-her")

    assert TOO_MANY in stopped.content.decode()
    assert give(one, email=OLA).url == reverse("workspace:home")


def test_guessing_many_accounts_from_one_address_is_stopped():
    person_with_account(KARI)
    guessing = from_address(1)
    for number in range(10):
        give(guessing, email=f"noen{number}@samskap.example", password="feil-passord-her")

    stopped = give(guessing)

    assert TOO_MANY in stopped.content.decode()
    assert give(from_address(2)).url == reverse("workspace:home")


def test_signing_in_again_and_again_from_one_address_is_stopped():
    one = from_address(1)

    answers = [give(one, email=f"noen{number}@samskap.example").status_code for number in range(31)]

    assert answers == [200] * 30 + [429]


def test_asking_for_one_accounts_password_again_and_again_is_stopped():
    answers = [
        from_address(number).post(reverse("account_reset_password"), {"email": KARI})
        for number in range(6)
    ]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert heading(answers[-1]) == TOO_OFTEN


def test_asking_for_many_passwords_from_one_address_is_stopped():
    one = from_address(1)

    answers = [
        one.post(reverse("account_reset_password"), {"email": f"noen{number}@samskap.example"})
        for number in range(21)
    ]

    assert [answer.status_code for answer in answers] == [302] * 20 + [429]


def test_trying_links_to_a_new_password_is_stopped():
    one = from_address(1)
    where = reverse("account_reset_password_from_key", args=["1", "set-password"])

    answers = [one.post(where, {"password1": "x"}).status_code for _ in range(21)]

    assert (set(answers[:20]), answers[20]) == ({200}, 429)


def test_one_address_is_sent_one_letter_of_confirmation_at_a_time():
    person = person_with_account(KARI)
    EmailAddress.objects.filter(user=person.user).update(verified=False)

    for number in range(3):
        give(from_address(number))

    assert Letter.objects.count() == 1


def test_changing_the_address_again_and_again_is_stopped():
    person_with_account(KARI)
    client = Client()
    give(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    answers = [
        client.post(
            reverse("account_email"), {"action_add": "", "email": f"ny{number}@samskap.example"}
        ).status_code
        for number in range(11)
    ]

    assert (answers[:10], answers[10]) == ([302] * 10, 429)


def test_proving_who_one_is_again_and_again_is_stopped():
    person_with_account(KARI)
    client = Client()
    give(client)

    answers = [
        client.post(reverse("account_reauthenticate"), {"password": "feil-passord-her"})
        for _ in range(11)
    ]

    assert [answer.status_code for answer in answers[:10]] == [200] * 10
    assert answers[10].status_code == 429


def test_trying_passkeys_from_one_address_is_stopped():
    one = from_address(1)

    answers = [one.post(reverse("mfa_login_webauthn"), {}).status_code for _ in range(11)]

    assert answers == [302] * 10 + [429]


@pytest.mark.parametrize(
    ("language", "title", "sentence"),
    [
        ("nb", "Det ble for mange forsøk", "Det ble for mange forsøk. Prøv igjen om fem minutter."),
        (
            "sv",
            "Det blev för många försök",
            "Det blev för många försök. Försök igen om fem minuter.",
        ),
    ],
)
def test_what_is_said_is_said_in_the_readers_language(language, title, sentence):
    with translation.override(language):
        sign_in, reset = reverse("account_login"), reverse("account_reset_password")
    person_with_account(KARI)
    one = from_address(1)
    for _ in range(6):
        page = one.post(sign_in, {"login": KARI, "password": "feil-passord-her"})
        stopped = one.post(reset, {"email": KARI})

    assert sentence in page.content.decode()
    assert (stopped.status_code, heading(stopped)) == (429, title)
