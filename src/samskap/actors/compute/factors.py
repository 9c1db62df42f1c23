"""Which factors actors count under, for whole networks at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from samskap.actors import queries
from samskap.actors.models import ActorFactor
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from samskap.trust.access import Reader

ORDER: Final = {factor.value: place for place, factor in enumerate(Factor)}
NO_FACTOR: Final = len(ORDER)


def factors_by_actor(reader: Reader) -> dict[int, tuple[Factor, ...]]:
    """Return the factors of each actor ``reader`` may see, in the model's order, by database key.

    One question to the database.
    """
    seen = queries.actors_seen_by(reader).order_by().values("pk")
    rows = ActorFactor.objects.filter(actor__in=seen).order_by().values_list("actor", "factor")
    found: dict[int, list[str]] = {}
    for actor, factor in rows:
        found.setdefault(actor, []).append(factor)
    known = {factor.value: factor for factor in Factor}
    return {
        actor: tuple(known[each] for each in sorted(factors, key=ORDER.__getitem__))
        for actor, factors in found.items()
    }


def first_factors(reader: Reader) -> dict[int, int]:
    """Return the place in the model of each actor's first factor, by database key.

    One that counts under none, which no action leaves behind, comes last.
    """
    known = factors_by_actor(reader)
    seen = queries.actors_seen_by(reader).order_by().values_list("pk", flat=True)
    return {actor: ORDER[known[actor][0].value] if actor in known else NO_FACTOR for actor in seen}
