"""Which network is asked for: of which actors, by which ties, on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone
from django.utils.translation import gettext_noop
from pydantic import Field

from samskap.actors.compute.network import ties as ties_asked_for
from samskap.actors.models import TieKind
from samskap.actors.public import NetworkSelection
from samskap.actors.queries import home_region
from samskap.api.filters import AskedForSome, selection_of
from samskap.api.parameters import AskedForPage, Day

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from samskap.actors.models import Tie
    from samskap.trust.access import Reader

_MOST_KINDS: Final = 50
_ON: Final = gettext_noop("The day: ties that hold on it. By default today.")


class AskedForNetwork(AskedForSome):
    """Which network: of which actors, by which ties, on which day."""

    tie: list[TieKind] = Field(
        [], max_length=_MOST_KINDS, description=gettext_noop("Only ties of this kind.")
    )
    on: Day | None = Field(None, description=_ON)


class AskedForTies(AskedForNetwork, AskedForPage):
    """Which ties, and how many at a time."""


def network_meant(asked: AskedForNetwork) -> NetworkSelection:
    """Return the network that is meant; a code that means no place today is told."""
    return NetworkSelection(
        on=asked.on or timezone.localdate(),
        actors=selection_of(asked),
        kinds=tuple(kind.value for kind in asked.tie),
    )


def ties_meant(asked: AskedForNetwork, reader: Reader) -> QuerySet[Tie]:
    """Return the ties of that network, of those ``reader`` may see."""
    meant = network_meant(asked)
    return ties_asked_for(meant, reader=reader, region=home_region(on=meant.on))
