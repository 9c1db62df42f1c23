"""What the world may see of the actors: the directory, one actor, and the coverage."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from django.utils import timezone

from samskap.actors import actions, queries
from samskap.actors.actions import LetterAnswer
from samskap.actors.choices import Belonging, Sort
from samskap.actors.compute import balance as balances
from samskap.actors.compute import bodies as bodies_of
from samskap.actors.compute import coverage as coverage_of
from samskap.actors.compute import directory, export
from samskap.actors.compute import memberships as memberships_of
from samskap.actors.compute import network as network_of
from samskap.actors.compute import network_page as network_words
from samskap.actors.compute import places as places_of
from samskap.actors.compute.balance import (
    BalanceAsked,
    BalancePage,
    Doors,
    Overview,
    Since,
    UnknownScopeError,
    balance_address,
    balance_asked,
    balance_context,
    day_meant,
)
from samskap.actors.compute.bodies import BodySheet
from samskap.actors.compute.coverage import Coverage, CoverageRow, FactorGap, Gap, Nearness
from samskap.actors.compute.directory import (
    BEYOND,
    PAGE_SIZE,
    WHOLE_COUNTY,
    Facets,
    Findings,
)
from samskap.actors.compute.fact_rows import FactRow, FactSheet, fact_sheet
from samskap.actors.compute.letters import OpenLetter, came_of, letter_with
from samskap.actors.compute.lines import ActorLine, ActorSheet, Reason, sheet_of
from samskap.actors.compute.memberships import Member
from samskap.actors.compute.network import (
    Broker,
    Edge,
    Network,
    NetworkSelection,
    Node,
)
from samskap.actors.compute.network_address import (
    asked_of_network,
    network_asked,
    network_context,
)
from samskap.actors.compute.network_page import Asked, NetworkPage
from samskap.actors.compute.offers import (
    Choice,
    Filter,
    Look,
    filters_offered,
    query_string,
    ways_to_look,
)
from samskap.actors.compute.page import ActorPage, page_of
from samskap.actors.compute.places import Around, FactorThere, PlacePage
from samskap.actors.compute.rows import DirectoryRow
from samskap.actors.compute.selection import Selection, in_address, selection_in
from samskap.actors.compute.spread import SpreadRow, spread
from samskap.actors.compute.spread_map import MapDoors
from samskap.actors.compute.spread_map import map_of_found as draw_found
from samskap.actors.compute.tie_lines import TieEnd, TieLine, TiesFound, page_of_ties
from samskap.actors.compute.ways import Step, Ways, ways_between
from samskap.actors.compute.whole import WholeActor
from samskap.actors.letters import CORRECTED
from samskap.actors.models import ActorKind, Confidence, TieKind
from samskap.trust.access import PUBLIC
from samskap.trust.doers import OPERATOR

if TYPE_CHECKING:
    from datetime import date, datetime

    from samskap.trust.access import Reader
    from samskap.ui.maps import MapPicture

__all__ = [
    "BEYOND",
    "CORRECTED",
    "PAGE_SIZE",
    "WHOLE_COUNTY",
    "ActorKind",
    "ActorLine",
    "ActorPage",
    "ActorSheet",
    "Around",
    "Asked",
    "BalanceAsked",
    "BalancePage",
    "Belonging",
    "BodySheet",
    "Broker",
    "Choice",
    "Confidence",
    "Coverage",
    "CoverageRow",
    "DirectoryRow",
    "Doors",
    "Edge",
    "Facets",
    "FactRow",
    "FactSheet",
    "FactorGap",
    "FactorThere",
    "Filter",
    "Findings",
    "Gap",
    "LetterAnswer",
    "Look",
    "MapDoors",
    "Member",
    "Nearness",
    "Network",
    "NetworkPage",
    "NetworkSelection",
    "Node",
    "OpenLetter",
    "Overview",
    "PlacePage",
    "Reason",
    "Selection",
    "Since",
    "Sort",
    "SpreadRow",
    "Step",
    "TieEnd",
    "TieKind",
    "TieLine",
    "TiesFound",
    "UnknownScopeError",
    "Ways",
    "WholeActor",
    "actor",
    "actor_page",
    "answer_letter",
    "asked_of_network",
    "balance",
    "balance_address",
    "balance_asked",
    "balance_context",
    "balance_page",
    "bodies",
    "connection",
    "coverage",
    "day_meant",
    "fact_sheet",
    "filters_offered",
    "find_actors",
    "found_on_map",
    "how_many",
    "in_address",
    "letter_with",
    "members",
    "moved_to",
    "network",
    "network_asked",
    "network_context",
    "network_page",
    "place_page",
    "query_string",
    "selection_in",
    "ties",
    "ways_to_look",
    "where_found",
    "write_directory",
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
    ``on``, by default today. At most nine questions to the database, however many there are.
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


def where_found(
    selection: Selection, *, reader: Reader = PUBLIC, on: date | None = None
) -> tuple[SpreadRow, ...]:
    """Return how many ``selection`` finds in each municipality; nothing before a region is loaded.

    At most six questions to the database.
    """
    day = on or timezone.localdate()
    region = queries.home_region(on=day)
    return spread(selection, reader=reader, region=region, on=day) if region else ()


def found_on_map(
    selection: Selection, *, doors: MapDoors, reader: Reader = PUBLIC, on: date | None = None
) -> tuple[Findings, MapPicture | None]:
    """Return how many ``selection`` finds, none of them named, and a map of where they are.

    There is no map before a region is loaded. At most seven questions to the database.
    """
    day = on or timezone.localdate()
    region = queries.home_region(on=day)
    narrowed = directory.narrow(selection, reader=reader, region=region, on=day)
    drawn = draw_found(narrowed, region=region, doors=doors) if region else None
    return directory.page_of(narrowed, size=0), drawn


def write_directory(
    file: IO[bytes],
    form: str,
    selection: Selection,
    *,
    reader: Reader = PUBLIC,
    on: date | None = None,
) -> None:
    """Write all that ``selection`` finds, as ``reader`` may see it: ``form`` is 'csv' or 'xlsx'."""
    day = on or timezone.localdate()
    region = queries.home_region(on=day)
    export.write(file, form, selection, reader=reader, region=region, on=day)


def how_many(*, reader: Reader = PUBLIC) -> int:
    """Return how many actors ``reader`` may see. One question to the database."""
    return queries.actors_seen_by(reader).count()


def actor(slug: str, *, reader: Reader = PUBLIC) -> ActorSheet | None:
    """Return one actor by its key in addresses; none when ``reader`` may not see it."""
    seen = queries.with_details(queries.actors_seen_by(reader), reader=reader)
    found = seen.filter(slug=slug).first()
    return sheet_of(found) if found else None


def actor_page(slug: str, *, on: date, reader: Reader = PUBLIC) -> ActorPage | None:
    """Return all of one actor by its key in addresses; none when ``reader`` may not see it.

    Five questions to the database.
    """
    found = queries.with_everything(
        queries.actors_seen_by(reader).filter(slug=slug), reader=reader
    ).first()
    return page_of(found, reader=reader, on=on) if found else None


def moved_to(slug: str, *, reader: Reader = PUBLIC) -> str | None:
    """Return the key of the actor that the one at an old address was merged into, if any."""
    kept = queries.kept_instead_of(slug, reader=reader)
    return kept.slug if kept else None


def place_page(key: str, *, on: date, reader: Reader = PUBLIC) -> PlacePage | None:
    """Return who is in a place, what is missing and what lies around; none when there is none.

    At most ten questions to the database, however many are there.
    """
    region = queries.home_region(on=on)
    return places_of.place_page(key, reader=reader, region=region, on=on)


def answer_letter(secret: str, answer: LetterAnswer, *, at: datetime) -> str | None:
    """Take what an actor says of itself by a letter's link; the door acts for whoever holds it.

    Returns what came of it, 'confirmed', 'corrected' or 'out'; none when the link is closed.
    """
    try:
        return came_of(actions.answer_letter(secret=secret, answer=answer, by=OPERATOR, at=at))
    except actions.LetterNotOpenError:
        return None


def coverage(*, reader: Reader = PUBLIC, on: date | None = None) -> Coverage | None:
    """Return which factors are present where; none before a region is loaded.

    At most six questions to the database, however many actors there are.
    """
    region = queries.home_region(on=on or timezone.localdate())
    return coverage_of.cover(reader=reader, region=region) if region else None


def members(*, reader: Reader = PUBLIC, on: date | None = None) -> list[Member]:
    """Return every actor that belongs or has belonged, in Norwegian order of their names.

    What is agreed, and who acts for them, is there only for a reader who may see it. At most four
    questions to the database.
    """
    return memberships_of.members(reader=reader, on=on or timezone.localdate())


def bodies(*, reader: Reader = PUBLIC, on: date | None = None) -> list[BodySheet]:
    """Return the boards, councils and groups that ``reader`` may see, and who sits there.

    The public hears which actors sit, not who fills their seats. At most five questions to the
    database.
    """
    return bodies_of.bodies(reader=reader, on=on or timezone.localdate())


def balance(asked: BalanceAsked, *, reader: Reader = PUBLIC) -> Overview | None:
    """Return who is here, who is missing and what changed; none before a region is loaded.

    Raises ``UnknownScopeError`` when ``asked.of`` means nothing to ``reader``. At most seven
    questions to the database, however many there are.
    """
    region = queries.home_region(on=asked.on)
    scope = balances.scope_named(asked.of, reader=reader, selection=asked.selection)
    if scope is None:
        raise UnknownScopeError(asked.of)
    if region is None:
        return None
    day = asked.since_day
    return balances.overview(scope, reader=reader, region=region, since=day, on=asked.on)


def balance_page(
    asked: BalanceAsked, *, doors: Doors, reader: Reader = PUBLIC
) -> BalancePage | None:
    """Return all that the page of a balance says; none before a region is loaded.

    Raises ``UnknownScopeError`` when ``asked.of`` means nothing to ``reader``. At most nine
    questions to the database when the directory's index is at hand.
    """
    region = queries.home_region(on=asked.on)
    if region is None:
        return None
    return balances.balance_page(asked, reader=reader, region=region, doors=doors)


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
