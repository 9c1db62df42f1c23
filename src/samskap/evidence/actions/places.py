"""Bring places in, and keep them right."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from samskap.evidence import rules
from samskap.evidence.actions.neighbours import tie_neighbours
from samskap.evidence.actions.sources import UnknownSourceError, load_sources
from samskap.evidence.models import Handover, Place, Source
from samskap.evidence.queries import place_by_code
from samskap.kernel.loading import Loaded, differences
from samskap.trust import audit

if TYPE_CHECKING:
    from samskap.evidence.facts import Geography, PlaceFacts
    from samskap.trust.doers import Doer

_A_DAY: Final = dt.timedelta(days=1)
# Rows that were read a moment ago are there; their keys need no looking up again.
_JUST_FETCHED: Final = frozenset({"key", "source", "parent"})


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
    _hand_over(place, _shares(facts))
    audit.record("place.registered", about=place, by=by, at=at)
    return place


@transaction.atomic
def edit_place(*, place: Place, facts: PlaceFacts, by: Doer, at: dt.datetime) -> Place:
    """Let ``place`` be as ``facts`` say; leaves no trace when it was already."""
    rules.require(rules.may_keep_places, by)
    fields, groups, shares = _place_fields(facts), _groups(facts), _shares(facts)
    changes = _changes(place, facts)
    if changes:
        _write(place, fields)
        for field, places in groups.items():
            getattr(place, field).set(places)
        _hand_over(place, shares)
        audit.record("place.edited", about=place, by=by, at=at, changes=changes)
    return place


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
    tie_neighbours(neighbours=geography.neighbours, by=by, at=at)
    return loaded


def _load_place(facts: PlaceFacts, *, by: Doer, at: dt.datetime) -> Loaded:
    place = Place.objects.filter(
        country=facts.country, code=facts.code, valid_from=facts.valid_from
    ).first()
    if place is None:
        register_place(facts=facts, by=by, at=at)
        return Loaded(created=1)
    if _changes(place, facts):
        edit_place(place=place, facts=facts, by=by, at=at)
        return Loaded(changed=1)
    return Loaded(unchanged=1)


def _write(place: Place, fields: dict[str, Any]) -> None:
    for field, value in fields.items():
        setattr(place, field, value)
    place.full_clean(exclude=_JUST_FETCHED)
    place.save()


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


def _changes(place: Place, facts: PlaceFacts) -> dict[str, list[Any]]:
    return (
        differences(place, _place_fields(facts))
        | _group_differences(place, _groups(facts))
        | _share_differences(place, _shares(facts))
    )


def _group_differences(place: Place, groups: dict[str, list[Place]]) -> dict[str, list[Any]]:
    changes = {}
    for field, places in groups.items():
        before = sorted(str(other.key) for other in getattr(place, field).all())
        after = sorted(str(other.key) for other in places)
        if before != after:
            changes[field] = [before, after]
    return changes


def _share_differences(place: Place, shares: dict[int, float]) -> dict[str, list[Any]]:
    before = dict(place.taken_over.values_list("predecessor_id", "share"))
    if before == shares:
        return {}
    return {"shares": [sorted(before.values()), sorted(shares.values())]}


def _shares(facts: PlaceFacts) -> dict[int, float]:
    """Return the share taken of each predecessor that became several, by its database key."""
    day_before = facts.valid_from - _A_DAY
    return {_place(code, facts, on=day_before).pk: share for code, share in facts.shares.items()}


def _hand_over(place: Place, shares: dict[int, float]) -> None:
    place.taken_over.exclude(predecessor__in=shares).delete()
    for predecessor, share in shares.items():
        Handover.objects.update_or_create(
            predecessor_id=predecessor,
            successor=place,
            defaults={"share": share, "source": place.source},
        )


def _place(code: str, facts: PlaceFacts, *, on: dt.date) -> Place:
    return place_by_code(code, on=on, country=facts.country)
