"""Bring in where places end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from samskap.evidence import rules
from samskap.evidence.actions.neighbours import tie_neighbours
from samskap.evidence.actions.sources import load_sources
from samskap.evidence.compute.bordering import pairs_that_touch
from samskap.evidence.facts import NeighbourFacts, PlaceCode
from samskap.evidence.models import Boundary, Place, Source
from samskap.evidence.queries import place_by_code
from samskap.kernel.loading import Loaded
from samskap.trust import audit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from samskap.evidence.facts import BoundaryFacts, SourceFacts
    from samskap.trust.doers import Doer


@transaction.atomic
def load_boundaries(
    *, boundaries: Sequence[BoundaryFacts], source: SourceFacts, by: Doer, at: dt.datetime
) -> Loaded:
    """Bring in boundaries that one source draws, all of them or none.

    A source has one boundary of a place: the new replaces the old. Run again, it changes nothing.
    Places of one level whose boundaries share an edge are neighbours from then on. Raises
    ``UnknownPlaceError`` when a code meant nothing on its day.
    """
    rules.require(rules.may_keep_places, by)
    load_sources(sources=[source], by=by, at=at)
    row = Source.objects.get(key=source.key)
    loaded = Loaded()
    for facts in boundaries:
        loaded += _load(facts, row, by=by, at=at)
    touching = [
        NeighbourFacts(boundaries[one].place, boundaries[other].place, source.key)
        for one, other in pairs_that_touch([facts.geometry for facts in boundaries])
        if _level(boundaries[one].place) == _level(boundaries[other].place)
    ]
    tie_neighbours(neighbours=touching, by=by, at=at)
    return loaded


def _load(facts: BoundaryFacts, source: Source, *, by: Doer, at: dt.datetime) -> Loaded:
    place = _place(facts.place)
    boundary = Boundary.objects.filter(place=place, source=source).first()
    if boundary is not None and boundary.geometry == facts.geometry:
        return Loaded(unchanged=1)
    if boundary is not None:
        # A row is never changed, so that its number tells its shape to whoever keeps drawings.
        boundary.delete()
    drawn = Boundary(
        place=place,
        source=source,
        geometry=facts.geometry,
        area_km2=facts.area_km2,
        fetched_on=facts.fetched_on,
    )
    drawn.full_clean(exclude={"key", "place", "source"})
    drawn.save()
    verb = "boundary.registered" if boundary is None else "boundary.edited"
    audit.record(verb, about=drawn, by=by, at=at)
    return Loaded(created=1) if boundary is None else Loaded(changed=1)


def _place(code: PlaceCode) -> Place:
    return place_by_code(code.code, on=code.on, country=code.country)


def _level(code: PlaceCode) -> str:
    return _place(code).level
