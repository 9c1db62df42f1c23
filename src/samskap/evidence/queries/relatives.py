"""A place with the places it has to do with: what lies within, beside and before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, Q

from samskap.evidence.models import Neighbour, Place
from samskap.evidence.queries.places import (
    GROUPS,
    inside,
    meant_by,
    places_on,
    places_seen_by,
    sources_seen_by,
)
from samskap.kernel.period import valid_on
from samskap.trust.access import PUBLIC

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from samskap.trust.access import Reader

# So many changes of code a place is followed back.
CHANGES_BACK: Final = 3


@dataclass(frozen=True, slots=True)
class Relatives:
    """A place, and those within, beside and before it.

    ``parts`` are its own parts or members and ``neighbours`` what lies beside it, in Norwegian
    order; ``before`` are the places it took over from, newest first. ``within`` is everything
    inside it, by database keys, itself too. ``source_is_seen`` says whether the reader may see
    where the place is known from.
    """

    place: Place
    parts: tuple[Place, ...]
    neighbours: tuple[Place, ...]
    before: tuple[Place, ...]
    within: frozenset[int]
    source_is_seen: bool


def relatives_of(key: str, *, on: date, reader: Reader = PUBLIC) -> Relatives | None:
    """Return the place that ``key`` of an address means on ``on``; none when it means none.

    Two questions to the database.
    """
    source = sources_seen_by(reader).order_by().filter(pk=OuterRef("source"))
    found: Any = (
        places_on(on, reader=reader)
        .filter(meant_by([key]))
        .select_related("parent", "source")
        .annotate(source_is_seen=Exists(source))
        .first()
    )
    if found is None:
        return None
    rows = list(_related(found, on=on, reader=reader))
    return Relatives(
        place=found,
        parts=tuple(row for row in rows if row.is_part),
        neighbours=tuple(row for row in rows if row.is_beside),
        before=tuple(sorted((row for row in rows if row.is_before), key=_age, reverse=True)),
        within=frozenset(row.pk for row in rows if row.is_inside),
        source_is_seen=found.source_is_seen,
    )


def successor_of(key: str, *, on: date) -> Place | None:
    """Return the place of ``on`` that alone took over from the one ``key`` meant earlier."""
    former = Place.objects.order_by().filter(meant_by([key]), valid_to__lte=on)
    later = Place.objects.filter(valid_on(on), predecessors__in=former).distinct()[:2]
    found = list(later)
    return found[0] if len(found) == 1 else None


def _age(place: Place) -> date:
    return place.valid_from


def _related(place: Place, *, on: date, reader: Reader) -> QuerySet[Any]:
    """Return every place that has to do with ``place``, each saying what it is to it."""
    members = Place.members.through.objects.filter(from_place=place).values("to_place")
    lives = valid_on(on)
    is_part = (Q(parent=place) & ~Q(level__in=GROUPS)) | Q(pk__in=members)
    beside = Q(pk__in=Neighbour.objects.order_by().filter(one=place).values("other")) | Q(
        pk__in=Neighbour.objects.order_by().filter(other=place).values("one")
    )
    is_inside = Q(pk__in=Place.objects.order_by().filter(inside(place)).values("pk"))
    told = {
        "is_part": lives & is_part,
        "is_beside": lives & beside,
        "is_before": _before(place),
        "is_inside": is_inside,
    }
    wanted = Q(pk__in=[])
    for each in told.values():
        wanted |= each
    return places_seen_by(reader).filter(wanted).annotate(**told)


def _before(place: Place) -> Q:
    """Select the places that ``place`` took over from, and those that they took over from."""
    step = Place.predecessors.through.objects.filter(from_place=place).values("to_place")
    wanted = Q(pk__in=step)
    for _change in range(CHANGES_BACK - 1):
        step = Place.predecessors.through.objects.filter(from_place__in=step).values("to_place")
        wanted |= Q(pk__in=step)
    return wanted
