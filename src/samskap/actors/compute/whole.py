"""An actor as it stands on its own page: every fact, and how far each can be trusted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from samskap.actors.compute.freshness import FRESH_MONTHS, is_stale, stale_on
from samskap.actors.compute.lines import ActorLine, Reason, line_with
from samskap.actors.industries import industry_of
from samskap.actors.models import ActorStatus, Confirmed, Size
from samskap.actors.words import fact_name
from samskap.evidence.public import PublishedSource, publish_source
from samskap.kernel.dates import day_in_words, month_in_words
from samskap.kernel.identifiers import Country
from samskap.kernel.text import LocalisedText, inside_a_sentence
from samskap.strategy.keys import Factor, FocusAreaKey

if TYPE_CHECKING:
    from uuid import UUID

    from samskap.actors.models import Actor


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A code of industry, the letter of the section it lies in, and what both mean."""

    standard: str
    code: str
    title: LocalisedText
    section: str
    section_title: LocalisedText


@dataclass(frozen=True, slots=True)
class Address:
    """Where one finds it; ``point`` is latitude and longitude in degrees, or none."""

    street: str
    postcode: str
    post_town: str
    point: tuple[float, float] | None

    @property
    def line(self) -> str:
        """The address on one line; empty when there is only a point."""
        town = f"{self.postcode} {self.post_town}".strip()
        return ", ".join(part for part in (self.street, town) if part)


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A place where an actor works, beside its address. ``place_key`` means it in an address."""

    name: str
    organisation_number: str
    place: LocalisedText
    place_key: str
    address: Address
    employees: int | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact is known from, and who said last that it is right, when.

    ``source_title`` is empty for a source the reader may not see. ``stale_from`` is none for what
    never changes.
    """

    fact: str
    name: str
    source_key: str
    source_title: LocalisedText
    source_url: str
    confirmed_by: Confirmed
    confirmed_on: dt.date
    stale_from: dt.date | None
    is_stale: bool

    @property
    def confirmed(self) -> str:
        """Who said last that it is right, and when: “Confirmed by the secretariat 4 May 2026”."""
        return _("Confirmed by %(whom)s %(day)s") % {
            "whom": inside_a_sentence(self.confirmed_by.label),
            "day": day_in_words(self.confirmed_on),
        }

    @property
    def age(self) -> str:
        """From when it is: “Employees: from March 2024”."""
        return _("%(fact)s: from %(month)s") % {
            "fact": self.name,
            "month": month_in_words(self.confirmed_on),
        }


@dataclass(frozen=True, slots=True)
class WholeActor:
    """All that is told of one actor on its own page.

    ``origins`` holds a fact each, in the order pages tell them; a fact that nobody vouches for is
    not there. When the reader may not see the source, ``source`` is none and the note empty.
    """

    line: ActorLine
    key: UUID
    official_name: str
    reasons: tuple[Reason, ...]
    source: PublishedSource | None
    source_note: LocalisedText
    legal_form: str
    description: LocalisedText
    address: Address
    employees: int | None
    employees_are_few: bool
    employees_on: dt.date | None
    size: Size
    founded_on: dt.date | None
    status: ActorStatus
    written_norm: str
    known_since: dt.date | None
    focus_areas: tuple[FocusAreaKey, ...]
    industry_codes: tuple[CodeLine, ...]
    sites: tuple[SiteLine, ...]
    origins: tuple[Origin, ...]

    @property
    def stale(self) -> tuple[Origin, ...]:
        """The facts that should be asked for again, the oldest first."""
        old = (origin for origin in self.origins if origin.is_stale)
        return tuple(sorted(old, key=lambda origin: origin.confirmed_on))

    def origin_of(self, fact: str) -> Origin | None:
        """Return where ``fact`` is known from; none when nobody vouches for it."""
        return next((origin for origin in self.origins if origin.fact == fact), None)


def whole_actor(actor: Actor, *, on: dt.date) -> WholeActor:
    """Turn a row, fetched ``with_everything``, into all that is told of it on the day ``on``."""
    told: Any = actor
    is_seen = bool(told.source_is_seen)
    reasons = _reasons(told.told_factors)
    return WholeActor(
        line=line_with(actor, tuple(reason.factor for reason in reasons)),
        key=actor.key,
        official_name=actor.official_name,
        reasons=reasons,
        source=publish_source(actor.source) if is_seen else None,
        source_note=actor.source_note if is_seen else LocalisedText(),
        legal_form=actor.legal_form,
        description=actor.description,
        address=Address(actor.street, actor.postcode, actor.post_town, _point(actor)),
        employees=actor.employees,
        employees_are_few=actor.employees_are_few,
        employees_on=actor.employees_on,
        size=Size(actor.size),
        founded_on=actor.founded_on,
        status=ActorStatus(actor.status),
        written_norm=actor.written_norm,
        known_since=actor.known_since,
        focus_areas=_areas(told.told_areas),
        industry_codes=tuple(map(_code, told.told_codes)),
        sites=tuple(map(_site, told.told_sites)),
        origins=_origins(told.told_origins, on=on),
    )


def _reasons(rows: list[dict[str, Any]]) -> tuple[Reason, ...]:
    by_factor = {row["factor"]: LocalisedText(row["reason"]) for row in rows}
    return tuple(Reason(factor, by_factor[factor]) for factor in Factor if factor in by_factor)


def _areas(rows: list[dict[str, Any]]) -> tuple[FocusAreaKey, ...]:
    kept = {row["key"] for row in rows}
    return tuple(area for area in FocusAreaKey if area in kept)


def _code(row: dict[str, Any]) -> CodeLine:
    found = industry_of(row["standard"], row["code"])
    section = industry_of(row["standard"], found.section) if found else None
    return CodeLine(
        standard=row["standard"],
        code=row["code"],
        title=found.title if found else LocalisedText(),
        section=section.code if section else "",
        section_title=section.title if section else LocalisedText(),
    )


def _point(actor: Actor) -> tuple[float, float] | None:
    if actor.latitude is None or actor.longitude is None:
        return None
    return actor.latitude, actor.longitude


def _site(row: dict[str, Any]) -> SiteLine:
    point = None if row["latitude"] is None else (row["latitude"], row["longitude"])
    code, country = row["place_code"], row["country"]
    return SiteLine(
        name=row["name"],
        organisation_number=row["number"],
        place=LocalisedText(row["place"]),
        place_key=code if country == Country.NORWAY else f"{country}-{code}",
        address=Address(row["street"], row["postcode"], row["post_town"], point),
        employees=row["employees"],
    )


def _origins(rows: list[dict[str, Any]], *, on: dt.date) -> tuple[Origin, ...]:
    by_fact = {row["field"]: row for row in rows}
    return tuple(_origin(by_fact[fact], on) for fact in FRESH_MONTHS if fact in by_fact)


def _origin(row: dict[str, Any], on: dt.date) -> Origin:
    confirmed_on, fact = dt.date.fromisoformat(row["confirmed_on"]), row["field"]
    is_seen = row["source_is_seen"]
    return Origin(
        fact=fact,
        name=fact_name(fact),
        source_key=row["source"] if is_seen else "",
        source_title=LocalisedText(row["title"]) if is_seen else LocalisedText(),
        source_url=row["url"] if is_seen else "",
        confirmed_by=Confirmed(row["confirmed_by"]),
        confirmed_on=confirmed_on,
        stale_from=stale_on(fact, confirmed_on),
        is_stale=is_stale(fact, confirmed_on, on=on),
    )
