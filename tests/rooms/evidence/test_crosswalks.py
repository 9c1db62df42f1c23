"""From the places of one day to those of another, as the region's own changes tell it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from samskap.evidence.actions import load_places
from samskap.evidence.compute.crosswalks import IncompleteWeightsError, places_between
from samskap.evidence.facts import Geography, PlaceFacts, SourceFacts
from samskap.evidence.models import Handover, Level
from samskap.kernel.loading import Loaded
from samskap.kernel.text import LocalisedText
from samskap.trust.doers import OPERATOR
from tests.world.region import NOON, ostfold

pytestmark = pytest.mark.django_db

IN_VIKEN, TODAY = dt.date(2023, 6, 1), dt.date(2026, 11, 24)
REFORM = dt.date(2024, 1, 1)
SOURCE = SourceFacts(key="ssb", title=LocalisedText(nb="Folketall"), publisher="SSB")
WHOLE = PlaceFacts(
    country="NO",
    code="1507",
    level=Level.MUNICIPALITY,
    name=LocalisedText(nb="Ålesund"),
    valid_from=dt.date(2020, 1, 1),
    valid_to=REFORM,
    source="ssb",
)
REST = replace(
    WHOLE,
    code="1508",
    valid_from=REFORM,
    valid_to=None,
    replaces=("1507",),
    shares={"1507": 0.853431},
)
HARAM = replace(REST, code="1580", name=LocalisedText(nb="Haram"), shares={"1507": 0.146569})


def load(places):
    return load_places(geography=Geography((SOURCE,), tuple(places)), by=OPERATOR, at=NOON)


def test_codes_of_viken_are_carried_to_those_of_today():
    ostfold()

    carried = places_between(IN_VIKEN, TODAY).carry({"3003": 59038, "3012": 1329})

    assert {code: total for code, total in carried.items() if total} == {
        "3105": 59038,
        "3124": 1329,
    }


def test_places_of_one_day_are_carried_to_themselves():
    ostfold()

    walk = places_between(TODAY, TODAY)

    assert walk.before == walk.after
    assert walk.carry({"3105": 7})["3105"] == 7


def test_place_that_became_two_is_shared_as_was_written_down():
    load([WHOLE, REST, HARAM])

    carried = places_between(IN_VIKEN, TODAY).carry({"1507": 1000})

    assert carried == pytest.approx({"1508": 853.431, "1580": 146.569})


def test_place_that_became_two_without_shares_is_refused():
    load([WHOLE, replace(REST, shares={}), replace(HARAM, shares={})])

    with pytest.raises(IncompleteWeightsError) as refused:
        places_between(IN_VIKEN, TODAY)

    assert refused.value.places == ("1507",)


def test_place_that_ended_without_a_successor_is_refused():
    load([WHOLE])

    with pytest.raises(IncompleteWeightsError, match="1507"):
        places_between(IN_VIKEN, TODAY)


def test_shares_are_loaded_once_and_changed_with_the_place():
    load([WHOLE, REST, HARAM])

    again = load([WHOLE, REST, HARAM])
    corrected = load([replace(HARAM, shares={"1507": 0.15})])

    assert (again, corrected) == (Loaded(unchanged=3), Loaded(changed=1))
    assert Handover.objects.get(successor__code="1580").share == 0.15


def test_total_of_a_code_that_was_no_place_is_refused():
    ostfold()

    with pytest.raises(KeyError, match="3105"):
        places_between(IN_VIKEN, TODAY).carry({"3105": 1})


def test_time_is_carried_forwards_only():
    with pytest.raises(ValueError, match="2023"):
        places_between(TODAY, IN_VIKEN)
