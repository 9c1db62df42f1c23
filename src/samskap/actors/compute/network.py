"""The network of a selection: who is tied to whom, who ties others together, who stands alone."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from django.db import connection
from django.utils.translation import get_language

from samskap.actors import queries
from samskap.actors.changes import mark
from samskap.actors.compute import directory
from samskap.actors.compute.factors import NO_FACTOR, ORDER, factors_by_actor
from samskap.actors.compute.layout import scope_of
from samskap.actors.compute.selection import Selection
from samskap.actors.compute.tie_lines import TiesFound, tie_lines
from samskap.actors.models import ActorKind, NetworkPosition, NetworkRun, TieKind
from samskap.strategy.keys import Factor
from samskap_analysis import networks

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet
    from numpy.typing import NDArray

    from samskap.actors.models import Tie
    from samskap.evidence.queries import Region
    from samskap.kernel.text import LocalisedText
    from samskap.trust.access import Reader

_BROKERS: Final = 5
_KEPT_AT_MOST: Final = 4
_FACTORS: Final = tuple(Factor)


@dataclass(frozen=True, slots=True)
class NetworkSelection:
    """Which network is asked for: of which actors, by which kinds of tie, on which day.

    Without ``kinds`` every kind; a value that is none of ours finds nothing.
    """

    on: date
    actors: Selection = field(default_factory=Selection)
    kinds: tuple[str, ...] = ()


class Node(NamedTuple):
    """An actor in the network. ``x`` and ``y`` lie in the unit square; none before it is drawn.

    ``degree`` is how many others here it is tied to; ``across`` how many pairs of those, of
    different factors and without a tie of their own, have it in common. ``betweenness`` is the
    share of shortest ways between others that run through it in the whole network of the day it
    was drawn; none before that.
    """

    key: UUID
    slug: str
    name: LocalisedText
    kind: ActorKind
    factors: tuple[Factor, ...]
    is_demo: bool
    x: float | None
    y: float | None
    degree: int
    across: int
    betweenness: float | None

    @property
    def percent(self) -> float | None:
        """``betweenness`` in per cent."""
        return None if self.betweenness is None else 100 * self.betweenness


class Edge(NamedTuple):
    """A tie, as the places of the two in ``Network.nodes``, from the first to the second.

    ``row`` is its database key, for a page of ties to be told of in full.
    """

    one: int
    other: int
    kind: TieKind
    row: int


@dataclass(frozen=True, slots=True)
class Broker:
    """An actor that ties factors together, and the two factors it has the most pairs between."""

    node: Node
    factors: tuple[Factor, Factor]
    pairs: int


@dataclass(frozen=True, slots=True)
class Network:
    """The actors of a selection in order of their names, the ties among them, and what they show.

    ``drawn_at`` is when their places were computed; none when they have not been yet.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    brokers: tuple[Broker, ...]
    drawn_at: datetime | None

    @property
    def isolated(self) -> list[Node]:
        """Those here who are tied to nobody here."""
        return [node for node in self.nodes if node.degree == 0]

    @property
    def by_degree(self) -> list[Node]:
        """Everyone, those with the most ties first."""
        return sorted(self.nodes, key=lambda node: -node.degree)


class _Position(NamedTuple):
    x: float
    y: float
    betweenness: float


def network(asked: NetworkSelection, *, reader: Reader, region: Region | None) -> Network:
    """Return the network ``asked`` for, of nothing but what ``reader`` may see.

    That of everyone is kept by each process until something it is made of has changed: then two
    questions to the database, else at most seven beside those of the selection.
    """
    if asked.actors.is_narrowed:
        return _made(asked, _drawn_at(reader), reader=reader, region=region)
    key = (reader, asked, get_language(), connection.settings_dict["NAME"])
    made_of = mark(), _drawn_at(reader)
    with _lock:
        kept = _kept.pop(key, None)
        if kept is not None and kept[0] == made_of:
            _kept[key] = kept
            return kept[1]
    found = _made(asked, made_of[1], reader=reader, region=region)
    with _lock:
        _kept[key] = made_of, found
        while len(_kept) > _KEPT_AT_MOST:
            _kept.popitem(last=False)
    return found


_kept: OrderedDict[tuple[object, ...], tuple[object, Network]] = OrderedDict()
_lock = Lock()


def _drawn_at(reader: Reader) -> datetime | None:
    run = NetworkRun.objects.filter(scope=scope_of(reader))
    return run.values_list("computed_at", flat=True).first()


def _made(
    asked: NetworkSelection,
    drawn_at: datetime | None,
    *,
    reader: Reader,
    region: Region | None,
) -> Network:
    rows = _actors(asked, reader=reader, region=region)
    place = {row[0]: number for number, row in enumerate(rows)}
    edges = tuple(_edges(asked, place, reader=reader))
    graph = networks.graph_of(len(rows), [(edge.one, edge.other) for edge in edges])
    factors = factors_by_actor(reader)
    group = np.array([_group(factors.get(row[0], ())) for row in rows], dtype=np.int64)
    across = networks.brokerage(graph, group).across
    degree = networks.shape_of(graph).degree
    positions = _positions(reader)
    nodes = tuple(
        Node(
            key=key,
            slug=slug,
            name=name,
            kind=ActorKind(kind),
            factors=factors.get(actor, ()),
            is_demo=is_demo,
            x=positions[actor].x if actor in positions else None,
            y=positions[actor].y if actor in positions else None,
            degree=int(degree[number]),
            across=int(across[number]),
            betweenness=positions[actor].betweenness if actor in positions else None,
        )
        for number, (actor, key, slug, name, kind, is_demo) in enumerate(rows)
    )
    brokers = tuple(_brokers(nodes, graph, group, across))
    return Network(nodes, edges, brokers, drawn_at)


def ties(asked: NetworkSelection, *, reader: Reader, region: Region | None) -> QuerySet[Tie]:
    """Return the ties of the network ``asked`` for, in the order they were written down."""
    found = ties_asked_for(asked, reader=reader)
    if asked.actors.is_narrowed:
        chosen = directory.select(asked.actors, reader=reader, region=region, on=asked.on)
        among = chosen.order_by().values("pk")
        found = found.filter(from_actor__in=among, to_actor__in=among)
    return found.order_by("id")


def ties_of(found: Network, *, page: int, size: int, reader: Reader) -> TiesFound:
    """Return a page of the ties of a network that is counted already. Two questions more."""
    pages = max(1, -(-len(found.edges) // size))
    page = min(max(1, page), pages)
    shown = [edge.row for edge in found.edges[(page - 1) * size : page * size]]
    rows = queries.ties_seen_by(reader).filter(pk__in=shown)
    return TiesFound(len(found.edges), page, pages, tie_lines(rows, reader=reader))


def whole_of(asked: NetworkSelection) -> NetworkSelection:
    """Return the same ties on the same day, among everyone."""
    return NetworkSelection(on=asked.on, kinds=asked.kinds)


def _actors(
    asked: NetworkSelection, *, reader: Reader, region: Region | None
) -> list[tuple[int, UUID, str, LocalisedText, str, bool]]:
    chosen = directory.select(asked.actors, reader=reader, region=region, on=asked.on)
    ordered = queries.in_order(chosen, language=get_language())
    return list(ordered.values_list("pk", "key", "slug", "name", "kind", "is_demo"))


def ties_asked_for(asked: NetworkSelection, *, reader: Reader) -> QuerySet[Tie]:
    """Return the ties of the kinds and the day asked for, among everyone."""
    found = queries.ties_on(queries.ties_seen_by(reader), asked.on)
    if asked.kinds:
        found = found.filter(kind__in=[kind for kind in asked.kinds if kind in TieKind.values])
    return found


def _edges(asked: NetworkSelection, place: dict[int, int], *, reader: Reader) -> list[Edge]:
    rows = (
        ties_asked_for(asked, reader=reader)
        .order_by("pk")
        .values_list("from_actor", "to_actor", "kind", "pk")
    )
    kinds = {kind.value: kind for kind in TieKind}
    return [
        Edge(place[one], place[other], kinds[kind], row)
        for one, other, kind, row in rows
        if one in place and other in place
    ]


def _positions(reader: Reader) -> dict[int, _Position]:
    """Return the last picture for such a reader: drawn of what every one of them may see."""
    rows = NetworkPosition.objects.filter(scope=scope_of(reader)).order_by()
    found = rows.values_list("actor", "x", "y", "betweenness")
    return {actor: _Position(x, y, between) for actor, x, y, between in found}


def _group(factors: tuple[Factor, ...]) -> int:
    return ORDER[factors[0].value] if factors else NO_FACTOR


def _brokers(
    nodes: tuple[Node, ...],
    graph: networks.Graph,
    group: NDArray[np.int64],
    across: NDArray[np.int64],
) -> list[Broker]:
    """Name those with the most open pairs across factors, and where most of them lie."""
    most = np.argsort(-across, kind="stable")[:_BROKERS]
    found = []
    for place in most[across[most] > 0].tolist():
        pairs = np.triu(networks.open_pairs(graph, group, place), 1)[:NO_FACTOR, :NO_FACTOR]
        if pairs.max(initial=0) == 0:
            continue
        one, other = np.unravel_index(int(pairs.argmax()), pairs.shape)
        factors = _FACTORS[int(one)], _FACTORS[int(other)]
        found.append(Broker(nodes[place], factors, int(pairs[one, other])))
    return found
