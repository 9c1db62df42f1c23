"""How factors, sides, sizes and places are balanced: counted by hand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samskap.actors import queries
from samskap.actors.compute.balance import (
    GapKind,
    Scope,
    Whom,
    actors_in,
    advise,
    gaps_in_places,
    overview,
    scope_named,
    weigh,
    what_changed,
)
from samskap.actors.compute.selection import Selection
from samskap.actors.models import ActorKind, Body, Membership, Seat, Size
from samskap.strategy.keys import Factor, Side
from samskap.trust.access import PUBLIC, Reader
from samskap.trust.models import Role, Visibility
from tests.world.factories import ActorFactory, in_norwegian
from tests.world.region import TODAY, ostfold, place

pytestmark = pytest.mark.django_db
SECRETARIAT = Reader(roles=frozenset({Role.SECRETARIAT}), is_signed_in=True)
LAST_QUARTER = dt.date(2026, 9, 30)


@pytest.fixture(autouse=True)
def _region():
    ostfold()


def home():
    return queries.home_region(on=TODAY)


def actor(code, named, *, factors=("business",), country="NO", **more):
    return ActorFactory(place=place(code, country=country), named=named, factors=factors, **more)


def partner(one, *, since=dt.date(2024, 1, 1), until=None, visibility=Visibility.PUBLIC):
    Membership.objects.create(
        actor=one, kind="partner", valid_from=since, valid_to=until, visibility=visibility
    )
    return one


def body(*members: tuple, visibility=Visibility.PUBLIC):
    made = Body.objects.create(
        slug="styret", kind="board", name=in_norwegian("Styret"), visibility=visibility
    )
    for member, since in members:
        Seat.objects.create(body=made, actor=member, role="member", valid_from=since)
    return made


def balance(key="all", *, reader=PUBLIC, selection=None):
    scope = scope_named(key, reader=reader, selection=selection)
    return weigh(actors_in(scope, reader=reader, region=home(), on=TODAY), home())


# What is counted ----------------------------------------------------------------------------------
def test_an_actor_counts_in_its_municipality_its_sub_region_and_its_labour_market_region():
    actor("3110", "Reker AS", factors=("business", "capital"))

    weighed = balance()

    assert weighed.actors == 1
    assert {row.key: row.counts for row in weighed.municipalities if any(row.counts)} == {
        "3110": (0, 0, 0, 1, 1)
    }
    assert {row.place.code: row.counts for row in weighed.sub_regions if any(row.counts)} == {
        "nedre-glomma": (0, 0, 0, 1, 1)
    }
    assert [row.counts for row in weighed.labour_market_regions if any(row.counts)] == [
        (0, 0, 0, 1, 1)
    ]


def test_the_four_labour_market_regions_are_those_of_the_official_division():
    # TØI report 1713/2019: Halden+Aremark; Moss+Våler; Fredrikstad+Sarpsborg+Hvaler+Råde; the rest.
    members = [sorted(each.code for each in row.members) for row in balance().labour_market_regions]

    assert sorted(members) == [
        ["3101", "3124"],
        ["3103", "3114"],
        ["3105", "3107", "3110", "3112"],
        ["3116", "3118", "3120", "3122"],
    ]


def test_sides_sizes_and_kinds_are_counted_and_only_firms_have_a_size():
    actor("3101", "Liten AS", side=Side.EMPLOYER, employees=3)
    actor("3101", "Stor AS", side=Side.EMPLOYER, employees=250)
    actor("3103", "Skjult AS", employees_are_few=True)
    actor("3105", "Laget", kind=ActorKind.UNION, side=Side.EMPLOYEE, employees=12)

    weighed = balance()

    assert weighed.sides == ((Side.AUTHORITY, 0), (Side.EMPLOYER, 2), (Side.EMPLOYEE, 1))
    assert weighed.without_side == 1
    assert {size: count for size, count in weighed.firms if count} == {
        Size.FEW: 2,
        Size.LARGEST: 1,
    }
    assert {kind: count for kind, count in weighed.kinds if count} == {
        ActorKind.COMPANY: 3,
        ActorKind.UNION: 1,
    }
    assert weighed.missing_sides == (Side.AUTHORITY,)


def test_factors_add_up_over_home_the_whole_county_and_beyond():
    actor("3101", "Hjemme AS")
    actor("31", "Hele fylket")
    actor("1765", "Över gränsen AB", country="SE")

    assert dict(balance().factors)[Factor.BUSINESS] == 3


# Of whom ------------------------------------------------------------------------------------------
def test_partners_only_leaves_out_observers_and_those_who_have_left():
    partner(actor("3101", "Med AS"))
    partner(actor("3103", "Var med AS"), until=dt.date(2026, 1, 1))
    Membership.objects.create(
        actor=actor("3105", "Ser på AS"), kind="observer", valid_from=TODAY, visibility="public"
    )

    assert balance("partners").actors == 1
    assert balance("all").actors == 3


def test_a_membership_the_reader_may_not_see_weighs_nothing_for_them():
    partner(actor("3101", "Hemmelig AS"), visibility=Visibility.SECRETARIAT)

    assert balance("partners").actors == 0
    assert balance("partners", reader=SECRETARIAT).actors == 1


def test_a_body_weighs_those_who_sit_and_not_those_who_look_on():
    sits, looks_on = actor("3101", "Sitter AS"), actor("3101", "Ser på AS")
    made = body((sits, dt.date(2026, 1, 1)))
    Seat.objects.create(body=made, actor=looks_on, role="observer", valid_from=dt.date(2026, 1, 1))

    assert balance("body:styret").actors == 1


def test_a_body_the_reader_may_not_see_is_no_scope_to_them():
    body(visibility=Visibility.SECRETARIAT)

    assert scope_named("body:styret", reader=PUBLIC) is None
    assert scope_named("body:styret", reader=SECRETARIAT).key == "body:styret"
    assert scope_named("nonsense", reader=PUBLIC) is None


def test_a_selection_narrows_any_scope():
    partner(actor("3101", "Med AS"))
    partner(actor("3103", "Annet sted AS"))

    assert balance("partners", selection=Selection(places=("3101",))).actors == 1


# What is missing ----------------------------------------------------------------------------------
def gaps(key="all", *, reader=PUBLIC):
    found = gaps_in_places(balance(key, reader=reader), reader=reader, region=home())
    return {(gap.factor, gap.place.code): gap for gap in found}


def test_a_gap_names_the_nearest_who_could_be_asked():
    actor("3118", "Indre Kapital AS", factors=("capital",))
    actor("3101", "Fjern Kapital AS", factors=("capital",))

    gap = gaps()[Factor.CAPITAL, "3122"]

    assert [str(line.name) for line in gap.ask] == ["Indre Kapital AS", "Fjern Kapital AS"]
    assert not gap.is_there


def test_a_gap_among_partners_names_one_in_the_very_place_who_is_no_partner():
    partner(actor("3101", "Halden Industri AS"))
    actor("3122", "Marker Kapital AS", factors=("capital",))

    gap = gaps("partners")[Factor.CAPITAL, "3122"]

    assert [str(line.name) for line in gap.ask] == ["Marker Kapital AS"]
    assert gap.is_there


def test_nobody_hidden_is_named_as_one_to_ask():
    actor("3122", "Hemmelig AS", factors=("capital",), visibility=Visibility.SECRETARIAT)

    assert gaps()[Factor.CAPITAL, "3122"].ask == ()
    assert [line.slug for line in gaps("partners", reader=SECRETARIAT)[Factor.CAPITAL, "3122"].ask]


# What changed -------------------------------------------------------------------------------------
def changed(key):
    scope = scope_named(key, reader=PUBLIC)
    return what_changed(scope, reader=PUBLIC, region=home(), since=LAST_QUARTER, on=TODAY)


def names(lines):
    return [str(line.name) for line in lines]


def test_who_came_and_who_went_since_last_quarter_among_partners():
    partner(actor("3101", "Gammel AS"))
    partner(actor("3103", "Ny AS"), since=dt.date(2026, 10, 15))
    partner(actor("3105", "Borte AS"), until=dt.date(2026, 11, 1))

    change = changed("partners")

    assert (change.before, change.now) == (2, 2)
    assert (names(change.came), names(change.went)) == (["Ny AS"], ["Borte AS"])
    assert [(factor, where.code) for factor, where in change.closed] == [(Factor.BUSINESS, "3103")]
    assert [(factor, where.code) for factor, where in change.opened] == [(Factor.BUSINESS, "3105")]


def test_those_we_have_always_known_did_not_come_this_quarter():
    actor("3101", "Alltid AS", known_since=None)
    actor("3103", "Ny AS", factors=("capital",), known_since=dt.date(2026, 10, 2))

    change = changed("all")

    assert names(change.came) == ["Ny AS"]
    assert {shift.factor: shift.difference for shift in change.factors if shift.difference} == {
        Factor.CAPITAL: 1
    }


def test_where_nothing_happened_nothing_changed():
    partner(actor("3101", "Gammel AS"))

    assert not changed("partners").is_any


def test_a_change_runs_forwards():
    with pytest.raises(ValueError, match="is after"):
        what_changed(Scope(Whom.ALL), reader=PUBLIC, region=home(), since=TODAY, on=LAST_QUARTER)


# Whom to ask into a body --------------------------------------------------------------------------
def advice(made, *, reader=PUBLIC):
    return advise(made, reader=reader, region=home(), on=TODAY)


def test_a_body_is_told_what_it_lacks():
    sits = actor("3101", "Halden AS", side=Side.EMPLOYER, employees=400)

    told = advice(body((sits, dt.date(2026, 1, 1))))

    assert [(gap.kind, gap.key) for gap in told.gaps if gap.name is None] == [
        (GapKind.FACTOR, "public-authority"),
        (GapKind.FACTOR, "entrepreneurship"),
        (GapKind.FACTOR, "research-education"),
        (GapKind.FACTOR, "capital"),
        (GapKind.SIDE, "authority"),
        (GapKind.SIDE, "employee"),
        (GapKind.SMALL_FIRM, ""),
    ]
    # Moss, Fredrikstad and Sarpsborg, and the inland; Halden's own region has one who sits.
    assert sum(gap.kind == GapKind.LABOUR_MARKET_REGION for gap in told.gaps) == 3


def test_the_partner_who_closes_most_is_asked_first_with_the_reasons():
    made = body((actor("3101", "Halden AS", side=Side.EMPLOYER), dt.date(2026, 1, 1)))
    partner(actor("3103", "Moss Kapital AS", factors=("capital",)))
    partner(
        actor(
            "3118",
            "Indre Forskning",
            factors=("research-education", "capital"),
            side=Side.AUTHORITY,
        )
    )

    told = advice(made)

    assert [
        (str(each.actor.name), [gap.kind for gap in each.closes]) for each in told.proposals
    ] == [
        (
            "Indre Forskning",
            [GapKind.FACTOR, GapKind.FACTOR, GapKind.SIDE, GapKind.LABOUR_MARKET_REGION],
        ),
        ("Moss Kapital AS", [GapKind.LABOUR_MARKET_REGION]),
    ]
    assert names(told.fewest) == ["Indre Forskning", "Moss Kapital AS"]


def test_others_are_proposed_only_for_what_no_partner_brings():
    made = body((actor("3101", "Halden AS", side=Side.EMPLOYER), dt.date(2026, 1, 1)))
    partner(actor("3103", "Moss Kapital AS", factors=("capital",)))
    actor("3103", "Annen Kapital AS", factors=("capital",))
    actor("3118", "Laget", factors=("business",), side=Side.EMPLOYEE)

    proposed = {str(each.actor.name): each.is_partner for each in advice(made).proposals}

    assert proposed == {"Moss Kapital AS": True, "Laget": False}


def test_of_two_partners_who_bring_the_same_the_one_with_fewer_seats_is_asked():
    made = body((actor("3101", "Halden AS", side=Side.EMPLOYER), dt.date(2026, 1, 1)))
    busy = partner(actor("3103", "Aktiv Kapital AS", factors=("capital",)))
    partner(actor("3103", "Ledig Kapital AS", factors=("capital",)))
    other = Body.objects.create(
        slug="radet", kind="council", name=in_norwegian("Rådet"), visibility="public"
    )
    Seat.objects.create(body=other, actor=busy, role="member", valid_from=dt.date(2026, 1, 1))

    assert str(advice(made).proposals[0].actor.name) == "Ledig Kapital AS"


def test_what_nobody_brings_is_said():
    told = advice(body())

    assert told.proposals == ()
    assert told.beyond_reach == told.gaps


# What it costs ------------------------------------------------------------------------------------
def questions(work):
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


@pytest.mark.parametrize("extra", [0, 3])
def test_a_balance_asks_the_database_as_often_however_many_there_are(extra):
    made = body((partner(actor("3101", "Halden AS")), dt.date(2026, 1, 1)))
    for number in range(extra):
        partner(actor("3103", f"Moss {number} AS", factors=("capital",)))
    region = home()
    weighed = balance()

    asked = [
        questions(
            lambda: weigh(actors_in(Scope(), reader=PUBLIC, region=region, on=TODAY), region)
        ),
        questions(lambda: gaps_in_places(weighed, reader=PUBLIC, region=region)) <= 2,
        questions(lambda: advise(made, reader=PUBLIC, region=region, on=TODAY)) <= 2,
    ]

    assert asked == [2, True, True]


# All at once --------------------------------------------------------------------------------------
def all_of(key, *, selection=None, reader=PUBLIC):
    scope = scope_named(key, reader=reader, selection=selection)
    return overview(scope, reader=reader, region=home(), since=LAST_QUARTER, on=TODAY)


@pytest.fixture
def _a_few():
    body((partner(actor("3101", "Gammel AS", side=Side.EMPLOYER)), dt.date(2026, 1, 1)))
    partner(actor("3103", "Ny AS", employees=7), since=dt.date(2026, 10, 15))
    partner(actor("3105", "Borte AS", factors=("capital",)), until=dt.date(2026, 11, 1))
    actor("3118", "Indre Kapital AS", factors=("capital", "business"), known_since=TODAY)
    actor("31", "Hele fylket", factors=("public-authority",), kind=ActorKind.COUNTY)
    actor("3122", "Hemmelig AS", factors=("capital",), visibility=Visibility.SECRETARIAT)


@pytest.mark.parametrize("key", ["all", "partners", "body:styret"])
@pytest.mark.parametrize("reader", [PUBLIC, SECRETARIAT])
@pytest.mark.usefixtures("_a_few")
def test_all_at_once_is_what_each_part_says_by_itself(key, reader):
    scope = scope_named(key, reader=reader)
    weighed = balance(key, reader=reader)

    found = all_of(key, reader=reader)

    assert found.balance == weighed
    assert found.gaps == gaps_in_places(weighed, reader=reader, region=home())
    assert found.change == what_changed(
        scope, reader=reader, region=home(), since=LAST_QUARTER, on=TODAY
    )


@pytest.mark.usefixtures("_a_few")
def test_all_at_once_tells_who_came_and_whom_to_ask():
    found = all_of("partners")
    gap = next(
        each for each in found.gaps if (each.factor, each.place.code) == (Factor.CAPITAL, "3122")
    )

    assert (names(found.change.came), names(found.change.went)) == (["Ny AS"], ["Borte AS"])
    assert names(gap.ask) == ["Indre Kapital AS", "Borte AS"]
    assert found.balance.actors == 2


@pytest.mark.usefixtures("_a_few")
def test_all_at_once_asks_three_questions():
    scope, region = scope_named("partners", reader=PUBLIC), home()

    def once():
        overview(scope, reader=PUBLIC, region=region, since=LAST_QUARTER, on=TODAY)

    for_few = questions(once)
    for number in range(3):
        partner(actor("3107", f"Flere {number} AS", factors=("capital", "business")))

    assert (for_few, questions(once)) == (3, 3)
