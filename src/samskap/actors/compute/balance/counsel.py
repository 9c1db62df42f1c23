"""The advice on a body in sentences: what it lacks, whom to ask first, how few would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.actors.compute.balance import words

if TYPE_CHECKING:
    from samskap.actors.compute.balance.advice import Advice, Proposal
    from samskap.actors.compute.lines import ActorLine


@dataclass(frozen=True, slots=True)
class ProposalInWords:
    """One who could be asked; ``brings`` goes on from its name, ``seats`` is '' without any."""

    actor: ActorLine
    brings: str
    seats: str
    is_partner: bool


@dataclass(frozen=True, slots=True)
class Counsel:
    """What the page of a body advises. ``few`` and ``beyond`` are '' when there is nothing to say.

    ``fewest`` are told when they are others than those to ask first.
    """

    title: str
    first: tuple[ProposalInWords, ...]
    few: str
    fewest: tuple[ActorLine, ...]
    beyond: str


def counsel(advice: Advice) -> Counsel:
    """Say ``advice`` in words."""
    first = tuple(_proposal(each) for each in advice.proposals)
    closed = sum(len(each.closes) for each in advice.proposals)
    # Those to ask first may themselves be the fewest.
    is_told = len(first) == len(advice.fewest) and closed == len(advice.gaps) - len(
        advice.beyond_reach
    )
    return Counsel(
        title=_title(advice),
        first=first,
        few=_few(len(advice.fewest), advice),
        fewest=() if is_told else advice.fewest,
        beyond=_beyond(advice),
    )


def _title(advice: Advice) -> str:
    if not advice.gaps:
        return _("Those who sit here bring all that a body should have")
    lacks = words.listed(words.body_gap_name(gap) for gap in advice.gaps)
    return _("Nobody here brings %(what)s") % {"what": lacks}


def _proposal(told: Proposal) -> ProposalInWords:
    closes = words.listed(words.body_gap_name(gap) for gap in told.closes)
    return ProposalInWords(
        actor=told.actor,
        brings=_("brings %(what)s") % {"what": closes},
        seats=ngettext("has %(count)s seat already", "has %(count)s seats already", told.seats)
        % {"count": told.seats}
        if told.seats
        else "",
        is_partner=told.is_partner,
    )


def _few(number: int, advice: Advice) -> str:
    if not number:
        return ""
    if advice.beyond_reach:
        return ngettext(
            "%(count)s is enough to close all that can be closed.",
            "%(count)s are enough to close all that can be closed.",
            number,
        ) % {"count": number}
    return ngettext(
        "%(count)s is enough to close every gap.",
        "%(count)s are enough to close every gap.",
        number,
    ) % {"count": number}


def _beyond(advice: Advice) -> str:
    if not advice.beyond_reach:
        return ""
    what = words.listed(words.body_gap_name(gap) for gap in advice.beyond_reach)
    return _("Nobody we know who is free to ask brings %(what)s.") % {"what": what}
