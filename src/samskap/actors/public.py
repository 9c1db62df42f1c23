"""What the world may see of the actors: the directory, one actor, and the coverage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from samskap.actors import queries
from samskap.actors.compute import coverage as coverage_of
from samskap.actors.compute import directory
from samskap.actors.compute import network as network_of
from samskap.actors.compute.coverage import Coverage, CoverageRow, FactorGap, Gap, Nearness
from samskap.actors.compute.directory import (
    BEYOND,
    PAGE_SIZE,
    WHOLE_COUNTY,
    Facets,
    Findings,
)
from samskap.actors.compute.lines import ActorLine, ActorSheet, Reason, sheet_of
from samskap.actors.compute.network import (
    Broker,
    Edge,
    Network,
    NetworkSelection,
    Node,
    Step,
    Ways,
)
from samskap.actors.compute.selection import Selection, in_address, selection_in
from samskap.actors.compute.tie_lines import TieEnd, TieLine, TiesFound, page_of_ties
from samskap.actors.models import ActorKind, Confidence, TieKind
from samskap.trust.access import PUBLIC

if TYPE_CHECKING:
    from datetime import date

    from samskap.trust.access import Reader

__all__ = [
    "BEYOND",
    "PAGE_SIZE",
    "WHOLE_COUNTY",
    "ActorKind",
    "ActorLine",
    "ActorSheet",
    "Broker",
    "Confidence",
    "Coverage",
    "CoverageRow",
    "Edge",
    "Facets",
    "FactorGap",
    "Findings",
    "Gap",
    "Nearness",
    "Network",
    "NetworkSelection",
    "Node",
    "Reason",
    "Selection",
    "Step",
    "TieEnd",
    "TieKind",
    "TieLine",
    "TiesFound",
    "Ways",
    "actor",
    "connection",
    "coverage",
    "find_actors",
    "how_many",
    "in_address",
    "network",
    "selection_in",
    "ties",
]


def find_actors(
    selection: Selection | None = None,
    *,
    page: int = 1,
    size: int = PAGE_SIZE,
    reader: Reader = PUBLIC,
    on: date | None = None,
) -> Findings:
    """Return a page of the directory, and how many each filter would find.

    Without a selection, everyone ``reader`` may see. Names stand in Norwegian order in the
    language that is active; a page past the end is the last one. Codes mean what they mean on
    ``on``, by default today. At most eight questions to the database, however many there are.
    """
    day = on or timezone.localdate()
    return directory.find(
        selection or Selection(),
        reader=reader,
        region=queries.home_region(on=day),
        on=day,
        page=page,
        size=size,
    )


def how_many(*, reader: Reader = PUBLIC) -> int:
    """Return how many actors ``reader`` may see. One question to the database."""
    return queries.actors_seen_by(reader).count()


def actor(slug: str, *, reader: Reader = PUBLIC) -> ActorSheet | None:
    """Return one actor by its key in addresses; none when ``reader`` may not see it."""
    seen = queries.with_details(queries.actors_seen_by(reader), reader=reader)
    found = seen.filter(slug=slug).first()
    return sheet_of(found) if found else None


def coverage(*, reader: Reader = PUBLIC, on: date | None = None) -> Coverage | None:
    """Return which factors are present where; none before a region is loaded.

    At most seven questions to the database, however many actors there are.
    """
    region = queries.home_region(on=on or timezone.localdate())
    return coverage_of.cover(reader=reader, region=region) if region else None


def network(asked: NetworkSelection, *, reader: Reader = PUBLIC) -> Network:
    """Return who is tied to whom among the actors ``asked`` for, drawn where the job put them.

    Nothing that ``reader`` may not see shapes it: neither counts, nor brokers, nor places. At most
    nine questions to the database, however many there are.
    """
    return network_of.network(asked, reader=reader, region=queries.home_region(on=asked.on))


def ties(
    asked: NetworkSelection, *, page: int = 1, size: int = PAGE_SIZE, reader: Reader = PUBLIC
) -> TiesFound:
    """Return a page of the ties of that network, in the order they were written down."""
    region = queries.home_region(on=asked.on)
    found = network_of.ties(asked, reader=reader, region=region)
    return page_of_ties(found, page=page, size=size, reader=reader)


def connection(
    asked: NetworkSelection, one: str, other: str, *, reader: Reader = PUBLIC
) -> Ways | None:
    """Return how two actors, named as addresses write them, are connected.

    Over everyone ``reader`` may see; ``None`` when one of the two is not there for them.
    """
    region = queries.home_region(on=asked.on)
    return network_of.ways(asked, one, other, reader=reader, region=region)
