"""Bringing places and sources in: once, wholly, with a trace, by those who may."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from samskap.evidence.actions import (
    UnknownSourceError,
    edit_place,
    load_places,
    load_sources,
    register_place,
)
from samskap.evidence.facts import Geography, PlaceFacts, SourceFacts
from samskap.evidence.models import Level, Place, Source
from samskap.evidence.public import sources
from samskap.evidence.queries import UnknownPlaceError, sources_seen_by
from samskap.evidence.reading import read_places
from samskap.kernel.loading import Loaded
from samskap.trust.access import PUBLIC, Reader
from samskap.trust.audit import history_of
from samskap.trust.doers import OPERATOR
from samskap.trust.models import AuditEntry, Role, Visibility
from samskap.trust.rules import NotPermittedError
from tests.world.factories import SourceFactory, in_each_language, in_norwegian
from tests.world.people import someone
from tests.world.region import FOLDER, NOON

pytestmark = pytest.mark.django_db

SOURCE = SourceFacts(key="kart", title=in_each_language("Kart"), publisher="Kartverket")
COUNTY = PlaceFacts(
    country="NO",
    code="31",
    level=Level.COUNTY,
    name=in_norwegian("Østfold"),
    valid_from=dt.date(2024, 1, 1),
    source="kart",
)
SARPSBORG = replace(
    COUNTY, code="3105", level=Level.MUNICIPALITY, name=in_norwegian("Sarpsborg"), parent="31"
)


def test_region_folder_is_brought_in_once_and_then_nothing_changes():
    geography = read_places(FOLDER / "places.yaml")

    first = load_places(geography=geography, by=OPERATOR, at=NOON)
    trail = AuditEntry.objects.count()
    second = load_places(geography=geography, by=OPERATOR, at=NOON)

    # 2 countries, 5 Norwegian and 2 Swedish counties, 18 municipalities twice, Oslo, 49 and 16 in
    # Sweden, and 4 labour-market regions twice; beside them 5 sources and 8 pairs over the border.
    assert first == Loaded(created=2 + 5 + 2 + 36 + 1 + 49 + 16 + 8)
    assert second == Loaded(unchanged=119)
    assert AuditEntry.objects.count() == trail == 119 + 5 + 8


def test_place_that_differs_is_changed_with_what_it_was_before():
    geography = Geography((SOURCE,), (COUNTY, SARPSBORG))
    load_places(geography=geography, by=OPERATOR, at=NOON)
    ended = replace(SARPSBORG, valid_to=dt.date(2030, 1, 1))

    loaded = load_places(geography=Geography((), (ended,)), by=OPERATOR, at=NOON)

    place = Place.objects.get(code="3105")
    assert loaded == Loaded(changed=1)
    newest = history_of(place)[0]
    assert (newest.verb, newest.changes) == (
        "place.edited",
        {"valid_to": [None, "2030-01-01"]},
    )


def test_nothing_is_kept_of_a_geography_that_cannot_be_kept_whole():
    nowhere = replace(SARPSBORG, parent="99")

    with pytest.raises(UnknownPlaceError):
        load_places(geography=Geography((SOURCE,), (COUNTY, nowhere)), by=OPERATOR, at=NOON)

    assert (Place.objects.count(), Source.objects.count()) == (0, 0)
    assert AuditEntry.objects.count() == 0


def test_place_needs_a_source_that_is_here():
    with pytest.raises(UnknownSourceError):
        register_place(facts=COUNTY, by=OPERATOR, at=NOON)


def test_edit_that_changes_nothing_leaves_no_trace():
    SourceFactory(key="kart")
    place = register_place(facts=COUNTY, by=OPERATOR, at=NOON)

    edit_place(place=place, facts=COUNTY, by=OPERATOR, at=NOON)

    assert [entry.verb for entry in history_of(place)] == ["place.registered"]


@pytest.mark.parametrize("role", [Role.PARTNER_REPRESENTATIVE, Role.COMPANY_MEMBER, Role.AUDITOR])
def test_partners_companies_and_auditors_do_not_keep_places(role):
    SourceFactory(key="kart")

    with pytest.raises(NotPermittedError):
        register_place(facts=COUNTY, by=someone(role), at=NOON)

    assert Place.objects.count() == 0


def test_source_kept_to_the_secretariat_is_hidden_from_everyone_else():
    hidden = replace(SOURCE, key="samtale", visibility=Visibility.SECRETARIAT)
    load_sources(sources=[SOURCE, hidden], by=OPERATOR, at=NOON)
    secretariat = Reader(roles=frozenset({Role.SECRETARIAT}), is_signed_in=True)

    assert [source.key for source in sources()] == ["kart"]
    assert [source.key for source in sources_seen_by(PUBLIC)] == ["kart"]
    assert [source.key for source in sources_seen_by(secretariat)] == ["kart", "samtale"]
