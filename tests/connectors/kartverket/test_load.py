"""Boundaries on Kartverket's word: all of them or none, and once."""

from __future__ import annotations

import pytest

from samskap.connectors.kartverket import UnknownCodeError
from samskap.connectors.kartverket.load import SOURCE_KEY, refresh_boundaries
from samskap.evidence.models import Boundary, Source
from samskap.evidence.queries import neighbours_of
from samskap.kernel.loading import Loaded
from samskap.trust.doers import OPERATOR
from tests.world.mapping import mapping_server, recorded
from tests.world.region import NOON, TODAY, ostfold, place

pytestmark = pytest.mark.django_db


def refresh(there, codes):
    return refresh_boundaries(
        codes=codes, service=there.service, by=OPERATOR, at=NOON, pause=lambda _seconds: None
    )


def test_boundaries_are_fetched_once_and_then_nothing_changes(tmp_path):
    ostfold()
    with mapping_server(tmp_path) as there:
        there.tell("3105", recorded("municipality"))
        there.tell("3107", recorded("neighbour"))

        first, second = refresh(there, ["3105", "3107"]), refresh(there, ["3105", "3107"])

    assert (first, second) == (Loaded(created=2), Loaded(unchanged=2))
    assert Source.objects.get(key=SOURCE_KEY).licence == "CC BY 4.0"
    sarpsborg = place("3105")
    assert [str(each.name) for each in neighbours_of([sarpsborg], on=TODAY)[sarpsborg.pk]] == [
        "Fredrikstad"
    ]


def test_a_place_that_kartverket_does_not_know_leaves_everything_as_it_was(tmp_path):
    ostfold()
    with mapping_server(tmp_path) as there:
        there.tell("3105", recorded("municipality"))

        with pytest.raises(UnknownCodeError):
            refresh(there, ["3105", "3107"])

    assert not Boundary.objects.exists()


def test_kartverket_is_asked_no_faster_than_twice_a_second(tmp_path):
    ostfold()
    pauses = []
    with mapping_server(tmp_path) as there:
        for code, name in (("3105", "municipality"), ("3107", "neighbour"), ("31", "county")):
            there.tell(code, recorded(name))
        refresh_boundaries(
            codes=["3105", "3107", "31"],
            service=there.service,
            by=OPERATOR,
            at=NOON,
            pause=pauses.append,
        )

    assert pauses == [0.5, 0.5]
