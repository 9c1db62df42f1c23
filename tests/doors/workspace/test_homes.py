"""Each role's first page says first what that role came for."""

from __future__ import annotations

import datetime as dt
import itertools
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samskap.actors.models import Actor, ActorKind
from samskap.strategy.actions import load_strategy, publish_strategy
from samskap.strategy.keys import Factor
from samskap.trust import actions, audit
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Party, Role, Visibility
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.people import NOON, partnership, person_with_account, someone
from tests.world.region import place
from tests.world.strategies import area, goal, strategy, vision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]
MOST_QUERIES = 12
FEWER_QUERIES = {Role.SECRETARIAT: 10}
OF_AN_ORGANISATION = (Role.COMPANY_MEMBER, Role.PARTNER_REPRESENTATIVE)


def heading(page):
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page.content.decode(), re.DOTALL)[1]
    return " ".join(re.sub(r"<[^>]+>", "", found).split())


def home(client, **query):
    page = client.get(reverse("workspace:home"), query)
    assert page.status_code == 200
    return page


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def well_sourced(**facts):
    """An actor about which there is nothing to look up."""
    facts.setdefault("source", SourceFactory(retrieved_on=timezone.localdate()))
    facts.setdefault("organisation_number", next(NUMBERS))
    return ActorFactory(**facts)


NUMBERS = (f"9990{number:05}" for number in itertools.count())


def cover_everything():
    """One actor under every factor in each of the twelve municipalities."""
    from tests.world.region import MUNICIPALITIES

    source = SourceFactory(retrieved_on=timezone.localdate())
    for code in MUNICIPALITIES:
        ActorFactory(
            place=place(code),
            factors=list(Factor),
            source=source,
            organisation_number=next(NUMBERS),
        )


# Secretariat -------------------------------------------------------------------------------------


def test_the_secretariat_hears_that_nothing_needs_a_push(at_desk):
    cover_everything()

    assert heading(home(at_desk(Role.SECRETARIAT))) == "Nothing needs a push today"


def test_the_secretariat_sees_every_factor_that_is_missing_and_whom_to_call(at_desk):
    cover_everything()
    from samskap.actors.models import ActorFactor

    ActorFactor.objects.filter(
        factor=Factor.CAPITAL, actor__place__in=[place("3124"), place("3122")]
    ).delete()
    near = Actor.objects.get(place=place("3101"))

    page = home(at_desk(Role.SECRETARIAT))

    assert heading(page) == "One thing needs a push today"
    assert "Capital: missing in 2 municipalities" in text(page)
    assert "Aremark, Marker" in text(page)
    assert reverse("workspace:actor", args=[near.slug]) in page.content.decode()


def test_the_secretariat_sees_facts_to_look_up_again(at_desk):
    cover_everything()
    old = SourceFactory(retrieved_on=timezone.localdate() - dt.timedelta(days=366))
    ActorFactory(named="Gammel Kilde AS", place=place("3105"), source=old)
    ActorFactory(named="Uten Nummer AS", place=place("3105"), source=SourceFactory(), is_demo=False)
    ActorFactory(named="Oppdiktet AS", place=place("3105"), is_demo=True)

    page = home(at_desk(Role.SECRETARIAT))

    assert heading(page) == "Two things need a push today"
    assert "Gammel Kilde AS" in text(page)
    assert "Uten Nummer AS" in text(page)
    assert "Oppdiktet AS" not in text(page)


def test_the_secretariat_sees_mandates_that_run_out_within_ninety_days(at_desk):
    cover_everything()
    today = timezone.localdate()
    for name, days in (("Snart", 90), ("Senere", 91)):
        actions.give_mandate(
            person=person_with_account(f"{name}@samskap.example", name=name),
            party=partnership(),
            capacity=Role.BOARD_MEMBER,
            valid_from=dt.date(2024, 1, 1),
            valid_to=today + dt.timedelta(days=days),
            by=OPERATOR,
            at=NOON,
        )

    page = home(at_desk(Role.SECRETARIAT))

    assert heading(page) == "One thing needs a push today"
    assert "Snart" in text(page)
    assert "90 days left" in text(page)
    assert "Senere" not in text(page)


# Those who act for an organisation ---------------------------------------------------------------


def test_a_partner_reads_what_is_said_of_its_own_organisation(at_desk):
    own = well_sourced(named="Østfold Treklynge", place=place("3118"), factors=[Factor.BUSINESS])

    page = home(at_desk(Role.PARTNER_REPRESENTATIVE, own.party))

    assert heading(page) == "Østfold Treklynge stands under business"
    assert "Fordi (en)" in text(page)


def test_a_partner_sees_its_own_organisation_even_when_others_do_not(at_desk):
    party = Party.objects.create()
    own = well_sourced(
        named="Stille AS",
        place=place("3118"),
        party=party,
        visibility=Visibility.PARTY,
        visible_to_party=party,
    )

    assert heading(home(at_desk(Role.PARTNER_REPRESENTATIVE, own.party))).startswith("Stille AS")


def test_a_company_sees_who_is_nearest_and_how_far_off(at_desk):
    firm = well_sourced(named="Verksted AS", place=place("3105"))
    well_sourced(
        named="Gründerhus Halden",
        place=place("3101"),
        kind=ActorKind.INCUBATOR,
        factors=[Factor.ENTREPRENEURSHIP],
    )
    well_sourced(
        named="Sparebanken Moss", place=place("3103"), kind=ActorKind.BANK, factors=[Factor.CAPITAL]
    )
    well_sourced(named="Naboen AS", place=place("3105"), factors=[Factor.BUSINESS])

    page = home(at_desk(Role.COMPANY_MEMBER, firm.party))

    # From 59.287 N 11.160 E to 59.087 N 11.497 E: 22.2 km south and 19.2 km east is 29.4 km.
    assert heading(page) == "Gründerhus Halden is nearest, 29 km away"
    assert "Sparebanken Moss" in text(page)
    assert "Naboen AS" not in text(page)


def test_a_company_whose_helper_is_in_the_same_place_is_told_so(at_desk):
    firm = well_sourced(named="Verksted AS", place=place("3105"))
    well_sourced(named="Høyskole", place=place("3105"), factors=[Factor.RESEARCH_EDUCATION])

    page = home(at_desk(Role.COMPANY_MEMBER, firm.party))

    assert heading(page) == "Høyskole is in the same place as you"


def test_a_company_never_sees_what_another_keeps_to_itself(at_desk):
    firm = well_sourced(named="Verksted AS", place=place("3105"))
    well_sourced(
        named="Hemmelig Kapital AS",
        place=place("3105"),
        factors=[Factor.CAPITAL],
        visibility=Visibility.PARTNERS,
    )

    page = home(at_desk(Role.COMPANY_MEMBER, firm.party))

    assert heading(page) == "We know of nobody near you who can help yet"
    assert "Hemmelig" not in page.content.decode()


def test_a_company_without_an_actor_is_told_whom_to_ask(at_desk):
    page = home(at_desk(Role.COMPANY_MEMBER, Party.objects.create()))

    assert heading(page) == "Your company is not among the actors here yet"


# Board, auditor, administrator -------------------------------------------------------------------


def test_the_board_reads_which_factor_is_missing_most(at_desk):
    cover_everything()
    from samskap.actors.models import ActorFactor

    codes = ("3101", "3103", "3105")
    ActorFactor.objects.filter(
        factor=Factor.RESEARCH_EDUCATION, actor__place__in=[place(code) for code in codes]
    ).delete()

    page = home(at_desk(Role.BOARD_MEMBER))

    assert heading(page) == "Research and education: missing in 3 of 12 municipalities"
    assert "9 of 12" in text(page)


def test_the_board_sees_what_changed_but_not_by_whom_or_why_nor_what_it_may_not_see(at_desk):
    shown = well_sourced(named="Synlig AS", place=place("3105"))
    hidden = well_sourced(named="Skjult AS", place=place("3105"), visibility=Visibility.SECRETARIAT)
    for actor in (shown, hidden):
        audit.record(
            "actor.edited",
            about=actor,
            by=someone(Role.SECRETARIAT),
            at=NOON,
            changes={"official_name": ["A", "B"]},
            reason="Fordi Kari sa det",
        )

    page = home(at_desk(Role.BOARD_MEMBER))

    assert "Changed an actor: name in the register" in text(page)
    assert "Synlig AS" in text(page)
    assert "Skjult AS" not in text(page)
    assert "Fordi Kari sa det" not in text(page)


def test_what_is_invented_says_so_also_among_what_has_changed(at_desk):
    for name, is_demo in (("Ekte AS", False), ("Oppdiktet AS", True)):
        actor = well_sourced(named=name, is_demo=is_demo)
        AuditEntry.objects.create(
            verb="actor.registered", about_kind="actors.actor", about_key=str(actor.key), at=NOON
        )

    changed = text(home(at_desk(Role.BOARD_MEMBER))).split("What has changed lately", 1)[1]

    assert "Oppdiktet AS Example" in changed
    assert "Ekte AS Example" not in changed


def test_the_auditor_reads_how_much_is_logged_and_when_last(at_desk):
    client = at_desk(Role.AUDITOR)
    total = AuditEntry.objects.count()

    page = home(client)

    # All that made this world is logged at noon in Greenwich, which is 13:00 in Østfold.
    assert heading(page) == f"{total} actions are logged, the last on 24 November at 13:00"


def test_the_administrator_reads_how_many_have_a_password_alone(at_desk):
    client = at_desk(Role.ADMINISTRATOR)
    someone(Role.BOARD_MEMBER)
    person_with_account("ledig@samskap.example", name="Ledig Person")

    page = home(client)

    assert heading(page) == "1 of 3 accounts has no second lock"
    assert "Accounts that act for nobody" in text(page)
    assert "Ledig Person" in text(page)


def test_one_with_two_roles_chooses_whose_desk_to_sit_at(sign_in):
    user = someone(Role.BOARD_MEMBER)
    actions.give_mandate(
        person=user.person,
        party=partnership(),
        capacity=Role.AUDITOR,
        valid_from=dt.date(2024, 1, 1),
        by=OPERATOR,
        at=NOON,
    )
    client = sign_in(user)

    assert home(client).context["role"] == Role.BOARD_MEMBER
    assert home(client, **{"as": "auditor"}).context["role"] == Role.AUDITOR
    assert home(client, **{"as": "administrator"}).context["role"] == Role.BOARD_MEMBER


# Lists -------------------------------------------------------------------------------------------


def queries_of(client, where):
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["actors", "log"])
def test_a_list_asks_as_often_for_three_actors_as_for_one(name, at_desk):
    client, where = at_desk(Role.SECRETARIAT), reverse(f"workspace:{name}")

    def one_more():
        actor = ActorFactory(place=place("3105"))
        audit.record(
            "actor.registered",
            about=actor,
            by=someone(Role.SECRETARIAT),
            at=NOON,
            changes={"place": [None, str(actor.place.key)]},
        )

    one_more()
    for_one = queries_of(client, where)
    one_more()
    one_more()

    assert queries_of(client, where) == for_one
    assert for_one <= MOST_QUERIES


def test_the_list_of_people_asks_as_often_for_three_as_for_one(at_desk):
    client, where = at_desk(Role.ADMINISTRATOR), reverse("workspace:people")
    someone(Role.COMPANY_MEMBER, party=ActorFactory(place=place("3105")).party)
    for_one = queries_of(client, where)
    for _ in range(2):
        someone(Role.COMPANY_MEMBER, party=ActorFactory(place=place("3105")).party)

    assert queries_of(client, where) == for_one
    assert for_one <= MOST_QUERIES


def one_more_of_everything(client_user, role):
    """What each home lists, once more: an own organisation, a helper, a mandate, a change."""
    own = ActorFactory(place=place("3105"))
    if role in OF_AN_ORGANISATION:
        actions.give_mandate(
            person=client_user.person,
            party=own.party,
            capacity=role,
            valid_from=dt.date(2024, 1, 1),
            by=OPERATOR,
            at=NOON,
        )
    ActorFactory(place=place("3101"), factors=list(Factor))
    someone(Role.BOARD_MEMBER)
    actions.give_mandate(
        person=someone(Role.COMPANY_MEMBER, party=own.party).person,
        party=partnership(),
        capacity=Role.BOARD_MEMBER,
        valid_from=dt.date(2024, 1, 1),
        valid_to=timezone.localdate() + dt.timedelta(days=30),
        by=OPERATOR,
        at=NOON,
    )
    audit.record(
        "actor.registered",
        about=own,
        by=client_user,
        at=NOON,
        changes={"place": [None, str(own.place.key)]},
    )


@pytest.mark.parametrize("role", Role)
def test_a_home_asks_as_often_for_three_of_everything_as_for_one(role, sign_in):
    facts = strategy(vision(), area(), goal("data"))
    publish_strategy(version=load_strategy(facts=facts, by=OPERATOR, at=NOON), by=OPERATOR, at=NOON)
    party = ActorFactory(named="Egen AS", place=place("3105")).party
    user = someone(role, party=party if role in OF_AN_ORGANISATION else None)
    client, where = sign_in(user), reverse("workspace:home")
    one_more_of_everything(user, role)
    for_one = queries_of(client, where)
    one_more_of_everything(user, role)
    one_more_of_everything(user, role)

    assert queries_of(client, where) == for_one
    assert for_one <= FEWER_QUERIES.get(role, MOST_QUERIES)


# What to do next ---------------------------------------------------------------------------------


def primary(page):
    return re.findall(
        r'data-primary[^>]*href="([^"]+)"[^>]*>([^<]+)<', page.content.decode(), re.DOTALL
    )


def test_a_company_is_led_to_the_nearest_it_can_ask(at_desk):
    firm = well_sourced(named="Verksted AS", place=place("3105"))
    well_sourced(named="Fjern Bank", place=place("3103"), factors=[Factor.CAPITAL])
    near = well_sourced(named="Nær Bank", place=place("3107"), factors=[Factor.CAPITAL])

    page = home(at_desk(Role.COMPANY_MEMBER, firm.party))

    assert primary(page) == [(reverse("workspace:actor", args=[near.slug]), "See whom you can ask")]


def test_one_with_nobody_near_is_led_to_the_list_of_those_who_help(at_desk):
    page = home(at_desk(Role.COMPANY_MEMBER, Party.objects.create()))

    asked = "factor=entrepreneurship&amp;factor=research-education&amp;factor=capital"
    assert primary(page) == [(f"{reverse('portal:directory')}?{asked}", "See whom you can ask")]


def test_a_partner_is_led_to_the_nearest_it_can_ask(at_desk):
    own = well_sourced(named="Treklynge", place=place("3118"), factors=[Factor.BUSINESS])
    near = well_sourced(named="Nabo", place=place("3118"), factors=[Factor.CAPITAL])

    page = home(at_desk(Role.PARTNER_REPRESENTATIVE, own.party))

    assert primary(page) == [(reverse("workspace:actor", args=[near.slug]), "See whom you can ask")]


def test_the_administrator_is_led_to_the_first_account_with_one_lock(at_desk):
    client = at_desk(Role.ADMINISTRATOR)
    someone(Role.BOARD_MEMBER)

    page = home(client)

    first = page.context["without_second_factor"][0].person
    assert primary(page) == [
        (reverse("workspace:person", args=[first.key]), "Open the first of them")
    ]


def test_a_distance_says_how_it_is_measured_and_leads_to_the_source(at_desk):
    firm = well_sourced(named="Verksted AS", place=place("3105"))

    page = home(at_desk(Role.COMPANY_MEMBER, firm.party))

    assert "in a straight line between the middles of the municipalities" in text(page)
    assert f'href="{reverse("portal:open-data")}#sources"' in page.content.decode()


def test_whoever_can_be_asked_is_called_or_written_to_from_the_row(at_desk):
    firm = well_sourced(named="Verksted AS", place=place("3105"))
    well_sourced(
        named="Banken",
        place=place("3105"),
        factors=[Factor.CAPITAL],
        phone="+47 69 00 00 00",
        email="post@banken.example",
    )

    page = home(at_desk(Role.COMPANY_MEMBER, firm.party)).content.decode()

    assert 'href="tel:+4769000000"' in page
    assert 'href="mailto:post@banken.example"' in page


# What is invented --------------------------------------------------------------------------------


def test_an_invented_name_in_a_heading_says_so(at_desk):
    firm = well_sourced(named="Verksted AS", place=place("3105"), is_demo=True)
    well_sourced(named="Banken", place=place("3105"), factors=[Factor.CAPITAL], is_demo=True)

    company = home(at_desk(Role.COMPANY_MEMBER, firm.party))
    partner = home(at_desk(Role.PARTNER_REPRESENTATIVE, firm.party))

    assert heading(company) == "Banken Example is in the same place as you"
    assert "km of Verksted AS Example ." in text(company)
    assert heading(partner) == "Verksted AS Example stands under business"


def test_an_invented_organisation_says_so_at_the_administrators_desk(at_desk):
    firm = well_sourced(named="Verksted AS", place=place("3105"), is_demo=True)
    real = well_sourced(named="Virkelig AS", place=place("3105"))
    for one in (firm, real):
        someone(Role.COMPANY_MEMBER, party=one.party)

    page = text(home(at_desk(Role.ADMINISTRATOR)))

    assert "Company member, Verksted AS Example" in page
    assert "Company member, Virkelig AS Example" not in page
    assert "Company member, Virkelig AS" in page


def test_a_norwegian_name_on_an_english_page_is_said_in_norwegian(at_desk):
    firm = well_sourced(named="Verksted AS", place=place("3105"))

    page = home(at_desk(Role.PARTNER_REPRESENTATIVE, firm.party)).content.decode()

    assert '<span lang="nb">Verksted AS</span> stands under business' in page
