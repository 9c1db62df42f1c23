"""Invited to one address, once, and not for ever."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samskap.kernel import mail
from samskap.kernel.models import Letter
from samskap.trust import actions, audit
from samskap.trust.doers import OPERATOR
from samskap.trust.invitations import InvitationNotFoundError
from samskap.trust.models import Invitation, Person, Role, User
from tests.doors.workspace.test_people import NEW_PASSWORD, at, letters, register
from tests.world.people import NOON, partnership, person_with_account, someone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]
KARI = "kari@samskap.example"


def invited(client, email=KARI, name="Kari Eksempel"):
    person = register(client, name)
    return person, client.post(at("person-invite", person.key), {"email": email})


def link_in(letter):
    return re.search(r"http://testserver(\S+)", letter.text)[1]


def accept(client, where, **typed):
    return client.post(where, {"name": "Kari Nordmann", "password": NEW_PASSWORD} | typed)


@pytest.fixture
def link(at_desk):
    """The address in the letter that Kari got."""
    invited(at_desk(Role.SECRETARIAT))
    return link_in(letters()[0])


def heading(page):
    said = re.search(r"<h1>(.*?)</h1>", page.content.decode(), re.DOTALL)[1]
    return " ".join(said.split())


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_from_a_letter_to_an_account_with_a_name_and_password_of_ones_own(role, at_desk):
    person, _ = invited(at_desk(role))
    (letter,) = letters()
    newcomer = Client()

    page = newcomer.get(link_in(letter)).content.decode()
    answer = accept(newcomer, link_in(letter))

    person.refresh_from_db()
    assert (letter.to, letter.language) == (KARI, "en")
    assert 'value="Kari Eksempel"' in page
    assert "The invitation is for kari@samskap.example" in page
    assert (answer.status_code, answer.url) == (302, reverse("workspace:home"))
    assert newcomer.session["_auth_user_id"] == str(person.user_id)
    assert (person.name, person.user.email) == ("Kari Nordmann", KARI)
    assert person.user.check_password(NEW_PASSWORD)
    assert EmailAddress.objects.get(user=person.user).verified


def test_the_letter_leads_to_a_page_in_its_readers_own_language(at_desk):
    client = at_desk(Role.SECRETARIAT)
    person = register(client)
    Person.objects.filter(pk=person.pk).update(language="sv")

    client.post(at("person-invite", person.key), {"email": KARI})

    (letter,) = letters()
    assert (letter.language, link_in(letter).split("/")[1]) == ("sv", "sv")


def test_the_trail_tells_of_it_without_the_address(at_desk):
    client = at_desk(Role.SECRETARIAT)
    person, _ = invited(client)
    accept(Client(), link_in(letters()[0]))

    told = audit.history_of(person)
    user = User.objects.get(email=KARI)

    assert [(entry.verb, entry.changes) for entry in told[:2]] == [
        ("invitation.accepted", {"email": [], "name": []}),
        ("invitation.sent", {"email": []}),
    ]
    assert told[0].by == user.pseudonym


def test_no_letter_goes_when_the_trail_cannot_say_so(sign_in, monkeypatch):
    client = sign_in(someone(Role.SECRETARIAT))
    client.raise_request_exception = False
    person = register(client)
    record = audit.record

    def refuse(verb, **facts):
        if verb == "invitation.sent":
            raise RuntimeError
        return record(verb, **facts)

    monkeypatch.setattr(audit, "record", refuse)

    answer = client.post(at("person-invite", person.key), {"email": KARI})

    assert answer.status_code == 500
    assert Letter.objects.count() == 0
    assert Invitation.objects.count() == 0


def test_what_opens_the_account_is_kept_by_its_digest_alone(link):
    secret = link.rstrip("/").rpartition("/")[2]

    assert secret not in str(Invitation.objects.values().get())
    assert (
        Invitation.objects.get().expires_at - Invitation.objects.get().invited_at
        == dt.timedelta(days=7)
    )


def test_an_invitation_is_accepted_once(link):
    accept(Client(), link)

    page = Client().get(link)
    again = accept(Client(), link, password="en-helt-annen-frase-her")

    assert (page.status_code, heading(page)) == (410, "The invitation has been used")
    assert again.status_code == 410
    assert User.objects.get(email=KARI).check_password(NEW_PASSWORD)


def test_an_invitation_that_is_too_old_says_to_ask_for_a_new_one(link):
    Invitation.objects.update(invited_at=NOON - dt.timedelta(days=9000), expires_at=timezone.now())

    page = Client().get(link)

    assert (page.status_code, heading(page)) == (410, "The invitation is too old")
    assert accept(Client(), link).status_code == 410
    assert not User.objects.filter(email=KARI).exists()


def test_an_address_that_nobody_was_sent_says_what_to_do(client):
    page = client.get(reverse("account_invitation", args=["gjettet"]))

    assert (page.status_code, heading(page)) == (410, "No invitation has this address")


def test_a_newer_invitation_replaces_the_one_before(at_desk):
    client = at_desk(Role.SECRETARIAT)
    person, _ = invited(client, email="kari.gammel@samskap.example")
    old = link_in(letters()[0])
    client.post(at("person-invite", person.key), {"email": KARI})
    new = next(link_in(letter) for letter in letters() if letter.to == KARI)

    assert heading(Client().get(old)) == "No invitation has this address"
    assert accept(Client(), new).status_code == 302


def test_a_withdrawn_invitation_opens_nothing(at_desk):
    client = at_desk(Role.SECRETARIAT)
    person, _ = invited(client)

    client.post(at("invitation-withdraw", person.key))

    assert Client().get(link_in(letters()[0])).status_code == 410
    assert audit.history_of(person)[0].verb == "invitation.withdrawn"


def test_one_who_is_signed_in_as_somebody_else_is_told_whose_it_is(link, sign_in):
    client = sign_in(someone(Role.BOARD_MEMBER))

    page = client.get(link)

    assert (page.status_code, heading(page)) == (409, "You are signed in as somebody else")
    assert KARI in page.content.decode()
    assert accept(client, link).status_code == 409


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password": "kort"}, "That is too short. Use at least 12 characters."),
        ({"password": KARI}, "That is too like your e-mail address. Choose something else."),
        ({"name": " "}, "Fill this in."),
    ],
)
def test_what_will_not_do_comes_back_with_what_was_typed_and_not_the_password(link, typed, said):
    page = accept(Client(), link, **typed)

    shown = page.content.decode()
    assert (page.status_code, said in shown) == (422, True)
    assert NEW_PASSWORD not in shown
    assert not User.objects.filter(email=KARI).exists()


def test_an_address_that_is_taken_is_said_in_words_and_nothing_is_sent(at_desk):
    person_with_account(KARI)

    person, page = invited(
        at_desk(Role.ADMINISTRATOR), email="KARI@samskap.example", name="En Annen"
    )

    assert page.status_code == 422
    assert "There is already an account with this address." in page.content.decode()
    assert 'value="KARI@samskap.example"' in page.content.decode()
    assert letters() == []
    assert Invitation.objects.filter(person=person).count() == 0


def test_the_secretariat_invites_nobody_who_is_to_keep_the_house(at_desk):
    client = at_desk(Role.SECRETARIAT)
    person = register(client)
    actions.give_mandate(
        person=person,
        party=partnership(),
        capacity=Role.ADMINISTRATOR,
        valid_from=dt.date(2030, 1, 1),
        by=OPERATOR,
        at=NOON,
    )

    answer = client.post(at("person-invite", person.key), {"email": KARI})

    assert answer.status_code == 403
    assert (
        at("person-invite", person.key) not in client.get(at("person", person.key)).content.decode()
    )


def test_the_page_says_who_is_invited_and_until_when(at_desk):
    client = at_desk(Role.SECRETARIAT)
    person, _ = invited(client)

    page = " ".join(client.get(at("person", person.key)).content.decode().split())

    assert f"by a letter to {KARI}." in page
    assert "Send a new invitation" in page


def test_inviting_one_address_again_and_again_is_stopped(at_desk):
    client = at_desk(Role.SECRETARIAT)
    person = register(client)

    answers = [client.post(at("person-invite", person.key), {"email": KARI}) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 422]
    assert "That is many invitations in a short time." in answers[-1].content.decode()
    assert f'value="{KARI}"' in answers[-1].content.decode()


def test_trying_links_is_stopped(client):
    answers = [
        client.get(reverse("account_invitation", args=[f"gjettet{n}"])).status_code
        for n in range(21)
    ]

    assert answers == [410] * 20 + [429]


def test_an_erased_person_has_no_invitation(link, django_capture_on_commit_callbacks):
    person = Person.objects.get(name="Kari Eksempel")

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_person(person=person, by=OPERATOR, at=NOON)

    assert Invitation.objects.count() == 0
    assert Client().get(link).status_code == 410
    assert mail.Outbox.of_this_installation().letters() == []


def test_an_invitation_to_one_who_has_since_become_administrator_asks_who_sent_it():
    secretary = someone(Role.SECRETARIAT)
    now = timezone.now()
    person = actions.register_person(name="Ny Ansatt", language="nb", by=OPERATOR, at=now)
    secrets = []
    actions.invite(
        person=person,
        email="min.egen@example.no",
        send=lambda _, secret: secrets.append(secret),
        by=secretary,
        at=now,
    )
    actions.give_mandate(
        person=person,
        party=partnership(),
        capacity=Role.ADMINISTRATOR,
        valid_from=timezone.localdate(),
        by=OPERATOR,
        at=now,
    )

    with pytest.raises(InvitationNotFoundError):
        actions.accept_invitation(
            secret=secrets[0], by=OPERATOR, at=now, name="Hvem", password=NEW_PASSWORD
        )

    assert not User.objects.filter(email="min.egen@example.no").exists()
