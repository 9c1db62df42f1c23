"""What the address of a balance asks for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from samskap.actors.compute.balance.scope import Whom
from samskap.actors.compute.selection import Selection, in_address

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_KEY: Final = 200
_MONTHS_A_QUARTER: Final = 3


class Since(StrEnum):
    """Days that move with the calendar: the last day of a quarter, and the same day last year."""

    QUARTER = "quarter"
    LAST_QUARTER = "last-quarter"
    YEAR = "year"

    def day(self, on: date) -> date:
        """Return the day it means on ``on``."""
        if self is Since.YEAR:
            return _a_year_before(on)
        turn = _before_the_quarter(on)
        return turn if self is Since.QUARTER else _before_the_quarter(turn)


@dataclass(frozen=True, slots=True)
class BalanceAsked:
    """Whose balance is asked for, and since when what changed.

    ``of`` is the key of a scope; ``since`` a value of ``Since`` or a day written as 2026-09-30.
    """

    on: date
    of: str = Whom.ALL
    since: str = Since.QUARTER
    selection: Selection = field(default_factory=Selection)

    @property
    def since_day(self) -> date:
        """The day that ``since`` means; the turn of the quarter when it means none up to today."""
        return day_meant(self.since, on=self.on) or Since.QUARTER.day(self.on)


def balance_asked(asked: Mapping[str, str], selection: Selection, *, on: date) -> BalanceAsked:
    """Return the balance an address asks for; a ``since`` that cannot be used is the quarter."""
    since = str(asked.get("since", ""))[:_LONGEST_KEY]
    return BalanceAsked(
        on=on,
        of=str(asked.get("of", ""))[:_LONGEST_KEY] or Whom.ALL,
        since=since if day_meant(since, on=on) else Since.QUARTER,
        selection=selection,
    )


def day_meant(since: str, *, on: date) -> date | None:
    """Return the day that ``since`` means on ``on``; none when it means none, or one to come."""
    if since in set(Since):
        return Since(since).day(on)
    try:
        day = date.fromisoformat(since)
    except ValueError:
        return None
    return day if day <= on else None


def balance_address(asked: BalanceAsked, **changes: str) -> str:
    """Return the part of the address that asks for it, from the question mark on.

    ``changes`` are other values of ``of`` and ``since``; what is as it is without saying is unsaid.
    """
    said = {"of": asked.of, "since": asked.since, **changes}
    unsaid = {"of": str(Whom.ALL), "since": str(Since.QUARTER)}
    kept = [(name, value) for name, value in said.items() if value != unsaid[name]]
    # A list has an order; a balance has none.
    filters = [pair for pair in in_address(asked.selection) if pair[0] != "sort"]
    return "?" + urlencode([*kept, *filters])


def _before_the_quarter(on: date) -> date:
    first = (on.month - 1) // _MONTHS_A_QUARTER * _MONTHS_A_QUARTER + 1
    return date(on.year, first, 1) - timedelta(days=1)


def _a_year_before(on: date) -> date:
    try:
        return on.replace(year=on.year - 1)
    except ValueError:  # the 29th of February
        return on.replace(year=on.year - 1, day=28)
