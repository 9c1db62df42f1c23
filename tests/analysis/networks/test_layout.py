"""The picture: the same each time, tied near each other, pieces apart, the untied around."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings

from samskap_analysis.networks import graph_of, layout, shape_of
from samskap_analysis.networks.repulsion import over_a_grid, pairwise
from samskap_analysis.networks.spacing import spaced
from tests.analysis.networks.graphs import florence, graphs


def draw(graph, seed=1):
    return layout(graph, rng=np.random.default_rng(seed))


def clique(nodes):
    return list(itertools.combinations(nodes, 2))


def distance(points, one, other):
    return float(np.hypot(*(points[one] - points[other])))


@given(graphs())
@settings(deadline=None, max_examples=25)
def test_every_node_has_a_spot_of_its_own_in_the_unit_square(graph):
    points = draw(graph)

    assert points.shape == (graph.size, 2)
    assert np.all((points >= 0) & (points <= 1))
    assert len(np.unique(points.round(9), axis=0)) == graph.size


def test_same_seed_draws_the_same_picture():
    assert np.array_equal(draw(florence()), draw(florence()))


def test_those_who_are_tied_stand_nearer_than_those_who_are_not():
    left, right = range(8), range(8, 16)
    points = draw(graph_of(16, [*clique(left), *clique(right), (0, 8)]))

    within = [distance(points, *pair) for pair in [*clique(left), *clique(right)]]
    between = [distance(points, *pair) for pair in itertools.product(left, right)]
    assert max(within) < np.mean(between)


def test_pieces_do_not_lie_over_each_other():
    sizes = (30, 12, 12, 5, 5, 5, 2, 2)
    starts = np.cumsum((0, *sizes))
    pieces = [range(start, start + size) for start, size in zip(starts[:-1], sizes, strict=True)]
    ring = [
        (piece[place], piece[(place + 1) % len(piece)])
        for piece in pieces
        for place in range(len(piece) - (len(piece) == 2))
    ]
    points = draw(graph_of(sum(sizes), ring))

    for one, other in itertools.combinations(pieces, 2):
        middles = points[list(one)].mean(axis=0), points[list(other)].mean(axis=0)
        reach = [
            np.hypot(*(points[list(each)] - middle).T).max()
            for each, middle in zip((one, other), middles, strict=True)
        ]
        assert np.hypot(*(middles[0] - middles[1])) > sum(reach) * 0.95


def test_those_without_a_tie_stand_around_all_others():
    graph = graph_of(40, [(node, node + 1) for node in range(19)])
    points = draw(graph)
    alone = shape_of(graph).isolated
    away = np.hypot(*(points - points[alone].mean(axis=0)).T)

    assert len(alone) == 20
    assert away[alone].min() > np.delete(away, alone).max()


def test_nobody_tied_is_one_even_ring():
    points = draw(graph_of(6, []))
    away = np.hypot(*(points - 0.5).T)

    assert away == pytest.approx([away[0]] * 6, abs=0.08)


def test_push_over_a_grid_is_near_the_push_pair_by_pair():
    rng = np.random.default_rng(7)
    points, mass = rng.normal(size=(900, 2)), rng.uniform(1, 5, 900)
    exact, grid = pairwise(points, mass), over_a_grid(points, mass)
    whole = np.hypot(*exact.T)

    assert np.median(np.hypot(*(grid - exact).T) / whole) < 0.05


def test_push_of_one_on_another_is_its_mass_over_their_distance():
    push = pairwise(np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([1.0, 10.0]))

    assert push[0] == pytest.approx([-10 * 3 / 25, -10 * 4 / 25], rel=1e-6)
    assert push[1] == pytest.approx([3 / 25, 4 / 25], rel=1e-6)


def test_points_on_one_spot_are_parted():
    apart = spaced(np.zeros((5, 2)))

    assert min(distance(apart, *pair) for pair in clique(range(5))) > 0.6


def test_large_network_is_drawn_in_the_same_way_as_a_small_one():
    # Two communities of 400 each, over the bound where the grid takes over, with one tie between.
    rng = np.random.default_rng(2)
    pairs = [
        (int(one) + side, int(other) + side)
        for side in (0, 400)
        for one, other in rng.integers(0, 400, size=(1600, 2))
        if one != other
    ]
    points = draw(graph_of(800, [*pairs, (0, 400)]))
    middle = points[:400].mean(axis=0), points[400:].mean(axis=0)
    spread = np.hypot(*(points[:400] - middle[0]).T).mean()

    assert np.hypot(*(middle[0] - middle[1])) > 1.2 * spread
