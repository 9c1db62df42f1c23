"""How long what we say of an actor keeps fresh, a field at a time."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Months from the day somebody last said that the field is right. None: it never changes.
# Why each is what it is: docs/reference/freshness.md.
FRESH_MONTHS: Final[Mapping[str, int | None]] = {
    "name": 24,
    "official_name": 24,
    "organisation_number": 60,
    "kind": 36,
    "legal_form": 36,
    "status": 12,
    "founded_on": None,
    "description": 24,
    "factors": 24,
    "side": 36,
    "focus_areas": 24,
    "industry_codes": 24,
    "employees": 18,
    "place": 24,
    "street": 12,
    "sites": 24,
    "web": 12,
    "email": 12,
    "phone": 12,
    "written_norm": 36,
}
# Parts of one fact, which are confirmed together under the name of the first.
_PART_OF: Final[Mapping[str, str]] = {
    "postcode": "street",
    "post_town": "street",
    "latitude": "street",
    "longitude": "street",
    "employees_are_few": "employees",
    "employees_on": "employees",
}
_MONTHS_IN_A_YEAR: Final = 12


def fact_of(field: str) -> str:
    """Return the fact that ``field`` is told under: a postcode is part of 'street'.

    '' when the field is none that goes stale, such as who may see the actor.
    """
    fact = _PART_OF.get(field, field)
    return fact if fact in FRESH_MONTHS else ""


def facts_of(fields: Iterable[str]) -> tuple[str, ...]:
    """Return the facts that ``fields`` are told under, each once, in the order pages tell them."""
    told = {fact_of(field) for field in fields}
    return tuple(fact for fact in FRESH_MONTHS if fact in told)


def stale_on(fact: str, confirmed_on: dt.date) -> dt.date | None:
    """Return the first day on which ``fact``, confirmed on ``confirmed_on``, is out of date.

    >>> stale_on("employees", dt.date(2024, 8, 31))
    datetime.date(2026, 2, 28)
    >>> stale_on("founded_on", dt.date(1990, 1, 1)) is None
    True
    """
    months = FRESH_MONTHS[fact]
    return None if months is None else _months_after(confirmed_on, months)


def is_stale(fact: str, confirmed_on: dt.date, *, on: dt.date) -> bool:
    """Whether ``fact`` should be asked for again on ``on``."""
    day = stale_on(fact, confirmed_on)
    return day is not None and day <= on


def first_stale_day(confirmed: Mapping[str, dt.date]) -> dt.date | None:
    """Return the day the first of the facts is out of date; none when none ever is."""
    days = (stale_on(fact, day) for fact, day in confirmed.items() if fact in FRESH_MONTHS)
    return min((day for day in days if day is not None), default=None)


def _months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or its last when it has none such."""
    passed = day.month - 1 + months
    year, month = day.year + passed // _MONTHS_IN_A_YEAR, passed % _MONTHS_IN_A_YEAR + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
