"""Bring places and their sources in, and keep them right."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from samskap.evidence import rules
from samskap.evidence.models import Place, Source
from samskap.evidence.queries import UnknownPlaceError, place_by_code
from samskap.kernel.loading import Loaded, differences
from samskap.trust import audit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from samskap.evidence.facts import Geography, PlaceFacts, SourceFacts
    from samskap.trust.doers import Doer

_A_DAY: Final = dt.timedelta(days=1)
# Rows that were read a moment ago are there; their keys need no looking up again.
_JUST_FETCHED: Final = frozenset({"key", "source", "parent"})


class UnknownSourceError(LookupError):
    """A place names a source that is neither in the document nor here."""


@transaction.atomic
def register_source(*, facts: SourceFacts, by: Doer, at: dt.datetime) -> Source:
    """Write down where facts come from."""
    rules.require(rules.may_keep_sources, by)
    source = Source(key=facts.key, **_source_fields(facts))
    source.full_clean()
    source.save()
    audit.record("source.registered", about=source, by=by, at=at)
    return source


@transaction.atomic
def edit_source(*, source: Source, facts: SourceFacts, by: Doer, at: dt.datetime) -> Source:
    """Let ``source`` say what ``facts`` say; leaves no trace when it did already."""
    rules.require(rules.may_keep_sources, by)
    changes = differences(source, _source_fields(facts))
    if changes:
        _write(source, _source_fields(facts))
        audit.record("source.edited", about=source, by=by, at=at, changes=changes)
    return source


@transaction.atomic
def register_place(*, facts: PlaceFacts, by: Doer, at: dt.datetime) -> Place:
    """Write down a place under a code.

    Raises ``ValidationError`` when the code is another's in the same time, and
    ``UnknownPlaceError`` or ``UnknownSourceError`` when ``facts`` point to what is not here.
    """
    rules.require(rules.may_keep_places, by)
    place = Place(
        country=facts.country,
        code=facts.code,
        valid_from=facts.valid_from,
        **_place_fields(facts),
    )
    place.full_clean(exclude=_JUST_FETCHED)
    place.save()
    for field, places in _groups(facts).items():
        if places:
            getattr(place, field).set(places)
    audit.record("place.registered", about=place, by=by, at=at)
    return place


@transaction.atomic
def edit_place(*, place: Place, facts: PlaceFacts, by: Doer, at: dt.datetime) -> Place:
    """Let ``place`` be as ``facts`` say; leaves no trace when it was already."""
    rules.require(rules.may_keep_places, by)
    fields, groups = _place_fields(facts), _groups(facts)
    changes = differences(place, fields) | _group_differences(place, groups)
    if changes:
        _write(place, fields)
        for field, places in groups.items():
            getattr(place, field).set(places)
        audit.record("place.edited", about=place, by=by, at=at, changes=changes)
    return place


@transaction.atomic
def load_sources(*, sources: Iterable[SourceFacts], by: Doer, at: dt.datetime) -> Loaded:
    """Bring sources in; run again, it changes only what differs."""
    rules.require(rules.may_keep_sources, by)
    loaded = Loaded()
    for facts in sources:
        source = Source.objects.filter(key=facts.key).first()
        if source is None:
            register_source(facts=facts, by=by, at=at)
            loaded += Loaded(created=1)
        elif differences(source, _source_fields(facts)):
            edit_source(source=source, facts=facts, by=by, at=at)
            loaded += Loaded(changed=1)
        else:
            loaded += Loaded(unchanged=1)
    return loaded


@transaction.atomic
def load_places(*, geography: Geography, by: Doer, at: dt.datetime) -> Loaded:
    """Bring a geography in, all of it or nothing; run again, it changes only what differs.

    A place is known by country, code and the day it begins. Returns the count of places. Raises
    as ``register_place`` does.
    """
    rules.require(rules.may_keep_places, by)
    load_sources(sources=geography.sources, by=by, at=at)
    loaded = Loaded()
    for facts in geography.places:
        loaded += _load_place(facts, by=by, at=at)
    return loaded


def _load_place(facts: PlaceFacts, *, by: Doer, at: dt.datetime) -> Loaded:
    place = Place.objects.filter(
        country=facts.country, code=facts.code, valid_from=facts.valid_from
    ).first()
    if place is None:
        register_place(facts=facts, by=by, at=at)
        return Loaded(created=1)
    if differences(place, _place_fields(facts)) or _group_differences(place, _groups(facts)):
        edit_place(place=place, facts=facts, by=by, at=at)
        return Loaded(changed=1)
    return Loaded(unchanged=1)


def _write(row: Place | Source, fields: dict[str, Any]) -> None:
    for field, value in fields.items():
        setattr(row, field, value)
    row.full_clean(exclude=_JUST_FETCHED)
    row.save()


def _source_fields(facts: SourceFacts) -> dict[str, Any]:
    return {
        "title": facts.title,
        "publisher": facts.publisher,
        "year": facts.year,
        "url": facts.url,
        "licence": facts.licence,
        "retrieved_on": facts.retrieved_on,
        "visibility": facts.visibility,
    }


def _place_fields(facts: PlaceFacts) -> dict[str, Any]:
    source = Source.objects.filter(key=facts.source).first()
    if source is None:
        raise UnknownSourceError(facts.source)
    parent = _place(facts.parent, facts, on=facts.valid_from) if facts.parent else None
    return {
        "level": facts.level,
        "name": facts.name,
        "parent": parent,
        "valid_to": facts.valid_to,
        "latitude": facts.latitude,
        "longitude": facts.longitude,
        "source": source,
    }


def _groups(facts: PlaceFacts) -> dict[str, list[Place]]:
    day_before = facts.valid_from - _A_DAY
    return {
        "members": [_place(code, facts, on=facts.valid_from) for code in facts.members],
        "predecessors": [_place(code, facts, on=day_before) for code in facts.replaces],
    }


def _group_differences(place: Place, groups: dict[str, list[Place]]) -> dict[str, list[Any]]:
    changes = {}
    for field, places in groups.items():
        before = sorted(str(other.key) for other in getattr(place, field).all())
        after = sorted(str(other.key) for other in places)
        if before != after:
            changes[field] = [before, after]
    return changes


def _place(code: str, facts: PlaceFacts, *, on: dt.date) -> Place:
    return place_by_code(code, on=on, country=facts.country)


__all__ = [
    "UnknownPlaceError",
    "UnknownSourceError",
    "edit_place",
    "edit_source",
    "load_places",
    "load_sources",
    "register_place",
    "register_source",
]
