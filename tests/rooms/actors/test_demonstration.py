"""The invented world of a demonstration comes in whole, and once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from samskap.actors.actions import load_actors, load_invented_world
from samskap.actors.demonstration import InventedWorld, read_world
from samskap.actors.models import (
    Actor,
    Body,
    Contact,
    ContactEntry,
    Membership,
    Seat,
    Tie,
)
from samskap.actors.reading import read_actors
from samskap.evidence.actions import load_places
from samskap.evidence.reading import read_places
from samskap.kernel.documents import UnreadableDocumentError
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Mandate
from tests.world.factories import ActorFactory, SourceFactory
from tests.world.people import NOON

REGION = Path(__file__).parents[3] / "regions" / "ostfold"
TODAY = NOON.date()

SMALL = InventedWorld(
    source="oppdiktet",
    ties=(
        {
            "kind": "supplies",
            "from": "a-as",
            "to": "b-as",
            "role": {"nb": "Flis", "sv": "Flis", "en": "Chips"},
            "since": "2020-01-01",
            "confidence": "confirmed",
        },
    ),
    memberships=(
        {
            "actor": "a-as",
            "kind": "partner",
            "since": -100,
            "contribution": 25000,
            "agreement-ends": 40,
            "represents": {"name": "Ane Almedal", "standing": "member"},
            "substitute": {"name": "Dag Dalsrud", "standing": "member"},
        },
    ),
    bodies=(
        {
            "key": "styret",
            "kind": "board",
            "name": {"nb": "Styret", "sv": "Styrelsen", "en": "The board"},
            "purpose": {"nb": "Leder.", "sv": "Leder.", "en": "Leads."},
            "visibility": "public",
            "seats": ({"actor": "b-as", "role": "chair", "since": -30, "until": 20},),
        },
    ),
    contacts=(
        {
            "actor": "a-as",
            "name": "Kari Kleven",
            "role": "Fabrikksjef",
            "basis": "public-task",
            "source-note": "Møte",
        },
    ),
    talks=(
        {
            "actor": "a-as",
            "kind": "visit",
            "days-ago": 3,
            "text": "Kaster flis.",
            "with": ["Kari Kleven"],
            "next-step": "Ringe B",
            "due-in": 4,
        },
    ),
)


def load(world):
    return load_invented_world(world=world, by=OPERATOR, at=NOON)


@pytest.fixture
def two():
    SourceFactory(key="oppdiktet")
    return ActorFactory(slug="a-as", is_demo=True), ActorFactory(slug="b-as", is_demo=True)


@pytest.mark.django_db
def test_the_world_is_counted_from_the_day_it_is_loaded(two):
    first, second = two

    loaded = load(SMALL)

    talk, seat = ContactEntry.objects.get(), Seat.objects.get()
    assert loaded.created == 5
    assert talk.happened_on == TODAY - dt.timedelta(days=3)
    assert talk.next_step_on == TODAY + dt.timedelta(days=4)
    assert [contact.name for contact in talk.contacts.all()] == ["Kari Kleven"]
    assert (seat.actor, seat.valid_to) == (second, TODAY + dt.timedelta(days=20))
    assert first.memberships.get().contribution_nok == 25000
    assert sorted(Mandate.objects.values_list("person__name", "is_substitute")) == [
        ("Ane Almedal", False),
        ("Dag Dalsrud", True),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("two")
def test_loaded_again_it_changes_nothing_that_somebody_tried():
    load(SMALL)
    ContactEntry.objects.update(text="Kaster flis.", next_step="Ringe C")

    again = load(SMALL)

    assert (again.created, again.unchanged) == (0, 5)
    assert ContactEntry.objects.get().next_step == "Ringe C"


@pytest.mark.django_db
@pytest.mark.usefixtures("two")
def test_all_of_it_is_marked_as_invented():
    load(SMALL)

    for model in (Tie, Membership, Body, Contact, ContactEntry):
        assert list(model.objects.values_list("is_demo", flat=True)) == [True]


def test_every_fault_of_a_world_is_told_at_once(tmp_path):
    path = tmp_path / "world.yaml"
    path.write_text(
        "source: oppdiktet\n"
        "ties:\n"
        "  - {kind: supplies, from: a-as, to: a-as, confidence: confirmed}\n"
        "  - {kind: supplies, from: a-as, to: nobody, confidence: confirmed}\n"
        "talks:\n"
        "  - {actor: a-as, kind: call, days-ago: 1, text: Hei, with: [Kari]}\n"
    )

    with pytest.raises(UnreadableDocumentError) as told:
        read_world(path, actors={"a-as"})

    assert [(fault.line, fault.sentence) for fault in told.value.faults] == [
        (3, "An actor has no tie to itself."),
        (4, "There is no invented actor with the key “nobody”."),
        (6, "“Kari” is no contact of that actor."),
    ]


# Østfold's own ------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_ostfolds_demonstration_is_everywhere_and_reaches_nobody():
    geography = read_places(REGION / "places.yaml")
    load_places(geography=geography, by=OPERATOR, at=NOON)
    roster = read_actors(REGION / "demo" / "actors.yaml", places=geography.places)
    load_actors(roster=roster, by=OPERATOR, at=NOON, demo=True)
    world = read_world(
        REGION / "demo" / "world.yaml", actors={actor.slug for actor in roster.actors}
    )

    load(world)

    assert Actor.objects.filter(is_demo=True).count() >= 150
    assert set(Actor.objects.values_list("place__country", "place__code")) >= PLACES
    assert Tie.objects.count() == len(world.ties)
    assert Membership.objects.count() == len(world.memberships)
    assert ContactEntry.objects.count() == len(world.talks)
    assert first_digits() == {("NO", "3"), ("SE", "")}
    assert reached("email", lambda mail: mail.rpartition(".")[2]) == {"example"}
    assert reached("phone", lambda phone: phone[:3]) == {"00 "}


PLACES = {
    *(
        ("NO", code)
        for code in (
            *("3101", "3103", "3105", "3107", "3110", "3112"),
            *("3114", "3116", "3118", "3120", "3122", "3124"),
            *("3207", "3218"),
        )
    ),
    ("SE", "1486"),
    ("SE", "1765"),
}


def first_digits():
    numbers = Actor.objects.values_list("country", "organisation_number")
    return {(country, number[:1]) for country, number in numbers}


def reached(field, kind_of):
    """Return of what kinds the addresses of actors and contacts are."""
    rows = [*Actor.objects.values_list(field, flat=True)]
    rows += Contact.objects.values_list(field, flat=True)
    return {kind_of(row) for row in rows if row}
