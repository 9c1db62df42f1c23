"""Totals carried from one set of places to another: by hand, and nothing lost."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samskap_analysis.regions import (
    Crosswalk,
    IncompleteWeightsError,
    UnknownPlaceError,
    crosswalk,
)
from samskap_analysis.regions import crosswalk as build
from tests.architecture.house import PROJECT

# Inhabitants of the five that became Ålesund (1507) in 2020, as Statistics Norway counted them; in
# 2024 Haram became a municipality of its own again. docs/methods/crosswalks.md has the sum.
FIVE = {"1504": 44588, "1523": 2218, "1529": 4210, "1534": 8986, "1546": 1307}
HARAM = 8986 / 61309


def merger():
    return crosswalk(list(FIVE), ["1507"], [(code, "1507", 1.0) for code in FIVE])


def division():
    shares = [("1507", "1508", 1 - HARAM), ("1507", "1580", HARAM)]
    return crosswalk(["1507"], ["1508", "1580"], shares)


def test_examples_in_the_code_are_right():
    module = __import__("samskap_analysis.regions.crosswalk", fromlist=["_"])

    assert doctest.testmod(module).failed == 0


def test_renamed_place_keeps_what_it_had():
    walk = crosswalk(["3003"], ["3105"], [("3003", "3105", 1.0)])

    assert walk.carry([59038]).tolist() == [59038]


def test_merged_places_add_up():
    assert merger().carry(list(FIVE.values())).tolist() == [61309]


def test_divided_place_is_shared_as_its_inhabitants_were():
    # 1 000 jobs in Ålesund of 2023: 8986 of 61309 inhabitants lived in Haram, 146.57 of 1 000.
    aalesund, haram = division().carry([1000])

    assert (round(aalesund, 2), round(haram, 2)) == (853.43, 146.57)


def test_two_steps_are_one():
    both = merger().then(division())

    assert (both.before, both.after) == (tuple(FIVE), ("1508", "1580"))
    assert both.carry(list(FIVE.values())) == pytest.approx([61309 - 8986, 8986])


def test_several_things_are_carried_at_once():
    walk = division()

    assert walk.carry([[1000.0, 10.0]]).tolist() == pytest.approx(
        np.column_stack([walk.carry([1000.0]), walk.carry([10.0])])
    )


def test_way_back_is_there_only_where_nothing_was_merged():
    assert division().reversed().carry([10, 20]).tolist() == [30]
    with pytest.raises(IncompleteWeightsError) as refused:
        merger().reversed()
    assert refused.value.places == ("1507",)


@pytest.mark.parametrize(
    ("steps", "lacking"),
    [
        ([("a", "x", 1.0)], ("b",)),
        ([("a", "x", 0.5), ("b", "y", 1.0)], ("a",)),
        ([("a", "x", 0.7), ("a", "y", 0.7), ("b", "y", 1.0)], ("a",)),
        ([], ("a", "b")),
    ],
)
def test_shares_that_do_not_sum_to_one_are_refused_with_whose_they_are(steps, lacking):
    with pytest.raises(IncompleteWeightsError) as refused:
        crosswalk(["a", "b"], ["x", "y"], steps)

    assert refused.value.places == lacking


@pytest.mark.parametrize(
    "step", [("c", "x", 1.0), ("a", "z", 1.0), ("a", "x", -0.1), ("a", "x", 2)]
)
def test_step_that_leads_nowhere_is_refused(step):
    with pytest.raises(UnknownPlaceError):
        crosswalk(["a"], ["x"], [step])


def test_totals_of_other_places_are_refused():
    with pytest.raises(ValueError, match="2"):
        division().carry([1, 2])
    with pytest.raises(ValueError, match="1508"):
        division().then(merger())


def test_shares_written_with_six_decimals_lose_nothing():
    thirds = crosswalk(["a"], "xyz", [("a", each, 0.333333) for each in "xyz"])

    assert thirds.carry([3_000_000]).sum() == 3_000_000


@st.composite
def walks(draw, before, after):
    """Any crosswalk between the two sets: each row some shares of one."""
    parts = draw(
        st.lists(
            st.lists(st.integers(0, 9), min_size=len(after), max_size=len(after)).filter(any),
            min_size=len(before),
            max_size=len(before),
        )
    )
    steps = [
        (one, other, part / sum(row))
        for one, row in zip(before, parts, strict=True)
        for other, part in zip(after, row, strict=True)
    ]
    return build(before, after, steps)


SETS = st.integers(1, 6).map(lambda size: [f"p{number}" for number in range(size)])


@given(st.data(), SETS, SETS, SETS)
def test_totals_are_conserved_step_by_step_and_over_both(data, first, second, third):
    one, other = data.draw(walks(first, second)), data.draw(walks(second, third))
    totals = np.array(
        data.draw(st.lists(st.integers(0, 10**7), min_size=len(first), max_size=len(first))),
        dtype=float,
    )
    untouched = totals.copy()

    carried = one.carry(totals)

    assert carried.sum() == pytest.approx(totals.sum(), rel=1e-12)
    assert one.then(other).carry(totals) == pytest.approx(other.carry(carried), rel=1e-9, abs=1e-6)
    assert one.then(other).carry(totals).sum() == pytest.approx(totals.sum(), rel=1e-12)
    assert (totals == untouched).all()
    assert isinstance(one.then(other), Crosswalk)


def test_examples_on_the_page_of_the_method_are_right():
    page = PROJECT / "docs" / "methods" / "crosswalks.md"

    assert doctest.testfile(str(page), module_relative=False).failed == 0
