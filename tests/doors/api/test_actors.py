from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from samskap.actors.facts import CodedIndustry, MoreFacts, SiteFacts
from samskap.actors.models import Actor, ActorKind
from samskap.evidence.facts import PlaceCode
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor, FocusAreaKey
from samskap.trust.models import Party, Role, Visibility
from tests.doors.api import world
from tests.world import people

TODAY = dt.date(2026, 11, 24)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ostfold")]


def slugs(answer) -> list[str]:
    assert answer.status_code == 200
    assert answer.json()["count"] == len(answer.json()["items"])
    return [actor["slug"] for actor in answer.json()["items"]]


def signed_in(role: Role, *, party: Party | None = None) -> Client:
    caller = Client()
    caller.force_login(people.someone(role, party=party))
    return caller


def test_an_actor_is_told_with_what_it_contributes_where_and_how_we_know(caller):
    row = world.municipality(
        "sarpsborg-kommune", "Sarpsborg kommune", "3105", organisation_number="938 801 363"
    )

    answer = caller.get("/api/v1/actors/sarpsborg-kommune")

    assert answer.json() == {
        "key": str(row.key),
        "slug": "sarpsborg-kommune",
        "name": {"nb": "Sarpsborg kommune", "sv": None, "en": None},
        "official_name": "Sarpsborg kommune",
        "organisation_number": "938801363",
        "country": "NO",
        "kind": "municipality",
        "factors": [
            {
                "factor": "public-authority",
                "reason": {"nb": "En kommune.", "sv": None, "en": None},
            }
        ],
        "side": "authority",
        "place": {
            "key": "3105",
            "country": "NO",
            "code": "3105",
            "valid_from": "2024-01-01",
            "name": {"nb": "Sarpsborg", "sv": None, "en": None},
        },
        "source": {
            "key": "codes",
            "title": {"nb": "Kodene", "sv": "Koderna", "en": "The codes"},
            "publisher": "Et register",
            "year": None,
            "url": None,
            "licence": None,
            "retrieved_on": None,
        },
        "source_note": {"nb": None, "sv": None, "en": None},
        "is_example": False,
        "visibility": "public",
        "legal_form": None,
        "description": {"nb": None, "sv": None, "en": None},
        "web": None,
        "email": None,
        "phone": None,
        "address": {
            "street": None,
            "postcode": None,
            "post_town": None,
            "latitude": None,
            "longitude": None,
        },
        "employees": None,
        "employees_on": None,
        "size": "unknown",
        "founded_on": None,
        "status": "active",
        "written_norm": None,
        "focus_areas": [],
        "industry_codes": [],
        "sites": [],
        "origins": [
            {
                "fact": fact,
                "source": "codes",
                "confirmed_by": "secretariat",
                "confirmed_on": TODAY.isoformat(),
                "stale_from": stale_from,
                "is_stale": False,
            }
            for fact, stale_from in (
                ("name", "2028-11-24"),
                ("official_name", "2028-11-24"),
                ("organisation_number", "2031-11-24"),
                ("kind", "2029-11-24"),
                ("factors", "2028-11-24"),
                ("side", "2029-11-24"),
                ("place", "2028-11-24"),
            )
        ],
    }


def test_an_actor_is_told_with_all_that_more_is_known_of_it(caller):
    more = MoreFacts(
        legal_form="AS",
        web="https://verft.example",
        street="Kaia 1",
        latitude=59.1,
        longitude=11.4,
        employees=40,
        employees_on=dt.date(2024, 3, 1),
        focus_areas=(FocusAreaKey.DIGITAL,),
        industry_codes=(CodedIndustry("SN2025", "30.110"),),
        sites=(SiteFacts("Slippen", PlaceCode("3110", on=TODAY), employees=6),),
    )
    world.actor("verft", "Verft AS", more=more)

    told = caller.get("/api/v1/actors/verft").json()

    assert (told["legal_form"], told["web"], told["size"]) == (
        "AS",
        "https://verft.example",
        "20-49",
    )
    assert (told["employees"], told["employees_on"]) == (40, "2024-03-01")
    assert (told["address"]["street"], told["address"]["latitude"]) == ("Kaia 1", 59.1)
    assert told["focus_areas"] == ["digital"]
    assert [
        (code["standard"], code["code"], code["section"]) for code in told["industry_codes"]
    ] == [("SN2025", "30.110", "C")]
    assert [(site["name"], site["place"], site["employees"]) for site in told["sites"]] == [
        ("Slippen", "3110", 6)
    ]


def test_name_of_one_that_was_merged_leads_to_the_one_that_was_kept(caller):
    kept = world.actor("verft", "Verft AS")
    world.actor("verftet", "Verftet AS")
    Actor.objects.filter(slug="verftet").update(merged_into=kept)

    answer = caller.get("/api/v1/actors/verftet")

    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/actors/verft")


def test_an_actor_is_found_by_its_key_as_by_its_name_in_addresses(caller):
    row = world.actor("verft", "Verft AS")

    by_key = caller.get(f"/api/v1/actors/{row.key}")

    assert by_key.json() == caller.get("/api/v1/actors/verft").json()


def test_actors_come_in_norwegian_order(caller):
    for name in ("Ås", "Zeta", "Aasgaard", "Ørje", "Ærlig", "Aremark"):
        world.actor(name.lower().translate(str.maketrans("æøå", "aoa")), name)

    names = [actor["name"]["nb"] for actor in caller.get("/api/v1/actors").json()["items"]]

    assert names == ["Aremark", "Zeta", "Ærlig", "Ørje", "Ås", "Aasgaard"]


@pytest.fixture
def four(request):
    request.getfixturevalue("ostfold")
    world.municipality("sarpsborg", "Sarpsborg kommune", "3105")
    world.municipality("halden", "Halden kommune", "3101")
    world.actor("verft", "Verft AS")
    world.actor(
        "hage",
        "Gründerhage",
        kind=ActorKind.INCUBATOR,
        factors={
            Factor.ENTREPRENEURSHIP: LocalisedText(nb="Hjelper nye bedrifter."),
            Factor.CAPITAL: LocalisedText(nb="Gir lån."),
        },
        place=PlaceCode("3101", on=world.TODAY),
    )


@pytest.mark.usefixtures("four")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["hage", "halden", "sarpsborg", "verft"]),
        ("factor=public-authority", ["halden", "sarpsborg"]),
        ("factor=public-authority&place=3105", ["sarpsborg"]),
        ("factor=capital&factor=business", ["hage", "verft"]),
        ("factor=capital&place=3105", []),
        ("kind=incubator&kind=municipality", ["hage", "halden", "sarpsborg"]),
        ("side=authority", ["halden", "sarpsborg"]),
        ("side=employee", []),
        ("place=31", ["hage", "halden", "sarpsborg", "verft"]),
        ("place=3101&place=3105", ["hage", "halden", "sarpsborg", "verft"]),
        ("place=SE-1486", []),
        ("q=grunder", ["hage"]),
        ("q=KOMMUNE+halden", ["halden"]),
        ("q=%25", ["hage", "halden", "sarpsborg", "verft"]),
    ],
)
def test_the_list_can_be_narrowed(caller, asked, found):
    assert slugs(caller.get(f"/api/v1/actors?{asked}")) == found


def test_a_code_that_means_no_place_today_is_told_and_not_passed_over(caller, today):
    gone = caller.get("/api/v1/actors?place=3003&place=3105&lang=en")

    assert gone.status_code == 422
    assert gone.json()["errors"] == [
        {"where": "query", "name": "place", "detail": "No place has the code “3003” today."}
    ]
    today(dt.date(2021, 6, 1))
    assert caller.get("/api/v1/actors?place=3003").status_code == 200


def test_what_the_secretariat_alone_may_see_is_not_there_for_others(caller):
    world.actor("open", "Åpen AS")
    hidden = world.hidden("hidden", "Skjult AS")

    for reader in (
        caller,
        signed_in(Role.PARTNER_REPRESENTATIVE),
        signed_in(Role.COMPANY_MEMBER),
        signed_in(Role.ADMINISTRATOR),
    ):
        assert slugs(reader.get("/api/v1/actors")) == ["open"]
        assert slugs(reader.get("/api/v1/actors?q=skjult")) == []
        assert reader.get("/api/v1/actors/hidden").status_code == 404
        assert reader.get(f"/api/v1/actors/{hidden.key}").status_code == 404
        never = reader.get("/api/v1/actors/nothing").json()
        not_theirs = reader.get("/api/v1/actors/hidden").json()
        assert {**not_theirs, "instance": "", "detail": ""} == {
            **never,
            "instance": "",
            "detail": "",
        }


def test_the_secretariat_and_the_auditor_see_what_is_hidden():
    world.actor("open", "Åpen AS")
    world.hidden("hidden", "Skjult AS")

    for reader in (signed_in(Role.SECRETARIAT), signed_in(Role.AUDITOR)):
        assert slugs(reader.get("/api/v1/actors")) == ["hidden", "open"]
        assert reader.get("/api/v1/actors/hidden").json()["visibility"] == "secretariat"


def test_what_is_for_partners_or_for_one_party_is_theirs(caller):
    party = Party.objects.create()
    world.actor("partners", "For partnerne AS", visibility=Visibility.PARTNERS)
    world.hidden("theirs", "Sitt AS", party=party)

    assert slugs(caller.get("/api/v1/actors")) == []
    assert slugs(signed_in(Role.PARTNER_REPRESENTATIVE).get("/api/v1/actors")) == ["partners"]
    assert slugs(signed_in(Role.COMPANY_MEMBER, party=party).get("/api/v1/actors")) == ["theirs"]


def test_what_one_reader_sees_is_never_kept_for_another(caller):
    assert caller.get("/api/v1/actors").headers["Cache-Control"] == "public, max-age=60"

    answer = signed_in(Role.SECRETARIAT).get("/api/v1/actors")

    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer.headers["Vary"].split(", ")


def test_a_hidden_source_is_not_told_with_the_actor(caller):
    world.source("inside", visibility=Visibility.SECRETARIAT)
    world.actor("verft", "Verft AS", source="inside")

    assert caller.get("/api/v1/actors/verft").json()["source"] is None
    assert caller.get("/api/v1/actors").json()["items"][0]["source"] is None
    told = signed_in(Role.SECRETARIAT).get("/api/v1/actors/verft").json()["source"]
    assert told["key"] == "inside"


def test_the_list_asks_the_database_as_much_for_one_actor_as_for_three(
    caller, django_assert_num_queries
):
    world.actor("one", "En AS")
    with django_assert_num_queries(4):  # rows with places, factors, sources, the count
        assert len(slugs(caller.get("/api/v1/actors"))) == 1
    world.municipality("two", "To kommune", "3101")
    world.actor("three", "Tre AS", place=PlaceCode("3110", on=world.TODAY))
    with django_assert_num_queries(4):
        assert len(slugs(caller.get("/api/v1/actors"))) == 3
