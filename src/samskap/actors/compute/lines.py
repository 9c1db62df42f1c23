"""An actor as it stands in a list, and as it stands on its own page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from samskap.actors.models import ActorKind
from samskap.evidence.models import Source
from samskap.evidence.public import PublishedPlace, PublishedSource, publish_place, publish_source
from samskap.kernel.text import LocalisedText
from samskap.strategy.keys import Factor, Side

if TYPE_CHECKING:
    from uuid import UUID

    from samskap.actors.models import Actor

_FACTORS_IN_ORDER = {factor: position for position, factor in enumerate(Factor)}


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor in a list. ``factors`` stand in the model's order; ``side`` may be none.

    ``phone``, ``email`` and ``web`` are the organisation's own, which it shows to everyone; empty
    where we know none.
    """

    slug: str
    name: LocalisedText
    kind: ActorKind
    factors: tuple[Factor, ...]
    side: Side | None
    place: PublishedPlace
    country: str
    organisation_number: str
    is_demo: bool
    phone: str
    email: str
    web: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an actor counts under a factor."""

    factor: Factor
    text: LocalisedText


@dataclass(frozen=True, slots=True)
class ActorSheet:
    """All that is told of one actor.

    When the reader may not see the source, ``source`` is none and ``source_note`` empty.
    """

    line: ActorLine
    key: UUID
    official_name: str
    reasons: tuple[Reason, ...]
    source: PublishedSource | None
    source_note: LocalisedText


def line_of(actor: Actor) -> ActorLine:
    """Turn a row, fetched ``with_details``, into a line."""
    return line_with(actor, tuple(reason.factor for reason in _reasons(actor)))


def line_with(actor: Actor, factors: tuple[Factor, ...]) -> ActorLine:
    """Turn a row, fetched with its place, into a line with ``factors``, which stand in order."""
    return ActorLine(
        slug=actor.slug,
        name=actor.name,
        kind=ActorKind(actor.kind),
        factors=factors,
        side=Side(actor.side) if actor.side else None,
        place=publish_place(actor.place),
        country=actor.country,
        organisation_number=actor.organisation_number,
        is_demo=actor.is_demo,
        phone=actor.phone,
        email=actor.email,
        web=actor.web,
    )


def sheet_of(actor: Actor) -> ActorSheet:
    """Turn a row, fetched ``with_details``, into a sheet."""
    source = _source(actor)
    return ActorSheet(
        line=line_of(actor),
        key=actor.key,
        official_name=actor.official_name,
        reasons=_reasons(actor),
        source=source,
        source_note=actor.source_note if source else LocalisedText(),
    )


def _source(actor: Actor) -> PublishedSource | None:
    """Return the source; the row was fetched without one that the reader may not see."""
    try:
        return publish_source(actor.source)
    except Source.DoesNotExist:
        return None


def _reasons(actor: Actor) -> tuple[Reason, ...]:
    reasons = (Reason(Factor(row.factor), row.reason) for row in actor.factors.all())
    return tuple(sorted(reasons, key=lambda reason: _FACTORS_IN_ORDER[reason.factor]))
