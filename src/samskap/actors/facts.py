"""An actor as a document or a form tells of it, before the database has seen it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samskap.kernel.identifiers import Country
from samskap.kernel.text import LocalisedText
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping

    from samskap.actors.models import ActorKind
    from samskap.evidence.facts import PlaceCode, SourceFacts
    from samskap.strategy.keys import Factor, Side
    from samskap.trust.models import Party


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """What we say of an actor.

    ``slug`` is its key in addresses; left empty it is made from the name. ``factors`` gives each
    factor its reason. ``source`` is the key of a source. ``visible_to`` is the one party that may
    see an actor whose visibility is ``party``.
    """

    kind: ActorKind
    name: LocalisedText
    factors: Mapping[Factor, LocalisedText]
    place: PlaceCode
    source: str
    slug: str = ""
    country: str = Country.NORWAY
    organisation_number: str = ""
    official_name: str = ""
    side: Side | None = None
    source_note: LocalisedText = field(default_factory=LocalisedText)
    is_demo: bool = False
    visibility: Visibility = Visibility.SECRETARIAT
    visible_to: Party | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """Actors of a document, with the sources it names."""

    sources: tuple[SourceFacts, ...] = ()
    actors: tuple[ActorFacts, ...] = ()
