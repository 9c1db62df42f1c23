"""An actor as the API tells it: in a list, and alone with all that is known of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_noop
from pydantic import BaseModel, Field

from samskap.actors.compute.lines import sheet_of
from samskap.actors.compute.whole import whole_actor
from samskap.actors.models import ActorKind, ActorStatus, CodeStandard, Confirmed, Size
from samskap.api import shapes
from samskap.api.shapes import SHAPE
from samskap.kernel.identifiers import Country
from samskap.strategy.keys import Factor, FocusAreaKey, Side
from samskap.trust.models import Visibility

if TYPE_CHECKING:
    from samskap.actors import models
    from samskap.actors.compute.lines import ActorLine, Reason
    from samskap.actors.compute.whole import Address as ToldAddress
    from samskap.actors.compute.whole import WholeActor


class CountsAs(BaseModel):
    """A factor an actor counts under, and why."""

    model_config = SHAPE

    factor: Factor = Field(description=gettext_noop("The factor."))
    reason: shapes.Text = Field(description=gettext_noop("Why it counts under this factor."))


class Actor(BaseModel):
    """An organisation the partnership knows. A person is never an actor."""

    model_config = SHAPE

    key: UUID = Field(description=gettext_noop("The key it keeps here, whatever else changes."))
    slug: str = Field(description=gettext_noop("Its name as addresses write it."))
    name: shapes.Text = Field(description=gettext_noop("What it is called."))
    official_name: str | None = Field(description=gettext_noop("Its name in the register."))
    organisation_number: str | None = Field(description=gettext_noop("Its number, as digits."))
    country: Country = Field(description=gettext_noop("The country that registers it."))
    kind: ActorKind = Field(description=gettext_noop("What sort of organisation it is."))
    factors: list[CountsAs] = Field(description=gettext_noop("The factors it counts under."))
    side: Side | None = Field(description=gettext_noop("Its side in tripartite cooperation."))
    place: shapes.PlaceMark = Field(description=gettext_noop("Where it is."))
    source: shapes.Source | None = Field(description=gettext_noop("Where we have this from."))
    source_note: shapes.Text = Field(description=gettext_noop("What the source says."))
    is_example: bool = Field(description=gettext_noop("Whether it is invented, as an example."))
    visibility: Visibility = Field(description=gettext_noop("Who may see it."))


class Address(BaseModel):
    """Where one finds it; latitude and longitude are degrees north and east."""

    model_config = SHAPE

    street: str | None = Field(description=gettext_noop("The street and the number."))
    postcode: str | None = Field(description=gettext_noop("The postcode."))
    post_town: str | None = Field(description=gettext_noop("The post town."))
    latitude: float | None = Field(description=gettext_noop("Degrees north."))
    longitude: float | None = Field(description=gettext_noop("Degrees east."))


class Code(BaseModel):
    """A code of industry in its standard."""

    model_config = SHAPE

    standard: CodeStandard = Field(description=gettext_noop("The standard it belongs to."))
    code: str = Field(description=gettext_noop("The code, as it is written."))
    title: shapes.Text = Field(description=gettext_noop("What its division is called, in short."))
    section: str | None = Field(description=gettext_noop("The letter of its section."))


class Site(BaseModel):
    """A place where it works, beside its address."""

    model_config = SHAPE

    name: str = Field(description=gettext_noop("What it is called."))
    organisation_number: str | None = Field(description=gettext_noop("Its number, as digits."))
    place: str = Field(description=gettext_noop("The key of the place it is in."))
    address: Address = Field(description=gettext_noop("Where one finds it."))
    employees: int | None = Field(description=gettext_noop("How many work there."))


class Origin(BaseModel):
    """Where a fact is known from, who said last that it is right, and when to ask again."""

    model_config = SHAPE

    fact: str = Field(description=gettext_noop("The fact."))
    source: str | None = Field(description=gettext_noop("The key of the source."))
    confirmed_by: Confirmed = Field(description=gettext_noop("Who said last that it is right."))
    confirmed_on: date = Field(description=gettext_noop("The day they said so."))
    stale_from: date | None = Field(description=gettext_noop("From when it is out of date."))
    is_stale: bool = Field(description=gettext_noop("Whether it is out of date."))


class OneActor(Actor):
    """An actor with all that is known of it."""

    legal_form: str | None = Field(description=gettext_noop("The register’s code of its form."))
    description: shapes.Text = Field(description=gettext_noop("What it does."))
    web: str | None = Field(description=gettext_noop("Its web page."))
    email: str | None = Field(description=gettext_noop("Its own e-mail address."))
    phone: str | None = Field(description=gettext_noop("Its own phone number."))
    address: Address = Field(description=gettext_noop("Where one finds it."))
    employees: int | None = Field(description=gettext_noop("How many it employs."))
    employees_on: date | None = Field(description=gettext_noop("The day they were counted."))
    size: Size = Field(description=gettext_noop("How large it is, in bands."))
    founded_on: date | None = Field(description=gettext_noop("The day it was founded."))
    status: ActorStatus = Field(description=gettext_noop("Whether it is at work."))
    written_norm: str | None = Field(description=gettext_noop("The written norm of its letters."))
    focus_areas: list[FocusAreaKey] = Field(
        description=gettext_noop("The focus areas it works within.")
    )
    industry_codes: list[Code] = Field(
        description=gettext_noop("What registers say it does, the main one first.")
    )
    sites: list[Site] = Field(description=gettext_noop("Where it works beside its address."))
    origins: list[Origin] = Field(
        description=gettext_noop("Where each fact is known from, and how old it is.")
    )


def in_a_list(row: models.Actor) -> Actor:
    """Return an actor, fetched ``with_details``, as lists tell it."""
    told = sheet_of(row)
    return Actor(
        key=told.key,
        official_name=told.official_name or None,
        factors=_factors(told.reasons),
        source=shapes.source(told.source) if told.source else None,
        source_note=shapes.text(told.source_note),
        visibility=Visibility(row.visibility),
        **_line(told.line),
    )


def whole(row: models.Actor, *, on: date) -> OneActor:
    """Return an actor, fetched ``with_everything``, with all that is known of it on ``on``."""
    told = whole_actor(row, on=on)
    return OneActor(
        key=told.key,
        official_name=told.official_name or None,
        factors=_factors(told.reasons),
        source=shapes.source(told.source) if told.source else None,
        source_note=shapes.text(told.source_note),
        visibility=Visibility(row.visibility),
        **_line(told.line),
        legal_form=told.legal_form or None,
        description=shapes.text(told.description),
        web=told.line.web or None,
        email=told.line.email or None,
        phone=told.line.phone or None,
        address=_address(told.address),
        employees=told.employees,
        employees_on=told.employees_on,
        size=told.size,
        founded_on=told.founded_on,
        status=told.status,
        written_norm=told.written_norm or None,
        focus_areas=list(told.focus_areas),
        industry_codes=_codes(told),
        sites=_sites(told),
        origins=_origins(told),
    )


def _line(line: ActorLine) -> dict[str, Any]:
    return {
        "slug": line.slug,
        "name": shapes.text(line.name),
        "organisation_number": line.organisation_number or None,
        "country": Country(line.country),
        "kind": line.kind,
        "side": line.side,
        "place": shapes.place_mark(line.place),
        "is_example": line.is_demo,
    }


def _factors(reasons: tuple[Reason, ...]) -> list[CountsAs]:
    return [CountsAs(factor=each.factor, reason=shapes.text(each.text)) for each in reasons]


def _address(told: ToldAddress) -> Address:
    latitude, longitude = told.point or (None, None)
    return Address(
        street=told.street or None,
        postcode=told.postcode or None,
        post_town=told.post_town or None,
        latitude=latitude,
        longitude=longitude,
    )


def _codes(told: WholeActor) -> list[Code]:
    return [
        Code(
            standard=CodeStandard(each.standard),
            code=each.code,
            title=shapes.text(each.title),
            section=each.section or None,
        )
        for each in told.industry_codes
    ]


def _sites(told: WholeActor) -> list[Site]:
    return [
        Site(
            name=each.name,
            organisation_number=each.organisation_number or None,
            place=each.place_key,
            address=_address(each.address),
            employees=each.employees,
        )
        for each in told.sites
    ]


def _origins(told: WholeActor) -> list[Origin]:
    return [
        Origin(
            fact=each.fact,
            source=each.source_key or None,
            confirmed_by=each.confirmed_by,
            confirmed_on=each.confirmed_on,
            stale_from=each.stale_from,
            is_stale=each.is_stale,
        )
        for each in told.origins
    ]
