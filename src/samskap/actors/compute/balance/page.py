"""All that the page of a balance says, as words, rows and numbers that lead on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from django.utils.translation import ngettext, pgettext

from samskap.actors import queries
from samskap.actors.compute import directory
from samskap.actors.compute.balance import words
from samskap.actors.compute.balance.address import Since, balance_address
from samskap.actors.compute.balance.drawing import map_of_gaps
from samskap.actors.compute.balance.findings import (
    ChangeInWords,
    FactorGaps,
    change_in_words,
    factor_gaps,
)
from samskap.actors.compute.balance.overview import Overview, overview
from samskap.actors.compute.balance.scope import UnknownScopeError, Whom, scope_among
from samskap.actors.compute.balance.tables import Bars, Tables, bars, tables
from samskap.actors.compute.offers import filters_offered
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.actors.compute.balance.address import BalanceAsked
    from samskap.actors.compute.balance.links import Doors
    from samskap.actors.compute.balance.scope import BodyNamed, Scope
    from samskap.actors.compute.offers import Filter
    from samskap.actors.models import Body
    from samskap.evidence.queries import Region
    from samskap.trust.access import Reader
    from samskap.ui.maps import MapPicture


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to ask, and where it is."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class BalancePage:
    """Everything the page says."""

    asked: BalanceAsked
    scope: Scope
    found: Overview
    title: str
    lede: str
    scopes: tuple[Choice, ...]
    since: tuple[Choice, ...]
    filters: tuple[Filter, ...]
    chosen: tuple[Choice, ...]
    tables: Tables
    bars: tuple[Bars, ...]
    gaps: tuple[FactorGaps, ...]
    change: ChangeInWords
    map: MapPicture | None

    @property
    def body(self) -> BodyNamed | None:
        """The body that was weighed, if it was one."""
        return self.scope.body


def balance_page(
    asked: BalanceAsked, *, reader: Reader, region: Region, doors: Doors
) -> BalancePage:
    """Return what the page of a balance says.

    At most seven questions to the database when the directory's index is at hand. Raises
    ``UnknownScopeError`` when ``asked.of`` means nothing to ``reader``.
    """
    bodies = list(queries.bodies_seen_by(reader))
    scope = scope_among(asked.of, bodies, asked.selection)
    if scope is None:
        raise UnknownScopeError(asked.of)
    found = overview(scope, reader=reader, region=region, since=asked.since_day, on=asked.on)
    facets = directory.find(asked.selection, reader=reader, region=region, on=asked.on, size=0)
    filters = filters_offered(asked.selection, facets)
    kept = balance_address(asked).partition("?")[2]
    scope_and_day = [pair for pair in kept.split("&") if pair.startswith(("of=", "since="))]
    return BalancePage(
        asked=asked,
        scope=scope,
        found=found,
        title=words.finding(found),
        lede=_lede(found),
        scopes=_scopes(asked, bodies, doors),
        since=_since(asked, doors),
        filters=filters,
        chosen=tuple(
            Choice(
                each.label, "&".join([doors.here + each.without, *scope_and_day]), is_current=True
            )
            for one in filters
            for each in one.chosen
        ),
        tables=tables(found, doors),
        bars=bars(found, doors),
        gaps=() if scope.body else factor_gaps(found),
        change=change_in_words(found),
        map=None if scope.body else map_of_gaps(found, region, doors),
    )


def _lede(found: Overview) -> str:
    count = found.balance.actors
    if found.scope.selection.is_narrowed:
        return ngettext(
            "Counted: the one of your selection that belongs here.",
            "Counted: the %(count)s of your selection that belong here.",
            count,
        ) % {"count": count}
    if found.scope.body:
        return ngettext(
            "Counted: the one actor with a seat there today, observers aside.",
            "Counted: the %(count)s actors with a seat there today, observers aside.",
            count,
        ) % {"count": count}
    if found.scope.whom == Whom.PARTNERS:
        return ngettext(
            "Counted: the one partner of today. An empty square is someone to invite.",
            "Counted: the %(count)s partners of today. An empty square is someone to invite.",
            count,
        ) % {"count": count}
    return ngettext(
        "Counted: the one actor we know. An empty square is someone to look for.",
        "Counted: the %(count)s actors we know. An empty square is someone to look for.",
        count,
    ) % {"count": count}


def _scopes(asked: BalanceAsked, bodies: Sequence[Body], doors: Doors) -> tuple[Choice, ...]:
    labels = {
        str(Whom.ALL): pgettext("whose balance", "All we know"),
        str(Whom.PARTNERS): pgettext("whose balance", "Partners"),
        **{f"{Whom.BODY}:{body.slug}": str(body.name) for body in bodies},
    }
    return tuple(
        Choice(label, doors.here + balance_address(asked, of=key), key == asked.of)
        for key, label in labels.items()
    )


def _since(asked: BalanceAsked, doors: Doors) -> tuple[Choice, ...]:
    labels = {
        Since.QUARTER: pgettext("changed since", "This quarter"),
        Since.LAST_QUARTER: pgettext("changed since", "This quarter and the last"),
        Since.YEAR: pgettext("changed since", "The last year"),
    }
    return tuple(
        Choice(
            label,
            f"{doors.here}{balance_address(asked, since=key)}#changed",
            asked.since == key,
        )
        for key, label in labels.items()
    )


def balance_context(page: BalancePage, *, doors: Doors) -> dict[str, Any]:
    """Return what the page's template is drawn from."""
    asked = balance_address(page.asked)
    kept = parse_qsl(asked.removeprefix("?"))
    return {
        "page": page,
        "here": doors.here,
        "actor_page": doors.actor_page,
        "factors": list(Factor),
        # A body need not have someone from every municipality.
        "is_place": page.scope.body is None,
        "kept_but_since": [pair for pair in kept if pair[0] != "since"],
        "kept_scope": [pair for pair in kept if pair[0] in {"of", "since"}],
        "asked": asked,
    }
