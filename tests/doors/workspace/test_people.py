"""People and mandates at the desk."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from samskap.kernel import mail
from samskap.kernel.models import Letter
from samskap.trust import audit
from samskap.trust.models import AuditEntry, Mandate, Person, Role, User
from tests.world.factories import ActorFactory
from tests.world.people import person_with_account, someone
from tests.world.region import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]
NEW_PASSWORD = "nykvernet-mel-fra-rakkestad"


def at(name, key=None):
    return reverse(f"workspace:{name}", kwargs={"key": key} if key else None)


def register(client, name="Kari Eksempel"):
    client.post(at("person-new"), {"name": name, "language": "en"})
    return Person.objects.get(name=name)


def letters():
    for letter in Letter.objects.filter(delivered_at=None).order_by("id"):
        mail.deliver(letter.key, at=timezone.now())
    return mail.Outbox.of_this_installation().letters()


def test_closing_an_account_says_why_in_the_log(at_desk):
    administrator = at_desk(Role.ADMINISTRATOR)
    person = person_with_account("kari@samskap.example")

    administrator.post(at("account-close", person.key), {"reason": "Sluttet 1. november"})

    entry = audit.history_of(person)[0]
    assert (entry.verb, entry.reason) == ("account.closed", "Sluttet 1. november")
    assert not User.objects.get(pk=person.user_id).is_active


def test_the_last_administrator_is_told_why_they_stay(sign_in):
    user = someone(Role.ADMINISTRATOR)
    client = sign_in(user)

    page = client.post(at("account-close", user.person.key), {"reason": "Ferie"})

    assert page.status_code == 422
    assert "This is the last administrator." in page.content.decode()
    assert 'value="Ferie"' in page.content.decode()


def mandate_for(firm, **more):
    return {
        "capacity": "company-member",
        "actor": firm.slug,
        "standing": "member",
        "valid_from": "2026-01-01",
        "valid_to": "",
        **more,
    }


def test_the_secretariat_lets_someone_act_for_a_firm(at_desk):
    secretariat = at_desk(Role.SECRETARIAT)
    firm = ActorFactory(named="Verksted AS", place=place("3105"))
    person = register(secretariat)

    secretariat.post(at("mandate-give", person.key), mandate_for(firm))

    mandate = Mandate.objects.get(person=person)
    assert (mandate.party, mandate.capacity, mandate.standing) == (
        firm.party,
        "company-member",
        "member",
    )
    page = secretariat.get(at("person", person.key)).content.decode()
    assert 'Company member, <span lang="nb">Verksted AS</span>' in page
    assert "Holds today" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"actor": ""}, "Say which organisation they act for."),
        (
            {"capacity": "board-member"},
            "This role acts for the partnership. Choose the partnership, or another role.",
        ),
        ({"valid_to": "2026-01-01"}, "A mandate ends after the day it begins. Choose a later day."),
        ({"capacity": "administrator", "actor": ""}, "Choose one of those in the list."),
    ],
)
def test_a_mandate_that_cannot_be_is_refused_in_words_and_comes_back_as_typed(more, said, at_desk):
    secretariat = at_desk(Role.SECRETARIAT)
    firm = ActorFactory(place=place("3105"))
    person = register(secretariat)

    page = secretariat.post(at("mandate-give", person.key), mandate_for(firm, **more))

    assert page.status_code == 422
    assert said in page.content.decode()
    assert 'value="2026-01-01"' in page.content.decode()
    assert person.mandates.count() == 0


def test_the_organisation_is_searched_for_and_not_picked_from_all_there_are(at_desk):
    administrator = at_desk(Role.ADMINISTRATOR)
    for name in ("Verksted AS", "Sagbruk AS"):
        ActorFactory(named=name, place=place("3105"), slug=name.split()[0].lower())
    person = register(administrator)

    empty = administrator.get(at("person", person.key)).content.decode()
    asked = {"q": "verk", "find": "1", "actor": "", "valid_from": "2026-03-04"}
    found = administrator.post(at("mandate-give", person.key), asked)
    typed = administrator.get(reverse("workspace:find-actor"), {"q": "sagb", "bare": "1"})

    assert "Verksted" not in empty
    assert "Sagbruk" not in empty
    assert (found.status_code, person.mandates.count()) == (200, 0)
    assert [line.slug for line in found.context["mandate_form"].picks()] == ["verksted"]
    assert 'value="2026-03-04"' in found.content.decode()
    assert 'value="sagbruk"' in typed.content.decode()
    assert reverse("workspace:actor-new") not in typed.content.decode()


def test_one_who_is_not_there_cannot_be_acted_for(at_desk):
    secretariat = at_desk(Role.SECRETARIAT)
    person, firm = register(secretariat), ActorFactory(place=place("3105"))

    sent = mandate_for(firm, actor="finnes-ikke")
    page = secretariat.post(at("mandate-give", person.key), sent)

    assert page.status_code == 422
    assert "Find the actor, and choose it." in page.content.decode()


def test_the_same_mandate_twice_is_refused_in_words(at_desk):
    secretariat = at_desk(Role.SECRETARIAT)
    firm = ActorFactory(place=place("3105"))
    person = register(secretariat)
    secretariat.post(at("mandate-give", person.key), mandate_for(firm))

    page = secretariat.post(at("mandate-give", person.key), mandate_for(firm))

    assert page.status_code == 422
    said = "This person holds that mandate already. End it first, or choose other days."
    assert said in page.content.decode()


def test_only_an_administrator_makes_an_administrator(at_desk):
    administrator = at_desk(Role.ADMINISTRATOR)
    person = register(administrator)

    administrator.post(
        at("mandate-give", person.key),
        {"capacity": "administrator", "actor": "", "valid_from": "2026-01-01"},
    )

    assert person.mandates.get().capacity == Role.ADMINISTRATOR


def test_nobody_gives_themselves_a_mandate_at_the_desk(sign_in):
    user = someone(Role.ADMINISTRATOR)
    client = sign_in(user)

    page = client.get(at("person", user.person.key)).content.decode()
    refused = client.post(
        at("mandate-give", user.person.key),
        {"capacity": "secretariat", "actor": "", "valid_from": "2026-01-01"},
    )

    assert "Someone else gives and ends your mandates" in page
    assert refused.status_code == 403
    assert user.person.mandates.count() == 1


def test_a_mandate_is_ended_from_a_day_with_a_reason(at_desk):
    secretariat = at_desk(Role.SECRETARIAT)
    holder = someone(Role.BOARD_MEMBER).person
    mandate = holder.mandates.get()
    day = timezone.localdate() + dt.timedelta(days=10)

    answer = secretariat.post(
        at("mandate-end", mandate.key), {"on": day.isoformat(), "reason": "Nytt styre"}
    )

    assert answer.url == at("person", holder.key)
    assert Mandate.objects.get(pk=mandate.pk).valid_to == day
    entry = AuditEntry.objects.get(verb="mandate.ended")
    assert (entry.reason, entry.changes) == ("Nytt styre", {"valid_to": [None, day.isoformat()]})


def test_an_end_later_than_the_one_there_is_is_refused_in_words(at_desk):
    secretariat = at_desk(Role.SECRETARIAT)
    mandate = someone(Role.BOARD_MEMBER).person.mandates.get()
    Mandate.objects.filter(pk=mandate.pk).update(valid_to="2026-12-31")

    page = secretariat.post(at("mandate-end", mandate.key), {"on": "2027-01-31", "reason": ""})

    assert page.status_code == 422
    assert "The mandate ends by then already. Choose an earlier day." in page.content.decode()


@pytest.mark.parametrize("name", ["person", "mandate-end"])
def test_someone_who_is_not_there_is_not_found(name, at_desk):
    where = at(name, "00000000-0000-0000-0000-000000000000")

    assert at_desk(Role.ADMINISTRATOR).get(where).status_code == 404


def test_an_administrator_does_not_see_the_name_of_an_organisation_that_is_not_for_them(at_desk):
    from samskap.trust.models import Visibility

    hidden = ActorFactory(
        named="Hemmelig AS", place=place("3105"), visibility=Visibility.SECRETARIAT
    )
    someone(Role.COMPANY_MEMBER, party=hidden.party)

    page = at_desk(Role.ADMINISTRATOR).get(at("people")).content.decode()

    assert "Hemmelig" not in page
    assert "An organisation you may not see" in page


def test_an_erased_person_is_gone_from_the_list_and_has_a_page_without_a_name(at_desk):
    administrator = at_desk(Role.ADMINISTRATOR)
    person = person_with_account("kari@samskap.example", name="Kari Nordmann")

    asked = administrator.get(at("person-erase", person.key)).content.decode()
    answer = administrator.post(at("person-erase", person.key), {"name": "kari nordmann"})
    page = administrator.get(at("person", person.key)).content.decode()

    assert "Shall Kari Nordmann be erased for good?" in asked
    assert answer.url == at("people")
    assert "Kari" not in administrator.get(at("people")).content.decode()
    assert "<h1>Erased person</h1>" in page
    assert "kari@samskap.example" not in page
    assert "<form" not in page.partition("<main")[2].partition("</main")[0]


def test_erasing_asks_for_the_name(at_desk):
    administrator = at_desk(Role.ADMINISTRATOR)
    person = person_with_account("kari@samskap.example", name="Kari Nordmann")

    answer = administrator.post(at("person-erase", person.key), {"name": "Kari Normann"})

    assert answer.status_code == 422
    assert "That is not the name. Write Kari Nordmann." in answer.content.decode()
    assert Person.objects.get(pk=person.pk).name == "Kari Nordmann"


@pytest.mark.parametrize(
    "name", ["person-invite", "account-close", "account-reopen", "mandate-give", "person-erase"]
)
def test_nothing_is_done_with_an_erased_person_at_the_desk(name, at_desk):
    administrator = at_desk(Role.ADMINISTRATOR)
    person = person_with_account("kari@samskap.example", name="Kari Nordmann")
    administrator.post(at("person-erase", person.key), {"name": "Kari Nordmann"})

    assert administrator.post(at(name, person.key)).status_code == 404


def test_nobody_is_offered_to_erase_themselves(sign_in):
    user = someone(Role.ADMINISTRATOR)
    administrator = sign_in(user)

    page = administrator.get(at("person", user.person.key)).content.decode()

    assert at("person-erase", user.person.key) not in page
    assert administrator.get(at("person-erase", user.person.key)).status_code == 404


def test_a_reason_with_the_name_in_it_comes_back_with_what_to_do(at_desk):
    administrator = at_desk(Role.ADMINISTRATOR)
    person = person_with_account("kari@samskap.example", name="Kari Nordmann")

    page = administrator.post(at("account-close", person.key), {"reason": "Kari sluttet"})

    assert page.status_code == 422
    assert "The log keeps the reason for good." in page.content.decode()
    assert 'value="Kari sluttet"' in page.content.decode()
