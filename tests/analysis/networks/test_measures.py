"""Degrees, pieces, betweenness, brokers and ways: by hand, from print, and beside others."""

from __future__ import annotations

import doctest
import itertools
import pkgutil

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import samskap_analysis.networks
from samskap_analysis.networks import (
    betweenness,
    brokerage,
    connection,
    constraint,
    graph_of,
    open_pairs,
    shape_of,
)
from tests.analysis.networks.graphs import FAMILIES, florence, graphs, groups_of, in_networkx

MODULES = [
    f"samskap_analysis.networks.{each.name}"
    for each in pkgutil.iter_modules(samskap_analysis.networks.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_the_code_are_right(name):
    module = __import__(name, fromlist=["_"])

    assert doctest.testmod(module).failed == 0


def test_pair_told_twice_is_one_tie_and_what_is_not_there_is_refused():
    assert graph_of(3, [(2, 0), (0, 2), (1, 2)]).edges.tolist() == [[0, 2], [1, 2]]
    with pytest.raises(ValueError, match="outside 0 to 2"):
        graph_of(3, [(0, 3)])
    with pytest.raises(ValueError, match="tied to itself"):
        graph_of(3, [(1, 1)])


def test_pieces_are_numbered_from_the_largest():
    shape = shape_of(graph_of(7, [(0, 1), (2, 3), (3, 4)]))

    assert shape.sizes.tolist() == [3, 2, 1, 1]
    assert shape.component.tolist() == [1, 1, 0, 0, 0, 2, 3]
    assert shape.degree.tolist() == [1, 1, 1, 2, 1, 0, 0]
    assert shape.isolated.tolist() == [5, 6]


def test_empty_network_has_no_pieces():
    shape = shape_of(graph_of(0, []))

    assert (shape.sizes.size, shape.isolated.size) == (0, 0)


def test_medici_lie_between_half_of_florence_as_jackson_prints_it():
    between = dict(zip(FAMILIES, betweenness(florence()).round(3), strict=True))

    assert (between["Medici"], between["Strozzi"], between["Guadagni"]) == (0.522, 0.103, 0.255)


@given(graphs())
def test_betweenness_is_what_networkx_finds(graph):
    theirs = nx.betweenness_centrality(in_networkx(graph))

    assert betweenness(graph) == pytest.approx([theirs[node] for node in range(graph.size)])


@given(graphs(least=1))
def test_constraint_is_what_networkx_finds(graph):
    theirs = nx.constraint(in_networkx(graph))

    assert constraint(graph) == pytest.approx(
        [theirs[node] for node in range(graph.size)], nan_ok=True
    )


def test_constraint_of_a_triangle_is_nine_eighths_by_hand():
    # Half of each one's effort goes to each neighbour, and half of that on to the other:
    # (1/2 + 1/2 * 1/2)² twice.
    assert constraint(graph_of(3, [(0, 1), (1, 2), (0, 2)])) == pytest.approx([1.125] * 3)


def test_each_role_of_a_broker_by_hand():
    # 0 (group a) knows 1 (a), 2 (a), 3 (b), 4 (b), 5 (c); of these only 1 and 3 know each other.
    graph = graph_of(6, [(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (1, 3)])
    told = brokerage(graph, np.array([0, 0, 0, 1, 1, 2]))

    assert told.within[0] == 1  # 1-2
    assert told.inside_another[0] == 1  # 3-4
    assert told.own_and_another[0] == 5  # 1-4, 1-5, 2-3, 2-4, 2-5
    assert told.two_others[0] == 2  # 3-5, 4-5
    assert (told.across[0], told.total[0]) == (7, 9)
    assert told.total[1:].tolist() == [0, 0, 0, 0, 0]


@given(graphs(), st.integers(0, 1000))
def test_brokers_are_counted_as_by_looking_at_every_pair(graph, seed):
    group = groups_of(graph, seed)
    twin = in_networkx(graph)
    counts = np.zeros((4, graph.size), dtype=int)
    for node in range(graph.size):
        for one, other in itertools.combinations(twin[node], 2):
            if twin.has_edge(one, other):
                continue
            mine = group[node]
            if group[one] == group[other]:
                counts[0 if group[one] == mine else 1, node] += 1
            else:
                counts[2 if mine in (group[one], group[other]) else 3, node] += 1

    told = brokerage(graph, group)

    assert told.within.tolist() == counts[0].tolist()
    assert told.inside_another.tolist() == counts[1].tolist()
    assert told.own_and_another.tolist() == counts[2].tolist()
    assert told.two_others.tolist() == counts[3].tolist()


@given(graphs(least=1), st.integers(0, 1000))
def test_open_pairs_of_a_broker_add_up_to_its_brokerage(graph, seed):
    group = groups_of(graph, seed)
    told = brokerage(graph, group)
    pairs = [open_pairs(graph, group, node) for node in range(graph.size)]

    assert [int(np.triu(each, 1).sum()) for each in pairs] == told.across.tolist()
    assert [int(each.trace()) for each in pairs] == (told.within + told.inside_another).tolist()


def test_a_broker_is_not_counted_without_a_group_for_each():
    with pytest.raises(ValueError, match="one group"):
        brokerage(graph_of(2, [(0, 1)]), np.array([0]))


def test_acciaiuoli_reach_the_pazzi_through_the_medici_and_the_salviati():
    way = connection(florence(), FAMILIES.index("Acciaiuoli"), FAMILIES.index("Pazzi"))

    assert way.steps == 3
    assert [[FAMILIES[node] for node in each] for each in way.ways] == [
        ["Acciaiuoli", "Medici", "Salviati", "Pazzi"]
    ]


@given(graphs(least=1), st.data())
def test_ways_are_all_the_shortest_there_are(graph, data):
    nodes = st.integers(0, graph.size - 1)
    one, other = data.draw(nodes), data.draw(nodes)
    twin = in_networkx(graph)
    found = connection(graph, one, other, at_most=10_000)
    if not nx.has_path(twin, one, other):
        assert (found.steps, found.count, found.ways, found.exists) == (-1, 0, (), False)
        return
    theirs = sorted(map(tuple, nx.all_shortest_paths(twin, one, other)))

    assert list(found.ways) == theirs
    assert (found.steps, found.count) == (len(theirs[0]) - 1, len(theirs))


def test_more_ways_than_anybody_can_list_are_counted_and_the_first_are_shown():
    # Twenty diamonds in a row: two ways through each.
    pairs = [
        pair
        for start in range(0, 60, 3)
        for pair in (
            (start, start + 1),
            (start, start + 2),
            (start + 1, start + 3),
            (start + 2, start + 3),
        )
    ]
    found = connection(graph_of(61, pairs), 0, 60)

    assert (found.steps, found.count, len(found.ways)) == (40, 2**20, 5)


def test_way_to_one_who_is_not_there_is_refused():
    with pytest.raises(ValueError, match="nodes 0 to 1"):
        connection(graph_of(2, [(0, 1)]), 0, 2)
