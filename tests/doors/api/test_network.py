"""The network through the API: columns that agree, ties a page at a time, files others can read."""

from __future__ import annotations

import csv
import gzip
import io

import networkx as nx
import pytest

from samskap.actors.compute.layout import lay_out
from samskap.actors.models import Confidence, TieKind
from samskap.strategy.keys import Factor
from samskap.trust.models import Role, Visibility
from tests.world.factories import (
    ActorFactory,
    SourceFactory,
    TieFactory,
    in_each_language,
    in_norwegian,
)
from tests.world.people import NOON, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def tied():
    """A bank funds a firm that cooperates with a school; nobody knows of the loner."""
    bank = ActorFactory(named="Banken", slug="banken", factors=[Factor.CAPITAL])
    firm = ActorFactory(named="Firmaet", slug="firmaet")
    school = ActorFactory(named="Skolen", slug="skolen", factors=[Factor.RESEARCH_EDUCATION])
    ActorFactory(named="Eremitten", slug="eremitten")
    source = SourceFactory(key="samtale", title=in_each_language("Samtale"))
    TieFactory(
        kind=TieKind.FUNDS,
        from_actor=bank,
        to_actor=firm,
        source=source,
        role=in_norwegian("lån"),
        valid_from="2025-03-01",
        confidence=Confidence.CONFIRMED,
    )
    TieFactory(from_actor=firm, to_actor=school, source=source, is_demo=True)
    TieFactory(from_actor=bank, to_actor=school, visibility=Visibility.SECRETARIAT)
    return bank, firm, school


@pytest.mark.usefixtures("tied")
def test_network_is_columns_that_agree(caller):
    lay_out(at=NOON)

    told = caller.get("/api/v1/network").json()

    actors, ties = told["actors"], told["ties"]
    assert actors["name"] == ["Banken", "Eremitten", "Firmaet", "Skolen"]
    assert actors["slug"] == ["banken", "eremitten", "firmaet", "skolen"]
    assert (actors["degree"], actors["across"]) == ([1, 0, 2, 1], [0, 0, 1, 0])
    assert [[told["factors"][each] for each in factors] for factors in actors["factors"]] == [
        ["capital"],
        ["business"],
        ["business"],
        ["research-education"],
    ]
    assert {len(column) for column in actors.values()} == {4}
    assert all(0 <= place <= 1 for place in [*actors["x"], *actors["y"]])
    assert actors["betweenness"] == [0, 0, pytest.approx(1 / 3, abs=1e-6), 0]
    assert list(
        zip(
            (actors["slug"][each] for each in ties["one"]),
            (told["ties_known"][each] for each in ties["kind"]),
            (actors["slug"][each] for each in ties["other"]),
            strict=True,
        )
    ) == [("banken", "funds", "firmaet"), ("firmaet", "cooperates-with", "skolen")]


@pytest.mark.usefixtures("tied")
def test_nobody_has_a_place_before_the_job_has_drawn(caller):
    told = caller.get("/api/v1/network").json()

    assert (told["drawn_at"], told["actors"]["x"], told["actors"]["y"]) == (
        None,
        [None] * 4,
        [None] * 4,
    )


@pytest.mark.usefixtures("tied")
@pytest.mark.parametrize(
    ("asked", "actors", "ties"),
    [
        ("?factor=capital&factor=business", ["banken", "eremitten", "firmaet"], 1),
        ("?tie=funds", ["banken", "eremitten", "firmaet", "skolen"], 1),
        ("?on=2025-02-28", ["banken", "eremitten", "firmaet", "skolen"], 1),
        ("?q=firma", ["firmaet"], 0),
    ],
)
def test_network_is_narrowed_as_the_list_of_actors_is(caller, asked, actors, ties):
    told = caller.get(f"/api/v1/network{asked}").json()

    assert (told["actors"]["slug"], len(told["ties"]["one"])) == (actors, ties)
    assert caller.get(f"/api/v1/ties{asked}").json()["count"] == ties


@pytest.mark.usefixtures("tied")
def test_ties_are_told_in_full_and_a_page_at_a_time(caller):
    first = caller.get("/api/v1/ties?limit=1").json()
    second = caller.get(first["next"]).json()

    assert (first["count"], second["next"]) == (2, None)
    tie = first["items"][0]
    assert (tie["one"]["slug"], tie["kind"], tie["is_mutual"], tie["other"]["slug"]) == (
        "banken",
        "funds",
        False,
        "firmaet",
    )
    assert (tie["role"]["nb"], tie["valid_from"], tie["valid_to"], tie["confidence"]) == (
        "lån",
        "2025-03-01",
        None,
        "confirmed",
    )
    assert (tie["source"]["key"], tie["is_example"]) == ("samtale", False)
    assert (second["items"][0]["is_mutual"], second["items"][0]["is_example"]) == (True, True)


@pytest.mark.usefixtures("tied")
def test_hidden_tie_is_in_no_answer_but_the_desks(caller):
    addresses = ("network", "ties", "network.graphml", "network.csv")
    public = [caller.get(f"/api/v1/{each}").content.count(b"cooperates-with") for each in addresses]
    caller.force_login(someone(Role.SECRETARIAT))
    desk = [caller.get(f"/api/v1/{each}").content.count(b"cooperates-with") for each in addresses]

    assert public == [1, 1, 1, 1]  # in the columns as the name of a kind
    assert desk == [1, 2, 2, 2]
    assert len(caller.get("/api/v1/network").json()["ties"]["one"]) == 3


@pytest.mark.usefixtures("tied")
def test_graphml_is_read_by_networkx_with_everything_in_it(caller):
    lay_out(at=NOON)
    answer = caller.get("/api/v1/network.graphml")

    read = nx.read_graphml(io.BytesIO(answer.content))

    assert answer.headers["Content-Type"] == "application/graphml+xml; charset=utf-8"
    assert sorted(read.nodes) == ["banken", "eremitten", "firmaet", "skolen"]
    assert read.nodes["banken"]["name"] == "Banken"
    assert (read.nodes["firmaet"]["degree"], read.nodes["firmaet"]["example"]) == (2, False)
    assert sorted(
        (one, other, facts["kind"], facts["mutual"]) for one, other, facts in read.edges(data=True)
    ) == [
        ("banken", "firmaet", "funds", False),
        ("firmaet", "skolen", "cooperates-with", True),
    ]
    assert read.edges["banken", "firmaet"]["valid_from"] == "2025-03-01"


def test_graphml_holds_any_name(caller):
    ActorFactory(named='<Ål & "Sønn"> \x01\x0b AS', slug="aal")

    read = nx.read_graphml(io.BytesIO(caller.get("/api/v1/network.graphml").content))

    assert read.nodes["aal"]["name"] == '<Ål & "Sønn">  AS'


@pytest.mark.usefixtures("tied")
def test_csv_has_a_row_a_tie_and_no_formula(caller):
    evil = ActorFactory(named='=HYPERLINK("http://x")', slug="evil")
    TieFactory(from_actor=evil, to_actor=ActorFactory(named="@SUM", slug="sum"))

    text = caller.get("/api/v1/network.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [(row["one"], row["kind"], row["other"]) for row in rows] == [
        ("banken", "funds", "firmaet"),
        ("firmaet", "cooperates-with", "skolen"),
        ("evil", "cooperates-with", "sum"),
    ]
    assert (rows[2]["one_name"], rows[2]["other_name"]) == ('\'=HYPERLINK("http://x")', "'@SUM")
    assert (rows[0]["role"], rows[0]["valid_from"], rows[0]["source"], rows[0]["example"]) == (
        "lån",
        "2025-03-01",
        "Samtale (nb)",
        "no",
    )


def test_large_answer_is_packed_the_same_each_time_for_whoever_can_unpack_it(caller):
    for _ in range(40):
        TieFactory()

    plain = caller.get("/api/v1/network")
    packed = [caller.get("/api/v1/network", headers={"accept-encoding": "gzip"}) for _ in "ab"]

    assert "Content-Encoding" not in plain.headers
    assert packed[0].headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed[0].content) == plain.content
    assert packed[0].headers["ETag"] == packed[1].headers["ETag"]
    assert "Accept-Encoding" in packed[0].headers["Vary"]


def test_place_and_kind_that_mean_nothing_are_told(caller):
    place, kind = caller.get("/api/v1/network?place=9999"), caller.get("/api/v1/ties?tie=loves")

    assert (place.status_code, kind.status_code) == (422, 422)
    assert place.json()["errors"][0]["name"] == "place"
    assert kind.json()["errors"][0]["name"] == "tie"
