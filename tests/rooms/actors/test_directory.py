"""Who is who: found by name, factor, kind, place and side, by those who may see them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from samskap.actors.actions import load_actors
from samskap.actors.models import ActorKind
from samskap.actors.public import BEYOND, WHOLE_COUNTY, Selection, actor, find_actors
from samskap.actors.reading import read_actors
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor, Side
from samskap.trust.access import Reader, reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Role, Visibility
from tests.world.factories import ActorFactory, PartyFactory, SourceFactory, in_norwegian
from tests.world.region import FOLDER, NOON, TODAY, ostfold, place

pytestmark = pytest.mark.django_db


def names(**asked):
    return [str(line.name) for line in find_actors(Selection(**asked)).actors]


@pytest.fixture
def known():
    ostfold()
    load_actors(roster=read_actors(FOLDER / "actors.yaml"), by=OPERATOR, at=NOON)


@pytest.fixture
def firms():
    """A few firms with letters in them, in three places."""
    ostfold()
    ActorFactory(named="Årjäng Träförädling AB", country="SE", place=place("1765", country="SE"))
    ActorFactory(named="Haugaard Mek", place=place("3105"))
    ActorFactory(named="Glomma Såkorn AS", place=place("3107"), factors=[Factor.CAPITAL])
    ActorFactory(named="Ås Biogass SA", place=place("3218"))


@pytest.mark.usefixtures("known")
def test_everyone_is_found_in_norwegian_order():
    found = find_actors(size=50)

    assert found.total == 26
    assert [str(line.name) for line in found.actors] == [
        "Aremark kommune",
        "Borregaard ASA",
        "Enebakk kommune",
        "Fredrikstad kommune",
        "Frogn kommune",
        "Halden kommune",
        "Hvaler kommune",
        "Høgskolen i Østfold",
        "Indre Østfold kommune",
        "Innovasjon Norge",
        "Marker kommune",
        "Moss kommune",
        "Nesodden kommune",
        "Nordre Follo kommune",
        "Norges miljø- og biovitenskapelige universitet (NMBU)",
        "Rakkestad kommune",
        "Råde kommune",
        "Sarpsborg kommune",
        "Skiptvet kommune",
        "SpareBank 1 Østfold Akershus",
        "Statsforvalteren i Østfold, Buskerud, Oslo og Akershus",
        "Sykehuset Østfold HF",
        "Vestby kommune",
        "Våler kommune",
        "Østfold fylkeskommune",
        "Ås kommune",
    ]


@pytest.mark.usefixtures("known")
def test_sarpsborg_is_found_as_the_public_authority_of_its_place():
    assert names(factors=("public-authority",), places=("3105",)) == [
        "Sarpsborg kommune",
        "Sykehuset Østfold HF",
    ]
    assert names(kinds=("municipality",), places=("3105",)) == ["Sarpsborg kommune"]


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ÅRJÄNG", ["Årjäng Träförädling AB"]),
        ("arjang", ["Årjäng Träförädling AB"]),
        ("årjæng træ", ["Årjäng Träförädling AB"]),
        ("haugård", ["Haugaard Mek"]),
        ("haugaard", ["Haugaard Mek"]),
        ("sakorn glomma", ["Glomma Såkorn AS"]),
        ("fredrikstad", ["Glomma Såkorn AS"]),
        ("aas", ["Ås Biogass SA"]),
        ("biogass, ås", ["Ås Biogass SA"]),
        ("biogass moss", []),
        ("100%", []),
    ],
)
def test_search_folds_case_accents_and_letters(query, found):
    assert names(query=query) == found


@pytest.mark.usefixtures("known")
def test_number_is_searched_too():
    assert names(query="998753562") == ["Borregaard ASA"]


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize(
    ("places", "found"),
    [
        (("3105",), ["Haugaard Mek"]),
        (("SE-1765",), ["Årjäng Träförädling AB"]),
        (("SE-17",), ["Årjäng Träförädling AB"]),
        (("31",), ["Glomma Såkorn AS", "Haugaard Mek"]),
        (("nedre-glomma",), ["Glomma Såkorn AS", "Haugaard Mek"]),
        ((BEYOND,), ["Årjäng Träförädling AB", "Ås Biogass SA"]),
        ((BEYOND, "3107"), ["Glomma Såkorn AS", "Årjäng Träförädling AB", "Ås Biogass SA"]),
        ((WHOLE_COUNTY,), []),
        (("3003",), []),
        (("9999",), []),
    ],
)
def test_place_holds_what_lies_inside_it(places, found):
    assert names(places=places) == found


def test_whole_county_is_those_who_work_for_more_of_it_than_one_municipality():
    ostfold()
    ActorFactory(named="Fylket", place=place("31"))
    ActorFactory(named="Haldenregionen", place=place("halden"))
    ActorFactory(named="Halden", place=place("3101"))

    assert names(places=(WHOLE_COUNTY,)) == ["Fylket", "Haldenregionen"]


@pytest.mark.usefixtures("firms")
def test_values_of_one_filter_are_alternatives_and_filters_are_met_together():
    ActorFactory(
        named="Spleiselaget",
        place=place("3107"),
        kind=ActorKind.INVESTOR,
        side=Side.EMPLOYER,
        factors=[Factor.CAPITAL, Factor.ENTREPRENEURSHIP],
    )

    assert names(factors=("capital", "entrepreneurship")) == ["Glomma Såkorn AS", "Spleiselaget"]
    assert names(factors=("capital",), kinds=("investor",)) == ["Spleiselaget"]
    assert names(sides=("employer",), places=("3105",)) == []
    assert names(factors=("capital",), sides=("employer",)) == ["Spleiselaget"]


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize("value", ["", "\x00", "nowhere", "' or 1=1 --", "å"])
@pytest.mark.parametrize("name", ["factors", "kinds", "places", "sides"])
def test_value_that_means_nothing_finds_nobody_and_harms_nothing(name, value):
    found = find_actors(Selection(**{name: (value,)}))

    assert (found.total, found.actors) == (0, ())
    assert names(query="\x00") == names()


@pytest.mark.usefixtures("firms")
def test_facets_count_what_each_choice_would_find_with_the_other_filters_as_they_are():
    ActorFactory(
        named="Begge Deler AS",
        place=place("3107"),
        kind=ActorKind.INVESTOR,
        side=Side.EMPLOYER,
        factors=[Factor.CAPITAL, Factor.BUSINESS],
    )

    found = find_actors(Selection(factors=("capital",), places=("3107",)))

    # By hand: in Fredrikstad are Glomma Såkorn (capital) and Begge Deler (capital, business).
    assert found.total == 2
    assert {key: count for key, count in found.facets.factors.items() if count} == {
        Factor.CAPITAL: 2,
        Factor.BUSINESS: 1,
    }
    assert {key: count for key, count in found.facets.kinds.items() if count} == {
        ActorKind.COMPANY: 1,
        ActorKind.INVESTOR: 1,
    }
    # Capital is found in Fredrikstad alone, whichever place is chosen.
    assert {key: count for key, count in found.facets.places.items() if count} == {"3107": 2}
    assert found.facets.sides == {Side.AUTHORITY: 0, Side.EMPLOYER: 1, Side.EMPLOYEE: 0}


@pytest.mark.usefixtures("firms")
def test_place_filter_offers_the_twelve_the_whole_county_and_beyond_in_that_order():
    assert list(find_actors().facets.places) == [
        "3124",
        "3107",
        "3101",
        "3110",
        "3118",
        "3122",
        "3103",
        "3120",
        "3112",
        "3105",
        "3116",
        "3114",
        WHOLE_COUNTY,
        BEYOND,
    ]


# Who may see -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("firms")
def test_actor_kept_to_the_secretariat_is_in_no_list_no_count_and_no_page():
    hidden = ActorFactory(
        named="Hemmelig Frø AS",
        place=place("3105"),
        factors=[Factor.CAPITAL],
        kind=ActorKind.INVESTOR,
        side=Side.EMPLOYER,
        visibility=Visibility.SECRETARIAT,
    )
    secretariat = reader_for(OPERATOR, on=TODAY)

    open_to_all = find_actors(Selection(places=("3105",)))
    seen_by_secretariat = find_actors(Selection(places=("3105",)), reader=secretariat)

    assert [str(line.name) for line in open_to_all.actors] == ["Haugaard Mek"]
    assert open_to_all.total == 1
    assert open_to_all.facets.factors[Factor.CAPITAL] == 0
    assert open_to_all.facets.kinds[ActorKind.INVESTOR] == 0
    assert open_to_all.facets.places["3105"] == 1
    assert open_to_all.facets.sides[Side.EMPLOYER] == 0
    assert names(query="hemmelig") == []
    assert actor(hidden.slug) is None

    assert seen_by_secretariat.total == 2
    assert seen_by_secretariat.facets.factors[Factor.CAPITAL] == 1
    assert str(actor(hidden.slug, reader=secretariat).line.name) == "Hemmelig Frø AS"


def test_each_reader_sees_what_is_for_them():
    own, others = PartyFactory(), PartyFactory()
    ActorFactory(named="For alle", visibility=Visibility.PUBLIC)
    ActorFactory(named="For partnerne", visibility=Visibility.PARTNERS)
    ActorFactory(named="For en", visibility=Visibility.PARTY, visible_to_party=own)
    ActorFactory(named="For oss", visibility=Visibility.SECRETARIAT)

    def seen(role, party=None):
        reader = Reader(
            roles=frozenset({role}),
            parties=frozenset([party.pk] if party else []),
            is_signed_in=True,
        )
        return [str(line.name) for line in find_actors(reader=reader).actors]

    assert names() == ["For alle"]
    assert seen(Role.COMPANY_MEMBER, others) == ["For alle"]
    assert seen(Role.COMPANY_MEMBER, own) == ["For alle", "For en"]
    assert seen(Role.PARTNER_REPRESENTATIVE, others) == ["For alle", "For partnerne"]
    assert seen(Role.AUDITOR) == ["For alle", "For en", "For oss", "For partnerne"]


def test_source_that_the_reader_may_not_see_is_not_told_nor_what_it_says():
    talk = SourceFactory(key="samtale", visibility=Visibility.SECRETARIAT)
    told = ActorFactory(source=talk, source_note=in_norwegian("Nevnt i en samtale"))

    assert actor(told.slug).source is None
    assert actor(told.slug).source_note == LocalisedText()
    seen = actor(told.slug, reader=reader_for(OPERATOR, on=TODAY))
    assert (seen.source.key, str(seen.source_note)) == ("samtale", "Nevnt i en samtale")


# One actor ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("known")
def test_actors_sheet_says_who_why_where_and_where_it_is_from():
    sheet = actor("innovasjon-norge")

    assert (sheet.line.kind, sheet.line.organisation_number, str(sheet.line.place.name)) == (
        ActorKind.STATE_BODY,
        "986399445",
        "Oslo",
    )
    assert [reason.factor for reason in sheet.reasons] == [Factor.PUBLIC_AUTHORITY, Factor.CAPITAL]
    assert all(set(reason.text) == {"nb", "sv", "en"} for reason in sheet.reasons)
    assert sheet.source.publisher == "Brønnøysundregistrene"
    assert not sheet.line.is_demo


def test_address_that_nobody_has_is_nobody():
    assert actor("ingen") is None


# Order, pages and cost ---------------------------------------------------------------------------


def test_names_stand_in_the_order_of_the_readers_language():
    for nb, en in (
        ("Høgskolen", "University College"),
        ("Innovasjon", "Innovation"),
        ("Åpen", "Open"),
    ):
        ActorFactory(name=LocalisedText(nb=nb, en=en), named=nb)

    with translation.override("nb"):
        assert names() == ["Høgskolen", "Innovasjon", "Åpen"]
    with translation.override("sv"):
        assert names() == ["Høgskolen", "Innovasjon", "Åpen"]
    with translation.override("en"):
        assert names() == ["Innovation", "Open", "University College"]


def test_pages_together_hold_everyone_once():
    ActorFactory.create_batch(7)

    pages = [find_actors(page=page, size=3) for page in (1, 2, 3)]

    assert [len(page.actors) for page in pages] == [3, 3, 1]
    assert len({line.slug for page in pages for line in page.actors}) == 7
    assert {(page.total, page.pages) for page in pages} == {(7, 3)}
    assert (find_actors(page=99, size=3).page, find_actors(page=-1, size=3).page) == (3, 1)


def test_nobody_found_is_one_empty_page():
    found = find_actors(Selection(query="ingen"))

    assert (found.total, found.page, found.pages, found.actors) == (0, 1, 1, ())


def test_directory_asks_the_database_as_often_for_three_as_for_one():
    ostfold()
    ActorFactory(factors=list(Factor))
    with CaptureQueriesContext(connection) as for_one:
        find_actors()
    ActorFactory.create_batch(2, factors=list(Factor))
    with CaptureQueriesContext(connection) as for_three:
        found = find_actors()
    with CaptureQueriesContext(connection) as unchanged:
        find_actors()
    everything = Selection(
        query="bedrift",
        factors=("business",),
        kinds=("company",),
        places=("31", "SE-17", BEYOND),
        sides=("employer",),
        industries=("C", "64"),
        focus_areas=("digital",),
        memberships=("none", "former"),
        sizes=("unknown",),
        statuses=("active",),
    )
    with CaptureQueriesContext(connection) as filtered:
        find_actors(everything)

    assert found.total == 3
    assert len(for_one) == len(for_three) == 8
    assert len(unchanged) == 5
    assert len(filtered) <= 9


def test_before_a_region_is_loaded_the_directory_still_opens():
    ActorFactory(named="Først ute AS")

    found = find_actors()

    assert [str(line.name) for line in found.actors] == ["Først ute AS"]
    assert found.facets.places == {WHOLE_COUNTY: 0, BEYOND: 1}
