"""How two actors are connected, tie by tie."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from samskap.actors.compute.network import Network, NetworkSelection, Node, ties_asked_for
from samskap.actors.compute.tie_lines import TieLine, tie_lines
from samskap_analysis import networks

if TYPE_CHECKING:
    from samskap.trust.access import Reader


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


def ways_between(
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


def _ties_between(
    asked: NetworkSelection, chains: list[list[Node]], *, reader: Reader
) -> dict[frozenset[str], tuple[TieLine, ...]]:
    slugs = {node.slug for chain in chains for node in chain}
    rows = ties_asked_for(asked, reader=reader).filter(
        from_actor__slug__in=slugs, to_actor__slug__in=slugs
    )
    found: dict[frozenset[str], tuple[TieLine, ...]] = {}
    for tie in tie_lines(rows, reader=reader):
        ends = frozenset((tie.one.slug, tie.other.slug))
        found[ends] = (*found.get(ends, ()), tie)
    return found
