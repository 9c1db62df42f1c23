"""Write down who lies beside whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from samskap.evidence import rules
from samskap.evidence.actions.sources import UnknownSourceError
from samskap.evidence.models import Neighbour, Source
from samskap.evidence.queries import place_by_code
from samskap.kernel.loading import Loaded
from samskap.trust import audit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from samskap.evidence.facts import NeighbourFacts, PlaceCode
    from samskap.evidence.models import Place
    from samskap.trust.doers import Doer


@transaction.atomic
def tie_neighbours(*, neighbours: Iterable[NeighbourFacts], by: Doer, at: dt.datetime) -> Loaded:
    """Write down pairs of places that lie beside each other; a pair that is known stays as it is.

    Raises ``UnknownPlaceError`` or ``UnknownSourceError`` when a pair points to what is not here.
    """
    rules.require(rules.may_keep_places, by)
    loaded = Loaded()
    for facts in neighbours:
        pair = sorted((_place(facts.one), _place(facts.other)), key=lambda place: place.pk)
        neighbour, is_new = Neighbour.objects.get_or_create(
            one=pair[0], other=pair[1], defaults={"source": _source(facts.source)}
        )
        if is_new:
            audit.record("neighbour.registered", about=neighbour, by=by, at=at)
        loaded += Loaded(created=1) if is_new else Loaded(unchanged=1)
    return loaded


def _place(code: PlaceCode) -> Place:
    return place_by_code(code.code, on=code.on, country=code.country)


def _source(key: str) -> Source:
    source = Source.objects.filter(key=key).first()
    if source is None:
        raise UnknownSourceError(key)
    return source
