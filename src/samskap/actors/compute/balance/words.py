"""A balance in sentences: the finding, what is thin, what is missing, what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samskap.actors.compute.balance.advice import GapKind
from samskap.actors.compute.balance.scope import Whom
from samskap.kernel.text import inside_a_sentence
from samskap.strategy.keys import Factor, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from samskap.actors.compute.balance.advice import BodyGap
    from samskap.actors.compute.balance.overview import Overview
    from samskap.actors.compute.balance.scope import Scope
    from samskap.actors.compute.balance.weighing import Balance


def listed(names: Iterable[object]) -> str:
    """Write 'Halden, Moss and Våler'."""
    told = [str(name) for name in names]
    if len(told) < 2:  # noqa: PLR2004 - one name is no list
        return "".join(told)
    return _("%(names)s and %(last)s") % {"names": ", ".join(told[:-1]), "last": told[-1]}


# The finding --------------------------------------------------------------------------------------
def finding(found: Overview) -> str:
    """Say in one sentence what is missing most."""
    scope, balance = found.scope, found.balance
    if not balance.actors:
        return _nobody_at_all(scope)
    if scope.body:
        return _of_a_body(str(scope.body.name), balance)
    lacking = lacking_most(balance)
    if lacking is None:
        return _nothing_missing(scope, len(balance.municipalities))
    return _lacking(scope) % {
        "factor": inside_a_sentence(lacking.label),
        "missing": sum(lacking in row.missing for row in balance.municipalities),
        "number": len(balance.municipalities),
    }


def lacking_most(balance: Balance) -> Factor | None:
    """Return the factor that most municipalities lack, the first of equals; none if none does."""
    lacks = {
        factor: sum(factor in row.missing for row in balance.municipalities) for factor in Factor
    }
    most = max(Factor, key=lacks.__getitem__)
    return most if lacks[most] else None


def _nobody_at_all(scope: Scope) -> str:
    if scope.selection.is_narrowed:
        return _("Nobody is in this selection")
    if scope.body:
        return _("Nobody sits in %(body)s today") % {"body": scope.body.name}
    if scope.whom == Whom.PARTNERS:
        return _("There are no partners yet")
    return _("We know of nobody here yet")


def _of_a_body(name: str, balance: Balance) -> str:
    missing = [
        *(inside_a_sentence(factor.label) for factor in balance.missing_factors),
        *(side_name(side) for side in balance.missing_sides),
    ]
    if not missing:
        return _("%(body)s has all five factors and all three sides of working life") % {
            "body": name
        }
    return _("%(body)s lacks %(what)s") % {"body": name, "what": listed(missing)}


def _nothing_missing(scope: Scope, number: int) -> str:
    if scope.whom == Whom.PARTNERS:
        return _("The partners have every factor in every municipality")
    return ngettext(
        "Every factor is present in the municipality",
        "Every factor is present in all %(number)s municipalities",
        number,
    ) % {"number": number}


def _lacking(scope: Scope) -> str:
    if scope.selection.is_narrowed:
        return _("The selection lacks %(factor)s in %(missing)s of %(number)s municipalities")
    if scope.whom == Whom.PARTNERS:
        return _("The partners lack %(factor)s in %(missing)s of %(number)s municipalities")
    return _("%(missing)s of %(number)s municipalities lack %(factor)s")


# What is thin -------------------------------------------------------------------------------------
def thin(counts: Sequence[tuple[object, int]]) -> str:
    """Say whom there are none of, else whom there are fewest of; '' when there is nobody."""
    if not any(count for _label, count in counts):
        return ""
    none = [inside_a_sentence(label) for label, count in counts if not count]
    if none:
        return _("Nobody here: %(names)s.") % {"names": listed(none)}
    label, fewest = min(counts, key=lambda each: each[1])
    words = _("Fewest: %(name)s, %(count)s.")
    return words % {"name": inside_a_sentence(label), "count": fewest}


# What is missing ----------------------------------------------------------------------------------
def gap_sentence(factor: Factor, place: object, *, partners: bool) -> str:
    """Say that nobody covers ``factor`` in ``place``, among the partners or at all."""
    words = _no_partner() if partners else _nobody()
    return words[factor] % {"place": place}


def _nobody() -> dict[Factor, str]:
    return {
        Factor.PUBLIC_AUTHORITY: _("No public body in %(place)s."),
        Factor.ENTREPRENEURSHIP: _("Nobody who helps founders in %(place)s."),
        Factor.RESEARCH_EDUCATION: _("Nobody in research or education in %(place)s."),
        Factor.BUSINESS: _("No business in %(place)s."),
        Factor.CAPITAL: _("Nobody with capital in %(place)s."),
    }


def _no_partner() -> dict[Factor, str]:
    return {
        Factor.PUBLIC_AUTHORITY: _("No public partner in %(place)s."),
        Factor.ENTREPRENEURSHIP: _("No partner who helps founders in %(place)s."),
        Factor.RESEARCH_EDUCATION: _("No partner in research or education in %(place)s."),
        Factor.BUSINESS: _("No partner from business in %(place)s."),
        Factor.CAPITAL: _("No partner with capital in %(place)s."),
    }


def where_missing(factor: Factor, balance: Balance) -> str:
    """Name whichever is fewer: the municipalities that have the factor, or those that lack it."""
    rows = [row for row in balance.municipalities if row.place]
    lacking = [row.place.name for row in rows if row.place and factor in row.missing]
    there = [row.place.name for row in rows if row.place and factor not in row.missing]
    if not there:
        return _("No municipality has anyone.")
    if len(there) < len(lacking):
        return _("Only in %(places)s.") % {"places": listed(there)}
    return _("Missing in %(places)s.") % {"places": listed(lacking)}


# What changed -------------------------------------------------------------------------------------
def closed_sentence(factor: Factor, place: object) -> str:
    """Say that a municipality now has a factor."""
    words = _("%(place)s now has %(factor)s")
    return words % {"place": place, "factor": inside_a_sentence(factor.label)}


def opened_sentence(factor: Factor, place: object) -> str:
    """Say that a municipality has lost a factor."""
    words = _("%(place)s no longer has %(factor)s")
    return words % {"place": place, "factor": inside_a_sentence(factor.label)}


def rests_on(scope: Scope) -> str:
    """Say what a change is read from, and what it cannot know."""
    today = _("What each of them is, is as we know it today.")
    if scope.body:
        basis = _("Read from the terms of the seats.")
    elif scope.whom == Whom.PARTNERS:
        basis = _("Read from the days each membership began and ended.")
    else:
        basis = _(
            "Read from the day each was written down here. Those without such a day count as known"
            " all along, and nobody leaves this list until they are taken off it."
        )
    return f"{basis} {today}"


# Into a body --------------------------------------------------------------------------------------
def body_gap_name(gap: BodyGap) -> str:
    """Write what a body lacks as in the middle of a sentence."""
    if gap.kind == GapKind.FACTOR:
        return inside_a_sentence(Factor(gap.key).label)
    if gap.kind == GapKind.SIDE:
        return side_name(gap.key)
    if gap.kind == GapKind.LABOUR_MARKET_REGION:
        return str(gap.name)
    return _("a small firm")


def side_name(side: str) -> str:
    """Write a side of working life as in the middle of a sentence."""
    return {
        Side.AUTHORITY: _("the authorities’ side"),
        Side.EMPLOYER: _("the employers’ side"),
        Side.EMPLOYEE: _("the employees’ side"),
    }[Side(side)]
