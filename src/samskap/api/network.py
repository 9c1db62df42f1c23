"""The network: who is tied to whom, as columns for a picture."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import BaseModel, Field

from samskap.actors.models import ActorKind, TieKind
from samskap.actors.public import network
from samskap.api.answers import answer, packed, reader_of
from samskap.api.network_filters import AskedForNetwork, network_meant
from samskap.api.parameters import only_known_parameters
from samskap.api.shapes import SHAPE
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from samskap.actors import public

router = Router()
router.add_decorator(only_known_parameters, mode="view")

_PLACES: Final = 4  # decimals of a point in the unit square
_SHARES: Final = 6
_KIND_PLACES: Final = {kind: place for place, kind in enumerate(ActorKind)}
_FACTOR_PLACES: Final = {factor: place for place, factor in enumerate(Factor)}
_TIE_PLACES: Final = {kind: place for place, kind in enumerate(TieKind)}


class NetworkActors(BaseModel):
    """The actors of a network, a column a fact; an actor has the same place in every column."""

    model_config = SHAPE

    slug: list[str] = Field(description=gettext_noop("Their names as addresses write them."))
    name: list[str] = Field(
        description=gettext_noop("What they are called, in the language asked for.")
    )
    kind: list[int] = Field(description=gettext_noop("What sort they are, as places in “kinds”."))
    factors: list[list[int]] = Field(
        description=gettext_noop("The factors they count under, as places in “factors”.")
    )
    is_example: list[int] = Field(description=gettext_noop("1 for those that are invented."))
    x: list[float | None] = Field(
        description=gettext_noop("From left to right, 0 to 1; null before it is drawn.")
    )
    y: list[float | None] = Field(
        description=gettext_noop("From bottom to top, 0 to 1; null before it is drawn.")
    )
    degree: list[int] = Field(description=gettext_noop("How many others here they are tied to."))
    across: list[int] = Field(
        description=gettext_noop(
            "How many pairs of those, of different factors and without a tie of their own, they"
            " stand between."
        )
    )
    betweenness: list[float | None] = Field(
        description=gettext_noop(
            "The share of shortest ways between others that run through them, in the whole"
            " network on the day it was drawn."
        )
    )


class NetworkTies(BaseModel):
    """The ties of a network, a column a fact."""

    model_config = SHAPE

    one: list[int] = Field(description=gettext_noop("The first of the two, as places in “actors”."))
    other: list[int] = Field(
        description=gettext_noop("The second of the two, as places in “actors”.")
    )
    kind: list[int] = Field(
        description=gettext_noop("What the first is to the second, as places in “ties_known”.")
    )


class Network(BaseModel):
    """A network as columns: compact enough for thousands of actors."""

    model_config = SHAPE

    on: date = Field(description=gettext_noop("The day whose ties these are."))
    drawn_at: datetime | None = Field(
        description=gettext_noop("When their places in the picture were computed.")
    )
    factors: list[Factor] = Field(description=gettext_noop("The factors, in the model's order."))
    kinds: list[ActorKind] = Field(description=gettext_noop("The sorts of organisation."))
    ties_known: list[TieKind] = Field(description=gettext_noop("The kinds of tie."))
    actors: NetworkActors = Field(
        description=gettext_noop("The actors, in Norwegian order of their names.")
    )
    ties: NetworkTies = Field(description=gettext_noop("The ties among them."))


@router.get(
    "/network",
    response=Network,
    summary=gettext_noop("Who is tied to whom"),
    description=gettext_noop(
        "The actors you may see and the ties among them, as columns. The same filters as for the"
        " list of actors, and the kind of tie and the day besides."
    ),
    openapi_extra={
        "x-examples": [
            {"address": "/api/v1/network", "summary": gettext_noop("The whole network of today")},
            {
                "address": "/api/v1/network?factor=capital&factor=business&tie=funds",
                "summary": gettext_noop("Who funds which businesses"),
            },
        ]
    },
)
def network_of_actors(request: HttpRequest, asked: Query[AskedForNetwork]) -> HttpResponse:
    """Answer with the network as columns."""
    meant = network_meant(asked)
    found = network(meant, reader=reader_of(request))
    told = Network(
        on=meant.on,
        drawn_at=found.drawn_at,
        factors=list(Factor),
        kinds=list(ActorKind),
        ties_known=list(TieKind),
        actors=_actors(found),
        ties=_ties(found),
    )
    return packed(request, answer(told))


def _actors(found: public.Network) -> NetworkActors:
    nodes = found.nodes
    return NetworkActors(
        slug=[node.slug for node in nodes],
        name=[str(node.name) for node in nodes],
        kind=[_KIND_PLACES[node.kind] for node in nodes],
        factors=[[_FACTOR_PLACES[factor] for factor in node.factors] for node in nodes],
        is_example=[int(node.is_demo) for node in nodes],
        x=[_rounded(node.x, _PLACES) for node in nodes],
        y=[_rounded(node.y, _PLACES) for node in nodes],
        degree=[node.degree for node in nodes],
        across=[node.across for node in nodes],
        betweenness=[_rounded(node.betweenness, _SHARES) for node in nodes],
    )


def _ties(found: public.Network) -> NetworkTies:
    return NetworkTies(
        one=[edge.one for edge in found.edges],
        other=[edge.other for edge in found.edges],
        kind=[_TIE_PLACES[edge.kind] for edge in found.edges],
    )


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None else round(value, decimals)
