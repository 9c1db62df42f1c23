"""Whoever guesses at an account is slowed down wherever they are; its owner gets in all the same.

The other limits are in test_throttles.py; passkeys in a browser are in tests/journeys.
"""

from __future__ import annotations

import datetime as dt
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.webauthn.internal import auth as webauthn
from django.test import Client, RequestFactory
from django.urls import reverse
from structlog.testing import capture_logs

from samskap.config import sign_in as shipped
from samskap.kernel.models import Letter
from samskap.trust import actions
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role
from samskap.workspace import guessing
from tests.doors.workspace.test_sign_in import ask_for_new_password, give, letters
from tests.world.factories import ActorFactory
from tests.world.people import NOON, PASSWORD, add_authenticator_app, person_with_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]
KARI = "kari@samskap.example"
WRONG = "feil-passord-her"
IN_ALL = "Somebody is guessing at this account"
SOON = "That was too many attempts. Try again in five minutes."


@pytest.fixture
def kari():
    return person_with_account(KARI).user


@pytest.fixture
def _bound_of_four(settings):
    """The same bound for all networks together, so low that a test reaches it."""
    settings.THROTTLES = settings.THROTTLES | {"guess_in_all": "4/d/key"}


def from_network(number):
    """A browser nobody has seen, in a network of its own."""
    return Client(REMOTE_ADDR=f"192.0.2.{number}")


def guess(*, times, password=WRONG, email=KARI, first=1):
    """Try once from each of as many networks; return the last page."""
    for number in range(first, first + times):
        page = give(from_network(number), email=email, password=password)
    return page.content.decode()


def is_in(client):
    return "_auth_user_id" in client.session


def sign_out(client):
    client.post(reverse("account_logout"))


def used_before(user, *, code=None):
    """A browser in which the account was opened once, at home, and is now away from there."""
    browser = Client(REMOTE_ADDR="198.51.100.1")
    give(browser, email=user.email)
    if code:
        browser.post(reverse("mfa_authenticate"), {"code": code})
    assert is_in(browser)
    sign_out(browser)
    browser.defaults["REMOTE_ADDR"] = "198.51.100.2"
    return browser


def test_what_is_shipped_is_slow_for_whoever_guesses():
    limits = {name: rate for name, rate in shipped.THROTTLES.items() if name.startswith("guess")}

    # At most a hundred tries at an account in a row: NIST SP 800-63B-4, 3.2.2.
    assert limits == {
        "guess_network": "10/m/ip",
        "guess": "5/300s/key",
        "guess_hour": "10/h/key",
        "guess_day": "20/d/key",
        "guess_in_all": "100/d/key",
    }


@pytest.mark.usefixtures("kari")
def test_whoever_guesses_from_one_network_does_not_keep_the_owner_out():
    guessing_one = from_network(1)
    for _ in range(6):
        stopped = give(guessing_one, password=WRONG)

    assert SOON in stopped.content.decode()
    assert SOON in give(guessing_one).content.decode()
    assert give(from_network(2)).url == reverse("workspace:home")


@pytest.mark.usefixtures("kari")
def test_guessing_on_from_one_network_takes_ever_longer(settings, monkeypatch):
    # By the minute it is the network that is stopped, which is another test's.
    settings.THROTTLES = settings.THROTTLES | {"guess_network": "1000/m/ip"}
    now, one, said = time.time(), from_network(1), []
    for wait in (0, 301, 301, 3601, 301, 3601):
        now += wait
        monkeypatch.setattr(time, "time", lambda moment=now: moment)
        for _ in range(6):
            page = give(one, password=WRONG).content.decode()
        said.append(page.partition("That was too many attempts. Try again ")[2].partition(".")[0])

    assert said == [
        "in five minutes",
        "in five minutes",
        "in an hour",
        "in five minutes",
        "in five minutes",
        "tomorrow, or choose a new password",
    ]


@pytest.mark.usefixtures("_bound_of_four", "kari")
def test_guessing_from_many_networks_is_stopped_and_the_page_says_how_the_owner_gets_in():
    assert IN_ALL not in guess(times=4)
    assert IN_ALL in guess(times=1, first=5)
    # The right password, too: whoever guesses learns nothing.
    assert IN_ALL in guess(times=1, first=10, password=PASSWORD)


@pytest.mark.usefixtures("_bound_of_four")
def test_an_address_without_an_account_is_answered_alike():
    assert IN_ALL in guess(times=5, email="ingen@samskap.example")
    assert Letter.objects.count() == 0


@pytest.mark.usefixtures("_bound_of_four", "kari")
def test_spelling_the_address_otherwise_counts_as_the_same():
    guess(times=2)

    # The database takes a dotless i and a Kelvin sign for i and k.
    assert IN_ALL in guess(times=3, first=3, email="\u212aAR\u0131@samskap.example")


@pytest.mark.usefixtures("_bound_of_four")
def test_the_browser_the_owner_has_used_before_gets_in_while_others_guess(kari):
    browser = used_before(kari)
    assert IN_ALL in guess(times=5)

    assert give(browser).url == reverse("workspace:home")


@pytest.mark.usefixtures("_bound_of_four")
def test_a_browser_in_which_the_owner_chose_whom_to_act_for_is_known_still(kari):
    mills = [ActorFactory(named=f"Sagbruk {number}").party for number in range(2)]
    for party in mills:
        actions.give_mandate(
            person=kari.person,
            party=party,
            capacity=Role.COMPANY_MEMBER,
            valid_from=dt.date(2024, 1, 1),
            by=OPERATOR,
            at=NOON,
        )
    browser = from_network(50)
    give(browser)
    browser.post(reverse("workspace:act-for"), {"party": str(mills[1].key)})
    sign_out(browser)
    guess(times=5)

    assert give(browser).url == reverse("workspace:home")


@pytest.mark.usefixtures("_bound_of_four")
def test_a_browser_known_from_one_account_is_not_known_at_another(kari):
    person_with_account("ola@samskap.example")
    browser = used_before(kari)
    guess(times=5, email="ola@samskap.example")

    assert IN_ALL in give(browser, email="ola@samskap.example").content.decode()


@pytest.mark.usefixtures("_bound_of_four")
def test_a_browser_that_is_known_guesses_as_slowly(kari):
    browser = used_before(kari)
    for _ in range(6):
        page = give(browser, password=WRONG)

    assert SOON in page.content.decode()


@pytest.mark.usefixtures("_bound_of_four", "kari")
def test_the_letter_for_a_new_password_lets_the_owner_in_while_others_guess():
    guess(times=5)
    new = "nytt og langt passord 1905"
    browser = from_network(50)

    ask_for_new_password(browser, KARI)
    (letter,) = [one for one in letters() if "password-reset" in one.text or "key/" in one.text]
    link = next(word for word in letter.text.split() if word.startswith("http"))
    page = browser.get(link, follow=True)
    browser.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    guess(times=5, first=60)

    assert give(browser, password=new).url == reverse("workspace:home")


@pytest.mark.usefixtures("_bound_of_four")
def test_a_passkey_lets_the_owner_in_anywhere_while_others_guess(kari, monkeypatch):
    passkey = Authenticator.objects.create(user=kari, type=Authenticator.Type.WEBAUTHN, data={})
    guess(times=5)
    # That a device proves itself is shown in tests/journeys, in a browser.
    monkeypatch.setattr(webauthn, "parse_authentication_response", lambda _said: None)
    monkeypatch.setattr(webauthn, "extract_user_from_response", lambda _said: kari)
    monkeypatch.setattr(webauthn, "complete_authentication", lambda _user, _said: passkey)
    browser = from_network(9)

    answer = browser.post(reverse("mfa_login_webauthn"), {"credential": '{"id": "x"}'})

    assert (answer.url, is_in(browser)) == (reverse("workspace:home"), True)


@pytest.mark.usefixtures("_bound_of_four")
def test_guessing_is_told_to_the_operator_and_to_the_owner_once_a_day(kari):
    with capture_logs() as lines:
        guess(times=7)

    told = [line for line in lines if line["event"] == "guessing"]
    assert told == [
        {
            "event": "guessing",
            "log_level": "error",
            "what": "password",
            "account": str(kari.pseudonym),
        }
    ]
    (letter,) = letters()
    assert (letter.subject, letter.to) == ("Noen prøver seg fram på passordet ditt", KARI)


def guess_codes(*, times, first=1):
    """Try a wrong code from each of as many networks, after the right password."""
    for number in range(first, first + times):
        browser = from_network(number)
        give(browser)
        page = browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    return page.content.decode()


@pytest.mark.usefixtures("_bound_of_four")
def test_guessing_codes_is_stopped_and_the_owners_browser_gets_in(kari):
    add_authenticator_app(kari)
    codes = RecoveryCodes.activate(kari).get_unused_codes()
    browser = used_before(kari, code=codes[0])

    assert IN_ALL in guess_codes(times=5)
    give(browser)
    browser.post(reverse("mfa_authenticate"), {"code": codes[1]})

    assert is_in(browser)
    assert [one.subject for one in letters()] == ["Noen kjenner passordet ditt"]


@pytest.mark.usefixtures("_bound_of_four")
def test_the_letter_for_a_new_password_does_not_open_the_second_lock_to_more_guesses(kari):
    add_authenticator_app(kari)
    browser, ask = from_network(50), RequestFactory()
    request = ask.post("/", REMOTE_ADDR="192.0.2.50")
    request.META["CSRF_COOKIE"] = "x" * 32
    request.user = browser.get(reverse("account_login")).wsgi_request.user
    guessing._chose_password(request=request, user=kari)

    assert guessing._known_browser(request, guessing.PASSWORD, KARI) != ""
    assert guessing._known_browser(request, guessing.CODE, KARI) == ""
