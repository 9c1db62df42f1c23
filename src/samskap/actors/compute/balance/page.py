"""All that the page of a balance says, as words, rows and numbers that lead on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samskap.actors import queries
from samskap.actors.compute import directory
from samskap.actors.compute.balance import words
from samskap.actors.compute.balance.address import Since, balance_address
from samskap.actors.compute.balance.drawing import map_of_gaps
from samskap.actors.compute.balance.overview import Overview, overview
from samskap.actors.compute.balance.scope import UnknownScopeError, Whom, scope_among
from samskap.actors.compute.balance.tables import Bars, Tables, bars, tables
from samskap.actors.compute.offers import filters_offered
from samskap.kernel.dates import day_in_words
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from samskap.actors.compute.balance.address import BalanceAsked
    from samskap.actors.compute.balance.links import Doors
    from samskap.actors.compute.balance.scope import BodyNamed, Scope
    from samskap.actors.compute.lines import ActorLine
    from samskap.actors.compute.offers import Filter
    from samskap.actors.models import Body
    from samskap.evidence.queries import Region
    from samskap.trust.access import Reader
    from samskap.ui.maps import MapPicture

_NAMES_SHOWN: Final = 25
_ASKED_FIRST: Final = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to ask, and where it is."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class GapInWords:
    """Something missing in a place, and those who could be asked, nearest first.

    ``is_there``: the first is in the place itself, and no partner.
    """

    sentence: str
    place: str
    ask: tuple[ActorLine, ...]
    is_there: bool


@dataclass(frozen=True, slots=True)
class FactorGaps:
    """All that is missing of a factor."""

    factor: Factor
    title: str
    where: str
    gaps: tuple[GapInWords, ...]

    @property
    def ask(self) -> tuple[ActorLine, ...]:
        """The two who come up first most often."""
        first = {gap.ask[0].slug: gap.ask[0] for gap in self.gaps if gap.ask}
        often = Counter(gap.ask[0].slug for gap in self.gaps if gap.ask)
        return tuple(first[slug] for slug, _times in often.most_common(_ASKED_FIRST))


@dataclass(frozen=True, slots=True)
class ChangeInWords:
    """What changed since a day; the names are the first, ``more_…`` how many follow."""

    title: str
    came: tuple[ActorLine, ...]
    went: tuple[ActorLine, ...]
    more_came: int
    more_went: int
    shifts: tuple[tuple[Factor, str], ...]
    closed: tuple[str, ...]
    opened: tuple[str, ...]
    rests_on: str

    @property
    def is_any(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.came or self.went)


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


def factor_gaps(found: Overview) -> tuple[FactorGaps, ...]:
    """Return what is missing factor by factor, what most municipalities lack first."""
    partners = found.scope.whom == Whom.PARTNERS
    grouped = []
    for factor in Factor:
        gaps = tuple(
            GapInWords(
                sentence=words.gap_sentence(factor, gap.place.name, partners=partners),
                place=str(gap.place.name),
                ask=gap.ask,
                is_there=gap.is_there,
            )
            for gap in found.gaps
            if gap.factor == factor
        )
        if gaps:
            grouped.append(
                FactorGaps(
                    factor=factor,
                    title=_missing_in(factor, len(gaps)),
                    where=words.where_missing(factor, found.balance),
                    gaps=gaps,
                )
            )
    return tuple(sorted(grouped, key=lambda each: -len(each.gaps)))


def _missing_in(factor: Factor, number: int) -> str:
    return ngettext(
        "%(factor)s: missing in %(count)s municipality",
        "%(factor)s: missing in %(count)s municipalities",
        number,
    ) % {"factor": factor.label, "count": number}


def change_in_words(found: Overview) -> ChangeInWords:
    """Say what changed in ``found``."""
    change = found.change
    return ChangeInWords(
        title=_changed(found),
        came=change.came[:_NAMES_SHOWN],
        went=change.went[:_NAMES_SHOWN],
        more_came=max(0, len(change.came) - _NAMES_SHOWN),
        more_went=max(0, len(change.went) - _NAMES_SHOWN),
        shifts=tuple(
            (each.factor, _shift(each.difference, each.now))
            for each in change.factors
            if each.difference
        ),
        closed=()
        if found.scope.body
        else tuple(words.closed_sentence(factor, place.name) for factor, place in change.closed),
        opened=()
        if found.scope.body
        else tuple(words.opened_sentence(factor, place.name) for factor, place in change.opened),
        rests_on=words.rests_on(found.scope),
    )


def _changed(found: Overview) -> str:
    change = found.change
    said = {
        "day": day_in_words(change.since),
        "came": len(change.came),
        "went": len(change.went),
    }
    if not change.is_any:
        return _("Nobody has come or gone since %(day)s") % said
    if not change.went:
        return (
            ngettext(
                "%(came)s has come since %(day)s",
                "%(came)s have come since %(day)s",
                len(change.came),
            )
            % said
        )
    if not change.came:
        return (
            ngettext(
                "%(went)s has gone since %(day)s",
                "%(went)s have gone since %(day)s",
                len(change.went),
            )
            % said
        )
    return _("Came: %(came)s. Went: %(went)s. Since %(day)s") % said


def _shift(difference: int, now: int) -> str:
    words_ = (
        ngettext("%(count)s more, now %(now)s", "%(count)s more, now %(now)s", difference)
        if difference > 0
        else ngettext("%(count)s fewer, now %(now)s", "%(count)s fewer, now %(now)s", -difference)
    )
    return words_ % {"count": abs(difference), "now": now}


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
