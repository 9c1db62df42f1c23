"""Signing in with a service: a real OpenID provider answers, rightly and in every wrong way."""

from __future__ import annotations

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from psycopg import sql

from samskap.trust import actions
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Identity, Mandate, Person, Role, Session, User
from tests.world import openid
from tests.world.factories import ActorFactory
from tests.world.people import NOON, PASSWORD, add_authenticator_app, partnership, someone

pytestmark = pytest.mark.django_db
OURS = "http://testserver"
SECRETARIAT = {"group": "5f0d-secretariat", "role": "secretariat"}


@pytest.fixture(scope="session")
def provider(tmp_path_factory):
    answers = [f"{OURS}/openid/{key}/answer" for key in ("ansattporten", "entra")]
    with openid.openid_provider(tmp_path_factory.mktemp("openid"), answers=answers) as running:
        yield running


@pytest.fixture(autouse=True)
def _honest_and_in_english(provider):
    provider.make_wrong("")
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _services(provider, settings):
    # The address for answers says no language; these readers' browsers do not either.
    settings.LANGUAGE_CODE = "en"
    settings.SIGN_IN_SERVICES = (
        provider.service(profile="ansattporten", resource=openid.RESOURCE),
        provider.service(
            profile="entra", groups=[SECRETARIAT], links_by_email=True, keeps=["email", "name"]
        ),
    )


def at(name, *args: str):
    """The address of a page of ours in English, whatever a request left behind it."""
    with translation.override("en"):
        return reverse(name, args=args)


def begin(client, key, **asked):
    page = client.post(at("account_service", key), asked).content.decode()
    (onward,) = re.findall(r'http-equiv="refresh" content="0;url=([^"]+)"', page)
    return html.unescape(onward)


def answer_of(provider, client, key="ansattporten", account="kari", **asked):
    return provider.sign_in(begin(client, key, **asked), account, ours=OURS)


def sign_in(provider, client, key="ansattporten", account="kari"):
    return client.get(answer_of(provider, client, key, account))


def is_in(client):
    return "_auth_user_id" in client.session


def title_of(page):
    return re.sub(r"\s+", " ", re.search(r"<h1>(.*?)</h1>", page.content.decode(), re.DOTALL)[1])


def connected(user, provider, account="kari", key="ansattporten"):
    return Identity.objects.create(
        user=user,
        service=key,
        issuer=provider.address,
        subject=openid.ACCOUNTS[account]["sub"],
        connected_at=NOON,
    )


@pytest.fixture
def kari(provider):
    workshop = ActorFactory(named="Eksempel Verksted AS", organisation_number=openid.KNOWN)
    user = someone(Role.COMPANY_MEMBER, party=workshop.party)
    connected(user, provider)
    return user


def test_ansattporten_lets_one_in_for_the_organisation_they_chose(provider, client, kari):
    other = ActorFactory(named="Den andre")
    actions.give_mandate(
        person=kari.person,
        party=other.party,
        capacity=Role.COMPANY_MEMBER,
        valid_from=dt.date(2020, 1, 1),
        by=OPERATOR,
        at=NOON,
    )

    where = begin(client, "ansattporten")
    answer = client.get(provider.sign_in(where, "kari", ours=OURS))

    assert (answer.status_code, answer.url) == (302, at("workspace:home"))
    assert client.session["_auth_user_id"] == str(kari.pk)
    assert client.session["acting_for"] == kari.person.mandates.order_by("id").first().party_id
    assert "acr_values=substantial" in where
    assert "code_challenge_method=S256" in where
    assert "urn%3Aaltinn%3Aresource%3Asamskap" in where


@pytest.mark.usefixtures("kari")
def test_sign_in_leads_back_to_where_one_was_going_and_to_no_other_site(provider):
    for asked, expected in (
        (at("workspace:partners"), at("workspace:partners")),
        ("https://elsewhere.example/", at("workspace:home")),
    ):
        client = Client()
        assert client.get(answer_of(provider, client, next=asked)).url == expected


def test_entra_lets_in_someone_new_whose_group_means_a_role(provider, client):
    party = partnership()

    answer = sign_in(provider, client, "entra", "siri")

    user = User.objects.get(email="siri@samskap.example")
    mandate = Mandate.objects.get(person__user=user)
    assert answer.url == at("workspace:home")
    assert client.get(answer.url).status_code == 200
    assert user.person.name == "Siri Eksempel"
    assert (mandate.capacity, mandate.party, mandate.given_through) == (
        "secretariat",
        party,
        "entra",
    )
    assert Identity.objects.get().claims == {
        "email": "siri@samskap.example",
        "name": "Siri Eksempel",
    }


def test_entra_connects_whoever_has_the_address_already(provider, client):
    user = someone(Role.SECRETARIAT)
    User.objects.filter(pk=user.pk).update(email="siri@samskap.example")
    user.emailaddress_set.update(email="siri@samskap.example")
    user.authenticator_set.all().delete()

    sign_in(provider, client, "entra", "siri")

    assert client.session["_auth_user_id"] == str(user.pk)
    assert Mandate.objects.count() == 1
    assert [entry.verb for entry in AuditEntry.objects.order_by("-id")[:2]] == [
        "account.entered-with-service",
        "account.service-connected",
    ]


def test_a_mandate_of_a_group_that_was_left_ends_at_the_next_sign_in(provider, settings):
    partnership()
    sign_in(provider, Client(), "entra", "siri")
    Mandate.objects.update(valid_from=dt.date(2026, 1, 1))
    board = {"group": "0000-everyone", "role": "board-member"}
    settings.SIGN_IN_SERVICES = (
        provider.service(profile="entra", groups=[board], links_by_email=True),
    )

    sign_in(provider, Client(), "entra", "siri")

    held = Mandate.objects.order_by("id").values_list("capacity", "valid_to")
    assert list(held) == [("secretariat", timezone.localdate()), ("board-member", None)]


def test_a_mandate_that_people_gave_is_left_alone(provider, client):
    partnership()
    sign_in(provider, client, "entra", "siri")
    person = Person.objects.get(name="Siri Eksempel")
    given = actions.give_mandate(
        person=person,
        party=partnership(),
        capacity=Role.BOARD_MEMBER,
        valid_from=dt.date(2024, 1, 1),
        by=OPERATOR,
        at=NOON,
    )

    sign_in(provider, Client(), "entra", "siri")

    given.refresh_from_db()
    assert given.valid_to is None


def test_two_factors_at_the_service_are_enough_for_a_role_that_asks_for_them(provider, client):
    partnership()
    sign_in(provider, client, "entra", "siri")

    assert client.get(at("workspace:people")).status_code == 200


def test_one_factor_at_the_service_is_not(provider, client, settings):
    partnership()
    settings.SIGN_IN_SERVICES = (
        provider.service(profile="entra", groups=[SECRETARIAT], strong_amr=["none"]),
    )
    sign_in(provider, client, "entra", "siri")

    assert client.get(at("workspace:people")).url == at("mfa_index")


def test_a_second_step_is_asked_for_after_the_service_too(provider, client, kari):
    add_authenticator_app(kari)

    answer = sign_in(provider, client)

    assert answer.url == at("mfa_authenticate")
    assert not is_in(client)


def test_a_closed_account_is_opened_by_no_service(provider, client, kari):
    actions.close_account(person=kari.person, by=OPERATOR, at=NOON)

    sign_in(provider, client)

    assert not is_in(client)


@pytest.mark.parametrize(
    ("wrong", "title"),
    [
        ("nonce", "The answer belongs to another sign-in"),
        ("acr", "A stronger way of signing in is needed"),
        ("expired", "The answer came too late"),
        ("audience", "We could not be sure that the answer is genuine"),
        ("issuer", "We could not be sure that the answer is genuine"),
        ("key", "We could not be sure that the answer is genuine"),
        ("unsigned", "We could not be sure that the answer is genuine"),
    ],
)
@pytest.mark.usefixtures("kari")
def test_an_answer_that_is_wrong_is_refused_with_its_own_sentence(wrong, title, provider, client):
    provider.make_wrong(wrong)

    page = sign_in(provider, client)

    assert (page.status_code, title_of(page)) == (403, title)
    assert not is_in(client)


@pytest.mark.usefixtures("kari")
def test_a_code_that_was_used_is_refused(provider, client):
    first = answer_of(provider, client)
    assert client.get(first).status_code == 302
    code = re.search(r"code=([^&]+)", first)[1]
    fresh = Client()
    begin(fresh, "ansattporten")
    state = fresh.session["sign_in_question"]["state"]

    page = fresh.get(f"/openid/ansattporten/answer?code={code}&state={state}")

    assert (page.status_code, title_of(page)) == (403, "That answer has been used already")
    assert not is_in(fresh)


ELSEWHERE = "This sign-in was begun elsewhere, or too long ago"


@pytest.mark.usefixtures("kari")
def test_an_answer_is_taken_once(provider, client):
    address = answer_of(provider, client)
    client.get(address)
    client.logout()

    assert title_of(client.get(address)) == ELSEWHERE


@pytest.mark.usefixtures("kari")
def test_a_state_of_somebody_elses_is_refused(provider, client):
    address = answer_of(provider, Client())
    begin(client, "ansattporten")

    page = client.get(address)

    assert (page.status_code, title_of(page)) == (403, ELSEWHERE)
    assert not is_in(client)


@pytest.mark.usefixtures("kari")
def test_a_changed_state_is_refused_and_spends_the_question(provider, client):
    address = answer_of(provider, client)
    changed = re.sub(r"state=[^&]+", "state=another", address)

    assert title_of(client.get(changed)) == ELSEWHERE
    assert title_of(client.get(address)) == ELSEWHERE


@pytest.mark.usefixtures("kari")
def test_a_question_that_was_asked_long_ago_is_refused(provider, client):
    address = answer_of(provider, client)
    session = client.session
    kept = session["sign_in_question"]
    session["sign_in_question"] = kept | {"at": kept["at"] - 601}
    session.save()

    assert title_of(client.get(address)) == ELSEWHERE


@pytest.mark.usefixtures("kari")
def test_an_answer_of_one_service_is_not_taken_at_another(provider, client):
    address = answer_of(provider, client).replace("/ansattporten/", "/entra/")

    assert title_of(client.get(address)) == ELSEWHERE


def test_whoever_breaks_off_is_told_that_they_are_not_signed_in(provider, client):
    where = begin(client, "ansattporten")

    page = client.get(provider.decline(where, ours=OURS))

    assert (page.status_code, title_of(page)) == (403, "You were not signed in")


@pytest.mark.usefixtures("kari")
def test_an_organisation_that_is_not_ours_is_refused(provider, client):
    page = sign_in(provider, client, account="ola")

    assert (page.status_code, title_of(page)) == (
        403,
        "The organisation you chose is not one of ours",
    )
    assert not is_in(client)


def test_an_organisation_one_does_not_act_for_is_refused(provider, client, kari):
    Mandate.objects.filter(person=kari.person).update(valid_to=dt.date(2025, 1, 1))

    page = sign_in(provider, client)

    assert title_of(page) == "You do not act for that organisation here"
    assert not is_in(client)


def test_someone_nobody_knows_is_told_how_to_be_known(provider, client):
    ActorFactory(named="Eksempel Verksted AS", organisation_number=openid.KNOWN)

    page = sign_in(provider, client)

    assert title_of(page) == "We do not know you by Ansattporten yet"
    assert User.objects.count() == 0


def test_someone_whose_groups_mean_nothing_is_refused(provider, client):
    partnership()

    page = sign_in(provider, client, "entra", "utenfor")

    assert (page.status_code, title_of(page)) == (403, "None of your groups opens this site")
    assert User.objects.count() == 0


def test_a_service_that_does_not_answer_is_named(client, settings, provider):
    gone = provider.service(profile="entra", issuer="https://localhost:9", name="Entra")
    settings.SIGN_IN_SERVICES = (gone,)

    page = client.post(at("account_service", "entra"))

    assert (page.status_code, title_of(page)) == (403, "Entra does not answer")


def test_a_service_that_is_not_ours_is_not_there(client):
    assert client.post(at("account_service", "google")).status_code == 404
    assert client.get("/openid/google/answer?state=x").status_code == 404


# No identity number, anywhere ---------------------------------------------------------------------


def tables():
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def where_it_stands(text):
    """The tables, and the sessions inside, in which ``text`` stands."""
    found = []
    with connection.cursor() as cursor:
        for table in tables():
            question = sql.SQL("SELECT 1 FROM {} AS t WHERE t::text LIKE %s LIMIT 1")
            cursor.execute(question.format(sql.Identifier(table)), [f"%{text}%"])
            if cursor.fetchone():
                found.append(table)
    return found + [
        session.pk for session in Session.objects.all() if text in str(session.get_decoded())
    ]


@pytest.mark.usefixtures("kari")
def test_a_national_identity_number_is_kept_nowhere(provider, client, caplog):
    partnership()
    caplog.set_level("DEBUG")

    sign_in(provider, client, "ansattporten", "kari")
    sign_in(provider, Client(), "ansattporten", "ola")
    sign_in(provider, Client(), "entra", "siri")
    client.get(at("workspace:home"))

    assert openid.ACCOUNTS["kari"]["pid"] == openid.PID
    assert where_it_stands(openid.ACCOUNTS["kari"]["sub"]) == ["trust_identity"]
    assert where_it_stands(openid.PID) == []
    assert openid.PID not in caplog.text


def test_no_token_is_kept_anywhere(provider, client, kari):
    sign_in(provider, client)

    # Every JSON token begins so: {"alg" or {"typ" in base64.
    assert where_it_stands("eyJ") == []
    assert kari.identities.get().claims == {}


def test_a_service_that_calls_people_by_their_identity_number_is_refused(provider, client):
    ActorFactory(named="Eksempel Verksted AS", organisation_number=openid.KNOWN)

    page = sign_in(provider, client, account="nummer")

    assert title_of(page) == "Ansattporten cannot be used here"
    assert where_it_stands(openid.PID) == []


# By invitation, and on the page of security ------------------------------------------------------


@pytest.fixture
def invitation():
    """What is in the link of an invitation to someone new."""
    sent = []
    actions.invite(
        person=actions.register_person(name="Siri", by=OPERATOR, at=NOON),
        email="siri@samskap.example",
        send=lambda _invitation, secret: sent.append(secret),
        by=OPERATOR,
        at=timezone.now(),
    )
    return sent[0]


def test_an_invitation_is_accepted_with_a_service(provider, client, invitation):
    partnership()

    answer = client.get(answer_of(provider, client, "entra", "siri", invitation=invitation))

    user = User.objects.get()
    assert answer.url == at("workspace:home")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.email, user.has_usable_password()) == ("siri@samskap.example", False)
    assert user.identities.get().service == "entra"


def test_groups_mean_roles_when_an_invitation_is_accepted_too(provider, client, invitation):
    party = partnership()

    client.get(answer_of(provider, client, "entra", "siri", invitation=invitation))

    mandate = Mandate.objects.get(person__user=User.objects.get())
    assert (mandate.capacity, mandate.party, mandate.given_through) == (
        "secretariat",
        party,
        "entra",
    )
    assert AuditEntry.objects.order_by("-id")[0].verb == "account.entered-with-service"


def test_an_invitation_is_not_accepted_by_someone_in_none_of_the_groups(
    provider, client, invitation, settings
):
    partnership()
    other = {"group": "9999-another", "role": "secretariat"}
    settings.SIGN_IN_SERVICES = (provider.service(profile="entra", groups=[other]),)

    page = client.get(answer_of(provider, client, "entra", "siri", invitation=invitation))

    assert (page.status_code, title_of(page)) == (403, "None of your groups opens this site")
    assert User.objects.count() == 0
    assert client.get(at("account_invitation", invitation)).status_code == 200


def test_an_invitation_is_not_accepted_for_an_organisation_one_does_not_act_for(
    provider, client, invitation
):
    ActorFactory(named="Eksempel Verksted AS", organisation_number=openid.KNOWN)

    page = client.get(answer_of(provider, client, invitation=invitation))

    assert (page.status_code, title_of(page)) == (403, "You do not act for that organisation here")
    assert User.objects.count() == 0


def test_an_invitation_is_not_begun_by_who_is_signed_in_as_somebody_else(invitation):
    here = Client()
    here.force_login(someone(Role.BOARD_MEMBER))

    answer = here.post(at("account_service", "entra"), {"invitation": invitation}, follow=True)

    assert answer.status_code == 409
    assert "sign_in_question" not in here.session


def test_an_invitation_to_another_address_is_accepted_with_no_service(provider, client, invitation):
    page = client.get(answer_of(provider, client, "entra", "utenfor", invitation=invitation))

    assert (page.status_code, title_of(page)) == (403, "The invitation is for another address")
    assert User.objects.count() == 0


def test_an_invitation_that_was_used_meanwhile_says_so(provider, client, invitation):
    address = answer_of(provider, client, "entra", "siri", invitation=invitation)
    actions.accept_invitation(secret=invitation, password=PASSWORD, by=OPERATOR, at=timezone.now())

    page = client.get(address, follow=True)

    assert title_of(page) == "The invitation has been used"


def signed_in_again(user):
    client = Client()
    client.post(at("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(at("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_a_service_is_connected_on_the_page_of_security_and_let_go_there(provider):
    user = someone(Role.BOARD_MEMBER)
    here = signed_in_again(user)
    page = here.get(at("mfa_index")).content.decode()
    assert f'action="{at("account_service", "entra")}"' in page

    there = Client()
    there.force_login(user)
    answer = here.get(answer_of(provider, here, "entra", "siri", connect="1"))
    connected_to = user.identities.get().service
    is_out_elsewhere = there.get(at("workspace:home")).status_code == 302
    here.post(at("account_service_disconnect", "entra"))

    assert (answer.url, connected_to, is_out_elsewhere) == (at("mfa_index"), "entra", True)
    assert user.identities.count() == 0
    assert here.get(at("workspace:home")).status_code == 200


@pytest.mark.parametrize("asked", [{}, {"connect": "1"}, {"invitation": "x"}])
def test_no_other_site_and_no_link_begins_anything(asked):
    user = someone(Role.BOARD_MEMBER)
    here = Client(enforce_csrf_checks=True)
    here.force_login(user)

    by_link = here.get(at("account_service", "entra"), asked)
    by_form_elsewhere = here.post(at("account_service", "entra"), asked)

    assert (by_link.status_code, by_form_elsewhere.status_code) == (405, 403)
    assert "sign_in_question" not in here.session


def test_whoever_is_not_signed_in_connects_nothing(client):
    assert client.post(at("account_service", "entra"), {"connect": "1"}).status_code == 404


def test_connecting_asks_who_they_are_once_more(provider):
    user = someone(Role.BOARD_MEMBER)
    here = Client()
    here.post(at("account_login"), {"login": user.email, "password": PASSWORD})
    asked = here.post(at("account_service", "entra"), {"connect": "1"})
    assert asked.url.startswith(at("account_reauthenticate"))

    page = here.post(asked.url, {"password": PASSWORD}).content.decode()
    (onward,) = re.findall(r'http-equiv="refresh" content="0;url=([^"]+)"', page)
    here.get(provider.sign_in(html.unescape(onward), "siri", ours=OURS))

    assert user.identities.get().service == "entra"


def test_whom_a_service_knows_opens_one_account_alone(provider, kari):  # noqa: ARG001
    here = signed_in_again(someone(Role.BOARD_MEMBER))

    page = here.get(answer_of(provider, here, connect="1"))

    assert title_of(page) == "Another account signs in so already"


def test_the_only_way_in_is_not_let_go(provider, client, invitation):
    partnership()
    client.get(answer_of(provider, client, "entra", "siri", invitation=invitation))

    client.post(at("account_service_disconnect", "entra"))

    assert Identity.objects.count() == 1


def test_asking_a_service_again_and_again_is_stopped(client):
    answers = [client.post(at("account_service", "entra")).status_code for _ in range(21)]

    assert answers == [200] * 20 + [429]
