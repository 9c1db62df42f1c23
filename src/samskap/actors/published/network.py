"""Who is tied to whom, for the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samskap.actors import queries
from samskap.actors.compute import network as network_of
from samskap.actors.compute import network_page as network_words
from samskap.actors.compute.directory import (
    PAGE_SIZE,
)
from samskap.actors.compute.tie_lines import TiesFound, page_of_ties
from samskap.actors.compute.ways import Ways, ways_between
from samskap.trust.access import PUBLIC

if TYPE_CHECKING:
    from samskap.actors.compute.network import (
        Network,
        NetworkSelection,
    )
    from samskap.actors.compute.network_page import Asked, NetworkPage
    from samskap.trust.access import Reader


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
    whole = network_of.network(network_of.whole_of(asked), reader=reader, region=region)
    return ways_between(asked, whole, one, other, reader=reader)


def network_page(asked: NetworkSelection, more: Asked, *, reader: Reader = PUBLIC) -> NetworkPage:
    """Return all that the page of the network says, as words and rows.

    At most twelve questions to the database; four more when two are asked about.
    """
    region = queries.home_region(on=asked.on)
    return network_words.network_page(asked, more, reader=reader, region=region)
