"""Registering actors: with a party, a number that can be, factors with reasons, and a trace."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from samskap.actors.actions import (
    NotADemonstrationError,
    edit_actor,
    gather_sub_regions,
    load_actors,
    register_actor,
)
from samskap.actors.facts import ActorFacts, Roster
from samskap.actors.models import Actor, ActorFactor, ActorKind
from samskap.actors.queries import parties_of_examples
from samskap.actors.reading import read_actors
from samskap.evidence.actions import UnknownSourceError
from samskap.evidence.facts import PlaceCode
from samskap.evidence.queries import UnknownPlaceError
from samskap.kernel.loading import Loaded
from samskap.strategy.keys import Factor, Side
from samskap.trust.audit import history_of
from samskap.trust.demo import read_people
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Party, Role, Visibility
from samskap.trust.rules import NotPermittedError
from tests.world.factories import (
    ActorFactory,
    PlaceFactory,
    SourceFactory,
    in_each_language,
    in_norwegian,
)
from tests.world.people import someone
from tests.world.region import FOLDER, NOON, SUB_REGIONS, ostfold, place

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)
BIOGAS = ActorFacts(
    kind=ActorKind.COMPANY,
    name=in_norwegian("Haldenvassdraget Biogass SA"),
    factors={Factor.BUSINESS: in_each_language("Lager biogass")},
    place=PlaceCode("3101", on=TODAY),
    source="kart",
    organisation_number="313001555",
    side=Side.EMPLOYER,
)


@pytest.fixture
def halden():
    return PlaceFactory(code="3101", named="Halden", source=SourceFactory(key="kart"))


@pytest.mark.usefixtures("halden")
def test_actor_gets_a_party_of_its_own_and_is_the_secretariats_until_somebody_says_otherwise():
    actor = register_actor(facts=BIOGAS, by=OPERATOR, at=NOON)

    assert actor.party == Party.objects.get()
    assert (actor.slug, actor.official_name, actor.visibility) == (
        "haldenvassdraget-biogass-sa",
        "Haldenvassdraget Biogass SA",
        Visibility.SECRETARIAT,
    )
    assert [(row.factor, row.reason) for row in actor.factors.all()] == [
        ("business", in_each_language("Lager biogass"))
    ]


@pytest.mark.usefixtures("halden")
def test_registering_leaves_one_entry_that_says_what_the_actor_began_as():
    actor = register_actor(facts=BIOGAS, by=OPERATOR, at=NOON)

    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.about_key, entry.at) == ("actor.registered", str(actor.key), NOON)
    assert entry.changes["organisation_number"] == [None, "313001555"]
    assert entry.changes["factors"] == [None, {"business": in_each_language("Lager biogass")}]


@pytest.mark.usefixtures("halden")
def test_number_is_kept_as_digits_however_it_was_written():
    actor = register_actor(
        facts=replace(BIOGAS, organisation_number="313 001 555"), by=OPERATOR, at=NOON
    )

    assert Actor.objects.get().organisation_number == "313001555"
    assert edit_actor(actor=actor, facts=BIOGAS, by=OPERATOR, at=NOON) == actor
    assert AuditEntry.objects.count() == 1


@pytest.mark.usefixtures("halden")
@pytest.mark.parametrize("number", ["313001556", "31300155", "3130015555"])
def test_number_with_a_wrong_check_digit_or_length_is_refused(number):
    with pytest.raises(ValidationError, match="not an organisation number"):
        register_actor(facts=replace(BIOGAS, organisation_number=number), by=OPERATOR, at=NOON)

    assert (Actor.objects.count(), Party.objects.count()) == (0, 0)


@pytest.mark.usefixtures("halden")
def test_two_actors_do_not_share_a_number():
    register_actor(facts=BIOGAS, by=OPERATOR, at=NOON)

    with pytest.raises(ValidationError, match="Another actor has this number"):
        register_actor(
            facts=replace(BIOGAS, name=in_norwegian("Tvilling AS")), by=OPERATOR, at=NOON
        )

    assert Actor.objects.count() == 1


@pytest.mark.usefixtures("halden")
def test_actors_without_a_number_are_several():
    for name in ("Nettverket A", "Nettverket B"):
        facts = replace(BIOGAS, name=in_norwegian(name), organisation_number="")
        register_actor(facts=facts, by=OPERATOR, at=NOON)

    assert Actor.objects.count() == 2


@pytest.mark.usefixtures("halden")
def test_second_actor_of_a_name_gets_a_numbered_address():
    slugs = [
        register_actor(facts=replace(BIOGAS, organisation_number=""), by=OPERATOR, at=NOON).slug
        for _ in range(3)
    ]

    assert slugs == [
        "haldenvassdraget-biogass-sa",
        "haldenvassdraget-biogass-sa-2",
        "haldenvassdraget-biogass-sa-3",
    ]


@pytest.mark.usefixtures("halden")
@pytest.mark.parametrize("factors", [{}, {Factor.BUSINESS: in_norwegian("")}])
def test_actor_needs_a_factor_and_a_reason_for_it(factors):
    with pytest.raises(ValidationError, match="Name at least one factor"):
        register_actor(facts=replace(BIOGAS, factors=factors), by=OPERATOR, at=NOON)

    assert Actor.objects.count() == 0


@pytest.mark.usefixtures("halden")
def test_actor_needs_a_place_that_held_the_code_that_day_and_a_source_that_is_here():
    too_early = replace(BIOGAS, place=PlaceCode("3101", on=dt.date(2023, 12, 31)))

    with pytest.raises(UnknownPlaceError):
        register_actor(facts=too_early, by=OPERATOR, at=NOON)
    with pytest.raises(UnknownSourceError):
        register_actor(facts=replace(BIOGAS, source="nowhere"), by=OPERATOR, at=NOON)


@pytest.mark.usefixtures("halden")
def test_edit_says_what_was_before_and_keeps_the_address():
    actor = register_actor(facts=BIOGAS, by=OPERATOR, at=NOON)
    renamed = replace(
        BIOGAS,
        name=in_norwegian("Haldenvassdraget Energi SA"),
        factors={Factor.CAPITAL: in_each_language("Investerer")},
        side=None,
    )

    edit_actor(actor=actor, facts=renamed, by=OPERATOR, at=NOON)

    changes = history_of(actor)[0].changes
    assert Actor.objects.get().slug == "haldenvassdraget-biogass-sa"
    assert changes["name"] == [
        {"nb": "Haldenvassdraget Biogass SA"},
        {"nb": "Haldenvassdraget Energi SA"},
    ]
    assert changes["side"] == ["employer", ""]
    assert changes["factors"] == [
        {"business": in_each_language("Lager biogass")},
        {"capital": in_each_language("Investerer")},
    ]
    assert [row.factor for row in ActorFactor.objects.all()] == ["capital"]


@pytest.mark.usefixtures("halden")
@pytest.mark.parametrize(
    "role",
    [
        Role.PARTNER_REPRESENTATIVE,
        Role.COMPANY_MEMBER,
        Role.BOARD_MEMBER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    ],
)
def test_only_the_secretariat_keeps_actors(role):
    with pytest.raises(NotPermittedError):
        register_actor(facts=BIOGAS, by=someone(role), at=NOON)
    assert Actor.objects.count() == 0

    assert register_actor(facts=BIOGAS, by=someone(Role.SECRETARIAT), at=NOON).slug


# The region folder --------------------------------------------------------------------------------


def test_region_folder_registers_26_actors_once_and_then_leaves_them_as_they_are():
    ostfold()
    roster = read_actors(FOLDER / "actors.yaml")

    first = load_actors(roster=roster, by=OPERATOR, at=NOON)
    registered = AuditEntry.objects.filter(verb="actor.registered").count()
    trail = AuditEntry.objects.count()
    second = load_actors(roster=roster, by=OPERATOR, at=NOON)

    assert (first, registered) == (Loaded(created=26), 26)
    assert second == Loaded(unchanged=26)
    assert AuditEntry.objects.count() == trail
    assert {actor.visibility for actor in Actor.objects.all()} == {Visibility.PUBLIC}


def test_one_changed_line_changes_one_actor():
    ostfold()
    roster = read_actors(FOLDER / "actors.yaml")
    load_actors(roster=roster, by=OPERATOR, at=NOON)
    moved = [
        replace(facts, place=PlaceCode("3103", on=TODAY)) if facts.slug == "borregaard" else facts
        for facts in roster.actors
    ]

    loaded = load_actors(roster=Roster((), tuple(moved)), by=OPERATOR, at=NOON)

    borregaard = Actor.objects.get(slug="borregaard")
    assert loaded == Loaded(changed=1, unchanged=25)
    assert history_of(borregaard)[0].changes == {
        "place": [str(place("3105").key), str(place("3103").key)]
    }
    assert "moss" in borregaard.search_text


def test_actor_is_recognised_by_its_number_and_keeps_the_address_it_has():
    ostfold()
    SourceFactory(key="kart")
    known = replace(
        BIOGAS,
        name=in_norwegian("Borregaard"),
        organisation_number="998753562",
        place=PlaceCode("3105", on=TODAY),
        slug="et-eldre-navn",
    )
    register_actor(facts=known, by=OPERATOR, at=NOON)

    loaded = load_actors(roster=read_actors(FOLDER / "actors.yaml"), by=OPERATOR, at=NOON)

    assert loaded == Loaded(created=25, changed=1)
    assert Actor.objects.get(organisation_number="998753562").slug == "et-eldre-navn"


def few_of(roster):
    """Return the first fourteen, who are those that the invented people act for."""
    return replace(roster, actors=roster.actors[:14])


def test_invented_actors_come_in_only_where_a_demonstration_was_asked_for():
    ostfold()
    roster = few_of(read_actors(FOLDER / "demo" / "actors.yaml"))

    with pytest.raises(NotADemonstrationError):
        load_actors(roster=roster, by=OPERATOR, at=NOON)
    assert Actor.objects.count() == 0

    assert load_actors(roster=roster, by=OPERATOR, at=NOON, demo=True) == Loaded(created=14)
    assert {actor.is_demo for actor in Actor.objects.all()} == {True}


def test_invented_people_act_for_invented_actors_alone():
    ostfold()
    load_actors(roster=read_actors(FOLDER / "actors.yaml"), by=OPERATOR, at=NOON)
    invented = few_of(read_actors(FOLDER / "demo" / "actors.yaml"))
    load_actors(roster=invented, by=OPERATOR, at=NOON, demo=True)

    parties = parties_of_examples()

    acted_for = {person.acts_for for person in read_people(FOLDER / "demo" / "people.yaml")}
    assert len(parties) == 14
    assert acted_for - {None} <= set(parties)


def test_sub_regions_of_the_partnership_become_places_and_stay_as_they_are():
    ostfold()
    for key in SUB_REGIONS:
        place(key).members.clear()

    again = gather_sub_regions(by=OPERATOR, at=NOON)

    assert again == Loaded(changed=4)
    assert gather_sub_regions(by=OPERATOR, at=NOON) == Loaded(unchanged=4)
    assert {each.code for each in place("halden").members.all()} == {"3101", "3124"}
    assert place("halden").parent == place("31")


def test_before_a_region_is_loaded_there_are_no_sub_regions_to_gather():
    assert gather_sub_regions(by=OPERATOR, at=NOON) == Loaded()


# What the database itself holds -------------------------------------------------------------------


@pytest.mark.database
@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"kind": "person"}, "known_kind"),
        ({"side": "neither"}, "known_side"),
        ({"visibility": "friends"}, "known_visibility"),
        ({"visibility": Visibility.PARTY}, "one_party_is_named"),
    ],
)
def test_database_refuses_an_actor_that_cannot_be(facts, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ActorFactory(**facts)

    assert Actor.objects.count() == 0


@pytest.mark.database
def test_database_refuses_a_number_twice_in_one_country_and_takes_it_in_two():
    ActorFactory(organisation_number="313001555")
    ActorFactory(organisation_number="313001555", country="SE")

    with pytest.raises(IntegrityError, match="one_for_each_number"), transaction.atomic():
        ActorFactory(organisation_number="313001555")

    assert Actor.objects.count() == 2


@pytest.mark.database
def test_database_refuses_a_factor_twice_for_one_actor():
    actor = ActorFactory(factors=[Factor.BUSINESS])

    with pytest.raises(IntegrityError, match="actorfactor_once"), transaction.atomic():
        ActorFactor.objects.create(actor=actor, factor=Factor.BUSINESS)

    assert actor.factors.count() == 1
