"""One selection for list, map, network and file: every filter, every order, and its address."""

from __future__ import annotations

import csv
import datetime as dt
from io import BytesIO, StringIO
from itertools import combinations
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from samskap.actors import queries
from samskap.actors.changes import forget_old_changes, mark
from samskap.actors.choices import Belonging, Freshness
from samskap.actors.compute.directory import select
from samskap.actors.compute.memberships import members
from samskap.actors.models import (
    Actor,
    ActorFocusArea,
    Basis,
    Contact,
    DirectoryChange,
    IndustryCode,
    Membership,
    Size,
    Tie,
)
from samskap.actors.public import (
    Selection,
    filters_offered,
    find_actors,
    in_address,
    selection_in,
    where_found,
    write_directory,
)
from samskap.actors.search import search_actors
from samskap.actors.sections import section_of
from samskap.strategy.keys import Factor, FocusAreaKey
from samskap.trust.access import PUBLIC, reader_for
from samskap.trust.doers import OPERATOR
from samskap.trust.models import Visibility
from tests.world.factories import ActorFactory, in_norwegian
from tests.world.region import TODAY, ostfold, place

pytestmark = pytest.mark.django_db


def names(reader=PUBLIC, **asked):
    found = find_actors(Selection(**asked), reader=reader, on=TODAY)
    return [str(line.name) for line in found.actors]


def coded(actor, *codes: tuple[str, str]):
    for position, (standard, code) in enumerate(codes, 1):
        IndustryCode.objects.create(
            actor=actor, standard=standard, code=code, position=position, source=actor.source
        )


def member(actor, kind, first, end=None, **more):
    return Membership.objects.create(
        actor=actor,
        kind=kind,
        valid_from=first,
        valid_to=end,
        visibility=more.pop("visibility", Visibility.PUBLIC),
        **more,
    )


def tie(one, other, **more):
    return Tie.objects.create(
        kind="supplies",
        from_actor=one,
        to_actor=other,
        source=one.source,
        visibility=more.pop("visibility", Visibility.PUBLIC),
        **more,
    )


@pytest.fixture
def firms():
    """Four firms that differ in everything a filter asks for."""
    ostfold()
    saw = ActorFactory(
        named="Ankerbruket AS",
        place=place("3105"),
        description=in_norwegian("Skjærer gran til bjelker"),
        employees=120,
        known_since=dt.date(2024, 3, 1),
    )
    coded(saw, ("SN2007", "16.102"), ("SN2025", "16.110"))
    bank = ActorFactory(
        named="Bølgen Sparebank",
        place=place("3107"),
        factors=[Factor.CAPITAL],
        employees=30,
        known_since=dt.date(2026, 1, 5),
    )
    coded(bank, ("SN2007", "64.190"))
    code = ActorFactory(
        named="Code Øst AS",
        place=place("3107"),
        employees=7,
        known_since=dt.date(2025, 7, 1),
        stale_from=dt.date(2026, 1, 1),
    )
    coded(code, ("SN2025", "62.100"))
    garage = ActorFactory(named="Dekk og bil AS", place=place("3101"), known_since=None)
    coded(garage, ("SN2007", "45.200"))
    ActorFocusArea.objects.create(actor=saw, focus_area=FocusAreaKey.BIOECONOMY)
    ActorFocusArea.objects.create(actor=code, focus_area=FocusAreaKey.DIGITAL)
    member(saw, "partner", dt.date(2024, 1, 1))
    member(bank, "observer", dt.date(2024, 1, 1))
    member(code, "partner", dt.date(2022, 1, 1), dt.date(2023, 1, 1))
    tie(saw, bank)
    tie(code, bank)
    return {"saw": saw, "bank": bank, "code": code, "garage": garage}


# Industry -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("C", ["Ankerbruket AS"]),
        ("16", ["Ankerbruket AS"]),
        ("16.1", ["Ankerbruket AS"]),
        ("16.102", ["Ankerbruket AS"]),
        ("16.2", []),
        ("1", []),
        # K is telecom and software today, and was finance and insurance in SN2007.
        ("K", ["Code Øst AS"]),
        ("SN2007-K", ["Bølgen Sparebank"]),
        ("SN2025-K", ["Code Øst AS"]),
        ("L", ["Bølgen Sparebank"]),
        ("SN2025-64", []),
        ("SN2007-64", ["Bølgen Sparebank"]),
        # Division 45 is gone from SN2025; it was trade.
        ("G", ["Dekk og bil AS"]),
        ("45", ["Dekk og bil AS"]),
        ("V", []),
        ("SN2007-V", []),
        ("Z", []),
        ("16%", []),
    ],
)
def test_industry_is_asked_for_by_section_division_or_finer_code_of_any_standard(key, found):
    assert names(industries=(key,)) == found


def test_section_of_an_older_letter_is_where_its_first_division_is_today():
    # SN2007's J began with 58, publishing, which is J today; its M with 69, law, today's N.
    assert [section_of("SN2007", each) for each in ("J", "M", "U")] == ["J", "N", "V"]
    assert section_of("SN2007", "34.1") == ""


# The other new filters ----------------------------------------------------------------------------


@pytest.mark.usefixtures("firms")
def test_focus_area_size_status_and_membership_narrow_too():
    assert names(focus_areas=("digital",)) == ["Code Øst AS"]
    assert names(sizes=("50-249",)) == ["Ankerbruket AS"]
    assert names(sizes=("unknown",)) == ["Dekk og bil AS"]
    assert names(statuses=("bankrupt",)) == []
    assert names(memberships=("partner",)) == ["Ankerbruket AS"]
    assert names(memberships=("former", "observer")) == ["Bølgen Sparebank", "Code Øst AS"]
    assert names(memberships=("none",)) == ["Dekk og bil AS"]


def test_one_that_is_to_be_a_member_is_the_same_in_the_directory_as_among_the_partners(firms):
    member(firms["garage"], "partner", TODAY + dt.timedelta(days=1))
    member(firms["code"], "observer", TODAY + dt.timedelta(days=30))
    region = queries.home_region(on=TODAY)

    coming = Selection(memberships=("coming",))
    found = find_actors(coming, on=TODAY)

    # Code Øst was a partner, and is to be an observer: what is ahead tells more than what is over.
    assert [str(row.line.name) for row in found.rows] == ["Code Øst AS", "Dekk og bil AS"]
    assert found.facets.memberships == {
        Belonging.PARTNER: 1,
        Belonging.OBSERVER: 1,
        Belonging.COMING: 2,
        Belonging.FORMER: 0,
        Belonging.NONE: 0,
    }
    assert [names(memberships=(each.value,)) for each in (Belonging.FORMER, Belonging.NONE)] == [
        [],
        [],
    ]
    selected = select(coming, reader=PUBLIC, region=region, on=TODAY)
    assert {str(each.name) for each in selected} == {"Code Øst AS", "Dekk og bil AS"}
    assert {str(each.actor.name): each.belonging for each in members(reader=PUBLIC, on=TODAY)} == {
        "Ankerbruket AS": Belonging.PARTNER,
        "Bølgen Sparebank": Belonging.OBSERVER,
        "Code Øst AS": Belonging.COMING,
        "Dekk og bil AS": Belonging.COMING,
    }


def test_membership_that_the_reader_may_not_see_is_none(firms):
    Membership.objects.all().update(visibility=Visibility.SECRETARIAT)
    secretariat = reader_for(OPERATOR, on=TODAY)

    assert names(memberships=("partner",)) == []
    assert names(reader=secretariat, memberships=("partner",)) == ["Ankerbruket AS"]
    row = find_actors(Selection(query="ankerbruket"), on=TODAY).rows[0]
    assert row.belonging == Belonging.NONE
    del firms


@pytest.mark.usefixtures("firms")
def test_how_fresh_it_is_is_told_at_the_desk_and_not_to_the_public():
    secretariat = reader_for(OPERATOR, on=TODAY)
    seen = find_actors(Selection(freshness=("stale",)), reader=secretariat, on=TODAY)
    public = find_actors(Selection(freshness=("stale",)), on=TODAY)

    assert [(str(row.line.name), row.is_stale) for row in seen.rows] == [("Code Øst AS", True)]
    assert seen.facets.freshness == {Freshness.FRESH: 3, Freshness.STALE: 1}
    assert (public.total, public.facets.freshness) == (0, {})
    assert [row.is_stale for row in find_actors(on=TODAY).rows] == [False] * 4


@pytest.mark.usefixtures("firms")
def test_counts_beside_the_new_filters_are_what_each_would_find_with_the_rest_as_now():
    facets = find_actors(Selection(places=("3107",), industries=("K",)), on=TODAY).facets

    # By hand: in Fredrikstad are the bank (L) and Code Øst (K); of industry K is Code Øst alone.
    assert {key: n for key, n in facets.industries.items() if n} == {"K": 1, "L": 1}
    assert {key: n for key, n in facets.places.items() if n} == {"3107": 1}
    assert {key: n for key, n in facets.sizes.items() if n} == {Size.SMALL: 1}
    assert {key: n for key, n in facets.focus_areas.items() if n} == {FocusAreaKey.DIGITAL: 1}
    assert {key: n for key, n in facets.memberships.items() if n} == {Belonging.FORMER: 1}


@pytest.mark.usefixtures("firms")
def test_list_and_everything_else_that_is_made_of_a_selection_find_the_same():
    filters = {
        "query": "a",
        "factors": ("capital", "business"),
        "places": ("3107", "3105"),
        "industries": ("K", "16.1", "SN2007-64"),
        "focus_areas": ("digital", "bioeconomy"),
        "memberships": ("former", "partner"),
        "sizes": ("5-19", "50-249"),
        "statuses": ("active",),
        "freshness": ("stale",),
    }
    region = queries.home_region(on=TODAY)
    for reader in (PUBLIC, reader_for(OPERATOR, on=TODAY)):
        for chosen in [*combinations(filters, 1), *combinations(filters, 2)]:
            selection = Selection(**{name: filters[name] for name in chosen})
            listed = find_actors(selection, reader=reader, on=TODAY)
            selected = select(selection, reader=reader, region=region, on=TODAY)

            assert {line.slug for line in listed.actors} == {each.slug for each in selected}


# Order --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("name", "Ankerbruket AS|Bølgen Sparebank|Code Øst AS|Dekk og bil AS"),
        ("recent", "Bølgen Sparebank|Code Øst AS|Ankerbruket AS|Dekk og bil AS"),
        ("size", "Ankerbruket AS|Bølgen Sparebank|Code Øst AS|Dekk og bil AS"),
        # The bank has two ties, the saw and Code Øst one each, in Norwegian order.
        ("ties", "Bølgen Sparebank|Ankerbruket AS|Code Øst AS|Dekk og bil AS"),
    ],
)
def test_the_order_is_what_was_asked_for_and_then_the_name(sort, found):
    assert names(sort=sort) == found.split("|")


def test_ties_that_the_reader_may_not_see_move_nobody(firms):
    for _ in range(3):
        tie(firms["garage"], firms["code"], visibility=Visibility.SECRETARIAT)

    assert names(sort="ties")[0] == "Bølgen Sparebank"
    assert names(reader=reader_for(OPERATOR, on=TODAY), sort="ties")[0] == "Code Øst AS"


def test_those_whose_name_begins_as_the_query_stand_first():
    ostfold()
    ActorFactory(named="Aker Mosseprodukter", place=place("3105"))
    ActorFactory(named="Verket", place=place("3103"))
    ActorFactory(named="Mosseregionens næringsutvikling", place=place("3105"))

    assert names(query="moss") == [
        "Mosseregionens næringsutvikling",
        "Aker Mosseprodukter",
        "Verket",
    ]


# Search -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("bjelker", ["Ankerbruket AS"]),
        ("skjaerer", ["Ankerbruket AS"]),
        ("16.102", ["Ankerbruket AS"]),
        ("trelast", ["Ankerbruket AS"]),
        ("forsikring", ["Bølgen Sparebank"]),
        ("code 62", ["Code Øst AS"]),
        ("", []),
    ],
)
def test_search_looks_in_descriptions_and_industries_too(query, found):
    hits = search_actors(query, reader=PUBLIC, language="nb", on=TODAY)

    assert [str(line.name) for line in hits.actors] == found


@pytest.mark.usefixtures("firms")
@pytest.mark.parametrize("typed", ["ankerbrukt", "anekrbruket", "Ankerburket"])
def test_a_mistyped_name_says_who_may_have_been_meant(typed):
    hits = search_actors(typed, reader=PUBLIC, language="nb", on=TODAY)

    assert (hits.actors, [str(line.name) for line in hits.suggestions]) == (
        (),
        ["Ankerbruket AS"],
    )
    assert find_actors(Selection(query=typed), on=TODAY).suggestions == hits.suggestions


def test_nobody_hidden_is_suggested(firms):
    Actor.objects.filter(pk=firms["saw"].pk).update(visibility=Visibility.SECRETARIAT)

    assert search_actors("ankerbrukt", reader=PUBLIC, language="nb", on=TODAY).suggestions == ()


def test_people_at_an_actor_are_looked_for_by_nobody(firms):
    Contact.objects.create(
        actor=firms["saw"],
        name="Synnøve Fjeldstad",
        basis=Basis.LEGITIMATE_INTEREST,
        source=firms["saw"].source,
        since=TODAY,
    )

    for reader in (PUBLIC, reader_for(OPERATOR, on=TODAY)):
        assert names(reader=reader, query="Synnøve") == []
        assert names(reader=reader, query="Fjeldstad") == []


# The address --------------------------------------------------------------------------------------


def test_an_address_says_a_selection_and_is_read_back():
    selection = Selection(
        query="trelast",
        factors=("capital", "business"),
        places=("3105",),
        industries=("SN2007-K", "16.1"),
        focus_areas=("digital",),
        memberships=("former",),
        sizes=("250+",),
        freshness=("stale",),
        sort="ties",
    )
    pairs = in_address(selection)
    asked = {name: [value for key, value in pairs if key == name] for name, _ in pairs}

    assert urlencode(pairs) == (
        "q=trelast&factor=capital&factor=business&place=3105&industry=SN2007-K&industry=16.1"
        "&focus=digital&membership=former&size=250%2B&freshness=stale&sort=ties"
    )
    assert selection_in(asked) == selection
    assert selection_in({"sort": ["money"], "nothing": ["1"], "q": ["  "]}) == Selection()


@pytest.mark.usefixtures("firms")
def test_choices_that_no_box_offers_are_named_and_can_be_taken_away():
    selection = Selection(places=("31",), industries=("SN2007-K", "16.1"))
    offered = filters_offered(selection, find_actors(selection, on=TODAY))
    chosen = [(choice.label, choice.without) for each in offered for choice in each.chosen]

    assert [without for _label, without in chosen] == [
        "?industry=SN2007-K&industry=16.1",
        "?place=31&industry=16.1",
        "?place=31&industry=SN2007-K",
    ]
    assert chosen[0][0] == "Østfold"
    assert [label.split()[0] for label, _without in chosen[1:]] == ["SN2007-K", "16.1"]


# Where they are -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("firms")
def test_those_found_are_counted_by_place_and_factor():
    ActorFactory(named="Utenfra AB", country="SE", place=place("1765", country="SE"))
    rows = {row.key: row for row in where_found(Selection(), on=TODAY) if row.total}

    assert {key: row.total for key, row in rows.items()} == {
        "3101": 1,
        "3105": 1,
        "3107": 2,
        "beyond": 1,
    }
    # Authority, entrepreneurs, research, business, capital.
    assert rows["3107"].factors == (0, 0, 0, 1, 1)
    assert where_found(Selection(places=("3105",)), on=TODAY)[0].total == 0


# Files --------------------------------------------------------------------------------------------

HOSTILE = '=HYPERLINK("http://ond.example","trykk")'


@pytest.mark.usefixtures("firms")
def test_a_file_holds_everyone_found_as_text_that_nothing_works_out():
    ActorFactory(named=HOSTILE, place=place("3101"), organisation_number="")
    file = BytesIO()

    write_directory(file, "csv", Selection(places=("3101",)), on=TODAY)
    lines = file.getvalue().decode("utf-8-sig").splitlines()

    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    assert lines[0].startswith("Key in addresses,Name,")
    assert len(lines) == 3
    assert [line.split(",")[1] for line in lines[1:]] == [
        "Dekk og bil AS",
        '"\'=HYPERLINK(""http://ond.example""',
    ]


@pytest.mark.usefixtures("firms")
def test_a_workbook_is_read_back_with_numbers_as_text_and_keys_of_its_columns():
    ActorFactory(named=HOSTILE, place=place("3101"), organisation_number="974760673")
    file = BytesIO()

    write_directory(file, "xlsx", Selection(places=("3101",)), on=TODAY)
    book = CalamineWorkbook.from_filelike(BytesIO(file.getvalue()))
    head, *rows = book.get_sheet_by_index(0).to_python()
    keys = {row[0]: row[1] for row in book.get_sheet_by_index(1).to_python()[1:]}

    name, number = head.index("Name"), head.index("Organisation number")
    assert [(row[name], row[number]) for row in rows] == [
        ("Dekk og bil AS", ""),
        (f"'{HOSTILE}", "974760673"),
    ]
    assert (keys["Name"], keys["Organisation number"]) == ("name", "organisation_number")


def test_a_file_tells_each_reader_what_they_may_see(firms):
    Actor.objects.filter(pk=firms["saw"].pk).update(visibility=Visibility.SECRETARIAT)
    open_to_all, at_the_desk = BytesIO(), BytesIO()

    write_directory(open_to_all, "csv", Selection(), on=TODAY)
    secretariat = reader_for(OPERATOR, on=TODAY)
    write_directory(at_the_desk, "csv", Selection(), reader=secretariat, on=TODAY)

    assert "Ankerbruket" not in open_to_all.getvalue().decode()
    assert open_to_all.getvalue().decode().count("\r\n") == 4
    assert at_the_desk.getvalue().decode().count("\r\n") == 5
    assert "Should be checked" in at_the_desk.getvalue().decode()
    assert "Should be checked" not in open_to_all.getvalue().decode()


@pytest.mark.usefixtures("firms")
def test_the_newest_first_is_told_by_a_day_that_the_file_tells_everyone_too():
    file = BytesIO()

    write_directory(file, "csv", Selection(sort="recent"), on=TODAY)
    rows = list(csv.DictReader(StringIO(file.getvalue().decode("utf-8-sig"))))

    assert [(row["Name"], row["Known since"]) for row in rows] == [
        ("Bølgen Sparebank", "2026-01-05"),
        ("Code Øst AS", "2025-07-01"),
        ("Ankerbruket AS", "2024-03-01"),
        ("Dekk og bil AS", ""),
    ]
    assert (
        find_actors(Selection(sort="recent"), on=TODAY).actors[0].slug
        == rows[0]["Key in addresses"]
    )


# Kept in memory until something changes -----------------------------------------------------------


def test_whatever_changes_is_seen_at_once(firms):
    assert names(focus_areas=("digital",)) == ["Code Øst AS"]
    ActorFocusArea.objects.create(actor=firms["saw"], focus_area="digital")
    assert names(focus_areas=("digital",)) == ["Ankerbruket AS", "Code Øst AS"]
    ActorFocusArea.objects.filter(actor=firms["code"]).delete()
    assert names(focus_areas=("digital",)) == ["Ankerbruket AS"]
    Actor.objects.filter(pk=firms["saw"].pk).update(visibility=Visibility.SECRETARIAT)
    assert names(focus_areas=("digital",)) == []
    member(firms["garage"], "partner", TODAY)
    assert names(memberships=("partner",)) == ["Dekk og bil AS"]
    tie(firms["garage"], firms["code"])
    tie(firms["garage"], firms["bank"])
    tie(firms["garage"], firms["bank"], valid_to=TODAY)
    assert names(sort="ties")[:2] == ["Bølgen Sparebank", "Code Øst AS"]


@pytest.mark.usefixtures("firms")
def test_a_membership_that_begins_tomorrow_counts_from_tomorrow():
    tomorrow = TODAY + dt.timedelta(days=1)
    member(Actor.objects.get(official_name="DEKK OG BIL AS"), "partner", tomorrow)

    assert names(memberships=("partner",)) == ["Ankerbruket AS"]
    found = find_actors(Selection(memberships=("partner",)), on=tomorrow)
    assert [str(line.name) for line in found.actors] == ["Ankerbruket AS", "Dekk og bil AS"]


def test_old_marks_are_forgotten_and_the_newest_thousand_kept():
    DirectoryChange.objects.bulk_create(DirectoryChange() for _ in range(1200))
    before = mark()

    forgotten = forget_old_changes()

    assert (DirectoryChange.objects.count(), mark().newest) == (1000, before.newest)
    assert forgotten == before.number - 1000


@pytest.mark.usefixtures("firms")
def test_order_by_ties_asks_as_often_for_four_as_for_one():
    with CaptureQueriesContext(connection) as asked:
        find_actors(Selection(sort="ties"), on=TODAY)

    assert len(asked) <= 9
