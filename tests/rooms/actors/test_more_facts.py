"""What more is said of an actor: from the file to the rows, and from whom each is known."""

from __future__ import annotations

import csv
import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from samskap.actors.actions import edit_actor, load_actors, register_actor
from samskap.actors.facts import ActorFacts, CodedIndustry, MoreFacts, SiteFacts
from samskap.actors.industries import industries, industry_of, title_of
from samskap.actors.models import Actor, ActorKind, FieldOrigin, Site
from samskap.actors.reading import check_actors, read_actors
from samskap.evidence.facts import PlaceCode, PlaceFacts
from samskap.evidence.models import Level, Source
from samskap.evidence.queries import place_by_code
from samskap.kernel.documents import read_document
from samskap.kernel.loading import Loaded
from samskap.strategy.keys import Factor, FocusAreaKey
from samskap.trust.audit import history_of
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role
from tests.world.factories import PlaceFactory, SourceFactory, in_each_language, in_norwegian
from tests.world.people import NOON, someone

TODAY = dt.date(2026, 11, 24)
MARCH_2024 = dt.date(2024, 3, 1)
FOLDER = os.environ.get("SAMSKAP_PUBLIC_DATA", "")
SN2025_FILES = sorted(Path(FOLDER).glob("sn2025*.csv")) if FOLDER else []

WHOLE = """\
codes-valid-on: 2026-11-24
demo: true
sources:
  - key: kart
    title: {nb: Kart, sv: Karta, en: Map}
    publisher: Kartverket
actors:
  - key: verftet
    kind: company
    name: {nb: Verftet AS, en: The Yard}
    organisation-number: "313001555"
    place: "3101"
    factors: {business: {nb: Bygger., sv: Bygger., en: Builds.}}
    source: kart
    legal-form: AS
    description: {nb: Bygger båter., sv: Bygger båtar., en: Builds boats.}
    web: https://verftet.example
    email: post@verftet.example
    phone: 69 00 00 00
    address: {street: Kaia 1, postcode: "1771", post-town: Halden, latitude: 59.1, longitude: 11.4}
    employees: {number: 40, on: 2024-03-01}
    founded-on: 1902-05-17
    status: active
    written-norm: nn
    focus-areas: [green-industry, digital]
    industry-codes: [SN2025 30.110, SN2007 30.1]
    sites:
      - name: Slippen
        place: "3110"
        address: {street: Brygga 2}
        employees: 6
"""
VERFTET = ActorFacts(
    kind=ActorKind.COMPANY,
    name=in_norwegian("Verftet AS"),
    factors={Factor.BUSINESS: in_each_language("Bygger")},
    place=PlaceCode("3101", on=TODAY),
    source="kart",
)


@pytest.fixture
def here():
    kart = SourceFactory(key="kart", retrieved_on=None)
    PlaceFactory(code="3101", named="Halden", source=kart)
    PlaceFactory(code="3110", named="Hvaler", source=kart)


def written(folder, text):
    path = folder / "actors.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def municipality(code):
    return PlaceFacts("NO", code, Level.MUNICIPALITY, in_norwegian(code), MARCH_2024, "kart")


def origins(actor: Actor) -> dict[str, tuple[str, str, dt.date]]:
    return {
        row.field: (row.source.key, row.confirmed_by, row.confirmed_on)
        for row in FieldOrigin.objects.filter(actor=actor)
    }


# The file -----------------------------------------------------------------------------------------


def test_file_may_say_all_we_keep_of_an_actor(tmp_path):
    facts = read_actors(written(tmp_path, WHOLE)).actors[0]

    assert facts.more == MoreFacts(
        legal_form="AS",
        description={"nb": "Bygger båter.", "sv": "Bygger båtar.", "en": "Builds boats."},
        web="https://verftet.example",
        email="post@verftet.example",
        phone="69 00 00 00",
        street="Kaia 1",
        postcode="1771",
        post_town="Halden",
        latitude=59.1,
        longitude=11.4,
        employees=40,
        employees_are_few=False,
        employees_on=MARCH_2024,
        founded_on=dt.date(1902, 5, 17),
        status="active",
        written_norm="nn",
        focus_areas=(FocusAreaKey.GREEN_INDUSTRY, FocusAreaKey.DIGITAL),
        industry_codes=(CodedIndustry("SN2025", "30.110"), CodedIndustry("SN2007", "30.1")),
        sites=(
            SiteFacts(
                "Slippen", PlaceCode("3110", on=TODAY), street="Brygga 2", employees=6
            ),
        ),
    )  # fmt: skip


def test_what_a_file_leaves_out_is_unsaid(tmp_path):
    short = "".join(f"{line}\n" for line in WHOLE.splitlines()[:14])

    assert read_actors(written(tmp_path, short)).actors[0].more == MoreFacts()


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("SN2025 30.110", "NACE 30.110", 26),
        ("{number: 40, on", "{number: 40, few: true, on", 21),
        ("latitude: 59.1, longitude: 11.4", "latitude: 59.1", 20),
        ("status: active", "status: asleep", 23),
        ('- name: Slippen\n        place: "3110"', '- name: Slippen\n        place: "3999"', 29),
        ("- name: Slippen", '- name: Slippen\n        organisation-number: "313001556"', 29),
    ],
)
def test_what_cannot_be_is_told_by_its_line(tmp_path, right, wrong, line):
    document = read_document(written(tmp_path, WHOLE.replace(right, wrong)))

    found = check_actors(document, places=[municipality("3101"), municipality("3110")])

    assert [fault.line for fault in found] == [line]


# The rows -----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("here")
def test_loading_keeps_everything_and_twice_changes_nothing(tmp_path):
    roster = read_actors(written(tmp_path, WHOLE))

    first = load_actors(roster=roster, by=OPERATOR, at=NOON, demo=True)
    before = list(FieldOrigin.objects.order_by("id").values())
    second = load_actors(roster=roster, by=OPERATOR, at=NOON + dt.timedelta(days=400), demo=True)

    actor = Actor.objects.get()
    assert (first, second) == (Loaded(created=1), Loaded(unchanged=1))
    assert [(code.standard, code.code, code.position) for code in actor.industry_codes.all()] == [
        ("SN2025", "30.110", 1),
        ("SN2007", "30.1", 2),
    ]
    assert [(site.name, site.place.code, site.employees) for site in actor.sites.all()] == [
        ("Slippen", "3110", 6)
    ]
    assert (actor.size, actor.written_norm, actor.post_town) == ("20-49", "nn", "Halden")
    assert list(FieldOrigin.objects.order_by("id").values()) == before


@pytest.mark.django_db
@pytest.mark.usefixtures("here")
def test_fields_of_a_file_are_as_old_as_the_look_at_its_source(tmp_path):
    Source.objects.filter(key="kart").update(retrieved_on=dt.date(2026, 2, 1))
    looked = WHOLE.replace("publisher: Kartverket", "publisher: X\n    retrieved-on: 2026-02-01")

    load_actors(roster=read_actors(written(tmp_path, looked)), by=OPERATOR, at=NOON, demo=True)

    actor = Actor.objects.get()
    found = origins(actor)
    assert found["phone"] == ("kart", "file", dt.date(2026, 2, 1))
    assert found["employees"] == ("kart", "file", MARCH_2024)
    assert set(found) == {
        "name", "official_name", "organisation_number", "kind", "legal_form", "status",
        "founded_on", "description", "factors", "focus_areas", "industry_codes", "employees",
        "place", "street", "sites", "web", "email", "phone", "written_norm",
    }  # fmt: skip
    # The employees were counted in March 2024 and keep for eighteen months.
    assert actor.stale_from == dt.date(2025, 9, 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("here")
def test_newer_look_at_the_source_confirms_what_it_says_already(tmp_path):
    def load(day):
        text = WHOLE.replace("publisher: Kartverket", f"publisher: X\n    retrieved-on: {day}")
        roster = read_actors(written(tmp_path, text))
        return load_actors(roster=roster, by=OPERATOR, at=NOON, demo=True)

    load("2026-02-01")

    assert load("2026-10-01") == Loaded(unchanged=1)
    assert origins(Actor.objects.get())["phone"][2] == dt.date(2026, 10, 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("here")
def test_registering_and_editing_say_who_vouches_for_what():
    secretariat = someone(Role.SECRETARIAT)
    SourceFactory(key="visit")
    earlier = NOON - dt.timedelta(days=300)
    actor = register_actor(
        facts=replace(VERFTET, more=MoreFacts(phone="69 00 00 00")), by=secretariat, at=earlier
    )

    edit_actor(
        actor=actor,
        facts=replace(VERFTET, more=MoreFacts(phone="69 11 11 11")),
        by=secretariat,
        at=NOON,
        source="visit",
    )

    found = origins(actor)
    assert found["phone"] == ("visit", "secretariat", TODAY)
    assert found["name"] == ("kart", "secretariat", dt.date(2026, 1, 28))
    assert actor.origins.get(field="phone").person == secretariat.person


@pytest.mark.django_db
@pytest.mark.usefixtures("here")
def test_emptied_field_is_forgotten_with_where_it_was_from():
    actor = register_actor(
        facts=replace(VERFTET, more=MoreFacts(phone="69 00 00 00")), by=OPERATOR, at=NOON
    )

    facts = replace(VERFTET, more=MoreFacts(phone=""))
    edit_actor(actor=actor, facts=facts, by=OPERATOR, at=NOON)

    assert "phone" not in origins(actor)
    # A number may be somebody's own: the trail says that it changed, and not from what.
    assert history_of(actor)[0].changes == {"phone": []}


@pytest.mark.django_db
@pytest.mark.usefixtures("here")
def test_site_that_moves_keeps_its_key_and_one_that_is_not_named_goes():
    slip = SiteFacts("Slippen", PlaceCode("3110", on=TODAY))
    shop = SiteFacts("Butikken", PlaceCode("3101", on=TODAY))
    actor = register_actor(
        facts=replace(VERFTET, more=MoreFacts(sites=(slip, shop))), by=OPERATOR, at=NOON
    )
    key = Site.objects.get(name="Slippen").key

    moved = replace(slip, place=PlaceCode("3101", on=TODAY), street="Kaia 9")
    facts = replace(VERFTET, more=MoreFacts(sites=(moved,)))
    edit_actor(actor=actor, facts=facts, by=OPERATOR, at=NOON)

    assert [(site.key, site.place.code, site.street) for site in actor.sites.all()] == [
        (key, "3101", "Kaia 9")
    ]
    (before, after) = history_of(actor)[0].changes["sites"]
    halden, hvaler = (str(place_by_code(code, on=TODAY).key) for code in ("3101", "3110"))
    assert [(site["name"], site["street"], site["place"]) for site in before] == [
        ("Butikken", "", halden),
        ("Slippen", "", hvaler),
    ]
    assert [(site["name"], site["street"], site["place"]) for site in after] == [
        ("Slippen", "Kaia 9", halden)
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("here")
def test_number_of_a_site_is_checked():
    site = SiteFacts("Slippen", PlaceCode("3110", on=TODAY), organisation_number="313001556")

    with pytest.raises(ValidationError, match="not an organisation number"):
        register_actor(facts=replace(VERFTET, more=MoreFacts(sites=(site,))), by=OPERATOR, at=NOON)

    assert Actor.objects.count() == 0


# Codes of industry --------------------------------------------------------------------------------


def test_each_standard_has_its_sections_and_divisions():
    counted = {
        standard: (
            sum(code.isalpha() for code in industries(standard)),
            sum(code.isdigit() for code in industries(standard)),
        )
        for standard in ("SN2007", "SN2025", "SNI2007", "SNI2025")
    }

    # NACE Rev. 2 has 21 sections and 88 divisions, NACE Rev. 2.1 has 22 and 87.
    assert counted == {
        "SN2007": (21, 88),
        "SNI2007": (21, 88),
        "SN2025": (22, 87),
        "SNI2025": (22, 87),
    }


@pytest.mark.parametrize(
    ("standard", "code", "section", "title"),
    [
        ("SN2007", "62.010", "J", "Programmering og IT-rådgivning"),
        ("SN2025", "62.100", "K", "Programmering og IT-rådgivning"),
        ("SN2007", "45.200", "G", "Handel med og reparasjon av motorvogner"),
        ("SN2025", "L", "L", "Finansiering og forsikring"),
        ("SN2007", "L", "L", "Omsetning og drift av fast eiendom"),
    ],
)
def test_code_means_what_its_standard_says(standard, code, section, title):
    found = industry_of(standard, code)

    assert (found.section, found.title["nb"]) == (section, title)


def test_code_that_the_standard_does_not_have_has_no_title():
    assert industry_of("SN2025", "45.200") is None
    assert title_of("SN2025", "45.200") == {}


def test_every_title_is_in_every_language():
    assert [
        (standard, each.code)
        for standard in ("SN2007", "SN2025")
        for each in industries(standard).values()
        if set(each.title) != {"nb", "sv", "en"} or not all(each.title.values())
    ] == []


if SN2025_FILES:

    @pytest.mark.parametrize("path", SN2025_FILES, ids=lambda path: path.name)
    def test_sections_of_2025_are_those_of_the_published_list(path):
        with path.open(encoding="utf-8-sig") as stream:
            every = list(csv.DictReader(stream, delimiter=";"))

        assert {code: each.section for code, each in industries("SN2025").items()} == {
            row["code"]: row["parentCode"] or row["code"]
            for row in every
            if row["level"] in {"1", "2"}
        }
