"""Register an actor on the register's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from samskap.actors.actions import register_actor
from samskap.actors.facts import ActorFacts
from samskap.evidence.actions import load_sources
from samskap.evidence.facts import PlaceCode, SourceFacts
from samskap.kernel.folding import folded
from samskap.kernel.languages import DEFAULT_LANGUAGE
from samskap.kernel.text import LocalisedText
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from samskap.actors.models import Actor, ActorKind
    from samskap.connectors.enhetsregisteret.parse import RegisteredEntity
    from samskap.strategy.keys import Factor
    from samskap.trust.doers import Doer


class NotAliveError(Exception):
    """The organisation is deleted, bankrupt or winding up."""


class OtherNameError(Exception):
    """The name that was given is not the one the register has."""


@transaction.atomic
def register_verified(
    *,
    entity: RegisteredEntity,
    kind: ActorKind,
    factors: Mapping[Factor, LocalisedText],
    by: Doer,
    at: datetime,
    name: str = "",
    visibility: Visibility = Visibility.PUBLIC,
) -> Actor:
    """Register what the register says of ``entity`` today as a known actor.

    ``name`` may write the register's capitals as people do; its letters must be the same. Raises
    ``NotAliveError``, ``OtherNameError``, and what ``register_actor`` raises.
    """
    if not entity.is_alive:
        raise NotAliveError(entity.number)
    if name and folded(name) != folded(entity.name):
        raise OtherNameError(entity.name)
    today = timezone.localdate(at)
    source = _looked_up_on(today)
    load_sources(sources=[source], by=by, at=at)
    return register_actor(
        facts=ActorFacts(
            kind=kind,
            name=LocalisedText({DEFAULT_LANGUAGE: name or entity.name}),
            official_name=entity.name,
            organisation_number=entity.number,
            factors=factors,
            place=PlaceCode(entity.municipality, on=today),
            source=source.key,
            visibility=visibility,
        ),
        by=by,
        at=at,
    )


def _looked_up_on(day: date) -> SourceFacts:
    return SourceFacts(
        key=f"enhetsregisteret-{day.isoformat()}",
        title=LocalisedText(
            nb="Enhetsregisteret, slått opp hos registeret",
            sv="Enhetsregisteret, uppslaget hos registret",
            en="The Central Coordinating Register for Legal Entities, looked up there",
        ),
        publisher="Brønnøysundregistrene",
        year=day.year,
        url="https://data.brreg.no/enhetsregisteret/oppslag/enheter",
        licence="NLOD 2.0",
        retrieved_on=day,
    )
