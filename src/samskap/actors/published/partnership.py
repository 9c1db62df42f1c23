"""Who belongs, who sits where, and who is missing, for the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from samskap.actors import queries
from samskap.actors.compute import balance as balances
from samskap.actors.compute import bodies as bodies_of
from samskap.actors.compute import coverage as coverage_of
from samskap.actors.compute import memberships as memberships_of
from samskap.actors.compute.balance import (
    BalanceAsked,
    BalancePage,
    Doors,
    Overview,
    UnknownScopeError,
)
from samskap.trust.access import PUBLIC

if TYPE_CHECKING:
    from datetime import date

    from samskap.actors.compute.bodies import BodySheet
    from samskap.actors.compute.coverage import Coverage
    from samskap.actors.compute.memberships import Member
    from samskap.trust.access import Reader


def coverage(*, reader: Reader = PUBLIC, on: date | None = None) -> Coverage | None:
    """Return which factors are present where; none before a region is loaded.

    At most six questions to the database, however many actors there are.
    """
    region = queries.home_region(on=on or timezone.localdate())
    return coverage_of.cover(reader=reader, region=region) if region else None


def members(*, reader: Reader = PUBLIC, on: date | None = None) -> list[Member]:
    """Return every actor that belongs or has belonged, in Norwegian order of their names.

    What is agreed, and who acts for them, is there only for a reader who may see it. At most four
    questions to the database.
    """
    return memberships_of.members(reader=reader, on=on or timezone.localdate())


def bodies(*, reader: Reader = PUBLIC, on: date | None = None) -> list[BodySheet]:
    """Return the boards, councils and groups that ``reader`` may see, and who sits there.

    The public hears which actors sit, not who fills their seats. At most five questions to the
    database.
    """
    return bodies_of.bodies(reader=reader, on=on or timezone.localdate())


def balance(asked: BalanceAsked, *, reader: Reader = PUBLIC) -> Overview | None:
    """Return who is here, who is missing and what changed; none before a region is loaded.

    Raises ``UnknownScopeError`` when ``asked.of`` means nothing to ``reader``. At most seven
    questions to the database, however many there are.
    """
    region = queries.home_region(on=asked.on)
    scope = balances.scope_named(asked.of, reader=reader, selection=asked.selection)
    if scope is None:
        raise UnknownScopeError(asked.of)
    if region is None:
        return None
    day = asked.since_day
    return balances.overview(scope, reader=reader, region=region, since=day, on=asked.on)


def balance_page(
    asked: BalanceAsked, *, doors: Doors, reader: Reader = PUBLIC
) -> BalancePage | None:
    """Return all that the page of a balance says; none before a region is loaded.

    Raises ``UnknownScopeError`` when ``asked.of`` means nothing to ``reader``. At most nine
    questions to the database when the directory's index is at hand.
    """
    region = queries.home_region(on=asked.on)
    if region is None:
        return None
    return balances.balance_page(asked, reader=reader, region=region, doors=doors)
