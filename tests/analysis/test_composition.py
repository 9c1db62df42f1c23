"""Who closes the most gaps: by hand, and against a search of everything."""

from __future__ import annotations

from itertools import combinations
from math import e

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from samskap_analysis.composition import additions, fewest_additions

tables = arrays(bool, st.tuples(st.integers(1, 7), st.integers(1, 7)))


def closed_by(covers, rows):
    return int(covers[list(rows)].any(axis=0).sum()) if rows else 0


def test_the_greedy_choice_takes_three_where_two_would_do():
    # The long row tempts; the two short ones do. Worked by hand in docs/methods/composition.md.
    covers = np.array([[1, 1, 1, 1, 0, 0], [1, 0, 1, 0, 1, 0], [0, 1, 0, 1, 0, 1]], dtype=bool)

    assert [each.candidate for each in additions(covers, at_most=6)] == [0, 1, 2]
    assert fewest_additions(covers) == (1, 2)


def test_each_addition_says_what_it_alone_brings():
    covers = np.array([[1, 1, 0], [1, 1, 1], [0, 0, 1]], dtype=bool)

    assert [each.closes for each in additions(covers, at_most=3)] == [(0, 1, 2)]


def test_of_two_that_close_as_much_the_preferred_is_added():
    covers = np.array([[0, 1], [1, 0], [0, 1]], dtype=bool)

    assert [each.candidate for each in additions(covers, at_most=1)] == [0]
    assert fewest_additions(covers) == (0, 1)


def test_what_nobody_closes_stays_open():
    covers = np.array([[0, 1], [0, 1]], dtype=bool)

    assert [each.closes for each in additions(covers, at_most=5)] == [(1,)]
    assert fewest_additions(covers) == (0,)


def test_where_nothing_can_be_closed_nobody_is_added():
    covers = np.zeros((3, 4), dtype=bool)

    assert additions(covers, at_most=2) == ()
    assert fewest_additions(covers) == ()


def test_more_than_twenty_gaps_are_refused():
    with pytest.raises(ValueError, match="21 gaps are more than 20"):
        fewest_additions(np.ones((1, 21), dtype=bool))


def test_a_list_is_no_table():
    with pytest.raises(ValueError, match="not 1 dimensions"):
        additions(np.ones(3, dtype=bool), at_most=1)


@given(covers=tables)
def test_no_smaller_choice_closes_as_much(covers):
    chosen = fewest_additions(covers)

    everything = closed_by(covers, range(len(covers)))
    smaller = combinations(range(len(covers)), max(0, len(chosen) - 1))
    assert closed_by(covers, chosen) == everything
    assert not chosen or all(closed_by(covers, rows) < everything for rows in smaller)


@given(covers=tables, at_most=st.integers(1, 4))
def test_the_greedy_choice_closes_what_the_theorem_promises(covers, at_most):
    chosen = [each.candidate for each in additions(covers, at_most=at_most)]

    size = min(at_most, len(covers))
    best = max(closed_by(covers, rows) for rows in combinations(range(len(covers)), size))
    assert closed_by(covers, chosen) >= (1 - 1 / e) * best


@given(covers=tables)
def test_the_table_is_left_as_it_was(covers):
    before = covers.copy()

    additions(covers, at_most=3)
    fewest_additions(covers)

    assert np.array_equal(covers, before)
