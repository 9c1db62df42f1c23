"""How factors, sides, sizes and places are balanced, and what would mend it."""

from samskap.actors.compute.balance.address import (
    BalanceAsked,
    Since,
    balance_address,
    balance_asked,
    day_meant,
)
from samskap.actors.compute.balance.advice import Advice, BodyGap, GapKind, Proposal, advise
from samskap.actors.compute.balance.board import BoardPage, board_page
from samskap.actors.compute.balance.change import Change, FactorShift, what_changed
from samskap.actors.compute.balance.counsel import Counsel, counsel
from samskap.actors.compute.balance.gaps import PlaceGap, gaps_in_places
from samskap.actors.compute.balance.links import Doors
from samskap.actors.compute.balance.overview import Overview, overview
from samskap.actors.compute.balance.page import BalancePage, balance_context, balance_page
from samskap.actors.compute.balance.scope import (
    Scope,
    UnknownScopeError,
    Whom,
    actors_in,
    scope_named,
)
from samskap.actors.compute.balance.weighing import Balance, GroupRow, weigh

__all__ = [
    "Advice",
    "Balance",
    "BalanceAsked",
    "BalancePage",
    "BoardPage",
    "BodyGap",
    "Change",
    "Counsel",
    "Doors",
    "FactorShift",
    "GapKind",
    "GroupRow",
    "Overview",
    "PlaceGap",
    "Proposal",
    "Scope",
    "Since",
    "UnknownScopeError",
    "Whom",
    "actors_in",
    "advise",
    "balance_address",
    "balance_asked",
    "balance_context",
    "balance_page",
    "board_page",
    "counsel",
    "day_meant",
    "gaps_in_places",
    "overview",
    "scope_named",
    "weigh",
    "what_changed",
]
