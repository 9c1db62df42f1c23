"""What a balance finds, in sentences: what is missing, and what has changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.actors.compute.balance import words
from samskap.actors.compute.balance.scope import Whom
from samskap.kernel.dates import day_in_words
from samskap.strategy.keys import Factor

if TYPE_CHECKING:
    from samskap.actors.compute.balance.overview import Overview
    from samskap.actors.compute.lines import ActorLine

_NAMES_SHOWN: Final = 25
_ASKED_FIRST: Final = 2


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
