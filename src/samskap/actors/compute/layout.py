"""Where actors stand in the picture of the network: computed by a job and stored."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from samskap.actors import queries
from samskap.actors.compute.factors import first_factors
from samskap.actors.models import NetworkPosition, NetworkRun, NetworkScope
from samskap.trust.access import PUBLIC, Reader
from samskap.trust.models import Role
from samskap_analysis import networks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# Whose eyes each picture is drawn with. What a reader may not see shapes nothing they are shown.
EYES: Final[Mapping[NetworkScope, Reader]] = {
    NetworkScope.PUBLIC: PUBLIC,
    NetworkScope.PARTNERS: Reader(
        roles=frozenset({Role.PARTNER_REPRESENTATIVE}), is_signed_in=True
    ),
    NetworkScope.ALL: Reader(roles=frozenset({Role.SECRETARIAT}), is_signed_in=True),
}
_SEED: Final = 1814
# Raised when the science draws otherwise than before: then every picture is drawn anew.
_METHOD: Final = 2
_ADVISORY_LOCK: Final = 7_204_118


@dataclass(frozen=True, slots=True)
class LaidOut:
    """What came of one scope: how many it covers, and whether it had to be computed."""

    scope: NetworkScope
    actors: int
    ties: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Input:
    """Actors as database keys in the order they are drawn, and their ties as places in it."""

    actors: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]

    @property
    def fingerprint(self) -> str:
        return sha256(repr((_METHOD, _SEED, self.actors, self.pairs)).encode()).hexdigest()


def scope_of(reader: Reader) -> NetworkScope:
    """Tell which picture ``reader`` is shown."""
    if reader.sees_all:
        return NetworkScope.ALL
    return NetworkScope.PARTNERS if reader.sees_partners else NetworkScope.PUBLIC


def lay_out(*, at: datetime) -> list[LaidOut]:
    """Compute and store the picture of each scope, of the ties that hold on the day of ``at``.

    One that is of the same actors and ties as the last time is left as it is. Two of the same
    are computed once.
    """
    drawn: dict[str, list[NetworkPosition]] = {}
    return [_lay_out(scope, drawn, at=at) for scope in NetworkScope]


def _lay_out(
    scope: NetworkScope, drawn: dict[str, list[NetworkPosition]], *, at: datetime
) -> LaidOut:
    given = _input(scope, at=at)
    fingerprint = given.fingerprint
    last = NetworkRun.objects.filter(scope=scope).first()
    is_new = last is None or last.fingerprint != fingerprint
    if is_new:
        if fingerprint not in drawn:
            drawn[fingerprint] = _draw(given)
        run = NetworkRun(
            scope=scope,
            computed_at=at,
            fingerprint=fingerprint,
            actors=len(given.actors),
            ties=len(given.pairs),
        )
        _store(run, drawn[fingerprint])
    return LaidOut(scope, len(given.actors), len(given.pairs), is_new)


def _input(scope: NetworkScope, *, at: datetime) -> _Input:
    reader = EYES[scope]
    seen = list(queries.actors_seen_by(reader).values_list("pk", flat=True))
    factor = first_factors(reader)
    # Those without a tie stand in a ring, each factor by itself.
    actors = tuple(sorted(seen, key=lambda actor: factor[actor]))
    place = {actor: number for number, actor in enumerate(actors)}
    ties = queries.ties_on(queries.ties_seen_by(reader), timezone.localdate(at)).order_by()
    ends = ties.values_list("from_actor", "to_actor")
    pairs = {tuple(sorted((place[one], place[other]))) for one, other in ends}
    return _Input(actors, tuple(sorted((one, other) for one, other in pairs)))


def _draw(given: _Input) -> list[NetworkPosition]:
    graph = networks.graph_of(len(given.actors), given.pairs)
    points = networks.layout(graph, rng=np.random.default_rng(_SEED))
    between, shape = networks.betweenness(graph), networks.shape_of(graph)
    return [
        NetworkPosition(
            actor_id=actor,
            x=float(points[place, 0]),
            y=float(points[place, 1]),
            degree=int(shape.degree[place]),
            betweenness=float(between[place]),
            component=int(shape.component[place]),
        )
        for place, actor in enumerate(given.actors)
    ]


@transaction.atomic
def _store(run: NetworkRun, positions: list[NetworkPosition]) -> None:
    """Put a whole picture in the place of the last; a reader sees the one or the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
    # One that was removed while we computed has no place to stand.
    still_here = set(queries.actors_seen_by(EYES[NetworkScope.ALL]).values_list("pk", flat=True))
    NetworkPosition.objects.filter(scope=run.scope).delete()
    NetworkRun.objects.filter(scope=run.scope).delete()
    for position in positions:
        position.pk, position.scope = None, run.scope
    NetworkPosition.objects.bulk_create(
        [position for position in positions if position.actor_id in still_here], batch_size=2_000
    )
    run.save()
