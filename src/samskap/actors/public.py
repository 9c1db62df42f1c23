"""What the world may see of the actors: the directory, one actor, and the coverage."""

from __future__ import annotations

from samskap.actors.actions import LetterAnswer
from samskap.actors.choices import Belonging, Sort
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
from samskap.actors.compute.letters import OpenLetter, letter_with
from samskap.actors.compute.lines import ActorLine, ActorSheet, Reason
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
from samskap.actors.compute.page import ActorPage
from samskap.actors.compute.places import Around, FactorThere, PlacePage
from samskap.actors.compute.rows import DirectoryRow
from samskap.actors.compute.selection import Selection, in_address, selection_in
from samskap.actors.compute.spread import SpreadRow
from samskap.actors.compute.spread_map import MapDoors
from samskap.actors.compute.tie_lines import TieEnd, TieLine, TiesFound
from samskap.actors.compute.ways import Step, Ways
from samskap.actors.compute.whole import WholeActor
from samskap.actors.letters import CORRECTED
from samskap.actors.models import ActorKind, Confidence, TieKind
from samskap.actors.published.directory import (
    find_actors,
    found_on_map,
    how_many,
    where_found,
    write_directory,
)
from samskap.actors.published.network import connection, network, network_page, ties
from samskap.actors.published.one import actor, actor_page, answer_letter, moved_to, place_page
from samskap.actors.published.partnership import balance, balance_page, bodies, coverage, members

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
