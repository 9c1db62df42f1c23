"""An actor as a document or a form tells of it, before the database has seen it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from samskap.kernel.identifiers import Country
from samskap.kernel.text import LocalisedText
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from samskap.actors.models import ActorKind, ActorStatus
    from samskap.evidence.facts import PlaceCode, SourceFacts
    from samskap.strategy.keys import Factor, FocusAreaKey, Side
    from samskap.trust.models import Party


HANGS_ON: Final = ("focus_areas", "industry_codes", "sites")


class CodedIndustry(NamedTuple):
    """A code of industry in its standard; ``SN2025`` ``16.102``."""

    standard: str
    code: str


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A place where an actor works, beside its address; known by its number, else by its name."""

    name: str
    place: PlaceCode
    organisation_number: str = ""
    street: str = ""
    postcode: str = ""
    post_town: str = ""
    latitude: float | None = None
    longitude: float | None = None
    employees: int | None = None


@dataclass(frozen=True, slots=True)
class MoreFacts:
    """What a document, a form or a register may say of an actor beside what it must.

    ``None`` is unsaid, and leaves what we know alone; an empty text, or an empty tuple, says that
    there is none; ``cleared`` names the numbers and days of which there are none.
    ``employees_are_few``: the register hides a number under five. Latitude and longitude are
    degrees north and east. The first industry code is the main one.
    """

    legal_form: str | None = None
    description: LocalisedText | None = None
    web: str | None = None
    email: str | None = None
    phone: str | None = None
    street: str | None = None
    postcode: str | None = None
    post_town: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    employees: int | None = None
    employees_are_few: bool | None = None
    employees_on: date | None = None
    founded_on: date | None = None
    status: ActorStatus | None = None
    written_norm: str | None = None
    focus_areas: tuple[FocusAreaKey, ...] | None = None
    industry_codes: tuple[CodedIndustry, ...] | None = None
    sites: tuple[SiteFacts, ...] | None = None
    cleared: tuple[str, ...] = ()

    def fields(self) -> dict[str, Any]:
        """Return what is said of the actor's own fields, by their names."""
        said = {each.name: getattr(self, each.name) for each in fields(self)}
        return {
            field: value
            for field, value in said.items()
            if field not in {*HANGS_ON, "cleared"} and value is not None
        } | dict.fromkeys(self.cleared)

    def hangs_on(self) -> tuple[str, ...]:
        """Return the names of what is said that hangs on the actor in rows of its own."""
        return tuple(name for name in HANGS_ON if getattr(self, name) is not None)


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """What we say of an actor.

    ``slug`` is its key in addresses; left empty it is made from the name. ``factors`` gives each
    factor its reason. ``source`` is the key of a source. ``visible_to`` is the one party that may
    see an actor whose visibility is ``party``. ``more`` says the rest; what it leaves unsaid stays
    as it is.
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
    more: MoreFacts = field(default_factory=MoreFacts)


@dataclass(frozen=True, slots=True)
class Roster:
    """Actors of a document, with the sources it names."""

    sources: tuple[SourceFacts, ...] = ()
    actors: tuple[ActorFacts, ...] = ()
