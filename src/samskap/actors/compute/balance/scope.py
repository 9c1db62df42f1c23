"""Whose balance is asked for: everyone we know, the partners, a body, or a selection of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Protocol

from django.db.models import Q

from samskap.actors import queries
from samskap.actors.compute.directory import select
from samskap.actors.compute.selection import Selection
from samskap.actors.models import MembershipKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet

    from samskap.actors.models import Actor
    from samskap.evidence.queries import Region
    from samskap.kernel.text import LocalisedText
    from samskap.trust.access import Reader

_BODY: Final = "body:"


class UnknownScopeError(LookupError):
    """The key of a scope means nothing to the reader."""


class Whom(StrEnum):
    """Of whom."""

    ALL = "all"
    PARTNERS = "partners"
    BODY = "body"


class BodyNamed(Protocol):
    """A body, as far as a scope must know it: the row, or what is told of it."""

    @property
    def slug(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> LocalisedText: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Scope:
    """Those whose balance is asked for. ``body`` is told when, and only when, it is a body's."""

    whom: Whom = Whom.ALL
    body: BodyNamed | None = None
    selection: Selection = field(default_factory=Selection)

    @property
    def key(self) -> str:
        """What the scope is called in an address: 'all', 'partners' or 'body:styret'."""
        return f"{_BODY}{self.body.slug}" if self.body else str(self.whom)


def scope_named(key: str, *, reader: Reader, selection: Selection | None = None) -> Scope | None:
    """Return the scope that an address calls ``key``; none when it means nothing to ``reader``."""
    wanted = queries.bodies_seen_by(reader).filter(slug=key.removeprefix(_BODY))
    bodies = wanted if key.startswith(_BODY) else ()
    return scope_among(key, bodies, selection or Selection())


def scope_among(key: str, bodies: Iterable[BodyNamed], selection: Selection) -> Scope | None:
    """Return the scope that an address calls ``key``, of a body among ``bodies``."""
    if key in {Whom.ALL, Whom.PARTNERS}:
        return Scope(Whom(key), None, selection)
    if not key.startswith(_BODY):
        return None
    slug = key.removeprefix(_BODY)
    body = next((each for each in bodies if each.slug == slug), None)
    return Scope(Whom.BODY, body, selection) if body else None


def actors_in(scope: Scope, *, reader: Reader, region: Region | None, on: date) -> QuerySet[Actor]:
    """Return the actors of ``scope`` as it was on ``on``, as far as ``reader`` may see them.

    Everyone we know were those we had written down by then; the partners those whose membership
    held; a body those who sat there, observers aside. What is known of each is what we know today.
    """
    seen = select(scope.selection, reader=reader, region=region, on=on)
    if scope.whom == Whom.ALL:
        return seen.filter(Q(known_since__isnull=True) | Q(known_since__lte=on))
    if scope.body is None:
        holding = queries.memberships_on(queries.memberships_seen_by(reader).order_by(), on)
        return seen.filter(pk__in=holding.filter(kind=MembershipKind.PARTNER).values("actor"))
    seats = queries.seats_on(queries.seats_seen_by(reader).order_by(), on)
    sitting = seats.filter(body__slug=scope.body.slug).exclude(role="observer")
    return seen.filter(pk__in=sitting.values("actor"))
