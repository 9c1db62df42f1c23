"""How factors, sides, sizes and places are balanced, and what would mend it."""

from samskap.actors.compute.balance.advice import Advice, BodyGap, GapKind, Proposal, advise
from samskap.actors.compute.balance.change import Change, FactorShift, what_changed
from samskap.actors.compute.balance.gaps import PlaceGap, gaps_in_places
from samskap.actors.compute.balance.overview import Overview, overview
from samskap.actors.compute.balance.scope import Scope, Whom, actors_in, scope_named
from samskap.actors.compute.balance.weighing import Balance, GroupRow, weigh

__all__ = [
    "Advice",
    "Balance",
    "BodyGap",
    "Change",
    "FactorShift",
    "GapKind",
    "GroupRow",
    "Overview",
    "PlaceGap",
    "Proposal",
    "Scope",
    "Whom",
    "actors_in",
    "advise",
    "gaps_in_places",
    "overview",
    "scope_named",
    "weigh",
    "what_changed",
]
