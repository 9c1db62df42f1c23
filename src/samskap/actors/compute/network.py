"""The network of a selection: who is tied to whom, who ties others together, who stands alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from django.utils.translation import get_language

from samskap.actors import queries
from samskap.actors.compute import directory
from samskap.actors.compute.factors import NO_FACTOR, ORDER, factors_by_actor
from samskap.actors.compute.layout import scope_of
from samskap.actors.compute.selection import Selection
from samskap.actors.compute.tie_lines import TieLine, TiesFound, tie_lines
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


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way: from which actor to which, by which ties."""

    start: Node
    end: Node
    ties: tuple[TieLine, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """How two actors are connected: the first of the shortest ways, and how many there are."""

    one: Node
    other: Node
    count: int
    ways: tuple[tuple[Step, ...], ...]


def network(asked: NetworkSelection, *, reader: Reader, region: Region | None) -> Network:
    """Return the network ``asked`` for, of nothing but what ``reader`` may see.

    Five questions to the database beside those of the selection.
    """
    rows = _actors(asked, reader=reader, region=region)
    place = {row[0]: number for number, row in enumerate(rows)}
    edges = tuple(_edges(asked, place, reader=reader))
    graph = networks.graph_of(len(rows), [(edge.one, edge.other) for edge in edges])
    factors = factors_by_actor(reader)
    group = np.array([_group(factors.get(row[0], ())) for row in rows], dtype=np.int64)
    across = networks.brokerage(graph, group).across
    degree = networks.shape_of(graph).degree
    run, positions = _drawn(reader)
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
    return Network(nodes, edges, brokers, run.computed_at if run else None)


def ties(asked: NetworkSelection, *, reader: Reader, region: Region | None) -> QuerySet[Tie]:
    """Return the ties of the network ``asked`` for, in the order they were written down."""
    found = _ties(asked, reader=reader)
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


def ways(
    asked: NetworkSelection, whole: Network, one: str, other: str, *, reader: Reader
) -> Ways | None:
    """Return how the actors ``one`` and ``other`` (as addresses write them) are connected.

    ``whole`` is the network of ``whole_of(asked)``: the ways are over everyone. ``None`` when one
    of the two is not there; no ways when nothing connects them.
    """
    place = {node.slug: number for number, node in enumerate(whole.nodes)}
    if one not in place or other not in place:
        return None
    graph = networks.graph_of(len(whole.nodes), [(edge.one, edge.other) for edge in whole.edges])
    found = networks.connection(graph, place[one], place[other])
    nodes = [[whole.nodes[number] for number in way] for way in found.ways]
    between = _ties_between(asked, nodes, reader=reader)
    steps = tuple(
        tuple(
            Step(start, end, between[frozenset((start.slug, end.slug))])
            for start, end in pairwise(way)
        )
        for way in nodes
    )
    return Ways(whole.nodes[place[one]], whole.nodes[place[other]], found.count, steps)


def _actors(
    asked: NetworkSelection, *, reader: Reader, region: Region | None
) -> list[tuple[int, UUID, str, LocalisedText, str, bool]]:
    chosen = directory.select(asked.actors, reader=reader, region=region, on=asked.on)
    ordered = queries.in_order(chosen, language=get_language())
    return list(ordered.values_list("pk", "key", "slug", "name", "kind", "is_demo"))


def _ties(asked: NetworkSelection, *, reader: Reader) -> QuerySet[Tie]:
    found = queries.ties_on(queries.ties_seen_by(reader), asked.on)
    if asked.kinds:
        found = found.filter(kind__in=[kind for kind in asked.kinds if kind in TieKind.values])
    return found


def _edges(asked: NetworkSelection, place: dict[int, int], *, reader: Reader) -> list[Edge]:
    rows = (
        _ties(asked, reader=reader)
        .order_by("pk")
        .values_list("from_actor", "to_actor", "kind", "pk")
    )
    kinds = {kind.value: kind for kind in TieKind}
    return [
        Edge(place[one], place[other], kinds[kind], row)
        for one, other, kind, row in rows
        if one in place and other in place
    ]


def _drawn(
    reader: Reader,
) -> tuple[NetworkRun | None, dict[int, _Position]]:
    """Return the last picture for such a reader: drawn of what every one of them may see."""
    scope = scope_of(reader)
    run = NetworkRun.objects.filter(scope=scope).first()
    if run is None:
        return None, {}
    rows = NetworkPosition.objects.filter(scope=scope).order_by()
    found = rows.values_list("actor", "x", "y", "betweenness")
    return run, {actor: _Position(x, y, between) for actor, x, y, between in found}


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


def _ties_between(
    asked: NetworkSelection, chains: list[list[Node]], *, reader: Reader
) -> dict[frozenset[str], tuple[TieLine, ...]]:
    slugs = {node.slug for chain in chains for node in chain}
    rows = _ties(asked, reader=reader).filter(from_actor__slug__in=slugs, to_actor__slug__in=slugs)
    found: dict[frozenset[str], tuple[TieLine, ...]] = {}
    for tie in tie_lines(rows, reader=reader):
        ends = frozenset((tie.one.slug, tie.other.slug))
        found[ends] = (*found.get(ends, ()), tie)
    return found
