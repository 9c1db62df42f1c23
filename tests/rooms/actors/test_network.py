"""The network: what a selection hangs together by, drawn once, and nothing hidden shows in it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

import samskap
from samskap.actors.compute.layout import lay_out
from samskap.actors.models import NetworkPosition, NetworkRun, TieKind
from samskap.actors.models.tie import MUTUAL
from samskap.actors.public import NetworkSelection, Selection, connection, network, ties
from samskap.strategy.keys import Factor
from samskap.trust.access import PUBLIC, Reader
from samskap.trust.models import Role, Visibility
from tests.world.factories import ActorFactory, TieFactory
from tests.world.people import NOON

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)
SECRETARIAT = Reader(roles=frozenset({Role.SECRETARIAT}), is_signed_in=True)
PARTNER = Reader(roles=frozenset({Role.PARTNER_REPRESENTATIVE}), is_signed_in=True)
EVERYONE = NetworkSelection(on=TODAY)


@pytest.fixture
def chain():
    """The incubator knows the firm, the firm the bank; the school knows nobody."""
    incubator = ActorFactory(named="Inkubatoren", factors=[Factor.ENTREPRENEURSHIP], slug="ink")
    firm = ActorFactory(named="Firmaet", slug="firma")
    bank = ActorFactory(named="Banken", factors=[Factor.CAPITAL], slug="bank")
    school = ActorFactory(named="Skolen", factors=[Factor.RESEARCH_EDUCATION], slug="skole")
    TieFactory(kind=TieKind.ADVISES, from_actor=incubator, to_actor=firm)
    TieFactory(kind=TieKind.FUNDS, from_actor=bank, to_actor=firm)
    return incubator, firm, bank, school


def named(nodes):
    return [str(node.name) for node in nodes]


def pairs(found):
    return [
        (found.nodes[edge.one].slug, edge.kind, found.nodes[edge.other].slug)
        for edge in found.edges
    ]


@pytest.mark.usefixtures("chain")
def test_network_says_who_is_tied_who_ties_others_and_who_stands_alone():
    found = network(EVERYONE)

    assert named(found.nodes) == ["Banken", "Firmaet", "Inkubatoren", "Skolen"]
    assert pairs(found) == [("ink", "advises", "firma"), ("bank", "funds", "firma")]
    assert [node.degree for node in found.nodes] == [1, 2, 1, 0]
    assert named(found.isolated) == ["Skolen"]
    broker = found.brokers[0]
    assert (str(broker.node.name), broker.node.across, len(found.brokers)) == ("Firmaet", 1, 1)
    assert (broker.factors, broker.pairs) == ((Factor.ENTREPRENEURSHIP, Factor.CAPITAL), 1)


@pytest.mark.usefixtures("chain")
def test_network_follows_the_same_selection_as_the_directory():
    chosen = NetworkSelection(on=TODAY, actors=Selection(factors=("business", "capital")))

    found = network(chosen)

    assert named(found.nodes) == ["Banken", "Firmaet"]
    assert pairs(found) == [("bank", "funds", "firma")]
    assert [tie.kind for tie in ties(chosen).ties] == ["funds"]


@pytest.mark.usefixtures("chain")
def test_network_is_narrowed_by_kind_of_tie():
    found = network(NetworkSelection(on=TODAY, kinds=("funds",)))

    assert pairs(found) == [("bank", "funds", "firma")]
    assert named(found.isolated) == ["Inkubatoren", "Skolen"]
    assert network(NetworkSelection(on=TODAY, kinds=("rumours",))).edges == ()


def test_network_is_of_the_ties_that_hold_on_a_day():
    tie = TieFactory(valid_from=dt.date(2025, 1, 1), valid_to=dt.date(2026, 1, 1))

    held = NetworkSelection(on=dt.date(2025, 12, 31))
    assert len(network(held).edges) == 1
    assert network(EVERYONE).edges == ()
    assert [line.key for line in ties(held).ties] == [tie.key]
    assert ties(EVERYONE).total == 0


def test_hidden_tie_shows_in_no_count_no_way_and_no_broker(chain):
    incubator, firm, bank, school = chain
    lay_out(at=NOON)
    before, ways = network(EVERYONE), connection(EVERYONE, "skole", "bank")

    TieFactory(from_actor=school, to_actor=bank, visibility=Visibility.SECRETARIAT)
    TieFactory(from_actor=school, to_actor=incubator, visibility=Visibility.SECRETARIAT)
    secret = ActorFactory(named="Hemmelig", visibility=Visibility.SECRETARIAT)
    for each in (firm, school, bank):
        TieFactory(from_actor=secret, to_actor=each)
    lay_out(at=NOON + dt.timedelta(days=1))

    after = network(EVERYONE)
    assert (after.nodes, after.edges, after.brokers) == (before.nodes, before.edges, before.brokers)
    assert (ways.ways, connection(EVERYONE, "skole", "bank").ways) == ((), ())
    assert ties(EVERYONE).total == 2
    # There is something to hide: the desk sees it.
    desk = network(EVERYONE, reader=SECRETARIAT)
    assert len(desk.edges) == 7
    assert desk.isolated == []
    assert connection(EVERYONE, "skole", "bank", reader=SECRETARIAT).ways != ()


def test_places_and_figures_the_public_is_shown_rest_on_public_ties_alone(chain):
    _, _, bank, school = chain
    lay_out(at=NOON)
    before = list(
        NetworkPosition.objects.filter(scope="public").values_list("actor", "x", "y", "betweenness")
    )

    TieFactory(from_actor=school, to_actor=bank, visibility=Visibility.PARTNERS)
    done = lay_out(at=NOON + dt.timedelta(days=1))

    after = NetworkPosition.objects.filter(scope="public")
    assert list(after.values_list("actor", "x", "y", "betweenness")) == before
    assert [(each.scope, each.is_new) for each in done] == [
        ("public", False),
        ("partners", True),
        ("all", True),
    ]
    between = {
        scope: NetworkPosition.objects.get(scope=scope, actor=bank).betweenness
        for scope in ("public", "partners", "all")
    }
    # School - bank - firm - incubator: of the three pairs of others, two go by the bank.
    assert between == pytest.approx({"public": 0.0, "partners": 2 / 3, "all": 2 / 3})


@pytest.mark.usefixtures("chain")
def test_every_actor_has_a_place_once_the_job_has_drawn():
    assert network(EVERYONE).drawn_at is None
    assert [node.x for node in network(EVERYONE).nodes] == [None] * 4

    lay_out(at=NOON)

    found = network(EVERYONE)
    assert found.drawn_at == NOON
    assert len({(node.x, node.y) for node in found.nodes}) == 4
    assert [(run.actors, run.ties) for run in NetworkRun.objects.all()] == [(4, 2)] * 3
    # Of the three pairs of others of the firm, one runs through it.
    assert [node.betweenness for node in found.nodes] == pytest.approx([0, 1 / 3, 0, 0])


@pytest.mark.usefixtures("chain")
def test_drawing_again_without_a_change_computes_nothing():
    lay_out(at=NOON)
    keys = list(NetworkPosition.objects.values_list("pk", flat=True))

    again = lay_out(at=NOON + dt.timedelta(days=1))

    assert [each.is_new for each in again] == [False] * 3
    assert list(NetworkPosition.objects.values_list("pk", flat=True)) == keys


def test_tie_that_ends_by_the_calendar_changes_the_picture_the_night_it_ends():
    TieFactory(valid_to=dt.date(2026, 11, 25))
    lay_out(at=NOON)

    assert [each.is_new for each in lay_out(at=NOON + dt.timedelta(days=1))] == [True] * 3
    assert set(NetworkPosition.objects.values_list("degree", flat=True)) == {0}


def test_partner_sees_what_is_for_partners_and_no_more(chain):
    _, _, bank, school = chain
    TieFactory(from_actor=school, to_actor=bank, visibility=Visibility.PARTNERS)

    assert len(network(EVERYONE, reader=PARTNER).edges) == 3
    assert len(network(EVERYONE, reader=PUBLIC).edges) == 2


@pytest.mark.usefixtures("chain")
def test_two_are_connected_by_the_ties_between_those_on_the_way():
    found = connection(EVERYONE, "ink", "bank")

    assert (found.count, len(found.ways)) == (1, 1)
    told = [
        (str(step.start.name), [tie.kind for tie in step.ties], str(step.end.name))
        for step in found.ways[0]
    ]
    assert told == [("Inkubatoren", ["advises"], "Firmaet"), ("Firmaet", ["funds"], "Banken")]


@pytest.mark.usefixtures("chain")
def test_way_to_one_who_is_not_there_or_hidden_is_none_and_to_one_alone_is_empty():
    ActorFactory(named="Hemmelig", slug="hemmelig", visibility=Visibility.SECRETARIAT)

    assert connection(EVERYONE, "ink", "finnes-ikke") is None
    assert connection(EVERYONE, "ink", "hemmelig") is None
    assert connection(EVERYONE, "ink", "skole").ways == ()


def test_two_ties_between_the_same_two_are_one_neighbour(chain):
    _, firm, bank, _ = chain
    TieFactory(kind=TieKind.OWNS, from_actor=bank, to_actor=firm)

    found = network(EVERYONE)

    assert (len(found.edges), [node.degree for node in found.nodes]) == (3, [1, 2, 1, 0])


def test_source_a_reader_may_not_see_is_not_told_with_the_tie():
    tie = TieFactory(source_note={"nb": "Fortalt i fortrolighet"})
    tie.source.visibility = Visibility.SECRETARIAT
    tie.source.save()

    public, desk = ties(EVERYONE).ties[0], ties(EVERYONE, reader=SECRETARIAT).ties[0]

    assert (public.source, public.source_note) == (None, {})
    assert desk.source_note == {"nb": "Fortalt i fortrolighet"}


@pytest.mark.parametrize("many", [1, 3])
def test_network_costs_the_same_questions_however_many_there_are(many):
    for _ in range(many):
        TieFactory()
    lay_out(at=NOON)
    with CaptureQueriesContext(database) as asked:
        first = network(EVERYONE)
    with CaptureQueriesContext(database) as again:
        second = network(EVERYONE)
    with CaptureQueriesContext(database) as listed:
        ties(EVERYONE)

    assert (len(asked), len(again), len(listed)) == (7, 3, 4)
    assert first is second


def test_network_that_is_kept_is_made_anew_when_a_tie_or_the_picture_changes():
    tie = TieFactory()
    before = network(EVERYONE)

    tie.delete()
    after = network(EVERYONE)
    lay_out(at=NOON)

    assert (len(before.edges), len(after.edges)) == (1, 0)
    assert (after.drawn_at, network(EVERYONE).drawn_at) == (None, NOON)


def test_picture_draws_every_kind_of_tie_as_one_of_four_families():
    written = Path(samskap.__file__).parent / "ui" / "assets" / "network" / "graph.js"
    families = written.read_text(encoding="utf-8").split("const FAMILY = {")[1].split("};")[0]

    drawn = dict(re.findall(r'"?([a-z-]+)"?: "([a-z]+)"', families))

    assert sorted(drawn) == sorted(TieKind.values)
    assert {kind for kind, family in drawn.items() if family == "together"} == set(MUTUAL)
    assert set(drawn.values()) == {"belongs", "money", "knowledge", "together"}
