"""What is read of where places end, and of who lives beside whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from samskap.evidence.models import Boundary, Neighbour, Place
from samskap.evidence.queries.places import GROUPS, members_of, places_on
from samskap.trust.access import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from samskap.trust.access import Reader


@dataclass(frozen=True, slots=True)
class Outline:
    """A place, and the boundaries that together are its own; none when one is missing."""

    place: Place
    boundaries: tuple[Boundary, ...]


def boundaries_seen_by(_reader: Reader) -> QuerySet[Boundary]:
    """Return every boundary: where a place ends is public, whoever reads."""
    return Boundary.objects.order_by("place_id", "-fetched_on", "-id").select_related("source")


def newest_boundaries(
    places: Iterable[int], *, reader: Reader = PUBLIC, is_shape_wanted: bool = False
) -> dict[int, Boundary]:
    """Return the boundary that was fetched last, by the database key of its place.

    Shapes are heavy, and stay in the database until they are wanted.
    """
    found = boundaries_seen_by(reader).filter(place__in=set(places)).distinct("place_id")
    if not is_shape_wanted:
        found = found.defer("geometry")
    return {boundary.place_id: boundary for boundary in found}


def boundaries_of(
    places: Sequence[Place], *, reader: Reader = PUBLIC, is_shape_wanted: bool = True
) -> list[Outline]:
    """Return each of ``places`` with its boundary, or a group with those of all its members."""
    members = members_of([place for place in places if place.level in GROUPS])
    inside = {member for group in members.values() for member in group}
    wanted = {place.pk for place in places} | inside
    drawn = newest_boundaries(wanted, reader=reader, is_shape_wanted=is_shape_wanted)
    return [Outline(place, _boundaries(place, drawn, members)) for place in places]


def _boundaries(
    place: Place, drawn: dict[int, Boundary], members: dict[int, frozenset[int]]
) -> tuple[Boundary, ...]:
    if place.pk in drawn:
        return (drawn[place.pk],)
    parts = sorted(members.get(place.pk, ()))
    return tuple(drawn[part] for part in parts) if parts and set(parts) <= drawn.keys() else ()


def neighbours_of(
    places: Iterable[Place], *, on: date, reader: Reader = PUBLIC
) -> dict[int, list[Place]]:
    """Return the neighbours on ``on`` of each place, by its database key, in Norwegian order."""
    keys = {place.pk for place in places}
    pairs = Neighbour.objects.filter(Q(one__in=keys) | Q(other__in=keys)).values_list(
        "one_id", "other_id"
    )
    beside: dict[int, set[int]] = {key: set() for key in keys}
    for one, other in pairs:
        for here, there in ((one, other), (other, one)):
            if here in beside:
                beside[here].add(there)
    everyone = {each for group in beside.values() for each in group}
    rows = list(places_on(on, reader=reader).filter(pk__in=everyone))
    return {key: [row for row in rows if row.pk in group] for key, group in beside.items()}
