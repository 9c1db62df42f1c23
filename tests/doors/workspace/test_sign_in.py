"""Signing in, and what it tells and does not tell."""

from __future__ import annotations

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samskap.kernel import mail
from samskap.kernel.models import Letter
from samskap.trust import actions, audit
from samskap.trust.doers import OPERATOR
from samskap.trust.models import User
from tests.world.people import NOON, PASSWORD, person_with_account

pytestmark = pytest.mark.django_db
KARI = "kari@samskap.example"
NEW_PASSWORD = "nykvernet-mel-fra-rakkestad"


def give(client, email=KARI, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def ask_for_new_password(client, email):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def letters():
    for letter in Letter.objects.filter(delivered_at=None).order_by("id"):
        mail.deliver(letter.key, at=timezone.now())
    return list(reversed(mail.Outbox.of_this_installation().letters()))


def plain(page):
    """The page without what differs from one answer to the next."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())


def brand(page):
    return re.search(r'class="brand__name">([^<]*)<', page)[1]


def current_code(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_right_password_leads_to_the_desk(client):
    person_with_account(KARI)

    answer = give(client)

    assert (answer.status_code, answer.url) == (302, reverse("workspace:home"))


def test_sign_in_leads_back_to_where_one_was_going(client):
    person_with_account(KARI)

    assert give(client, next=reverse("workspace:log")).url == reverse("workspace:log")


def test_sign_in_leads_to_no_other_site(client):
    person_with_account(KARI)

    answer = give(client, next="https://elsewhere.example/")

    assert answer.url == reverse("workspace:home")


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client):
    person_with_account(KARI)

    wrong = give(client, password="feil-passord-her")
    unknown = give(Client(), email="finnes-ikke@samskap.example")

    assert (wrong.status_code, unknown.status_code) == (200, 200)
    assert plain(wrong).replace(KARI, "") == plain(unknown).replace(
        "finnes-ikke@samskap.example", ""
    )


def test_what_was_typed_comes_back_and_the_password_does_not(client):
    page = give(client, password="feil-passord-her").content.decode()

    assert f'value="{KARI}"' in page
    assert "feil-passord-her" not in page


def test_asking_for_a_new_password_does_not_tell_whether_there_is_an_account(client):
    person_with_account(KARI)

    known = ask_for_new_password(client, KARI)
    unknown = ask_for_new_password(Client(), "finnes-ikke@samskap.example")

    assert plain(known) == plain(unknown)
    assert [letter.to for letter in letters()] == [KARI]


def test_a_closed_account_gets_no_letter_and_the_same_answer(client):
    actions.close_account(person=person_with_account(KARI), by=OPERATOR, at=NOON)

    closed = ask_for_new_password(client, KARI)
    unknown = ask_for_new_password(Client(), "finnes-ikke@samskap.example")

    assert plain(closed) == plain(unknown)
    assert letters() == []


def test_a_closed_account_lets_nobody_in(client):
    actions.close_account(person=person_with_account(KARI), by=OPERATOR, at=NOON)

    give(client)

    assert "_auth_user_id" not in client.session


def test_a_letter_leads_to_a_new_password(client):
    person_with_account(KARI, language="en")
    ask_for_new_password(client, KARI)
    address = re.search(r"http://testserver(\S+)", letters()[0].text)[1]

    page = client.get(address, follow=True)
    answer = client.post(
        page.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )

    assert answer.status_code == 302
    assert give(Client(), password=NEW_PASSWORD).status_code == 302
    assert [letter.subject for letter in letters()] == [
        "Choose a new password",
        "Your password has been changed",
    ]


def test_an_address_in_a_letter_works_once(client):
    person_with_account(KARI)
    ask_for_new_password(client, KARI)
    address = re.search(r"http://testserver(\S+)", letters()[0].text)[1]
    form = client.get(address, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    page = Client().get(address, follow=True)

    assert "That address no longer works" in page.content.decode()


def test_choosing_a_password_by_letter_proves_that_the_address_is_theirs(client):
    person = actions.register_person(name="Kari", by=OPERATOR, at=NOON)
    actions.open_account(person=person, email=KARI, by=OPERATOR, at=NOON)
    assert not EmailAddress.objects.get().verified
    ask_for_new_password(client, KARI)
    address = re.search(r"http://testserver(\S+)", letters()[0].text)[1]
    form = client.get(address, follow=True).redirect_chain[-1][0]

    client.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    assert EmailAddress.objects.get().verified
    assert give(Client(), password=NEW_PASSWORD).url == reverse("workspace:home")


def test_a_letter_speaks_the_language_of_the_one_who_gets_it(client, monkeypatch):
    from samskap.workspace import sign_in

    person_with_account(KARI, language="sv")
    spoken = []
    drawn = sign_in.render_to_string
    monkeypatch.setattr(
        sign_in,
        "render_to_string",
        lambda *given: spoken.append(sign_in.translation.get_language()) or drawn(*given),
    )

    ask_for_new_password(client, KARI)

    assert spoken == ["sv", "sv"]
    assert letters()[0].language == "sv"


def test_nobody_signs_up_by_themselves(client):
    page = client.get(reverse("account_signup"))
    posted = client.post(
        reverse("account_signup"), {"email": "ny@samskap.example", "password1": NEW_PASSWORD}
    )

    assert "Accounts come by invitation" in page.content.decode()
    assert "Accounts come by invitation" in posted.content.decode()
    assert User.objects.count() == 0


def test_signing_out_asks_for_a_press_and_then_lets_go(client):
    person_with_account(KARI)
    give(client)

    page = client.get(reverse("account_logout"))
    still_in = "_auth_user_id" in client.session
    client.post(reverse("account_logout"))

    assert (page.status_code, still_in) == (200, True)
    assert "_auth_user_id" not in client.session


def turn_on_second_step(client):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = re.search(r'entrance__key">\s*([A-Z2-7]+)\s*<', page.content.decode())[1]
    client.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})
    return secret


def test_two_step_sign_in_asks_for_a_code(client):
    person_with_account(KARI)
    give(client)
    turn_on_second_step(client)

    fresh = Client()
    answer = give(fresh)
    wrong = fresh.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert answer.url == reverse("mfa_authenticate")
    assert wrong.status_code == 200
    assert "_auth_user_id" not in fresh.session
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_the_trail_says_that_someone_changed_how_they_sign_in(client):
    person = person_with_account(KARI)
    give(client)
    turn_on_second_step(client)
    client.post(reverse("mfa_deactivate_totp"))
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    told = [(entry.verb, entry.by, entry.changes) for entry in audit.history_of(person)]

    assert told[:4] == [
        ("account.password-changed", person.user.pseudonym, {}),
        ("account.second-step-off", person.user.pseudonym, {}),
        ("account.recovery-codes-made", person.user.pseudonym, {}),
        ("account.second-step-on", person.user.pseudonym, {}),
    ]


def test_a_recovery_code_lets_one_in_once(client):
    person_with_account(KARI)
    give(client)
    turn_on_second_step(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    page = client.get(reverse("mfa_view_recovery_codes"))
    code = re.findall(r"<code>([0-9a-f]+)</code>", page.content.decode())[0]

    first, second = Client(), Client()
    give(first)
    once = first.post(reverse("mfa_authenticate"), {"code": code})
    give(second)
    twice = second.post(reverse("mfa_authenticate"), {"code": code})

    assert (once.status_code, once.url) == (302, reverse("workspace:home"))
    assert twice.status_code == 200
    assert "_auth_user_id" not in second.session


def test_changing_how_one_signs_in_asks_for_the_password_once_more(client):
    person_with_account(KARI)
    give(client)

    answer = client.get(reverse("mfa_activate_totp"))

    assert answer.url.split("?")[0] == reverse("account_reauthenticate")


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_reset_password", "account_reset_password_done", "account_signup"],
)
def test_pages_of_sign_in_are_the_partnerships_own(name, client, region):  # noqa: ARG001
    page = client.get(reverse(name)).content.decode()

    assert "testserver" not in page
    assert "placeholder" not in page


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_email",
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
    ],
)
def test_pages_of_ones_own_account_are_the_partnerships_own(name, client, region):  # noqa: ARG001
    person_with_account(KARI)
    give(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    page = client.get(reverse(name)).content.decode()

    assert brand(page) == "Partnerskapet"
    assert "testserver" not in page


def test_a_letter_greets_from_the_partnership(client, region):  # noqa: ARG001
    person_with_account(KARI, language="nb")

    ask_for_new_password(client, KARI)

    (letter,) = letters()
    last = letter.text.strip().splitlines()[-1]
    assert last == "Hilsen Partnerskapet"


def test_trying_too_often_is_answered_with_a_page_of_ours(client, region):  # noqa: ARG001
    answers = [client.post(reverse("account_reset_password"), {"email": KARI}) for _ in range(6)]

    page = answers[-1].content.decode()
    assert answers[-1].status_code == 429
    assert "<h1>That was tried too often</h1>" in re.sub(r"\s*(</?h1>)\s*", r"\1", page)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kort", "That is too short. Use at least 12 characters."),
        ("administrator", "Too many people have used that one."),
        (KARI, "That is too like your e-mail address. Choose something else."),
        ("", "Fill this in."),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_what_to_do(typed, said, client):
    person_with_account(KARI)
    give(client)

    page = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": typed, "password2": typed},
    )

    assert said in page.content.decode()


def test_a_wrong_password_is_told_what_to_do(client):
    person_with_account(KARI)

    page = give(client, password="feil-passord-her").content.decode()

    assert "The address and the password do not match." in page


def test_a_wrong_code_is_told_what_to_do(client):
    person_with_account(KARI)
    give(client)
    turn_on_second_step(client)
    fresh = Client()
    give(fresh)

    page = fresh.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()

    assert "That code does not fit. Write the one the app shows now." in page
